"""What a reader finds in a file in, an article out: a text, cleaned, and its metadata put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from reconcile.model import Article, BlockKind, Problem, RemovalReason, Removed, Span
from reconcile.reading.cleaning import clean_text
from reconcile.reading.datelines import visible_date, visible_source
from reconcile.reading.languages import detect_language
from reconcile.reading.metadata import Metadata, prettified

LARGEST_FILE = 32_000_000
"""Bytes that a file may have, and that a packed one may unpack to."""
LONGEST_ARTICLE = 2_000_000
"""Characters that an article may have."""
MOST_LINES = 50_000
"""Lines that an article may have."""
SURROGATE = re.compile(r"[\ud800-\udfff]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
GAPS = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Document:
    """One text that a reader found, with what is known of it beside the text."""

    path: str
    """Where it stands: the file, and behind a `#` the number of the entry where a file holds several."""
    name: str
    """What the article is to be called, unless another has the name already."""
    text: str
    head: Metadata = field(default_factory=Metadata)
    titled: bool = False
    """Whether the title in `head` is the headline of this very text, so that none needs to be guessed."""
    extracted: bool = False
    """Whether the text was taken out of a page, a document or a feed, and does not stand in the file as it is."""
    line: int | None = None
    stem: str = ""
    """What the file is called, made to stand for the outlet where nothing else names one."""


def extracted(path: str, name: str, body: str, head: Metadata) -> Document:
    """Return the document of a text taken out of a page or a feed, its title on top as the reader of the page saw it."""
    body = tidy(body)
    text = f"{head.title}\n\n{_without(body, head.title)}".strip() if head.title else body
    return Document(path, name, text, head, titled=bool(head.title), extracted=True, stem=Path(path).stem)


def tidy(text: str) -> str:
    """Return a text with plain line ends, without control characters, trailing blanks and long gaps."""
    plain = CONTROL.sub(" ", whole(text).replace("\r\n", "\n").replace("\r", "\n"))
    return GAPS.sub("\n\n", "\n".join(line.rstrip() for line in plain.split("\n"))).strip()


def whole(text: str) -> str:
    """Put the replacement character in place of half a surrogate pair, one for one: JSON may hold it, no file in UTF-8 can."""
    return SURROGATE.sub("\ufffd", text)


def _without(body: str, title: str) -> str:
    """Return a body without the title on top of it, which may be broken over lines or differ in its signs."""
    wanted, at = _plain(title), 0
    for line in body[: 4 * len(title) + 100].split("\n"):
        words = _plain(line)
        if not wanted.startswith(words):
            return body
        wanted, at = wanted[len(words) :], at + len(line) + 1
        if not wanted:
            return body[at:].lstrip("\n")
    return body


def _plain(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def one_line(text: str) -> str:
    """Return a text on one line, its blanks single and without control characters."""
    return " ".join(CONTROL.sub(" ", whole(text)).split())


def too_long(text: str) -> str | None:
    """Say that a text is longer than an article may be, or return None."""
    if (lines := text.count("\n") + 1) > MOST_LINES:
        return f"has {lines:,} lines, more than the {MOST_LINES:,} that an article may have; split it"
    if len(text) <= LONGEST_ARTICLE:
        return None
    return f"has {len(text):,} characters, more than the {LONGEST_ARTICLE:,} that an article may have; split it"


def make_article(document: Document) -> Article | Problem:
    """Clean a text and put its metadata together; a date that only stands in the text is marked as inferred."""
    text, head = document.text, document.head
    if wrong := too_long(text):
        return Problem(document.path, wrong, document.line)
    blocks, removed = clean_text(text, head.title if document.titled else "", start=head.end)
    if not blocks:
        return Problem(document.path, "has no sentence that could be compared; it was left out", document.line)
    headline = next((block for block in blocks if block.kind is BlockKind.HEADLINE), None)
    title = head.title or (headline.span.of(text) if headline else "")
    if head.end:
        span = Span(0, len(text[: head.end].rstrip()))
        removed = (Removed(span, span.of(text), RemovalReason.FURNITURE), *removed)
    published = head.published or visible_date(text[head.end :])
    return Article(
        id=one_line(document.name) or "article",
        path=document.path,
        text=text,
        source=one_line(head.source or visible_source(text[head.end :]) or prettified(document.stem or document.name)),
        source_inferred=head.source_inferred or not head.source,
        title=one_line(title),
        author=one_line(head.author),
        url=one_line(head.url) or None,
        published=published,
        published_inferred=head.inferred or (head.published is None and published is not None),
        modified=head.modified,
        language=detect_language(" ".join(block.span.of(text) for block in blocks), head.language),
        extracted=document.extracted,
        blocks=blocks,
        removed=removed,
    )
