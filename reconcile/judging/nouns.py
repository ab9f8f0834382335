"""Two values in, whether they are one number of people or things under two names out."""

from __future__ import annotations

import re

from reconcile.judging.ground import Entry, Ground
from reconcile.model import Claim, Field, Label, Quantity

NOUNS = "counts.noun"
"""The rule for one number that two articles give for different things: 35 schools, and 35 school buses."""
FEWEST, TELLING = 3, 10
"""Smaller numbers are met too often to tell that the same people, or the same things, are counted."""
NO_PLAIN_NUMBER = re.compile(r"\d[A-Za-z]|[\[\]]")
MEASURE = re.compile(r"(?:gram|met(?:re|er)|lit(?:re|er)|mile|foot|inch|watt|volt|dose|year|month|day|hour|minute)$")
"""Units, of which a number counts nothing: a dose of 25 micrograms is a 25-microgram dose."""
PEOPLE_KINDS = frozenset({"title", "target"})
"""Kinds of label that say what people are."""
OTHER_THINGS = '"{}" and "{}" are one number of different things'


def one_number(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether two articles give one number, the one for what only qualifies what the other counts: scams, and scam accounts."""
    first, second = a.field, b.field
    if a.claim.article == b.claim.article or first.value != second.value or not _many(first, TELLING):
        return False
    if any(NO_PLAIN_NUMBER.search(field.raw) or MEASURE.search(field.subject) for field in (first, second)):
        return False
    if (a.claim.id in ground.foreign) != (b.claim.id in ground.foreign) or first.background != second.background:
        return False
    return first.subject != second.subject and (first.subject in second.scope or second.subject in first.scope)


def one_headcount(a: Entry, b: Entry) -> bool:
    """Return whether two names for people, in two articles, stand with the same number: "four freed leaders", "four militants"."""
    if not (isinstance(a.field.value, Label) and a.field.kind in PEOPLE_KINDS) or a.claim.article == b.claim.article:
        return False
    return bool(_numbers(a.claim, a.field) & _numbers(b.claim, b.field))


def _numbers(claim: Claim, label: Field) -> set[Quantity]:
    counts = (field for field in claim.fields if field.kind == "count" and label.span.covers(field.span) and _many(field, FEWEST))
    return {field.value for field in counts if isinstance(field.value, Quantity)}


def _many(field: Field, fewest: int) -> bool:
    return isinstance(field.value, Quantity) and field.value.low >= fewest and not {"part", "per", "additional"} & set(field.scope)


def noun_reason(a: Entry, b: Entry, reason: str) -> str:
    """Return the reason in words where one number counts two things; else the reason given."""
    return OTHER_THINGS.format(*(" ".join(entry.field.raw.split()) for entry in (a, b))) if a.rule.id == NOUNS else reason
