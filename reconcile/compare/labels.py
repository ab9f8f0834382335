"""Two terms of one vocabulary in, their relation out."""

from __future__ import annotations

from reconcile.compare.wording import both, quoted
from reconcile.model import Field, Label, Relation, Rule, Term


def compare_labels(a: Field, b: Field, rule: Rule) -> tuple[Relation, str]:
    """Compare two labels by what the rule says of them: parents, exclusions, ranks."""
    first, second = a.value, b.value
    assert isinstance(first, Label) and isinstance(second, Label)
    if first.rule != second.rule:
        return Relation.UNKNOWN, f"{both(a, b)} are words of two vocabularies"
    if first.label == second.label:
        if first.negated != second.negated:
            denied, stated = (a, b) if first.negated else (b, a)
            return Relation.NEGATES, f"{quoted(denied)} is denied where {quoted(stated)} is stated"
        return Relation.SAME, f"{both(a, b)} mean the same"
    if first.negated or second.negated:
        return Relation.UNKNOWN, f"{both(a, b)}: one is a denial of something else"
    one, other = rule.term(first.label), rule.term(second.label)
    if one is None or other is None:
        return Relation.UNKNOWN, f"{both(a, b)}: the rule does not know both words"
    return _related(one, other, a, b, rule)


def _related(one: Term, other: Term, a: Field, b: Field, rule: Rule) -> tuple[Relation, str]:
    if one.label in ancestors(other, rule):
        return Relation.CONTAINS, f"{quoted(a)} is the wider word for {quoted(b)}"
    if other.label in ancestors(one, rule):
        return Relation.WITHIN, f"{quoted(b)} is the wider word for {quoted(a)}"
    if other.label in one.exclusive or one.label in other.exclusive:
        return Relation.EXCLUSIVE, f"{both(a, b)} exclude each other"
    if other.label in one.distinct or one.label in other.distinct:
        return Relation.DISTINCT, f"{both(a, b)} are two different things"
    if one.rank is not None and other.rank is not None and one.rank != other.rank:
        stronger, weaker = (a, b) if one.rank > other.rank else (b, a)
        return (Relation.STRONGER if one.rank > other.rank else Relation.WEAKER), f"{quoted(stronger)} says more than {quoted(weaker)}"
    if one.parent == other.parent and rule.siblings is not Relation.UNKNOWN:
        return rule.siblings, f"{both(a, b)} are different things"
    return Relation.UNKNOWN, f"the rule does not say how {both(a, b)} stand to each other"


def ancestors(term: Term, rule: Rule) -> list[str]:
    """Return the labels that include a term, nearest first; a circle ends the walk."""
    found: list[str] = []
    parent = term.parent
    while parent is not None and parent not in found:
        found.append(parent)
        above = rule.term(parent)
        parent = above.parent if above else None
    return found
