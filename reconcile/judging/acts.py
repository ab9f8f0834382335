"""Two values in, whether they are said of one act out."""

from __future__ import annotations

import re

from reconcile.judging.ground import Entry, Ground
from reconcile.judging.scopes import shared_scope
from reconcile.model import RuleSet

VERY_NEAR = 0.7
"""Likeness from which two dates in them may be the dates of one act."""
SPOKEN = frozenset({"today", "tonight", "yesterday", "tomorrow"})
"""Days that mean another day in every quotation."""
LIGHT = frozenset("be have make do take get give go come see put say tell hold".split())
"""Verbs that say too little of an act to know it again by."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
ACTS, HAPPENED = "words.acts", "happen"
"""The rule that lists the words for one act, and its label for words that may stand for any."""


def act_of(word: str, rules: RuleSet) -> str:
    """Return the common word for all words that tell of one act; any other word stands for itself."""
    rule = rules.get(ACTS)
    return next((term.label for term in rule.terms if word in term.words), word) if rule else word


def told_twice(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether two articles tell of one act."""
    return a.claim.article != b.claim.article and act_of(a.field.act, ground.rules) == act_of(b.field.act, ground.rules)


def one_act(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether two times or places are of one act: the same word or two words for it, or a mere "happened".

    Dates lie all over a story, so a date needs more: claims that are very alike, or a place that both name.
    """
    first, second = act_of(a.field.act, ground.rules), act_of(b.field.act, ground.rules)
    if a.rule.field != "date":
        return first == second or (HAPPENED in {first, second} and not {first, second} & LIGHT)
    close = ground.likeness(a.claim.id, b.claim.id) >= VERY_NEAR or one_dated_act(a, b, ground)
    if one_written_day(a, b, ground):
        return True
    if not first or any(entry.field.raw.lower() in SPOKEN for entry in (a, b)):
        return False
    return first == second and (close or (first not in LIGHT and shared_scope(a.field, b.field)))


def one_dated_act(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether two dates are of one act that the very claims tell of: a telling verb in common, in one cluster, written with figures.

    A date long ago is no background of such a claim, it is what the claim says.
    """
    if a.rule.field != "date" or not all(any(char.isdigit() for char in entry.field.raw) for entry in (a, b)):
        return False
    first, second = act_of(a.field.act, ground.rules), act_of(b.field.act, ground.rules)
    return first == second and first not in LIGHT and ground.one_cluster(a.claim, b.claim)


def one_written_day(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether two articles give one act the same date with its year, wherever they tell of it."""
    written = a.rule.field == "date" and all(YEAR.search(entry.field.raw) for entry in (a, b))
    return written and a.field.value == b.field.value and a.field.act not in LIGHT and told_twice(a, b, ground)
