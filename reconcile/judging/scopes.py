"""Two values in, the reason out why they are said of different things or parts."""

from __future__ import annotations

from reconcile.compare.subjects import subjects_relation
from reconcile.judging.ground import Entry, Ground, under_head
from reconcile.model import Field, Label, Quantity, Relation, RuleSet

MARKS = {
    "part": "one figure is a part of the other",
    "additional": "one figure comes on top of another",
    "per": "one figure is for each of several",
    "first": "one is about the first of several, the other is not",
}
"""Words of a scope that make a figure another figure, wherever it stands."""
KEYED = frozenset({"share.of_group", "person.one_of", "shares.move", "deadline.start", "forces.nations"})
"""Rules whose fields carry as their subject all that must be the same, under a headline too."""
THINGS = "words.things"
"""The rule that lists different words for one thing."""


def subject_obstacle(a: Entry, b: Entry, ground: Ground) -> str:
    """Return why the two values are not said of one subject, or the empty string."""
    rule, first, second = a.rule, a.field, b.field
    if rule.id in KEYED:
        return "" if first.subject == second.subject else "they are said of different things"
    if rule.subject == "any" or (isinstance(first.value, Label) and under_head(a.claim, b.claim)):
        return ""
    relation = subjects_relation(first.subject, second.subject, ground.rules)
    if rule.subject == "same":
        known = relation is Relation.SAME and first.subject
        return "" if known else "they are said of different things"
    if relation in {Relation.UNKNOWN, Relation.DISTINCT}:
        return f'one speaks of "{first.subject}", the other of "{second.subject}"'
    if relation in {Relation.CONTAINS, Relation.WITHIN} and isinstance(first.value, Quantity) and isinstance(second.value, Quantity):
        whole, part = (first.value, second.value) if relation is Relation.CONTAINS else (second.value, first.value)
        if part.low < whole.low:
            return "the smaller figure counts a part of the larger"
    return ""


def scope_obstacle(a: Field, b: Field, ground: Ground) -> str | None:
    """Return why two figures have different scopes, or None."""
    first, second = (set(field.scope) - _words_for(field.subject, ground.rules) for field in (a, b))
    for mark, reason in MARKS.items():
        if (mark in first) != (mark in second):
            return reason
    only_first, only_second = first - second - ground.core, second - first - ground.core
    if only_first and only_second and not (first & second):
        return f"one is about {_list(only_first)}, the other about {_list(only_second)}"
    if (only_first or only_second) and not (first & second):
        return f"only one of the two is narrowed to {_list(only_first | only_second)}"
    return None


def shared_scope(a: Field, b: Field) -> bool:
    """Return whether two values are narrowed to one and the same thing."""
    return bool((set(a.scope) & set(b.scope)) - (MARKS.keys() - {"first"}))


def _words_for(subject: str, rules: RuleSet) -> frozenset[str]:
    """Return all words for the thing that a figure measures: they narrow nothing ("acquisition offer")."""
    rule = rules.get(THINGS)
    terms = [term for term in rule.terms if subject in term.words] if rule else []
    return frozenset(word for term in terms for word in term.words)


def _list(words: set[str]) -> str:
    return ", ".join(f'"{word}"' for word in sorted(words))
