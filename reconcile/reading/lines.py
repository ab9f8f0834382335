"""A text in, its lines out, cut where furniture and prose were run together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reconcile.model import RemovalReason, Span
from reconcile.reading.patterns import AGENCY_MARK, END, INLINE, LONGEST_FURNITURE, OPEN_END, PLACARD, furniture

SENTENCE = re.compile(r"[.!?][\"”’')]{0,3}\s+(?=[\"“‘'(]{0,2}[A-Z0-9])")
"""Where a new sentence may begin."""
NO_END = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Lt|Mt|No|vs|Gen|Col|Sen|Rep|Gov|Sgt|Rev|Maj|Prof|Capt|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Calif))\.\s+$"
)
"""Ends of initials, titles and short months, which end no sentence."""


@dataclass(slots=True)
class Line:
    """A line that is not blank, or a piece of one, while it is being sorted."""

    span: Span
    text: str
    reason: RemovalReason | None = None
    glued: bool = False
    """Whether the piece before it stands in the same line."""


def split_lines(text: str, start: int = 0) -> list[Line]:
    """Return the lines that are not blank, agency marks and furniture inside a line as pieces of their own."""
    lines: list[Line] = []
    at = start
    for piece in text[start:].splitlines(keepends=True):
        stripped = piece.strip()
        if stripped:
            first = at + len(piece) - len(piece.lstrip())
            lines += _parted(Line(Span(first, first + len(stripped)), stripped))
        at += len(piece)
    return lines


def cut(line: Line, cuts: Sequence[tuple[int, int, RemovalReason]]) -> list[Line]:
    """Cut runs out of a line, each with its reason; what is left between them are lines as well."""
    pieces: list[Line] = []
    at = 0
    for first, last, reason in cuts:
        pieces += _piece(line, at, first, None)
        pieces += _piece(line, first, last, reason)
        at = last
    pieces += _piece(line, at, len(line.text), None)
    for piece in pieces[1:]:
        piece.glued = True
    return pieces


def _piece(line: Line, first: int, last: int, reason: RemovalReason | None) -> Iterator[Line]:
    raw = line.text[first:last]
    if stripped := raw.strip():
        begin = line.span.start + first + len(raw) - len(raw.lstrip())
        if reason is None and not any(char.isalnum() for char in stripped):
            reason = RemovalReason.FURNITURE
        yield Line(Span(begin, begin + len(stripped)), stripped, reason)


def _parted(line: Line) -> list[Line]:
    cuts: list[tuple[int, int, RemovalReason]] = []
    if mark := AGENCY_MARK.match(line.text) or PLACARD.match(line.text[:LONGEST_FURNITURE]):
        cuts.append((0, mark.end(), RemovalReason.FURNITURE))
    begin = cuts[0][1] if cuts else 0
    cuts += [(m.start(), m.end(), RemovalReason.FURNITURE) for m in INLINE.finditer(line.text, begin)]
    return cut(line, cuts) if cuts and not furniture(line.text) else [line]


def sentences(line: Line) -> list[tuple[int, int]]:
    """Return where the sentences of a line lie in it, roughly."""
    found = (match.end() for match in SENTENCE.finditer(line.text))
    ends = [end for end in found if not NO_END.search(line.text[max(0, end - 12) : end])]
    return [(a, b) for a, b in zip([0, *ends], [*ends, len(line.text)], strict=True) if b > a]


def goes_on(text: str, before: Line | None, after: Line) -> bool:
    """Return whether a line carries on the sentence of the line before it."""
    if before is None or before.reason is not None or END.search(before.text) or after.glued:
        return False
    if after.text[:1].islower() and len(before.text.split()) >= 3:
        return True
    adjacent = text[before.span.end : after.span.start].count("\n") <= 1
    return adjacent and bool(OPEN_END.search(before.text)) and len(before.text.split()) >= 4
