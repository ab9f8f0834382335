"""A text in, the runs worth reading and the runs left out, each with its reason, out.

In doubt a line is kept: a claim lost cannot be found again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from reconcile.model import Block, RemovalReason, Removed
from reconcile.reading.datelines import is_dateline, masthead
from reconcile.reading.embedded import mark_embedded
from reconcile.reading.joining import make_blocks, wrap_width
from reconcile.reading.lines import Line, goes_on, split_lines
from reconcile.reading.patterns import CREDIT, END, POST, STORY_LIST, furniture, is_heading, is_title
from reconcile.reading.repeats import SAME, cut_captions, cut_copies, mark_repeated_title, mark_series, words

HEADLINE = 200
"""Characters that a headline may have."""
HEAD_LINES = 8
"""Lines at the head of a text among which its headline stands."""
FORM_LINES = 12
"""Lines that a comment form may have."""
STORIES = 8
"""Lines that a list of other stories at the foot of a page may have."""
FORM_HEAD = re.compile(r"^\W{0,8}(?:leave a (?:reply|comment)|post a comment|cancel reply)\b", re.IGNORECASE)


def clean_text(text: str, title: str = "", start: int = 0) -> tuple[tuple[Block, ...], tuple[Removed, ...]]:
    """Sort a text into blocks and removed runs, reading from `start`; `title` is the headline where it is known already.

    A given title becomes a headline block where it stands in the text. Without one, a first line that reads like a headline is taken.
    """
    lines = split_lines(text, start)
    _mark_furniture(text, lines)
    _mark_story_lists(lines)
    _mark_forms(lines)
    mark_series(lines)
    headline = _headline(text, lines, title)
    lines = cut_captions(lines, title)
    _mark_headings(text, lines, headline)
    mark_repeated_title(lines, title or (headline.text if headline else ""), headline)
    lines = cut_copies(lines, headline)
    mark_embedded(lines, headline)
    blocks = tuple(make_blocks(text, lines, headline))
    removed = tuple(Removed(line.span, line.span.of(text), line.reason) for line in lines if line.reason)
    return blocks, removed


def _mark_furniture(text: str, lines: Sequence[Line]) -> None:
    """Mark the lines that are furniture by their own words; a line in mid-sentence never is, unless it is a post or an address."""
    before: Line | None = None
    for line in lines:
        if line.reason is None:
            reason = furniture(line.text)
            if reason and goes_on(text, before, line) and not POST.search(line.text) and not CREDIT.match(line.text):
                reason = None
            line.reason = reason or (RemovalReason.FURNITURE if is_dateline(line.text) and not goes_on(text, before, line) else None)
        before = line
    place = masthead([line.text for line in lines[: HEAD_LINES + 2]])
    if place is not None:
        lines[place].reason = lines[place].reason or RemovalReason.FURNITURE


def _mark_story_lists(lines: Sequence[Line]) -> None:
    """Mark the titles of other stories behind a line that announces them: all that follow at the foot, one in mid-page."""
    for i, line in enumerate(lines):
        if line.reason is None or not STORY_LIST.match(line.text):
            continue
        rest = [other for other in lines[i + 1 : i + STORIES + 2] if other.reason is None]
        at_foot = i + 1 + STORIES >= len(lines) and all(_may_be_story(other.text) for other in rest)
        first = rest[:1] if rest and is_title(rest[0].text, HEADLINE) and line.text.endswith(":") else []
        for other in rest if at_foot else first:
            other.reason = RemovalReason.RELATED


def _may_be_story(line: str) -> bool:
    return len(line.split()) <= 20 and line[:1] not in '"“' and not re.search(r"\bsaid\.?$", line)


def _mark_forms(lines: Sequence[Line]) -> None:
    """Mark the short lines behind the head of a comment form, where scrapers leave its hints."""
    for i, line in enumerate(lines):
        if line.reason is not None and FORM_HEAD.match(line.text):
            for later in lines[i : i + FORM_LINES]:
                if later.reason is None and len(later.text.split()) < 12:
                    later.reason = RemovalReason.FURNITURE


def _headline(text: str, lines: Sequence[Line], title: str) -> Line | None:
    """Return the line that is the headline: the given title where it stands, or a first line that reads like one."""
    head = [line for line in lines if line.reason is None][:HEAD_LINES]
    if title:
        plain = " ".join(words(title))
        near = next((line for line in head if fuzz.ratio(" ".join(words(line.text)), plain) >= SAME), None)
        return near or next((line for line in lines if line.reason is None and " ".join(words(line.text)) == plain), None)
    first = next((line for line in head if is_title(line.text, HEADLINE)), None)
    if first is None or any(len(line.text.split()) > 12 for line in head[: head.index(first)]):
        return None
    following = next((line for line in lines if line.span > first.span), None)
    if following is None or goes_on(text, first, following):
        return None
    width = wrap_width([line for line in lines if line.reason is None])
    adjacent = text[first.span.end : following.span.start].count("\n") <= 1
    wrapped = adjacent and width and following.reason is None and len(first.text) >= 0.8 * width and not END.search(first.text)
    return None if wrapped else first


def _mark_headings(text: str, lines: Sequence[Line], headline: Line | None) -> None:
    """Mark cross-heads and labels that say nothing, unless a sentence runs through them."""
    for i, line in enumerate(lines):
        if line.reason is not None or line is headline or line.glued or not is_heading(line.text):
            continue
        after = lines[i + 1] if i + 1 < len(lines) else None
        if goes_on(text, lines[i - 1] if i else None, line) or (after and after.text[:1].islower() and goes_on(text, line, after)):
            continue
        line.reason = RemovalReason.FURNITURE
