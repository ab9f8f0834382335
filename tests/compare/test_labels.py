"""Terms of one vocabulary: what the rule says of them, in the order in which it counts."""

from __future__ import annotations

from compare.values import relate, scale
from reconcile.model import Label, Term
from reconcile.model import Relation as R

RULE = scale(
    Term("asked", rank=1),
    Term("told", rank=2),
    Term("ordered", rank=2),
    Term("thrown out", rank=3, exclusive=("asked",)),
    Term("road", distinct=("rail",)),
    Term("rail"),
    Term("tram", parent="rail"),
    Term("metro", parent="rail"),
    siblings=R.DISTINCT,
)


def label(name: str, negated: bool = False, rule: str = RULE.id) -> Label:
    return Label(rule, name, negated)


def test_what_is_excluded_goes_before_what_is_ranked() -> None:
    assert relate(label("asked"), label("thrown out"), RULE) is R.EXCLUSIVE
    assert relate(label("asked"), label("told"), RULE) is R.WEAKER


def test_equal_ranks_fall_to_what_siblings_are() -> None:
    assert relate(label("told"), label("ordered"), RULE) is R.DISTINCT


def test_a_parent_contains_before_anything_else_is_asked() -> None:
    assert relate(label("rail"), label("tram"), RULE) is R.CONTAINS
    assert relate(label("tram"), label("metro"), RULE) is R.DISTINCT
    assert relate(label("road"), label("rail"), RULE) is R.DISTINCT


def test_polarity_is_asked_first() -> None:
    assert relate(label("tram"), label("tram", negated=True), RULE) is R.NEGATES
    assert relate(label("tram", negated=True), label("tram", negated=True), RULE) is R.SAME
    assert relate(label("rail"), label("tram", negated=True), RULE) is R.UNKNOWN


def test_words_that_the_rule_does_not_know_or_of_another_rule_are_unknown() -> None:
    assert relate(label("tram"), label("barge"), RULE) is R.UNKNOWN
    assert relate(label("tram"), label("tram", rule="other.rule"), RULE) is R.UNKNOWN


def test_parents_in_a_circle_end() -> None:
    circle = scale(Term("a", parent="b"), Term("b", parent="a"), Term("c", parent="b"))
    assert relate(label("c"), label("d"), circle) is R.UNKNOWN
    assert relate(label("c"), label("a"), circle) is R.WITHIN
