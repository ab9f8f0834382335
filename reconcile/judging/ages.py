"""Two ages that differ in, the reason out why they need not be of one person, or nothing."""

from __future__ import annotations

from reconcile import syntax
from reconcile.judging.acts import VERY_NEAR, act_of
from reconcile.judging.figure_marks import tokens_of
from reconcile.judging.ground import Entry, Ground

KIN = frozenset(
    "father mother dad mom mum son daughter brother sister husband wife uncle aunt nephew niece cousin grandson granddaughter".split()
)
"""Words for a member of a family; one person may be a son and a brother, but then two articles do not say the same of them."""
ACCUSED = frozenset("face charge accuse arrest suspect convict sentence plead indict jail".split())
"""What befalls somebody who is thought to have done it."""


def age_doubt(a: Entry, b: Entry, ground: Ground) -> str:
    """Return why two ages may be of two persons: they are of one who is named, or of the only boy, woman … of each article."""
    if _is_named(a) and _is_named(b):
        return ""
    if {a.field.subject, b.field.subject} <= KIN and a.field.subject != b.field.subject:
        return "they are two members of a family"
    if any(_is_group(entry) for entry in (a, b)):
        return "one is the age of several persons"
    if a.claim.article == b.claim.article and _is_new(a) and _is_new(b):
        return "one article brings in two persons"
    first, second = (_deed(entry, ground) for entry in (a, b))
    if (first in ACCUSED) != (second in ACCUSED):
        return "one is the age of somebody accused"
    if first != second and ground.likeness(a.claim.id, b.claim.id) < VERY_NEAR:
        return "they need not be of one person"
    if any(len(ground.figures(entry.claim, entry.field)) > 1 for entry in (a, b)):
        return "one of the articles tells of several such persons"
    return ""


def _is_named(entry: Entry) -> bool:
    words = set(entry.field.subject.lower().split())
    return any(token.pos == "PROPN" and token.text.lower() in words for token in entry.claim.tokens)


def _is_group(entry: Entry) -> bool:
    """Return whether an age is that of several: "two 17-year-old boys"."""
    at = tokens_of(entry).start
    return at > 0 and entry.claim.tokens[at - 1].pos == "NUM"


def _is_new(entry: Entry) -> bool:
    """Return whether "a" or "an" stands before an age: somebody not spoken of yet."""
    at = tokens_of(entry).start
    return at > 0 and entry.claim.tokens[at - 1].text.lower() in {"a", "an"}


def _deed(entry: Entry, ground: Ground) -> str:
    """Return what the person of that age does or suffers."""
    at = tokens_of(entry).start
    verb = syntax.governor(entry.claim.tokens, at) if entry.claim.tokens else None
    return act_of(entry.claim.tokens[verb].lemma, ground.rules) if verb is not None else ""
