"""Two times of day in, their relation out, as intervals of minutes."""

from __future__ import annotations

from reconcile.compare.intervals import compare_intervals
from reconcile.compare.wording import both, quoted
from reconcile.model import Clock, Field, Relation, Rule

CLOSE = 20
"""Minutes that may lie between two times when one of them is only about right."""
DAY = 24 * 60


def compare_clocks(a: Field, b: Field, rule: Rule) -> tuple[Relation, str]:
    """Compare two times of day; "about five" and "5.10" are near enough to be one time given more exactly."""
    first, second = a.value, b.value
    assert isinstance(first, Clock) and isinstance(second, Clock)
    relation = compare_intervals((first.low, first.high), (second.low, second.high))
    if relation is Relation.SAME:
        return relation, f"{both(a, b)} are the same time"
    if relation in {Relation.CONTAINS, Relation.WITHIN}:
        wider, narrower = (a, b) if relation is Relation.CONTAINS else (b, a)
        return relation, f"{quoted(wider)} includes {quoted(narrower)}"
    bounds = {first.bound, second.bound}
    near = relation is Relation.OVERLAPS or (_apart(first, second) <= CLOSE and "about" in bounds)
    if near and "vague" in bounds:
        return Relation.OVERLAPS, f"{both(a, b)} can be the same time"
    if near:
        return Relation.APPROXIMATES, f"{both(a, b)} are minutes apart, and not both are exact"
    return Relation.DISJOINT, f"{both(a, b)} are different times"


def _apart(a: Clock, b: Clock) -> int:
    """Return the minutes between two times, which may lie on either side of midnight."""
    early, late = sorted((a, b), key=lambda time: (time.low, time.high))
    return min(late.low - early.high, early.low + DAY - late.high)
