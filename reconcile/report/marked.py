"""An article and the spans that a page points to in; its paragraphs, with these spans nested in one another, out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, TypeAlias

from reconcile.model import Article, RemovalReason, Span
from reconcile.report.wording import visible_part

Piece: TypeAlias = "str | Marked"
_REMOVED: Final = "removed"
_WORD: Final = re.compile(r"\w")
"""What a run must hold to be shown: the dash before a bullet stands outside its block."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A finding that rests on a span: its number and id on the page, its kind."""

    number: int
    id: str
    kind: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A span of the text that the page points to, with what stands in it."""

    span: Span
    anchor: str
    """Name of the span on the page; "" for what is left of a span that crosses the end of another one, or of a paragraph."""
    findings: tuple[Reference, ...]
    notes: tuple[Reference, ...]
    """The findings again where the span ends, and nothing where it goes on."""
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of an article that reads as one unit, or a run that was left out."""

    kind: str
    """headline, subhead, paragraph, bullet or removed."""
    reasons: tuple[RemovalReason, ...]
    """Why it was left out."""
    pieces: tuple[Piece, ...]


def anchor(name: str, span: Span) -> str:
    """Name a span on a page: "post/137-184"."""
    return f"{name}/{span.start}-{span.end}"


def mark_article(article: Article, name: str, spans: Mapping[Span, Sequence[Reference]]) -> tuple[Paragraph, ...]:
    """Cut an article, called by a name on the page, into paragraphs that hold the spans."""
    ordered = sorted(
        (Marked(span, anchor(name, span), tuple(notes), tuple(notes), ()) for span, notes in spans.items() if span.start < span.end),
        key=_outermost_first,
    )
    paragraphs = []
    for run, kind, reasons in _runs(article):
        inside, ordered = _parted(ordered, run.end)
        pieces = tuple(_nested(article.text, run, [mark for mark in inside if mark.span.end > run.start]))
        if any(not isinstance(piece, str) or _WORD.search(piece) for piece in pieces):
            paragraphs.append(Paragraph(kind, reasons, pieces))
    return tuple(paragraphs)


def _outermost_first(mark: Marked) -> tuple[int, int]:
    return mark.span.start, -mark.span.end


def _runs(article: Article) -> Iterator[tuple[Span, str, tuple[RemovalReason, ...]]]:
    """Cut the whole text at its blocks, at what was left out, and elsewhere at its line ends; neighbours that were left out are one run."""
    removed = sorted(article.removed, key=lambda part: part.span)
    spans = [*(block.span for block in article.blocks), *(part.span for part in removed)]
    edges = {0, len(article.text)} | {edge for span in spans for edge in (span.start, span.end)}
    edges |= {place + 1 for place, char in enumerate(article.text) if char == "\n" and not _within(article, place)}
    held: tuple[Span, list[RemovalReason]] | None = None
    for start, end in pairwise(sorted(edges)):
        run = Span(start, end)
        reason = next((part.reason for part in removed if part.span.covers(run)), None)
        if held and (reason or not run.of(article.text).strip()):
            held = (Span(held[0].start, end), [*held[1], *([reason] if reason else [])])
        elif reason:
            held = (run, [reason])
        else:
            if held:
                yield held[0], _REMOVED, tuple(held[1])
                held = None
            kind = next((block.kind.value for block in article.blocks if block.span.covers(run)), "paragraph")
            yield run, kind, ()
    if held:
        yield held[0], _REMOVED, tuple(held[1])


def _within(article: Article, place: int) -> bool:
    """Return whether a character stands in a block or in what was left out, whose line ends part nothing."""
    blocks = article.blocks
    at = bisect_left(blocks, place + 1, key=lambda block: block.span.start) - 1
    return (at >= 0 and place < blocks[at].span.end) or any(part.span.start <= place < part.span.end for part in article.removed)


def _parted(marks: Sequence[Marked], end: int) -> tuple[list[Marked], list[Marked]]:
    """Part marks at a place in the text: those before it, cut off there, and those after it, with what was cut off."""
    before, after = [], []
    for mark in marks:
        if mark.span.start >= end:
            after.append(mark)
        elif mark.span.end <= end:
            before.append(mark)
        else:
            before.append(replace(mark, span=Span(mark.span.start, end), notes=()))
            after.append(replace(mark, span=Span(end, mark.span.end), anchor=""))
    return before, sorted(after, key=_outermost_first)


def _nested(text: str, run: Span, marks: Sequence[Marked]) -> Iterator[Piece]:
    """Yield the text of a run, with each mark around all marks inside it."""
    place = run.start
    while marks:
        outer, rest = marks[0], marks[1:]
        span = Span(max(place, outer.span.start), outer.span.end)
        if place < span.start:
            yield visible_part(text[place : span.start])
        inner, marks = _parted(rest, span.end)
        yield replace(outer, pieces=tuple(_nested(text, span, inner)))
        place = span.end
    if place < run.end:
        yield visible_part(text[place : run.end])
