"""A plain text or a Markdown file in, its document out; a block of `key: value` lines at its head is its metadata."""

from __future__ import annotations

from pathlib import Path

from reconcile.errors import Unreadable
from reconcile.model import Problem
from reconcile.reading.documents import Document
from reconcile.reading.metadata import front_matter

CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
"""Bytes that text hardly ever holds."""
MOST_CONTROLS = 0.02
"""Part of a file's bytes from which control characters make it binary."""


def read(path: str, raw: bytes) -> list[Document | Problem]:
    """Read a file that is one article. Raises Unreadable."""
    text = decode(raw)
    stem = Path(path).stem
    return [Document(path, stem, text, front_matter(text))]


def decode(raw: bytes) -> str:
    """Return the text of bytes in UTF-8. Raises Unreadable, without a guess at what else they are."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable("is UTF-16 text; it was left out, save it as UTF-8")
    controls = len(raw) - len(raw.translate(None, CONTROLS))
    if b"\0" in raw or controls > MOST_CONTROLS * len(raw):
        raise Unreadable("is a binary file, not text; it was left out, save the article as plain text")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"is not UTF-8 text (byte {error.start}); it was left out, save it as UTF-8") from None
    if not text.strip():
        raise Unreadable("is empty; it was left out")
    return text
