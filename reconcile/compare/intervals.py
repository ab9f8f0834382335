"""Two intervals in, how they lie to each other out."""

from __future__ import annotations

from reconcile.model import Relation


def compare_intervals(a: tuple[float, float], b: tuple[float, float]) -> Relation:
    """Return same, contains, within, overlaps or disjoint; ends are inclusive."""
    if a == b:
        return Relation.SAME
    if a[0] <= b[0] and b[1] <= a[1]:
        return Relation.CONTAINS
    if b[0] <= a[0] and a[1] <= b[1]:
        return Relation.WITHIN
    return Relation.OVERLAPS if a[0] <= b[1] and b[0] <= a[1] else Relation.DISJOINT
