"""What two figures count: kinds of people inside one another, plurals, and kinds that nobody is both of."""

from __future__ import annotations

import pytest

from reconcile.compare import mirror
from reconcile.compare.subjects import subjects_relation
from reconcile.model import Relation, Rule, RuleSet, Term
from reconcile.model import Relation as R
from reconcile.rules import load_rules

KINDS = Rule(
    id="people.kinds",
    field="target",
    about="kinds",
    levels=(),
    terms=(
        Term("people", ("people", "person", "victim")),
        Term("fighter", ("fighter", "gunman"), parent="people", exclusive=("bystander",)),
        Term("recruit", ("recruit",), parent="fighter"),
        Term("bystander", ("bystander", "passer by"), parent="people"),
        Term("child", ("child",), parent="bystander"),
        Term("lady", ("lady",), parent="people"),
    ),
)
OWN = RuleSet((KINDS,), "")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("", "", R.SAME),
        ("   ", "person", R.SAME),
        ("victims", "people", R.SAME),
        ("", "fighters", R.CONTAINS),
        ("gunmen", "fighter", R.SAME),
        ("ladies", "lady", R.SAME),
        ("children", "bystander", R.WITHIN),
        ("recruit", "child", R.DISTINCT),
        ("fighter", "lady", R.UNKNOWN),
        ("local passer by", "bystander", R.UNKNOWN),
        ("local bystander", "bystander", R.SAME),
        ("bridge", "bridge", R.SAME),
        ("bridge", "fighter", R.UNKNOWN),
        ("glass", "glas", R.UNKNOWN),
    ],
)
def test_two_subjects(a: str, b: str, expected: Relation) -> None:
    assert subjects_relation(a, b, OWN) is expected
    assert subjects_relation(b, a, OWN) is mirror(expected)


def test_without_the_rule_only_equal_words_are_equal() -> None:
    bare = RuleSet((), "")
    assert subjects_relation("soldier", "soldier", bare) is R.SAME
    assert subjects_relation("soldier", "troop", bare) is R.UNKNOWN
    assert subjects_relation("", "soldier", bare) is R.UNKNOWN


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules()


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("american", "briton", R.UNKNOWN),
        ("foreigner", "american", R.CONTAINS),
        ("european", "briton", R.CONTAINS),
        ("foreigners", "local", R.DISTINCT),
        ("schoolboy", "schoolgirl", R.DISTINCT),
        ("man", "woman", R.DISTINCT),
        ("individual", "man", R.CONTAINS),
        ("police officer", "officer", R.WITHIN),
        ("journalist", "people", R.WITHIN),
        ("nurse", "medic", R.SAME),
        ("civilians", "soldiers", R.DISTINCT),
        ("villager", "militant", R.DISTINCT),
        ("passenger", "crew member", R.DISTINCT),
        ("sailor", "pilot", R.SAME),
    ],
)
def test_the_kinds_that_ship(a: str, b: str, expected: Relation, rules: RuleSet) -> None:
    assert subjects_relation(a, b, rules) is expected
    assert subjects_relation(b, a, rules) is mirror(expected)
