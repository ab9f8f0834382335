"""An article in, the runs of it that stand in quotation marks out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from reconcile.model import Article, Block, Span

PAIRS = {"“": '”"', '"': '"”', "«": "»", "„": "“”", "‘": "’", "'": "'’"}
"""Opening marks, and the marks that may close each: extraction mixes straight and curly ones."""
CLOSING = frozenset(".,!?;:…")
WHOLE = 0.9
"""Share of the letters of a sentence that must stand in quotation marks for it to be all quotation."""


def quotations(article: Article) -> tuple[Span, ...]:
    """Return the quoted runs of an article, marks included, in order; a paragraph left open runs to its end."""
    found: list[Span] = []
    for i, block in enumerate(article.blocks):
        following = article.blocks[i + 1] if i + 1 < len(article.blocks) else None
        found.extend(_in_block(article.text, block, following))
    return tuple(found)


def is_quoted(position: int, quoted: Sequence[Span]) -> bool:
    """Return whether a character stands inside quotation marks."""
    i = bisect_right(quoted, position, key=lambda span: span.start) - 1
    return i >= 0 and quoted[i].start <= position < quoted[i].end


def wholly_quoted(span: Span, text: str, quoted: Sequence[Span]) -> bool:
    """Return whether a sentence is quotation from end to end."""
    letters = [i for i in range(span.start, span.end) if text[i].isalnum()]
    return bool(letters) and sum(is_quoted(i, quoted) for i in letters) >= WHOLE * len(letters)


def opens(text: str, i: int) -> bool:
    """Return whether a mark opens a quotation: a blank or a bracket before it, and none after."""
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    if text[i] in "“«„":
        return True
    return bool(after) and not after.isspace() and (not before or before.isspace() or before in "([—–-:")


def _in_block(text: str, block: Block, following: Block | None) -> Iterator[Span]:
    start: int | None = None
    for i in range(block.span.start, block.span.end):
        char = text[i]
        if start is None:
            if char in PAIRS and opens(text, i):
                start = i
        elif char in PAIRS[text[start]] and _closes(text, i, block.span.end):
            yield Span(start, i + 1)
            start = None
    if start is not None and (start == block.span.start or _continues(text, following, text[start])):
        yield Span(start, block.span.end)


def _closes(text: str, i: int, end: int) -> bool:
    """Return whether a mark closes: an apostrophe does not, nor a straight mark that could open."""
    if text[i] in "’'":
        return text[i - 1] in CLOSING or (text[i - 1].isalnum() and not text[i + 1 : min(i + 2, end)].isalnum() and text[i - 1] != "s")
    return text[i] != '"' or not opens(text, i) or text[i - 1] in CLOSING


def _continues(text: str, following: Block | None, mark: str) -> bool:
    return following is not None and text[following.span.start : following.span.start + 1] == mark
