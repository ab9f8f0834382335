"""Sorted lines in, blocks out: lines broken in mid-sentence are joined, and each run is called what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reconcile.model import Block, BlockKind, Span
from reconcile.reading.lines import Line
from reconcile.reading.patterns import BULLET, END, OPEN_END

SHORT = 160
"""Characters that a subhead may have."""
MARK = re.compile(r"(?:#{1,6}|>|\[\^[\w-]{1,20}\]:)\s+(?=\S)")
"""Marks of Markdown in front of a heading, a quotation or a note, which are no part of what they say."""
NOTE = re.compile(r"\s?\[\^[\w-]{1,20}\]$")
WRAPPED = 110
"""Width up to which a text counts as wrapped."""


def wrap_width(lines: Sequence[Line]) -> int:
    """Return the width at which a text was wrapped, or 0 where its lines are whole paragraphs."""
    lengths = [len(line.text) for line in lines]
    longest = max(lengths, default=0)
    full = sum(length > 0.6 * longest for length in lengths)
    broken = sum(not END.search(line.text) for line in lines)
    return longest if len(lines) >= 6 and longest <= WRAPPED and full >= 0.4 * len(lines) and broken >= 0.3 * len(lines) else 0


def make_blocks(text: str, lines: Sequence[Line], headline: Line | None) -> Iterator[Block]:
    """Join lines that were broken in mid-sentence and say what each run is."""
    kept = [line for line in lines if line.reason is None]
    width = wrap_width(kept)
    run: list[Line] = []
    for line in kept:
        if run and not _continues(text, run, line, width, headline):
            yield _block(run, headline)
            run = []
        run.append(line)
    if run:
        yield _block(run, headline)


def _continues(text: str, run: Sequence[Line], after: Line, width: int, headline: Line | None) -> bool:
    """Return whether a line carries on the sentence of a run, or stands in one wrapped paragraph with it."""
    before = run[-1]
    gap = text[before.span.end : after.span.start]
    if before is headline or gap.strip() or BULLET.match(after.text):
        return False
    broken = not END.search(before.text)
    if broken and (len(run) > 1 or len(before.text.split()) >= 3) and (after.text[:1].islower() or OPEN_END.search(before.text)):
        return True
    if not width or gap.count("\n") > 1:
        return False
    room = width - len(before.text)
    return len(after.text.split(maxsplit=1)[0]) + 1 > room or (not broken and room <= 0.25 * width) or (broken and room <= 0.4 * width)


def _block(run: Sequence[Line], headline: Line | None) -> Block:
    text, end = run[0].text, run[-1].span.end
    if run[0] is not headline and (bullet := BULLET.match(text)):
        return Block(Span(run[0].span.start + bullet.end(), end), BlockKind.BULLET)
    mark = MARK.match(text)
    span = Span(run[0].span.start + (mark.end() if mark else 0), end)
    if run[0] is headline:
        return Block(span, BlockKind.HEADLINE)
    short = len(run) == 1 and not run[0].glued and len(text) <= SHORT
    if short and not END.search(NOTE.sub("", text)) and len(text.split()) >= 3:
        return Block(span, BlockKind.SUBHEAD)
    return Block(span, BlockKind.PARAGRAPH)
