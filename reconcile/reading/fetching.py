"""An address on the public web in, the bytes found there out: each look-up, redirect, byte and second on the way is bounded and checked."""

from __future__ import annotations

import gzip
import io
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import quote, urljoin, urlsplit

import certifi
from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from reconcile import __version__
from reconcile.errors import InputError

Resolve = Callable[[str], Sequence[str]]
"""A host's name in, all its IP addresses as text out. Raises OSError."""

SECONDS = 20.0
"""The longest a fetch may take, redirects included."""
MOST_BYTES = 8_000_000
"""The largest answer, both as it is sent and unpacked."""
MOST_REDIRECTS = 5
"""How often an address may name another one."""
LONGEST_URL = 2_000
"""Characters of the longest address."""
LONGEST_SHOWN = 200
"""Characters of an address or a header that a message repeats."""
CHUNK = 65_536
"""Bytes read between two looks at the clock."""
DEFAULT_PORTS = {"http": 80, "https": 443}
"""The schemes that may be fetched, and the port that each means."""
PORTS = frozenset(DEFAULT_PORTS.values())
"""Ports that may be spoken to; a service behind any other is no news page."""
TYPES = frozenset(
    "text/html application/xhtml+xml text/plain application/pdf application/xml text/xml "
    "application/rss+xml application/atom+xml application/json".split()
)
"""Media types that an article or a feed comes in; an answer that states none is let through."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""Statuses that send the reader to another address."""
SAVE = "save the article as a file and give that"
"""What to do where an address cannot be fetched."""

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.I)  # two letters at least: "c://" is a drive
ODD = re.compile(r"[\s\x00-\x20\x7f-\x9f\\\ud800-\udfff]")
NETLOC = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[^\[\]:@%]+))(?::(?P<port>[0-9]{0,5}))?", re.I)
NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
"""A host that browsers and the C library read as an IPv4 address, in whatever base (WHATWG URL, "ends in a number")."""
AMBIGUOUS = frozenset("ßς\u200c\u200d")
"""Characters that IDNA 2003 and IDNA 2008 send to different hosts."""
GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""The part of IPv6 that is given out; early Pythons 3.11 call much outside it global."""
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 behind a translator (RFC 6052): the last 32 bits are the address that is reached."""
NOT_SERVED = tuple(map(ipaddress.ip_network, ("192.88.99.0/24", "3fff::/20")))
"""Relays and documentation that early Pythons 3.11 call global."""


class FetchError(InputError):
    """An address that may not or cannot be fetched; the message is one line."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered with."""

    url: str
    """The address that answered, after redirects."""
    content_type: str
    """The media type in lower case, without parameters; empty if none was given."""
    raw: bytes


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address in parts, each in the ASCII form that is sent; `host` is a name or an IP address without brackets."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host as the Host header states it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def is_address(path: str) -> bool:
    """Say whether an argument is an address and no path; `fetch` refuses those that are neither http nor https."""
    return ADDRESS.match(path) is not None


def system_addresses(host: str) -> list[str]:
    """Look a host up as the system does, in the order in which its addresses are best tried. Raises OSError or UnicodeError."""
    return list(dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)))


def fetch(url: str, *, resolve: Resolve = system_addresses) -> Fetched:
    """Fetch an http or https address from a public host, without cookies, credentials or proxies. Raises FetchError.

    A host is looked up once a hop, all its addresses must be public, and the connection goes to an address that was checked: a name
    that changes between check and use (DNS rebinding) gains nothing.
    """
    deadline = time.monotonic() + SECONDS
    here = url
    try:
        for _ in range(MOST_REDIRECTS + 1):
            answer = _hop(here, resolve, deadline)
            if isinstance(answer, Fetched):
                return answer
            here = answer
        raise FetchError(f"is the redirect after the {MOST_REDIRECTS} that are followed; give the address that they end at")
    except FetchError as error:
        via = "" if here == url else f"leads to {shown(here)}, which "
        raise FetchError(f"{shown(url)}: {via}{error}") from error


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public internet, itself and whatever IPv4 address it wraps."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        wrapped = _wrapped(found)
        if wrapped is not None:
            found = wrapped
        elif found not in GLOBAL_UNICAST or found.teredo or found.scope_id:
            return False
    return found.is_global and not found.is_multicast and not any(found in network for network in NOT_SERVED)


