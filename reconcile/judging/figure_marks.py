"""A count where it stands in, what its sentence says of it out: a guess, an earlier figure, a total, a part."""

from __future__ import annotations

import re

from reconcile.judging.ground import Entry
from reconcile.model import BlockKind, Certainty, Quantity, Rule

LEDE = 2
"""Claims at the top of an article that give the whole toll."""
EARLIER = re.compile(
    r"^(?:\W*\w+\W+){0,2}earlier\b|\bearlier (?:said|reported|confirmed|put|count|figure|toll)\b"
    r"|\binitial(?:ly)?\b|\b(?:early|first|preliminary) (?:reports?|counts?|figures?|tolls?)\b|\bat first\b|\boriginally\b"
    r"|\b(?:911|999|112|emergency|anonymous) calls?\b|\bcallers?\b|\bdispatchers?\b",
    re.IGNORECASE,
)
"""Words for a figure that was told before it could be known, and need not hold any more."""
UNSURE = frozenset({"possibly", "perhaps", "maybe", "or", "probably"})
NONE = frozenset({"none", "no", "not", "neither", "nor", "without"})
SPOT = re.compile(
    r"\b(?:at|on) the (?:scene|spot)\b|\binstantly\b|\bon arrival\b|\bupon arrival\b"
    r"|\b(?:die[ds]?|dead|dying|deaths?|bodies)\b.{0,40}\b(?:at|in) (?:(?:a|an|the|area|local) )?(?:\w+ )?hospitals?\b",
    re.IGNORECASE,
)
"""Words for where or when some of the dead died."""
DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december"
LONGER = re.compile(
    rf"\bsince (?:{DAYS}|\d|the|last|late|early)\b|\bso far this (?:year|month|week)\b|\bthis year\b|\bover the (?:\w+ ){{0,5}}weekend\b"
    r"|\bthroughout the (?:day|week|weekend|city|month|year)\b|\bacross the (?:city|country|state|nation|region)\b|\bcity-?wide\b"
    r"|\b(?:shootings|attacks|incidents|crashes|accidents|explosions|stabbings|fires)\b|\b(?:spate|series|string|wave) of\b"
    r"|\b(?:in|from|during) \w+ (?:to|through|until) (?:early |late )?\w+day\b",
    re.IGNORECASE,
)
"""Words for a sum over more than one place or occasion."""
ACCUSED = re.compile(r"\b(?:accus|charg|convict|indict|sentenc|guilty)\w*|\bsuspected of\b", re.IGNORECASE)
DOERS = frozenset(
    "gunman shooter attacker suspect assailant bomber killer man woman he she teenager student officer soldier father husband".split()
)
NEXT = {1: ("second", "another", "third"), 2: ("third", "another"), 3: ("fourth", "another"), 4: ("fifth", "another")}
"""Words for the one who comes on top of so many."""
THE_OTHER = re.compile(
    r"\bone\b.{0,30}\bthe other (?:(?:is|was|are|were|has|had|being|remains?|critically|seriously|badly|slightly|in|later)\b|\w+ed\b)"
)
"""Words for two of whom one is told apart: "one dead, the other critically injured"."""
NAMED_PART = re.compile(r"\b(?:identit(?:y|ies)|names?|photos?|pictures?) of (?:the )?(?:\w+ )?$", re.IGNORECASE)
"""Words before a figure that counts those of whom more is known."""
POINTING = frozenset({"the", "these", "those", "both", "his", "her", "their"})


def low(entry: Entry) -> float:
    """Return the smallest number that a figure may mean."""
    assert isinstance(entry.field.value, Quantity)
    return entry.field.value.low


def is_misread(entry: Entry) -> bool:
    """Return whether a number is an age, or the end of a name ("Pier 9")."""
    field, at = entry.field, tokens_of(entry)
    if not field.raw.strip().isdigit():
        return False
    if any(other.kind == "age" and other.span.overlaps(field.span) for other in entry.claim.fields):
        return True
    before = entry.claim.tokens[at.start - 1] if at and at.start else None
    return before is not None and before.pos == "PROPN" and len(at) == 1 and before.span.end + 1 == field.span.start


def is_unsure(entry: Entry) -> bool:
    """Return whether a figure is denied or a guess: "none of the nine", "one or possibly two"."""
    return bool(set(_before(entry, 4)) & NONE or set(_before(entry, 2)) & UNSURE)


def is_earlier(entry: Entry) -> bool:
    """Return whether a figure is said to be one from before."""
    return EARLIER.search(entry.claim.text[: entry.field.span.start - entry.claim.span.start + 1]) is not None


def is_total(entry: Entry) -> bool:
    """Return whether a claim sums up what happened: a headline, the lede, or a tally of dead and hurt."""
    claim = entry.claim
    heads = claim.block in {BlockKind.HEADLINE, BlockKind.SUBHEAD}
    roles = {field.role for field in claim.fields if field.kind == "count" and field.role}
    return heads or claim.order < LEDE or len(roles) > 1 or " toll " in claim.text.lower()


