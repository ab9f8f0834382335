"""A comparison of two articles in, a page in the manner of `diff -u` out: a line for each passage, with the words that differ marked.

Lines begin with - for the first article, + for the second, a blank for what stands in both word for word, and # for remarks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import click

from reconcile.model import Article, Claim
from reconcile.report.diff import Diff, Difference, Match, Passage
from reconcile.report.worddiff import differing, marked
from reconcile.report.wording import KIND_WORDS, counted, listed, publication, visible

MARKS: Final = {"-": ("[-", "-]"), "+": ("{+", "+}")}
"""Marks of words that the other lacks, as `git diff --word-diff` has them."""
COLOURS: Final = {"-": "magenta", "+": "cyan", "@": "blue", "#": "bright_black"}


def diff_unified(diff: Diff, color: bool) -> str:
    """Write every passage on a line of its own, however long."""
    return "".join(f"{_coloured(line) if color else line}\n" for line in _lines(diff))


def _coloured(line: str) -> str:
    if line.startswith(("---", "+++")):
        return click.style(line, bold=True)
    colour = COLOURS.get(line[:1])
    return click.style(line, fg=colour) if colour else line


def _lines(diff: Diff) -> Iterator[str]:
    for sign, name, article, count in zip("-+", diff.names, (diff.left, diff.right), diff.counts, strict=True):
        yield f"{sign * 3} {_head(name, article)}, {counted(count, 'claim')}"
    if not diff.shared:
        yield "# The two articles share no event, so nothing in them was compared."
    if diff.ties:
        yield f"# Not independent of each other: {listed([visible(tie) for tie in diff.ties])}."
    for place, difference in enumerate(diff.differences, 1):
        yield from _difference(f"1.{place}", difference, "-+")
    for difference in diff.inside:
        sign = "-" if difference.left[0].claim.article == diff.left.id else "+"
        yield from _difference("inside one article", difference, sign * 2)
    for place, match in enumerate(diff.matches, 1):
        yield from _match(f"2.{place}", match)
    for section, sign, name, alone in ((3, "-", diff.names[0], diff.only_left), (4, "+", diff.names[1], diff.only_right)):
        if alone:
            yield f"@@ {section} only {name} says: {counted(len(alone), 'claim')} @@"
        yield from (f"{sign}{_claim(row.claim)}" + (f"  (a value of it: see {listed(row.see)})" if row.see else "") for row in alone)
    for group in diff.apart:
        yield f"@@ 5 not compared: {counted(len(group.claims), 'claim')} about {visible(group.label) or 'no event'} @@"
        sign = "-" if group.article == diff.left.id else "+"
        yield from (f"{sign}{_claim(claim)}" for claim in group.claims)


def _head(name: str, article: Article) -> str:
    title = f": {visible(article.title)}" if article.title else ""
    return f"{name}{title} ({publication(article)})"


def _difference(place: str, difference: Difference, signs: str) -> Iterator[str]:
    yield f"@@ {place} {KIND_WORDS[difference.kind]}: {visible(difference.finding.point)} @@"
    for sign, passages in zip(signs, (difference.left, difference.right), strict=True):
        yield from (f"{sign}{_in_sentence(passage, sign)}" for passage in passages)
    yield f"# because {visible(difference.reason) or 'the rule says so'} [{visible(difference.rule)}; finding {difference.finding.id}]"


def _in_sentence(passage: Passage, sign: str) -> str:
    """Show the sentence with the words that count marked."""
    claim, span = passage.claim, passage.evidence.span
    before, after = MARKS[sign]
    start, end = span.start - claim.span.start, span.end - claim.span.start
    parts = [claim.text[:start], claim.text[start:end], claim.text[end:]]
    head, words, tail = (visible(part) for part in parts)
    blank_before = " " * bool(head and (parts[0][-1:].isspace()))
    blank_after = " " * bool(tail and (parts[2][:1].isspace()))
    return f"{_where(passage)}{head}{blank_before}{before}{words}{after}{blank_after}{tail}{_citing(claim)}"


def _match(place: str, match: Match) -> Iterator[str]:
    see = f" (they differ in part: see {listed([f'1.{number}' for number in match.see])})" if match.see else ""
    yield f"@@ {place} both say{f': {visible(match.point)}' if match.point else ''}{see} @@"
    texts = visible(match.left.evidence.quote), visible(match.right.evidence.quote)
    if texts[0] == texts[1]:
        yield f" {_where(match.left)}{texts[0]}{_citing(match.left.claim)}"
        yield f"# word for word in the other: {_where(match.right).strip()}{_citing(match.right.claim)}"
        return
    for sign, passage, text, runs in zip("-+", (match.left, match.right), texts, differing(*texts), strict=True):
        yield f"{sign}{_where(passage)}{marked(text, runs, *MARKS[sign])}{_citing(passage.claim)}"


def _where(passage: Passage) -> str:
    return f"[{passage.evidence.span.start}–{passage.evidence.span.end}] "


def _citing(claim: Claim) -> str:
    return "" if claim.speaker.kind == "outlet" else f"  (citing {visible(claim.speaker.name)})"


def _claim(claim: Claim) -> str:
    return f"[{claim.span.start}–{claim.span.end}] {visible(claim.text)}{_citing(claim)}"