def parse_target(url: str) -> Target:
    """Take an address apart. Raises FetchError, with a reason that follows on the address, for any that is not plain http or https."""
    if len(url) > LONGEST_URL:
        raise FetchError(f"is longer than {LONGEST_URL} characters; {SAVE}")
    if ODD.search(url):
        raise FetchError("holds a space, a control character or a backslash; write it percent-encoded")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise FetchError("is no valid address; copy it anew from the browser") from None
    if parts.scheme not in DEFAULT_PORTS:
        raise FetchError("is neither http nor https; give an address that begins with https://")
    if "@" in parts.netloc:
        raise FetchError("holds a user name; give the address without it")
    match = NETLOC.fullmatch(parts.netloc)
    if match is None:
        raise FetchError("names no valid host and port; copy it anew from the browser")
    port = int(match["port"] or DEFAULT_PORTS[parts.scheme])
    if port not in PORTS:
        raise FetchError(f"names port {port}, and only {' and '.join(map(str, sorted(PORTS)))} are spoken to; {SAVE}")
    host = _literal(match["six"]) if match["six"] else _ascii_host(match["name"])
    return Target(parts.scheme, host, port, _ascii_path(parts.path, parts.query))


def _hop(url: str, resolve: Resolve, deadline: float) -> Fetched | str:
    """Ask one address; the answer is what it holds, or the address that it redirects to."""
    target = parse_target(url)
    connection = _connected(target, _public_addresses(target.host, resolve, deadline), deadline)
    try:
        with _cut_at(deadline, connection), closing(_asked(connection, target, deadline)) as response:
            if response.status in REDIRECTS:
                return _redirect(url, response.headers.get("Location", ""))
            return Fetched(url, _content_type(response), _body(response, deadline))
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        _left(deadline)
        raise FetchError(f"breaks off its answer ({type(error).__name__}); try again, or {SAVE}") from error
    finally:
        connection.close()


