"""An article with its claims in, a profile out: all by which its story can be told from another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from reconcile import syntax
from reconcile.anchors import find_anchors, stem
from reconcile.model import Article, Claim, Token

LEAD_CLAIMS = 4
"""Claims that make an article's lead: the headline, where there is one, and the first sentences."""
EMPTY = frozenset("say be have do tell report announce add go make take other more one new".split())
"""Lemmas that every news article holds."""
WEEK = "monday tuesday wednesday thursday friday saturday sunday".split()
YEAR = "jan feb mar apr may jun jul aug sep oct nov dec".split()
NUMBERS = {word: str(n) for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
LONG_AHEAD = timedelta(days=60)
"""A date without a year that lies further ahead than this is last year's."""

_WORD = re.compile(r"\w+")
_CAPITALS = re.compile(r"\b([A-Z][\w'’.-]+(?: [A-Z][\w'’-]+)+)")
_AGE = re.compile(r"\b(\d{1,2})[- ]year[- ]old|, (\d{2}),|\bage (\d{1,2})\b|\b(\d{1,2}[- ]month)[- ]old")
_DAY = re.compile(rf"\b({'|'.join(WEEK)})\b|\b(tonight|today|yesterday)\b")
_DATE = re.compile(rf"\b({'|'.join(YEAR)})[a-z]*\.? (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (\d{{4}}))?\b")


@dataclass(frozen=True, slots=True)
class Profile:
    """What tells one article's story from another's."""

    article: str
    published: date | None
    opening: int
    """Claims that open the article: not more than half of a short one."""
    lead: frozenset[str]
    """Anchors of the headline and the first sentences."""
    places: frozenset[str]
    """Anchors that were mostly taken for a place or a nationality: hundreds of events share those."""
    traits: Mapping[str, Counter[str]]
    """What the article names, by the kind of thing (the keys of KINDS), with how often."""
    lead_days: frozenset[date]
    """Days that the lead speaks of, as its words and the date of publication give them."""
    days: frozenset[date]
    figures: frozenset[str]
    """Small numbers of the title and the lead: the dead, the hurt, the arrested."""


KINDS = ("words", "lead words", "title", "names", "lead names", "people", "capitals", "ages", "phrases")


def make_profile(article: Article, claims: Sequence[Claim]) -> Profile:
    """Read the profile of an article off its claims, which must be in their order."""
    opening = max(2, min(LEAD_CLAIMS, len(claims) // 2))
    found = [list(find_anchors(claim.tokens)) for claim in claims]
    anchors = [Counter(anchor for anchor, _, _ in of_claim) for of_claim in found]
    names = sum(anchors, Counter[str]())
    lead = frozenset().union(*anchors[:opening]) | _in_title(article.title, names)
    published = article.published.date() if article.published else None
    days = [frozenset(_days(claim.text.lower(), published)) for claim in claims]
    traits = {
        "words": Counter(word for claim in claims for word in syntax.content_lemmas(claim.tokens, EMPTY)),
        "lead words": Counter({word for claim in claims[:LEAD_CLAIMS] for word in syntax.content_lemmas(claim.tokens, EMPTY)}),
        "title": Counter({word for word in _WORD.findall(article.title.lower()) if len(word) > 2}),
        "names": names,
        "lead names": Counter(set().union(*anchors[:LEAD_CLAIMS])),
        "people": Counter(person for claim in claims for person in _people(claim.tokens)),
        "capitals": Counter(pair for claim in claims for pair in _capitals(claim.text)),
        "ages": Counter(age for claim in claims for age in _ages(claim.text.lower())),
        "phrases": Counter(phrase for claim in claims for phrase in _phrases(claim.text.lower())),
    }
    figures = {_figure(word) for word in _WORD.findall(article.title.lower())}
    figures |= {_figure(token.text.lower()) for claim in claims[:LEAD_CLAIMS] for token in claim.tokens if token.pos == "NUM"}
    lead_days = frozenset[date]().union(*days[:LEAD_CLAIMS])
    return Profile(
        article.id, published, opening, lead, _places(found), traits, lead_days, frozenset[date]().union(*days), frozenset(figures - {""})
    )


def _places(found: Sequence[Sequence[tuple[str, str, str]]]) -> frozenset[str]:
    kinds: dict[str, Counter[bool]] = defaultdict(Counter)
    for of_claim in found:
        for anchor, _, kind in of_claim:
            kinds[anchor][kind in {"GPE", "NORP", "LOC"}] += 1
    return frozenset(anchor for anchor, seen in kinds.items() if seen[True] > seen[False])


def _in_title(title: str, anchors: Mapping[str, int]) -> frozenset[str]:
    """Return the article's anchors that its headline names as well."""
    words = {stem(word) for word in _WORD.findall(title.lower())}
    return frozenset(anchor for anchor in anchors if anchor in words)


def _people(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield first and last name of each person who is named with both."""
    for indexes in syntax.entities(tokens, "PERSON"):
        words = [tokens[i].text.lower() for i in indexes if tokens[i].pos not in {"PUNCT", "PART"}]
        if len(words) > 1:
            yield f"{words[0]} {words[-1]}"


def _capitals(text: str) -> Iterator[str]:
    """Yield each two words in a row that begin with a capital: names that the parser may have missed."""
    for found in _CAPITALS.finditer(text):
        words = found.group(1).lower().split()
        yield from (f"{a} {b}" for a, b in pairwise(words))


def _ages(text: str) -> Iterator[str]:
    yield from (next(group for group in found.groups() if group) for found in _AGE.finditer(text))


def _phrases(text: str) -> Iterator[str]:
    """Yield two and three words in a row."""
    words = _WORD.findall(text)
    yield from (" ".join(words[i : i + n]) for n in (2, 3) for i in range(len(words) - n + 1))


def _figure(word: str) -> str:
    digits = NUMBERS.get(word, word)
    return digits if digits.isdigit() and len(digits) < 3 else ""


def _days(text: str, published: date | None) -> Iterator[date]:
    """Yield the days that a text names: weekdays are those before publication."""
    for name, near in _DAY.findall(text) if published else ():
        assert published
        back = (published.weekday() - WEEK.index(name)) % 7 if name else int(near == "yesterday")
        if published > date.min + timedelta(days=7):
            yield published - timedelta(days=back)
    for month, day, year in _DATE.findall(text):
        if year or published:
            yield from _date(int(year) if year else None, YEAR.index(month) + 1, int(day), published)


def _date(year: int | None, month: int, day: int, published: date | None) -> Iterator[date]:
    try:
        found = date(year or (published or date.min).year, month, day)
        if not year and published and found - published > LONG_AHEAD:
            found = found.replace(year=found.year - 1)
        yield found
    except ValueError:  # no such day
        return
