"""A PDF in, its document out: the words of its pages without the heads and feet that run through them."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from reconcile.errors import Unreadable
from reconcile.model import Problem
from reconcile.reading.documents import LONGEST_ARTICLE, Document, extracted
from reconcile.reading.metadata import Metadata

MOST_PAGES = 500
EDGE = 2
"""Lines at the head and foot of a page among which running heads stand."""
LEAST_PAGES = 3
"""Pages from which lines that come again are running heads."""
NUMBER = re.compile(r"\d+")
HYPHEN = re.compile(r"([a-z])[-\u00ad]\n([a-z])")


def read(path: str, raw: bytes) -> list[Document | Problem]:
    """Read a PDF. Raises Unreadable."""
    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("is locked with a password; save a copy without one")
        pages = _pages(reader)
        title, author = _stated(reader, "title"), _stated(reader, "author")
    except (PyPdfError, ImportError, NotImplementedError) as error:
        raise Unreadable(f"cannot be read as PDF ({type(error).__name__}); save the article's text as .txt") from None
    body = _joined(_without_running_heads(pages))
    if not body.strip():
        raise Unreadable("holds no text, and may be a picture of its pages; save the article's text as .txt")
    # A title in a PDF's properties is as often the name of a file: it counts only where the first page has it too.
    head = Metadata(title=title if title and title.casefold() in " ".join(body[:2000].split()).casefold() else "", author=author)
    return [extracted(path, Path(path).stem, body, head)]


def _pages(reader: PdfReader) -> list[list[str]]:
    """Return the lines of each page, up to the most that an article may have."""
    pages: list[list[str]] = []
    size = 0
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES:
            raise Unreadable(f"has more than {MOST_PAGES} pages; save the pages of the article alone")
        text = page.extract_text()
        size += len(text)
        if size > LONGEST_ARTICLE:
            raise Unreadable(
                f"has more than the {LONGEST_ARTICLE:,} characters that an article may have; save the pages of the article alone"
            )
        pages.append([line.strip() for line in text.splitlines()])
    return pages


def _stated(reader: PdfReader, key: str) -> str:
    """Return what the PDF's properties say; broken properties say nothing."""
    try:
        return " ".join(str(getattr(reader.metadata, key, None) or "").split())[:300]
    except (PyPdfError, ValueError, TypeError, AttributeError, KeyError):
        return ""


def _without_running_heads(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Drop the lines at the head or foot of pages that come again on at least half of them, whatever their page numbers."""
    if len(pages) < LEAST_PAGES:
        return [list(page) for page in pages]
    counts = Counter(line for page in pages for line in {_shape(line) for line in _edges(page)})
    running = {line for line, count in counts.items() if line and count >= max(LEAST_PAGES, len(pages) / 2)}
    return [[line for line in page if not (_shape(line) in running and line in _edges(page))] for page in pages]


def _edges(page: Sequence[str]) -> list[str]:
    lines = [line for line in page if line]
    return [*lines[:EDGE], *lines[-EDGE:]]


def _shape(line: str) -> str:
    """Return a line without its page number; the figures of a sentence are its own."""
    return line if line.endswith((".", "!", "?", "”", '"')) else NUMBER.sub("0", line)


def _joined(pages: Sequence[Sequence[str]]) -> str:
    """Join the pages, and words that were parted at the end of a line; a page's end is no end of a paragraph."""
    text = "\n".join("\n".join(page) for page in pages)
    return HYPHEN.sub(r"\1\2", text)
