"""What may be fetched and what may not; the only server is one on this machine, and no test looks a name up."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from urllib3.util import connection

from reconcile.errors import InputError
from reconcile.reading import fetching
from reconcile.reading.fetching import Fetched, FetchError, fetch, is_address, is_public, parse_target

PAGE = b"<html><body><p>Two people were hurt.</p></body></html>"
HTML = {"Content-Type": "text/html; charset=utf-8"}
PUBLIC = "93.184.215.14"


def nowhere(host):
    raise OSError(f"{host} is not looked up in a test")


def local(host):
    return ["127.0.0.1"]


def refused(url, resolve=nowhere):
    """Return the message of a fetch that must fail."""
    with pytest.raises(FetchError) as caught:
        fetch(url, resolve=resolve)
    message = str(caught.value)
    assert message.splitlines() == [message]
    assert message.isprintable()
    assert "Traceback" not in message
    return message


@pytest.fixture(scope="module", autouse=True)
def unplugged():
    """Refuse each connection that would leave this machine: a generated address may be a public one."""
    real = connection.create_connection

    def connect(address, *args, **kwargs):
        if not address[0].startswith("127."):
            raise ConnectionRefusedError
        return real(address, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "create_connection", connect)
        yield


class Server:
    """A web server on this machine: `answers` holds status, headers and body (or a function that writes them) by path."""

    def __init__(self):
        self.answers = {}
        self.asked = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append((self.path, dict(self.headers)))
                answer = outer.answers[self.path]
                if callable(answer):
                    answer(self.wfile)
                    return
                status, headers, body = answer
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.http.handle_error = lambda *_: None  # a reader that hangs up is what is tested
        self.port = self.http.server_address[1]

    def at(self, path, host="news.example"):
        return f"http://{host}:{self.port}{path}"

    @contextmanager
    def serving(self):
        thread = threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.http.shutdown()
            self.http.server_close()
            thread.join()


@pytest.fixture
def server(monkeypatch):
    """Serve on this machine, which alone is then called public beside the addresses that are."""
    made = Server()
    monkeypatch.setattr(fetching, "PORTS", frozenset({80, 443, made.port}))
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1" or is_public(address))
    with made.serving():
        yield made


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("https://news.example/a", True),
        ("HTTP://NEWS.EXAMPLE", True),
        ("file:///etc/passwd", True),
        ("ftp://news.example/a", True),
        ("data://text/plain,a", True),
        ("articles/one.txt", False),
        ("http:/one.txt", False),
        ("C://articles", False),
        ("a b://c", False),
        ("", False),
    ],
)
def test_an_address_is_told_from_a_path(path, expected):
    assert is_address(path) is expected


PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "224.0.0.1",
    "192.88.99.1",
    "198.18.0.1",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff0e::1",
    "4000::1",
    "2001:db8::1",
    "3fff::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",  # Teredo
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::8.8.8.8",
    "64:ff9b::10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::808:808",
    "2002:7f00:1::1",
    "2002:a00:1::1",
    "2606:4700::1111%eth0",
    "no address",
    "",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_refused(address):
    assert not is_public(address)
    assert "no address of the public internet" in refused("http://news.example/", lambda host: [address])


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"])
def test_an_address_of_the_public_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1.", "169.254.169.254", "[::1]", "[::ffff:10.0.0.1]", "\uff11\uff12\uff17.0.0.1", "127。0。0。1"]
)
def test_an_address_in_the_url_is_checked_without_a_look_up(host):
    assert "no address of the public internet" in refused(f"http://{host}/")


@pytest.mark.parametrize("addresses", [[PUBLIC, "10.0.0.1"], ["10.0.0.1", PUBLIC], [PUBLIC, "2606:4700::1111", "::1"]])
def test_one_private_address_among_public_ones_is_enough(addresses):
    assert "no address of the public internet" in refused("https://news.example/", lambda host: addresses)


def test_a_name_that_changes_between_check_and_use_reaches_nothing_private(monkeypatch):
    asked, reached = [], []

    def rebinding(host):
        asked.append(host)
        return [PUBLIC] if len(asked) == 1 else ["127.0.0.1"]

    def connect(address, *_, **__):
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(connection, "create_connection", connect)
    assert "does not accept a connection" in refused("http://rebinding.example/", rebinding)
    assert asked == ["rebinding.example"]
    assert reached == [(PUBLIC, 80)]


def test_a_redirect_is_looked_up_anew_and_refused_if_private(server):
    server.answers["/a"] = (302, {"Location": f"http://inside.example:{server.port}/b"}, b"")
    message = refused(server.at("/a"), lambda host: ["10.0.0.7"] if host == "inside.example" else ["127.0.0.1"])
    assert f"leads to http://inside.example:{server.port}/b, which is at 10.0.0.7" in message
    assert [path for path, _ in server.asked] == ["/a"]


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", "public internet"),
        ("//[::1]/", "public internet"),
        ("file:///etc/passwd", "neither http nor https"),
        ("http://user:secret@news.example/", "user name"),
        ("http://news.example:22/", "port 22"),
        ("http://[", "no other address"),
        ("http://a b/", "space"),
        ("", "no other address"),
        ("/a", "no other address"),
    ],
)
def test_a_redirect_is_checked_like_the_first_address(server, location, reason):
    server.answers["/a"] = (301, {"Location": location} if location else {}, b"")
    message = refused(server.at("/a"), local)
    assert reason in message
    assert "secret" not in message


def test_redirects_are_followed_to_a_limit(server):
    server.answers |= {f"/{step}": (303, {"Location": f"/{step + 1}"}, b"") for step in range(20)}
    server.answers["/5"] = (200, HTML, PAGE)
    assert fetch(server.at("/0"), resolve=local) == Fetched(server.at("/5"), "text/html", PAGE)
    server.answers["/5"] = (303, {"Location": "/6"}, b"")
    assert "redirect after the 5" in refused(server.at("/0"), local)
    assert len(server.asked) == 12


def test_a_redirect_from_https_to_http_is_refused():
    with pytest.raises(FetchError, match="not encrypted"):
        fetching._redirect("HTTPS://news.example/a", "HTTP://news.example/a")
    assert fetching._redirect("http://news.example/a", "https://news.example/b") == "https://news.example/b"


def test_a_page_is_fetched(server):
    server.answers["/a?q=%C3%A9&r=1"] = (200, HTML | {"Set-Cookie": "id=1"}, PAGE)
    url = server.at("/a?q=é&r=1#part", "News.example")
    assert fetch(url, resolve=local) == Fetched(url, "text/html", PAGE)
    (_, headers) = server.asked[0]
    assert headers["Host"] == f"news.example:{server.port}"
    assert headers["User-Agent"].startswith("reconcile/")
    assert {name.lower() for name in headers} == {"host", "user-agent", "accept-encoding", "connection"}


def test_cookies_and_proxies_are_not_used(server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.answers["/a"] = (302, {"Location": "/b", "Set-Cookie": "id=1"}, b"")
    server.answers["/b"] = (200, HTML, PAGE)
    assert fetch(server.at("/a"), resolve=local).raw == PAGE
    assert "Cookie" not in server.asked[1][1]


def test_the_next_address_is_tried_where_one_does_not_answer(server):
    server.answers["/a"] = (200, HTML, PAGE)
    real = fetching.is_public
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetching, "is_public", lambda address: address == "127.0.0.2" or real(address))  # nothing listens there
        assert fetch(server.at("/a"), resolve=lambda host: ["127.0.0.2", "127.0.0.1"]).raw == PAGE


def test_a_packed_page_is_unpacked(server):
    server.answers["/a"] = (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:]))
    assert fetch(server.at("/a"), resolve=local).raw == PAGE


def test_a_page_without_a_type_is_fetched(server):
    server.answers["/a"] = (200, {}, b"")
    assert fetch(server.at("/a"), resolve=local) == Fetched(server.at("/a"), "", b"")


def test_a_page_in_chunks_is_fetched(server):
    def chunked(out):
        out.write(b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<html\r\n1\r\n>\r\n0\r\n\r\n")

    server.answers["/a"] = chunked
    assert fetch(server.at("/a"), resolve=local) == Fetched(server.at("/a"), "text/html", b"<html>")


@pytest.mark.parametrize(
    ("status", "headers", "body", "reason"),
    [
        (404, HTML, PAGE, "status 404"),
        (304, {}, b"", "status 304"),
        (206, HTML, PAGE, "status 206"),
        (200, {"Content-Type": "image/png"}, b"PNG", "image/png"),
        (200, {"Content-Type": "a\tb" + "c" * 500}, b"", "no kind of article"),
        (200, HTML | {"Content-Encoding": "br"}, PAGE, "packed as br"),
        (200, HTML | {"Content-Encoding": "gzip"}, PAGE, "damaged"),
        (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(PAGE)[:-12], "damaged"),
        (200, HTML | {"Content-Length": "900"}, PAGE, "breaks off"),
        (200, HTML | {f"X-{number}": "a" for number in range(200)}, PAGE, "breaks off"),
    ],
)
def test_an_answer_that_is_no_article_is_refused(server, status, headers, body, reason):
    server.answers["/a"] = (status, headers, body)
    assert reason in refused(server.at("/a"), local)


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 2x0 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nA" + b"b" * 70_000])
def test_an_answer_that_is_no_http_is_refused(server, answer):
    server.answers["/a"] = lambda out: out.write(answer)
    assert "breaks off" in refused(server.at("/a"), local)


def test_a_page_that_is_too_large_is_refused(server, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_BYTES", 100_000)
    server.answers["/a"] = (200, HTML, b"a" * 100_000)
    server.answers["/b"] = (200, HTML, b"a" * 100_001)
    assert len(fetch(server.at("/a"), resolve=local).raw) == 100_000
    assert "larger than 100,000 bytes" in refused(server.at("/b"), local)


def test_a_page_without_end_is_refused(server, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_BYTES", 1_000_000)

    def endless(out):
        out.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            out.write(b"a" * 50_000)

    server.answers["/a"] = endless
    assert "larger than 1,000,000 bytes" in refused(server.at("/a"), local)


def test_a_page_that_unpacks_to_too_much_is_refused(server):
    server.answers["/a"] = (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(b"a" * 30_000_000))
    assert len(server.answers["/a"][2]) < 50_000
    assert "larger than 8,000,000 bytes" in refused(server.at("/a"), local)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
SLOW = {
    "a silent server": (b"", b""),
    "a head a byte at a time": (b"HTTP/1.1 200 OK\r\nX: ", b"a"),
    "a body a byte at a time": (HEAD + b"\r\n", b"a"),
    "a chunk's size a byte at a time": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "a promise without end": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
}


@pytest.mark.parametrize("kind", SLOW)
def test_a_slow_server_meets_the_deadline(server, monkeypatch, kind):
    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    first, then = SLOW[kind]

    def slow(out):
        out.write(first)
        for _ in range(100):
            time.sleep(0.05)
            out.write(then)

    server.answers["/a"] = slow
    begun = time.monotonic()
    assert "longer than 0.5 seconds" in refused(server.at("/a"), local)
    assert time.monotonic() - begun < 2


def test_a_slow_look_up_meets_the_deadline(monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.2)
    held = threading.Event()
    begun = time.monotonic()
    assert "longer than 0.2 seconds" in refused("http://news.example/", lambda host: [PUBLIC] if held.wait(5) else [])
    assert time.monotonic() - begun < 2
    held.set()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "neither http nor https"),
        ("ftp://news.example/a", "neither http nor https"),
        ("data:text/plain,a", "neither http nor https"),
        ("news.example", "neither http nor https"),
        ("", "neither http nor https"),
        ("http://", "no valid host"),
        ("http:///a", "no valid host"),
        ("http://:80/", "no valid host"),
        ("http://[::1", "no valid address"),
        ("http://x[::1]/", ""),
        ("http://[::1]x/", ""),
        ("http://[fe80::1%25eth0]/", ""),
        ("http://[1.2.3.4]/", ""),
        ("http://news.example:0/", "port 0"),
        ("http://news.example:8080/", "port 8080"),
        ("http://news.example:65536/", "port 65536"),
        ("http://news.example:999999999/", "no valid host and port"),
        ("http://news.example:٨٠/", ""),
        ("http://user@news.example/", "user name"),
        ("http://user:secret@news.example/", "user name"),
        ("http://news.example\\@127.0.0.1/", "backslash"),
        ("http://news.example/a b", "space"),
        ("http://news.example/a\r\nHost: b", "control"),
        ("\thttp://news.example/", "control"),
        ("http://news.example/\ud800", "control"),
        (f"http://news.example/{'a' * 2000}", "longer than 2000"),
        ("http://%31%32%37.0.0.1/", "no valid host"),
        ("http://0x7f.1/", "IP address"),
        ("http://0x7f000001/", "IP address"),
        ("http://2130706433/", "IP address"),
        ("http://017700000001/", "IP address"),
        ("http://127.1/", "IP address"),
        ("http://0177.0.0.1/", "IP address"),
        ("http://127.0.0.0x1/", "IP address"),
        ("http://127.0.0.0x/", "IP address"),
        ("http://1.2.3.256/", "IP address"),
        ("http://②①③0706433/", "IP address"),
        ("http://a..example/", "cannot be encoded"),
        ("http://a.example../", "cannot be encoded"),
        (f"http://{'a' * 64}.example/", "cannot be encoded"),
        ("http://a!b.example/", "cannot be encoded"),
        ("http://straße.example/", "two encodings"),
        ("http://news.example/", "not found"),
    ],
)
def test_an_odd_address_is_refused(url, reason):
    message = refused(url)
    assert reason in message
    assert "secret" not in message


def test_a_host_that_resolves_to_nothing_is_refused():
    assert "not found" in refused("http://news.example/", lambda host: [])


def test_an_international_host_is_encoded():
    target = parse_target("HTTPS://Élysée.example./é%20à?q=ü")
    assert (target.scheme, target.host, target.port) == ("https", "xn--lyse-9oad.example", 443)
    assert target.path == "/%C3%A9%20%C3%A0?q=%C3%BC"
    assert target.authority == "xn--lyse-9oad.example"
    assert parse_target("http://[2606:4700::1111]:443").authority == "[2606:4700::1111]:443"


def test_the_error_is_one_of_input():
    assert issubclass(FetchError, InputError)


@settings(deadline=None)
@given(
    st.text() | st.builds("{}{}{}".format, st.sampled_from(["http://", "https://", "HTTP://[", "http:"]), st.text(), st.text("/:@[]%.0x1"))
)
def test_no_string_raises_anything_but_a_fetch_error(url):
    refused(url)


needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="the certificate is made by openssl")


@pytest.fixture
def secure(server, monkeypatch, tmp_path):
    """Serve over TLS, with a certificate for secure.example that is also the only one trusted."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=secure.example -addext subjectAltName=DNS:secure.example"
    subprocess.run([*command.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.names = []
    context.sni_callback = lambda _, name, __: server.names.append(name)
    server.http.socket = context.wrap_socket(server.http.socket, server_side=True)
    monkeypatch.setattr(fetching.certifi, "where", lambda: str(certificate))
    server.answers["/a"] = (200, HTML, PAGE)
    return server


@needs_openssl
def test_a_page_is_fetched_over_tls_by_the_name_of_its_host(secure):
    url = f"https://secure.example:{secure.port}/a"
    assert fetch(url, resolve=local) == Fetched(url, "text/html", PAGE)
    assert secure.names == ["secure.example"]


@needs_openssl
@pytest.mark.parametrize("host", ["other.example", "127.0.0.1"])
def test_the_certificate_of_another_host_is_refused(secure, host):
    assert f"does not prove to be {host}" in refused(f"https://{host}:{secure.port}/a", local)
    assert secure.asked == []


@needs_openssl
def test_a_certificate_that_nobody_vouches_for_is_refused(secure, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(fetching, "PORTS", frozenset({secure.port}))
    monkeypatch.setattr(fetching, "is_public", lambda address: True)
    assert "does not prove to be secure.example" in refused(f"https://secure.example:{secure.port}/a", local)


@needs_openssl
def test_a_redirect_out_of_tls_is_refused(secure):
    secure.answers["/a"] = (302, {"Location": "http://secure.example/a"}, b"")
    assert "not encrypted" in refused(f"https://secure.example:{secure.port}/a", local)


def test_a_handshake_that_never_ends_meets_the_deadline(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        monkeypatch.setattr(fetching, "SECONDS", 0.4)
        monkeypatch.setattr(fetching, "PORTS", frozenset({port}))
        monkeypatch.setattr(fetching, "is_public", lambda address: True)
        begun = time.monotonic()
        refused(f"https://secure.example:{port}/", local)
        assert time.monotonic() - begun < 2
