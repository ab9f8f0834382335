"""A web page saved with everything on it (MHTML) in, its document out."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from reconcile.errors import Unreadable
from reconcile.model import Problem
from reconcile.reading.documents import Document
from reconcile.reading.page import page

MOST_PARTS = 2_000


def read(path: str, raw: bytes) -> list[Document | Problem]:
    """Read a saved page. Raises Unreadable."""
    message = BytesParser(policy=policy.default).parsebytes(raw)
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            break
        if part.get_content_type() in {"text/html", "application/xhtml+xml"} and isinstance(part, EmailMessage):
            return [page(path, Path(path).stem, _markup(part), _address(message, part))]
    raise Unreadable("holds no web page; save the page again as .html")


def _markup(part: EmailMessage) -> bytes:
    """Return the page as bytes in UTF-8, whatever it was packed and encoded in."""
    packed = part.get_payload(decode=True)
    raw = packed if isinstance(packed, bytes) else b""
    try:
        return raw.decode(part.get_content_charset("utf-8")).encode("utf-8")
    except (LookupError, UnicodeError):
        return raw


def _address(message: EmailMessage, part: EmailMessage) -> str:
    """Return the address that the page was saved from."""
    address = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "").strip()
    return address if address.startswith(("http://", "https://")) else ""
