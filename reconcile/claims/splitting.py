"""An article's blocks in, sentences with exact spans out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sentencex

from reconcile.model import Article, Block, BlockKind, Span

LONGEST = 2_000
"""Characters that a sentence may have before it is cut at a blank."""
BREAKS = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\u2028": " ", "\u2029": " ", "\x0b": " ", "\x0c": " "})
NO_END = re.compile(
    r"(?:\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Capt|Sgt|Maj|Rev|St|Mt|No|Nos|vs|approx"
    r"|[A-Z])|\b(?:[A-Za-z]\.){1,3}[A-Za-z])\.\s*$"
)
"""Ends that are abbreviations when a lower-case word or a number follows, or a name after an initial."""
INITIAL = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Capt|Sgt|Maj|St|Mt)\.\s*$")
CLOSERS = "\"”’')]»"
OPENERS = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence where it stands."""

    span: Span
    block: BlockKind


def split_blocks(article: Article) -> Iterator[Sentence]:
    """Yield the sentences of an article in order; a headline or a subhead may hold several as well."""
    for block in article.blocks:
        for span in _sentences(article.text, block):
            yield Sentence(span, block.kind)


def _sentences(text: str, block: Block) -> Iterator[Span]:
    flat = block.span.of(text).translate(BREAKS)
    pieces = [(b["start_index"], b["end_index"]) for b in sentencex.get_sentence_boundaries("en", flat)] if flat.strip() else []
    for start, end in _repaired(flat, _covering(pieces, len(flat))):
        yield from _bounded(flat, start, end, block.span.start)


def _covering(pieces: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Close any gap between the pieces, so that no character is lost whatever the splitter does."""
    starts = [0, *sorted({start for start, _ in pieces if 0 < start < length})]
    return list(zip(starts, [*starts[1:], length], strict=True))


def _repaired(flat: str, pieces: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join pieces that were cut at an abbreviation, inside brackets, or before a closing quotation mark."""
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        if joined and _goes_on(flat[joined[-1][0] : start], flat[start:end]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _goes_on(before: str, after: str) -> bool:
    head, tail = before.rstrip(), after.lstrip()
    if not tail or not head:
        return True
    if all(char in CLOSERS for char in tail):
        return True
    if INITIAL.search(head) and tail[0].isupper() and len(head) > 2:
        return True
    if NO_END.search(head) and (tail[0].islower() or tail[0].isdigit()):
        return True
    if tail[0].islower() and head[-1] in '."”' and not head.endswith(("...", "…")):
        return tail[0].islower() and _in_quote_or_short(head)
    return any(head.count(opener) > head.count(closer) and closer in tail[:200] for opener, closer in OPENERS.items())


def _in_quote_or_short(head: str) -> bool:
    """Return whether a lower-case word here carries the sentence on: after a closing quotation mark or an abbreviation."""
    return head[-1] in '"”' or bool(re.search(r"\b[A-Za-z]{1,4}\.$", head))


def _bounded(flat: str, start: int, end: int, offset: int) -> Iterator[Span]:
    """Trim blanks, and cut what no sentence can be."""
    while start < end and flat[start].isspace():
        start += 1
    while end > start and flat[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = flat.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield Span(offset + start, offset + cut)
        start = cut
        while start < end and flat[start].isspace():
            start += 1
    if start < end:
        yield Span(offset + start, offset + end)