def _wrapped(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that traffic to an IPv6 address ends at, if it is mapped, translated or tunnelled (6to4)."""
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _literal(host: str) -> str:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        raise FetchError("names an IP address in a form that is not read; give the host's name") from None


def _ascii_host(name: str) -> str:
    """Encode a host's name as IDNA; one that ends in a number is an IPv4 address in four decimal parts or is refused."""
    if not AMBIGUOUS.isdisjoint(name):
        raise FetchError("names a host that has two encodings; give the one that begins with xn--")
    try:
        host = name.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        host = ""
    if not NAME.fullmatch(host):
        raise FetchError("names a host that cannot be encoded; copy the address anew from the browser")
    return _literal(host) if NUMERIC.fullmatch(host) else host


def _ascii_path(path: str, query: str) -> str:
    """Percent-encode what is not ASCII; what is encoded already stays."""
    safe = "/%:=&?~+!$,;'@()*[]|^`{}"
    return (quote(path, safe) or "/") + (f"?{quote(query, safe)}" if query else "")


def _public_addresses(host: str, resolve: Resolve, deadline: float) -> list[str]:
    """Return a host's addresses, looked up once. Raises FetchError if any is not public: which one would answer is not ours to say."""
    found = [host] if NUMERIC.fullmatch(host) or ":" in host else _looked_up(host, resolve, deadline)
    closed = next((address for address in found if not is_public(address)), None)
    if closed is not None:
        raise FetchError(f"is at {shown(closed)}, which is no address of the public internet; {SAVE}")
    return found


def _looked_up(host: str, resolve: Resolve, deadline: float) -> list[str]:
    """Look a host up in a thread that is left behind if it is late: the system's look-up knows no time limit."""
    answer: Future[list[str]] = Future()

    def ask() -> None:
        try:
            answer.set_result(list(resolve(host)))
        except Exception as error:
            answer.set_exception(error)

    threading.Thread(target=ask, daemon=True).start()
    found: list[str] = []
    with suppress(OSError, ValueError):
        found = answer.result(_left(deadline))
    _left(deadline)
    if not found:
        raise FetchError("names a host that is not found; check the address and the connection to the internet")
    return found


def _connected(target: Target, addresses: Sequence[str], deadline: float) -> HTTPConnection:
    """Connect to the first address that answers, with an equal share of the time left for each."""
    failure: Exception | None = None
    for tried, address in enumerate(addresses):
        share = _left(deadline) / (len(addresses) - tried)
        connection = _connection(target, address, share / 2)  # it bounds connecting and shaking hands, each on its own
        try:
            connection.connect()
        except (HTTPError, OSError, ValueError) as error:
            connection.close()
            failure = error
        else:
            return connection
    _left(deadline)
    if isinstance(failure, ssl.SSLCertVerificationError):
        raise FetchError(f"does not prove to be {target.host} ({shown(failure.verify_message)}); {SAVE}") from failure
    raise FetchError(f"does not accept a connection ({type(failure).__name__}); try again, or {SAVE}") from failure


def _connection(target: Target, address: str, timeout: float) -> HTTPConnection:
    """Aim at an IP address; the certificate must be that of the host. Neither class knows proxies of the environment."""
    if target.scheme == "http":
        return HTTPConnection(address, target.port, timeout=timeout)
    # No assert_hostname: without it OpenSSL itself compares the certificate to server_hostname, during the handshake.
    return HTTPSConnection(
        address, target.port, timeout=timeout, server_hostname=target.host, cert_reqs="CERT_REQUIRED", ca_certs=certifi.where()
    )


@contextmanager
def _cut_at(deadline: float, connection: HTTPConnection) -> Iterator[None]:
    """Shut a connection when the time is over: a server that sends a byte now and then never meets the timeout of a read."""
    used: socket.socket = connection.sock

    def cut() -> None:
        with suppress(OSError):  # closed already
            socket.socket.shutdown(used, socket.SHUT_RDWR)  # not SSLSocket's own, which drops the cipher under the reader's feet

    timer = threading.Timer(_left(deadline), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _asked(connection: HTTPConnection, target: Target, deadline: float) -> HTTPResponse:
    connection.timeout = _left(deadline)
    headers = {"Host": target.authority, "User-Agent": f"reconcile/{__version__}", "Accept-Encoding": "gzip", "Connection": "close"}
    connection.request("GET", target.path, headers=headers, preload_content=False, decode_content=False)
    return connection.getresponse()


def _redirect(url: str, location: str) -> str:
    """Return the address that a redirect names. Raises FetchError where it names none, or one less safe."""
    with suppress(UnicodeError):  # headers are read as Latin-1, and servers that send other letters send UTF-8
        location = location.encode("latin-1").decode("utf-8")
    try:
        following = urljoin(url, location)
    except ValueError:
        following = url
    if not location or following == url:
        raise FetchError(f"redirects to no other address; {SAVE}")
    if _scheme(url) == "https" and _scheme(following) == "http":
        raise FetchError(f"redirects from https to {shown(following)}, which is not encrypted; give that address if you trust it")
    return following


def _scheme(url: str) -> str:
    return url.partition(":")[0].lower()


def _content_type(response: HTTPResponse) -> str:
    """Return the media type of an answer that holds an article. Raises FetchError for any other answer."""
    if response.status != 200:
        raise FetchError(f"answers with status {response.status}; open it in a browser, and {SAVE}")
    found = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if found and found not in TYPES:
        raise FetchError(f"is {shown(found)}, which is no kind of article; give the address of a page, a feed, a text or a PDF")
    return found


def _body(response: HTTPResponse, deadline: float) -> bytes:
    """Read an answer, unpacked by hand: not all versions of urllib3 bound what a packed answer grows to."""
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    if coding not in {"", "identity", "gzip", "x-gzip"}:
        raise FetchError(f"is packed as {shown(coding)}, which was not asked for; {SAVE}")
    raw = bytearray()
    while chunk := response.read1(CHUNK, decode_content=False):
        _left(deadline)
        raw += chunk
        _check_size(raw)
    _left(deadline)
    return _unpacked(raw) if raw and coding.endswith("gzip") else bytes(raw)


def _unpacked(raw: bytearray) -> bytes:
    try:
        unpacked = gzip.GzipFile(fileobj=io.BytesIO(raw)).read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise FetchError(f"is packed as gzip, and damaged; try again, or {SAVE}") from None
    _check_size(unpacked)
    return unpacked


def _check_size(raw: bytes | bytearray) -> None:
    if len(raw) > MOST_BYTES:
        raise FetchError(f"is larger than {MOST_BYTES:,} bytes; {SAVE}")


def _left(deadline: float) -> float:
    """Return the seconds left. Raises FetchError if there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError(f"takes longer than {SECONDS:g} seconds; try again, or {SAVE}")
    return left


def shown(text: str) -> str:
    """Make foreign text fit for one line of a message, without the password that it may hold."""
    plain = re.sub(r"//[^/?#]*@", "//…@", text)
    cut = plain if len(plain) <= LONGEST_SHOWN else f"{plain[:LONGEST_SHOWN]}…"
    return "".join(character if character.isprintable() else "�" for character in cut)
