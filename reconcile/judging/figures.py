"""Two figures in, whether each says enough of itself to be set against the other out."""

from __future__ import annotations

from reconcile.compare.subjects import subjects_relation
from reconcile.judging.acts import told_twice
from reconcile.judging.ground import Entry, Ground
from reconcile.judging.scopes import MARKS, shared_scope
from reconcile.model import Claim, Field, Quantity, Relation

LOOSE = frozenset({"count", "quantity"})
"""Kinds of figure that, without a role, say too little of themselves to be told apart when one sentence holds several."""
SIZE_FACTOR = 4
"""Factor between two sums or loose counts beyond which they are not meant for the same thing."""
NUMERIC = frozenset({"count", "quantity", "money", "age", "time"})


def paired(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether two figures without a role are meant for the same: told of one act by two articles, and each the only such one."""
    if not told_twice(a, b, ground):
        return False
    if a.rule.field == "count" and any(subjects_relation(e.field.subject, "", ground.rules) is Relation.SAME for e in (a, b)):
        return False  # "people" alone may be any people
    return all(only_one(entry, ground) for entry in (a, b))


def says_both(a: Entry, b: Entry) -> bool:
    """Return whether a claim also states the value that the other is to be set against: "in April and May", "rose from 25 to 27"."""
    return a.field.value != b.field.value and (_states(a.claim, b.field) or _states(b.claim, a.field))


def _states(claim: Claim, field: Field) -> bool:
    return any(own.kind == field.kind and own.role == field.role and own.value == field.value for own in claim.fields)


def only_one(entry: Entry, ground: Ground) -> bool:
    """Return whether a claim holds no second figure of the kind, of the same things or the same unit, that stands on its own."""
    own = entry.field
    rivals = [
        field
        for field in entry.claim.fields
        if field.kind == own.kind and field.id != own.id and field.role == own.role and not set(field.scope) & MARKS.keys()
    ]
    return not any(_alike_in_kind(own, field, ground) for field in rivals)


def _alike_in_kind(a: Field, b: Field, ground: Ground) -> bool:
    first, second = a.value, b.value
    if not isinstance(first, Quantity) or not isinstance(second, Quantity):
        return a.role == b.role and type(first) is type(second)
    if first.unit or second.unit:
        return first.unit == second.unit
    return subjects_relation(a.subject, b.subject, ground.rules) is Relation.SAME


def of_one_order(a: Field, b: Field) -> bool:
    """Return whether two figures without a role are near enough in size to be meant for the same.

    A price a share is no price of a company, and the jobs of a month are not those of a year.
    """
    first, second = a.value, b.value
    if a.kind not in {"money", "count"} or a.role or not (isinstance(first, Quantity) and isinstance(second, Quantity)):
        return True
    low, high = sorted((first.low, second.low))
    return high <= SIZE_FACTOR * low


def one_thing(a: Field, b: Field) -> bool:
    """Return whether two sums are for one thing at whatever time they are told: the first offer, the bid for one target."""
    return a.kind == b.kind == "money" and shared_scope(a, b)


def one_toll(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether two counts are of one act at one place, in claims of one fact, with a day of its own or without."""
    if a.field.kind != "count" or not a.field.role or a.field.role != b.field.role or a.claim.article == b.claim.article:
        return False
    return shared_scope(a.field, b.field) and ground.one_cluster(a.claim, b.claim)
