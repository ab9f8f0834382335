"""An article's blocks in, sentences with exact spans out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import sentencex

from reconcile.claims.quoting import opens
from reconcile.model import Article, Block, BlockKind, Span

LONGEST = 2_000
"""Characters that a sentence may have before it is cut at a blank."""
NEAR = 200
"""Characters ahead in which an open bracket must close to hold a sentence together."""
FLAT = {
    **dict.fromkeys(map(ord, "\n\r\t\u2028\u2029\x0b\x0c\x85\x1c\x1d\x1e\x1f"), " "),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
"""Line breaks become blanks, and halves of surrogate pairs, which no library takes, a sign for them: one character each."""
LINK = re.compile(r"!?\[([^\[\]\n]{1,300})\]\((?:https?://|mailto:|[/#.\w])[^()\s]{0,500}(?:\s\"[^\"\n]{0,200}\")?\)")
EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_\n]{1,500})(?<=\S)\1(?![\w*_])")
NOTE = re.compile(r"\[\^[\w-]{1,20}\]|(?m:^\s{0,3}> ?)")
"""Marks of Markdown inside a sentence: links, emphasis, notes, quoted lines; their signs say nothing and are hidden from every library."""
MARKS = dict.fromkeys(map(ord, '"“”„«»'), " ")
"""Quotation marks are hidden from the splitter, which would take a quotation of five sentences for one."""

BEFORE_NAME = re.compile(
    r"(?:^|[\s(\"“‘'])(?:Mr|Mrs|Ms|Messrs|Mme|Mlle|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Gen|Col|Lt|Capt|Sgt|Maj|Cmdr|Adm|Cpl|Pvt|Brig|Supt|Insp|Det|Rev|Hon"
    r"|Pres|St|Ste|Mt|Ft|vs|v|Vice Adm|(?:[A-Z]\.\s?){0,3}[A-Z])\.$"
)
"""Ends that a name follows: titles, saints, "vs." and initials."""
BEFORE_NUMBER = re.compile(
    r"(?:^|[\s(])(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|No|Nos|no|nos|pp?|Art|art|Sec|Ch|Vol|Fig|approx|ca?|est|Rs|tel|Tel|ext)\.$"
)
"""Ends that a number follows."""
ACRONYM = re.compile(r"(?:^|[\s(\"“‘'])(?:[A-Za-z]\.){2,5}$")
HOUR = re.compile(r"\b[ap]\.\s?m\.$", re.IGNORECASE)
AFTER_HOUR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May \d|June|July|August|(?:Sept|Nov|Dec)ember|October"
    r"|[A-Z]{2,4}\b(?!\s[a-z]+ed\b)|(?:Eastern|Pacific|Central|Mountain|Greenwich|Local|Paris|London|Moscow|Beijing) (?:\w+ )?[Tt]ime"
)
"""What goes on after "5 a.m.": a day, a month, a zone."""
SHORT = re.compile(r"\b[A-Za-z]{1,5}\.$")
STARTERS = frozenset(
    "the a an he she it they we i you this that these those there in on at by for from with of as after before but and or so yet if "
    "when while where who what why how his her its their our my your one two three some many most all no not both each every another "
    "other since until although though because during under over about among according however meanwhile still now then later also "
    "here police officials authorities witnesses".split()
)
"""Words that open a sentence with a capital and are no names."""
ITEM = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z])[.)\]]{1,2}$")
TAG = re.compile(
    r"(?:[A-Z][^\s.!?]{0,30}\s){1,5}(?:said|says|asked|asks|added|adds|told|wrote|writes|tweeted|shouted|cried|joked|replied|yelled)\s?(?:[.,:;]|$|in\b|on\b|of\b)"
)
"""Who spoke, behind a quoted question: "Smith asked."."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence where it stands, with the place of its block among the article's blocks."""

    span: Span
    block: BlockKind
    place: int = 0


def split_blocks(article: Article) -> Iterator[Sentence]:
    """Yield the sentences of an article in order; a headline or a subhead may hold several as well."""
    for place, block in enumerate(article.blocks):
        for span in _sentences(article.text, block):
            yield Sentence(span, block.kind, place)


