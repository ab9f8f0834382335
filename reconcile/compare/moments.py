"""Two dates in, their relation out, as intervals of days."""

from __future__ import annotations

from datetime import date

from reconcile.compare.intervals import compare_intervals
from reconcile.compare.wording import both, quoted
from reconcile.model import Field, Moment, Relation, Rule


def compare_moments(a: Field, b: Field, rule: Rule) -> tuple[Relation, str]:
    """Compare two dates; one that could not be resolved is unknown, never different."""
    first, second = _days(a), _days(b)
    if first is None or second is None:
        unresolved = a if first is None else b
        return Relation.UNKNOWN, f"{quoted(unresolved)} cannot be placed without the date of its article"
    relation = compare_intervals(first, second)
    if relation is Relation.SAME:
        return relation, f"{both(a, b)} are the same date"
    if relation is Relation.DISJOINT:
        return relation, f"{quoted(a)} ({_written(a)}) and {quoted(b)} ({_written(b)}) are different dates"
    wider, narrower = (a, b) if relation is Relation.CONTAINS else (b, a)
    if relation is Relation.OVERLAPS:
        return relation, f"{both(a, b)} can be the same date"
    return relation, f"{quoted(wider)} includes {quoted(narrower)}"


def _days(field: Field) -> tuple[float, float] | None:
    value = field.value
    assert isinstance(value, Moment)
    if value.earliest is None or value.latest is None:
        return None
    return float(date.fromisoformat(value.earliest).toordinal()), float(date.fromisoformat(value.latest).toordinal())


def _written(field: Field) -> str:
    value = field.value
    assert isinstance(value, Moment)
    days = f"{value.earliest}" if value.earliest == value.latest else f"{value.earliest} to {value.latest}"
    return days + (", inferred" if value.inferred else "")
