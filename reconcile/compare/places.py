"""Two places in, their relation out: one inside the other is a matter of precision."""

from __future__ import annotations

from rapidfuzz import fuzz

from reconcile.compare.wording import both, quoted
from reconcile.model import Field, Place, Relation, Rule

SAME_SPELLING = 88
"""Similarity (0 to 100) from which two spellings are one name: Mazar-i-Sharif, Mazar-e-Sharif."""


def compare_places(a: Field, b: Field, rule: Rule) -> tuple[Relation, str]:
    """Compare two places by name and by what encloses them; two names alone do not make two places."""
    first, second = a.value, b.value
    assert isinstance(first, Place) and isinstance(second, Place)
    if first.path[:1] == second.path[:1]:
        return Relation.SAME, f"{both(a, b)} are the same place"
    if _alike(first.path[0], second.path[0]):
        return Relation.ALIAS, f"{both(a, b)} are two spellings of one place"
    if first.path[0] in second.path:
        return Relation.CONTAINS, f"{quoted(b)} lies in {quoted(a)}"
    if second.path[0] in first.path:
        return Relation.WITHIN, f"{quoted(a)} lies in {quoted(b)}"
    if len(first.path) == len(second.path) > 1 and first.path[1:] == second.path[1:]:
        return Relation.DISTINCT, f"{both(a, b)} are two places in {first.path[1].title()}"
    return Relation.UNKNOWN, f"whether {both(a, b)} are one place cannot be told"


def _alike(a: str, b: str) -> bool:
    return min(len(a), len(b)) > 4 and fuzz.ratio(a.replace("-", " "), b.replace("-", " ")) >= SAME_SPELLING
