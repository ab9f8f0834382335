"""Two values of one rule in, the reason out why they may not meet."""

from __future__ import annotations

from reconcile.judging.acts import one_act, one_dated_act, one_written_day
from reconcile.judging.figures import LOOSE, NUMERIC, of_one_order, one_thing, one_toll, paired, says_both
from reconcile.judging.firmness import CERTAINTY, one_statement
from reconcile.judging.ground import Entry, Ground
from reconcile.judging.nouns import NOUNS, one_headcount, one_number
from reconcile.judging.scopes import scope_obstacle, shared_scope, subject_obstacle
from reconcile.judging.times import day_obstacle, plain_times
from reconcile.model import Field

UNSAID = "?"
"""Subject of a value of which its sentence does not say what it is about."""
OF_ONE_ACT = frozenset({"date", "time", "place"})
"""Kinds of value that meet only when they are said of one act."""


def find_obstacle(a: Entry, b: Entry, ground: Ground) -> str | None:
    """Return why two values may not meet: None when they may, "" when it is not worth a word, else the reason."""
    rule = a.rule
    if rule.id == NOUNS:
        return None if one_number(a, b, ground) else ""
    if a.field.background != b.field.background and not (
        one_thing(a.field, b.field) or one_dated_act(a, b, ground) or one_toll(a, b, ground)
    ):
        return "one speaks of another time or place than the other"
    if a.field.background and not (shared_scope(a.field, b.field) or ground.near(a.claim, b.claim) or one_written_day(a, b, ground)):
        return ""
    if (rule.meet == "cluster" or not _has_key(a.field, b.field)) and not (
        ground.near(a.claim, b.claim) or one_written_day(a, b, ground) or one_headcount(a, b)
    ):
        return ""
    if (
        not of_one_order(a.field, b.field)
        or UNSAID in {a.field.subject, b.field.subject}
        or (rule.field in OF_ONE_ACT and not one_act(a, b, ground))
    ):
        return ""
    if rule.field in NUMERIC and (a.claim.id in ground.foreign) != (b.claim.id in ground.foreign):
        return "one tells of another event than the other"
    if rule.field in NUMERIC | {"date"} and says_both(a, b):
        return ""
    if not rule.role and rule.field in LOOSE and not paired(a, b, ground):
        return ""
    if rule.field in {"date", "time"} and not plain_times(a, b, ground):
        return ""
    if rule.field == "attribution" and a.claim.article == b.claim.article:
        return ""
    if rule.id == CERTAINTY and not one_statement(a, b, ground):
        return ""
    if reason := subject_obstacle(a, b, ground) or ("" if one_thing(a.field, b.field) else day_obstacle(a, b, ground)):
        return reason
    return scope_obstacle(a.field, b.field, ground)


def _has_key(a: Field, b: Field) -> bool:
    """Return whether two fields say enough of themselves to meet outside a cluster."""
    return bool(a.role and b.role) or bool(a.act and a.act == b.act) or shared_scope(a, b)
