"""Every request in; only those that may reach the desk are let through, and every answer carries the headers that fence it in."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from ipaddress import ip_address
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY: Final = "reconcile.body"
"""Where in the scope the body stands once it was measured."""
LARGEST_BODY: Final = 64_000
"""Bytes of a form."""
LONGEST_ADDRESS: Final = 4_000
"""Bytes of a path with its query."""
SAFE: Final = frozenset({"GET", "HEAD"})
# No redirect: a browser that came from a link elsewhere would not send the new cookie along with it.
_PASSAGE: Final = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={address}">'
    '<title>Review desk</title><p><a href="{address}">Go to the desk</a></p></html>'
)
LOCAL: Final = frozenset({"127.0.0.1", "localhost", "::1"})
HEADERS: Final = (
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),  # with "no-referrer" a browser hides the origin of our own forms as well
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
)


@dataclass(frozen=True, slots=True)
class Access:
    """Who may talk to the desk: the address that it listens on, and the token that others than this machine must show."""

    host: str = "127.0.0.1"
    port: int = 8765
    token: str = ""
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    """Signs the tokens of forms; new with every start of the server."""

    @property
    def cookie(self) -> str:
        """Return the name of the cookie that holds the token; cookies know no ports, so the name does."""
        return f"desk_token_{self.port}"

    def admits_host(self, given: str) -> bool:
        """Return whether the Host header names this desk, as that of a page that had its own name pointed here does not."""
        try:
            parts = urlsplit(f"//{given}")
            name, port = parts.hostname or "", parts.port or 80
        except ValueError:
            return False
        if port != self.port or parts.username is not None or parts.path:
            return False
        return name in LOCAL or name == self.host.lower() or (self.host in {"0.0.0.0", "::"} and _is_address(name))

    def admits_origin(self, given: str | None) -> bool:
        """Return whether a change was sent by a page of this desk, as far as the browser says."""
        return given is None or (given.startswith("http://") and self.admits_host(given.removeprefix("http://")))

    def admits_token(self, given: str) -> bool:
        """Compare in constant time."""
        return not self.token or hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode("utf-8"))

    def sign(self, session: str) -> str:
        """Return the token that a form of this session must carry."""
        return hmac.new(self.secret, session.encode("utf-8", "replace"), sha256).hexdigest()

    def signed(self, session: str, given: str) -> bool:
        """Compare in constant time; no session, no change."""
        return bool(session) and hmac.compare_digest(self.sign(session).encode(), given.encode("utf-8", "replace"))


def _is_address(name: str) -> bool:
    """Return whether a host is a bare address, which no name server can point elsewhere."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """The gate in front of the desk."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say in a line why not."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, _fenced(send, scope["path"]))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (refusal := self._refusal(scope, Headers(scope=scope))) is not None:
            await refusal(scope, receive, send)
            return
        scope[BODY] = b"" if scope["method"] in SAFE else await _body(receive)
        if scope[BODY] is None:
            await TOO_LARGE(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Return what to answer instead of the page, or None."""
        access = self._access
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not access.admits_host(hosts[0]):
            return _no(421, "This desk does not go by that name; use the address that it printed when it started.")
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
            return _no(414, "That address is too long.")
        if access.token and (refusal := self._unknown(scope, headers)) is not None:
            return refusal
        return None if scope["method"] in SAFE else self._foreign(scope, headers)

    def _unknown(self, scope: Scope, headers: Headers) -> Response | None:
        """Take the token out of the address into a cookie, once; without either there is no way in."""
        access = self._access
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        shown = dict(query).get("token")
        if shown is not None and scope["method"] in SAFE and access.admits_token(shown):
            rest = urlencode([(name, value) for name, value in query if name != "token"])
            path = quote("/" + scope["path"].lstrip("/\\"))
            answer = HTMLResponse(_PASSAGE.format(address=escape(f"{path}?{rest}" if rest else path)))
            answer.set_cookie(access.cookie, access.token, httponly=True, samesite="strict", path="/")
            return answer
        kept = cookie_parser(headers.get("cookie", "")).get(access.cookie, "")
        if access.admits_token(kept):
            return None
        return _no(401, "This desk asks for its token: open the whole address that it printed when it started.")

    def _foreign(self, scope: Scope, headers: Headers) -> Response | None:
        """Refuse a change that no form of this desk can have sent."""
        if scope["method"] != "POST":
            return _no(405, "The desk knows GET and POST.")
        if not self._access.admits_origin(headers.get("origin")) or headers.get("sec-fetch-site", "same-origin") not in {
            "same-origin",
            "none",
        }:
            return _no(403, "That change came from another site; nothing was changed.")
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
            return _no(415, "The desk takes forms alone.")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            return TOO_LARGE
        return None


def _no(status: int, words: str) -> Response:
    return PlainTextResponse(words + "\n", status_code=status)


TOO_LARGE: Final = _no(413, f"A form of the desk has at most {LARGEST_BODY // 1000} kB.")


async def _body(receive: Receive) -> bytes | None:
    """Read a body, or return None as soon as it is too large, whatever its head says."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""
        body += bytes(message.get("body", b""))
        if len(body) > LARGEST_BODY:
            return None
        if not message.get("more_body"):
            return body


def _fenced(send: Send, path: str) -> Send:
    """Put the headers on every answer; only files that never change are kept by the browser."""
    fixed: Sequence[tuple[str, str]] = HEADERS if path.startswith("/static/") else (*HEADERS, ("cache-control", "no-store"))

    async def fenced(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in fixed:
                headers[name] = value
        await send(message)

    return fenced