def is_besides(entry: Entry) -> bool:
    """Return whether a figure comes on top of another of its role: "four others", "4 more", "his other two"."""
    field = entry.field
    if sum(entry.claim.tokens[i].pos == "NUM" for i in tokens_of(entry)) > 1:
        return False
    words = field.raw.lower().split()
    after = entry.claim.text[field.span.end - entry.claim.span.start :].split()[:1]
    beside = "additional" in field.scope or field.subject in {"other", "others"} or words[-1:] in (["other"], ["others"], ["more"])
    return (beside or after == ["more"] or "other" in _before(entry, 2)) and not _follows_role(entry)


def is_followed(entry: Entry) -> bool:
    """Return whether the sentence goes on to one more: "two died in the street and a third at home"."""
    rest = entry.claim.text[entry.field.span.end - entry.claim.span.start :].lower()
    if low(entry) == 1 and THE_OTHER.search(entry.claim.text[entry.field.span.start - entry.claim.span.start :].lower()):
        return True
    return any(re.search(rf"\b{word}\b", rest) for word in NEXT.get(int(low(entry)), ()))


def is_of_spot(entry: Entry) -> bool:
    """Return whether a claim counts those who died at one place."""
    return SPOT.search(entry.claim.text) is not None


def is_pointed(entry: Entry) -> bool:
    """Return whether a figure is of people spoken of before: "the two men"."""
    return bool(set(_before(entry, 1)) & POINTING)


def is_of_known(entry: Entry) -> bool:
    """Return whether a figure counts those whose names or pictures are known: "the identities of three victims"."""
    return NAMED_PART.search(entry.claim.text[: entry.field.span.start - entry.claim.span.start]) is not None


def is_of_others(entry: Entry, rule: Rule) -> bool:
    """Return whether what befell the counted stands in a relative clause, and the sentence tells something else of them.

    "The city welcomed the return of 82 girls that were abducted" does not say how many were abducted.
    """
    rest = entry.claim.text[entry.field.span.end - entry.claim.span.start :].split()[:2]
    relative = rest[:1] in (["that"], ["who"], ["which"])
    words = {word for term in rule.terms for pattern in term.words for word in re.split(r"[ |]", pattern)}
    return relative and bool(entry.field.act) and entry.field.act not in words


def is_accusation(entry: Entry) -> bool:
    """Return whether a claim says what somebody is accused of."""
    return entry.claim.certainty is Certainty.ALLEGED or ACCUSED.search(entry.claim.text) is not None


def names_doer(entry: Entry) -> bool:
    """Return whether a person is said to have killed the counted."""
    tokens = entry.claim.tokens
    verbs = [i for i, token in enumerate(tokens) if token.lemma in {"kill", "murder", "shoot", "slay"} and token.pos == "VERB"]
    return any(token.dep == "nsubj" and token.head in verbs and token.lemma.lower() in DOERS for token in tokens)


def longer_time(entry: Entry) -> str:
    """Return the words by which a claim sums up more than one occasion, or the empty string."""
    found = LONGER.search(entry.claim.text)
    return found[0].lower() if found else ""


def writes(entry: Entry, number: float) -> bool:
    """Return whether a claim has a number in digits, whatever it counts; small numbers say too little."""
    return number >= 10 and f"{number:g}" in re.findall(r"(?<![\d.,])\d+(?![\d.]|,\d)", entry.claim.text)


def counts_in(entry: Entry, other: Entry) -> bool:
    """Return whether a claim goes on to a figure for some of its own that equals another: "seven were hurt, including four women"."""
    rest = entry.claim.text[entry.field.span.end - entry.claim.span.start :]
    found = re.search(r"\b(?:including|among them|of them)\b", rest)
    start = entry.field.span.end + found.end() if found else None
    counts = [field for field in entry.claim.fields if field.kind == "count" and start is not None and field.span.start >= start]
    return any(isinstance(field.value, Quantity) and field.value.low == low(other) for field in counts)


def tokens_of(entry: Entry) -> range:
    """Return the tokens of a figure; none where the claim has no parse."""
    inside = [i for i, token in enumerate(entry.claim.tokens) if token.span.overlaps(entry.field.span)]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def _before(entry: Entry, count: int) -> list[str]:
    """Return the last words before a figure."""
    at = tokens_of(entry)
    return [token.text.lower() for token in entry.claim.tokens[max(0, at.start - count) : at.start]] if at else []


def _follows_role(entry: Entry) -> bool:
    """Return whether a count of another role stands before a figure, whose people are then the "others"."""
    return any(
        field.kind == "count" and field.role and field.role != entry.field.role and field.span.start < entry.field.span.start
        for field in entry.claim.fields
    )