def flatten(text: str) -> str:
    """Return the text as one line that any library takes, every character where it was and the signs of Markdown blank."""
    if "](" in text or "*" in text or "_" in text or "[^" in text or ">" in text:
        text = NOTE.sub(lambda match: " " * len(match[0]), LINK.sub(_words_of, text))
        text = EMPHASIS.sub(_words_of, EMPHASIS.sub(_words_of, text))
    return text.translate(FLAT)


def _words_of(match: re.Match[str]) -> str:
    """Blank a match out but for its words, the last group."""
    words = match.lastindex or 1
    before, after = match.start(words) - match.start(), match.end() - match.end(words)
    return " " * before + match[words] + " " * after


def _sentences(text: str, block: Block) -> Iterator[Span]:
    flat = flatten(block.span.of(text))
    for start, end in _joined(flat, _cuts(flat)):
        yield from _bounded(flat, start, end, block.span.start)


def _cuts(flat: str) -> list[int]:
    """Return where sentences may begin, 0 and the length included; an opening mark goes with what it opens."""
    if not flat.strip():
        return [0, len(flat)]
    begun = {found["start_index"] for found in sentencex.get_sentence_boundaries("en", flat.translate(MARKS))}
    cuts = {_settled(flat, cut) for cut in begun if 0 < cut < len(flat)}
    return [0, *sorted(cut for cut in cuts if 0 < cut < len(flat)), len(flat)]


def _settled(flat: str, cut: int) -> int:
    """Move a cut in front of an opening mark, and behind a closing one."""
    while cut < len(flat) and (flat[cut] in "”»’)]" or (flat[cut] == '"' and not opens(flat, cut))):
        cut += 1
    back = cut
    while back > 0 and (flat[back - 1].isspace() or (flat[back - 1] in '"“„«‘(' and opens(flat, back - 1))):
        back -= 1
        if not flat[back].isspace():
            cut = back
    return cut


def _joined(flat: str, cuts: Sequence[int]) -> list[tuple[int, int]]:
    """Join pieces that were cut at an abbreviation, inside brackets, or before what completes them."""
    joined: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        if joined and _goes_on(
            flat[max(joined[-1][0], start - LONGEST) : start].rstrip(), flat[start : min(end, start + LONGEST)].lstrip()
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _goes_on(head: str, tail: str) -> bool:
    """Return whether a sentence does not end where the splitter ended it."""
    if not head or not tail or not any(char.isalnum() for char in tail) or ITEM.fullmatch(head.strip()):
        return True
    if any(head.count(opener) > head.count(closer) and closer in tail[:NEAR] for opener, closer in ("()", "[]")):
        return True
    return _abbreviated(head[-40:], tail) or _completed(head, tail)


def _abbreviated(head: str, tail: str) -> bool:
    """Return whether a full stop marks an abbreviation and ends nothing."""
    word = re.split(r"[^\w]", tail, maxsplit=1)[0].lower()
    if tail[0].isdigit():
        return bool(BEFORE_NUMBER.search(head))
    if HOUR.search(head):
        return tail[0].islower() or bool(AFTER_HOUR.match(tail))
    if BEFORE_NAME.search(head) or ACRONYM.search(head):
        return tail[0].islower() or (tail[0].isupper() and word not in STARTERS)
    return tail[0].islower() and bool(SHORT.search(head))


def _completed(head: str, tail: str) -> bool:
    """Return whether what follows a quotation, a question or an exclamation belongs to it."""
    if head[-1] in "?!" or head[-1] in '"”»':
        return tail[0].islower() or (len(head) > 1 and head[-1] in '"”»' and head[-2] in "?!…" and bool(TAG.match(tail)))
    return False


def _bounded(flat: str, start: int, end: int, offset: int) -> Iterator[Span]:
    """Trim blanks, and cut what no sentence can be."""
    while start < end and flat[start].isspace():
        start += 1
    while end > start and flat[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = flat.rfind(" ", start + 1, start + LONGEST + 1)
        last = cut = cut if cut > start else start + LONGEST
        while last > start and flat[last - 1].isspace():
            last -= 1
        yield Span(offset + start, offset + last)
        start = cut
        while start < end and flat[start].isspace():
            start += 1
    if start < end:
        yield Span(offset + start, offset + end)
