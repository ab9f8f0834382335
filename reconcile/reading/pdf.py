"""A PDF in, its document out: the words of its pages without the heads and feet that run through them."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from reconcile.errors import Unreadable
from reconcile.model import Problem
from reconcile.reading.documents import LONGEST_ARTICLE, Document, extracted
from reconcile.reading.metadata import Metadata
from reconcile.reading.patterns import BULLET, END

MOST_PAGES = 500
EDGE = 2
"""Lines at the head and foot of a page among which running heads stand."""
SHORT = 0.75
"""Part of the width of a page short of which the last line of a paragraph may end."""
WIDE = 1.25
"""Distance between two lines, as a multiple of the usual one, from which a new paragraph begins."""
LEAST_PAGES = 3
"""Pages from which lines that come again are running heads."""
NUMBER = re.compile(r"\d+")
HYPHEN = re.compile(r"([a-z])[-\u00ad]\n([a-z])")
OWN_HYPHEN = re.compile(r"(\w-)\n(?=\w)")


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
        lines = _lines(page)
        size += sum(map(len, lines))
        if size > LONGEST_ARTICLE:
            raise Unreadable(
                f"has more than the {LONGEST_ARTICLE:,} characters that an article may have; save the pages of the article alone"
            )
        pages.append(lines)
    return pages


def _lines(page: PageObject) -> list[str]:
    """Return the lines of a page, with an empty one where the distance between two is wider than that of lines in a paragraph."""
    lines: list[str] = [""]
    heights: list[float | None] = [None]

    def note(text: str, cm: Sequence[float], tm: Sequence[float], *_: object) -> None:
        for i, part in enumerate(text.split("\n")):
            if i:
                lines.append("")
                heights.append(None)
            lines[-1] += part
            if part.strip() and heights[-1] is None:
                heights[-1] = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]

    page.extract_text(visitor_text=note)
    found = [(" ".join(line.split()), height) for line, height in zip(lines, heights, strict=True) if line.strip()]
    steps = [a - b if a is not None and b is not None else 0.0 for (_, a), (_, b) in pairwise(found)]
    down = sorted(step for step in steps if step > 1)
    usual = down[len(down) // 4] if down else 0.0
    parted = [line for line, _ in found[:1]]
    for (line, _), step in zip(found[1:], steps, strict=True):
        parted += ["", line] if step > WIDE * usual else [line]
    return parted


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
    """Join the lines of each paragraph, one paragraph a line; the end of a page is no end of a sentence."""
    paragraphs: list[list[str]] = [[]]
    for page in pages:
        width = max(map(len, page), default=0)
        for line in page:
            if not line or _begins(paragraphs[-1][-1:], line, width):
                paragraphs.append([])
            if line:
                paragraphs[-1].append(line)
        if paragraphs[-1] and END.search(paragraphs[-1][-1]):
            paragraphs.append([])
    return "\n\n".join(_run_on("\n".join(lines)) for lines in paragraphs if lines)


def _run_on(lines: str) -> str:
    """Put lines into one; a hyphen between small letters was put there by the break, any other is the word's own."""
    return OWN_HYPHEN.sub(r"\1", HYPHEN.sub(r"\1\2", lines)).replace("\n", " ")


def _begins(before: Sequence[str], line: str, width: int) -> bool:
    """Return whether a line begins a paragraph by its looks: a bullet, or a line behind one that ends short of the margin."""
    ended = any(len(last) < SHORT * width and (END.search(last) or line[0].isupper()) for last in before)
    return ended or bool(BULLET.match(line))
