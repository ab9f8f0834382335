"""Two counts of one role that differ in, the reason out why they may both be right: parts, stages, those who are counted in or not."""

from __future__ import annotations

import re

from reconcile.compare.subjects import subjects_relation
from reconcile.judging import figure_marks as marks
from reconcile.judging.ground import Entry, Ground
from reconcile.model import Quantity, Relation

KINDS_FACTOR = 4
"""Factor between the figures for a kind of people and for people, beyond which they are not meant for the same."""
ONE_WRITER = 0.7
"""Likeness from which two claims may state one toll in one way."""
KILLED = "killed"
SEVERAL = 3
"""Attackers who may be counted in where a claim says that they died by their own hand."""
THEY = re.compile(r"\b(?:their own lives|themselves|each other|both (?:gunmen|attackers|suspects|shooters))\b", re.IGNORECASE)


def toll_doubt(a: Entry, b: Entry, ground: Ground) -> str:
    """Return why two counts of one role may both be right, or the empty string."""
    small, large = sorted((a, b), key=marks.low)
    return (
        _reading_doubt(small, large)
        or _telling_doubt(small, large, ground)
        or _part_doubt(small, large, ground)
        or _doer_doubt(small, large, ground)
    )


def _reading_doubt(small: Entry, large: Entry) -> str:
    """Return why one of two figures does not say how many there were."""
    both = (small, large)
    if any(marks.is_misread(entry) for entry in both):
        return "one of the numbers counts nobody"
    if any(marks.is_unsure(entry) for entry in both):
        return "one of the figures is denied or put as a guess"
    if any(marks.is_earlier(entry) for entry in both):
        return "one is said to be an earlier figure"
    if marks.longer_time(small) != marks.longer_time(large):
        return "one sums up more than one occasion"
    if _is_vague(small) and marks.low(large) <= KINDS_FACTOR * small.field.value.high:  # type: ignore[union-attr]
        return "one is too vague to exclude the other"
    return ""


def _telling_doubt(small: Entry, large: Entry, ground: Ground) -> str:
    """Return why the articles need not mean one thing by the two figures."""
    if small.claim.article == large.claim.article:
        alike = ground.likeness(small.claim.id, large.claim.id) >= ONE_WRITER
        return "" if alike or (marks.is_total(small) and marks.is_total(large)) else "one article gives them for different groups"
    knows = ground.knows(small, large) or ground.knows(large, small) or marks.counts_in(large, small)
    if knows or marks.writes(small, marks.low(large)) or marks.writes(large, marks.low(small)):
        return "one article gives both figures"
    return ""


def _part_doubt(small: Entry, large: Entry, ground: Ground) -> str:
    """Return why the smaller of two counts may be a part of the larger."""
    near = ground.near(small.claim, large.claim)
    if marks.low(small) == 0 and not near:
        return "one says it of nobody, but need not mean the same act"
    if marks.low(small) == 1 and not near and not marks.is_total(small):
        return "one may be one of several"
    alike = ground.likeness(small.claim.id, large.claim.id) >= ONE_WRITER
    if marks.is_besides(small) and not (alike and marks.is_besides(large)):
        return "one figure comes on top of another"
    if marks.is_followed(small) or (marks.is_pointed(small) and not marks.is_total(small)):
        return "one counts some of those whom its article tells of"
    if marks.is_of_known(small):
        return "one counts those of whom more is known"
    if small.field.role == KILLED and marks.is_of_spot(small) and not marks.is_of_spot(large):
        return "one counts those who died at one spot"
    if marks.is_of_others(small, small.rule):
        return "one counts those of whom the sentence tells something else"
    if marks.is_accusation(small) and not marks.is_accusation(large):
        return "one counts those whom one person is accused of harming"
    kinds = subjects_relation(small.field.subject, large.field.subject, ground.rules)
    if kinds in {Relation.CONTAINS, Relation.WITHIN} and marks.low(large) > KINDS_FACTOR * marks.low(small):
        return "they count different kinds of people"
    return ""


def _doer_doubt(small: Entry, large: Entry, ground: Ground) -> str:
    """Return why one of two counts of the dead may have those in it who did it."""
    doers = SEVERAL if any(THEY.search(entry.claim.text) for entry in (small, large)) else 1
    if small.field.role != KILLED or marks.low(large) - marks.low(small) > doers:
        return ""
    if any(entry.claim.article in ground.fallen for entry in (small, large)) or marks.names_doer(small):
        return "one may count the one who did it"
    return ""


def _is_vague(entry: Entry) -> bool:
    return isinstance(entry.field.value, Quantity) and entry.field.value.bound == "vague"
