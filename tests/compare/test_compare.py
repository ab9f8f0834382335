"""Comparisons: intervals, bounds and names, and that nothing depends on which value comes first."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.compare import compare_values, mirror
from reconcile.compare.subjects import subjects_relation
from reconcile.model import Clock, Field, Label, Moment, Name, Place, Quantity, Relation, Rule, RuleSet, Span, Term, Value
from reconcile.rules import load_rules

R = Relation
SCALE = Rule(
    id="scale.test",
    field="status",
    about="how far",
    levels=(),
    siblings=R.EXCLUSIVE,
    terms=(
        Term("vehicle"),
        Term("car", parent="vehicle"),
        Term("truck", parent="vehicle"),
        Term("pickup", parent="truck"),
        Term("mild", rank=1),
        Term("harsh", rank=2, exclusive=("void",)),
        Term("void"),
        Term("state security", distinct=("public security",)),
        Term("public security"),
    ),
)


def field(value: Value, raw: str = "x", kind: str = "count") -> Field:
    return Field("id", kind, Span(0, len(raw)), raw, value)


def exactly(number: float) -> Quantity:
    return Quantity(number, number)


def at_least(number: float) -> Quantity:
    return Quantity(number, math.inf, bound="at_least")


def about(number: float) -> Quantity:
    return Quantity(number * 0.9, number * 1.1, bound="about")


QUANTITIES = [
    (exactly(25), exactly(25), R.SAME),
    (exactly(25), exactly(27), R.DISJOINT),
    (at_least(2), at_least(4), R.OVERLAPS),
    (at_least(2), exactly(7), R.CONTAINS),
    (exactly(1), at_least(4), R.DISJOINT),
    (exactly(30), at_least(30), R.APPROXIMATES),
    (about(1000), about(850), R.DISJOINT),
    (about(1000), exactly(1000), R.APPROXIMATES),
    (exactly(230_000), exactly(229_871), R.APPROXIMATES),
    (exactly(25), exactly(24), R.DISJOINT),
    (Quantity(24, 99, bound="vague"), exactly(40), R.CONTAINS),
    (Quantity(40, 99, bound="vague"), at_least(100), R.OVERLAPS),
    (Quantity(24, 99, bound="vague"), exactly(7), R.DISJOINT),
    (Quantity(3, 3, "USD"), Quantity(3, 3, "EUR"), R.UNKNOWN),
]
DAYS = [
    (("2024-03-22", "2024-03-22"), ("2024-03-22", "2024-03-22"), R.SAME),
    (("2024-03-01", "2024-03-31"), ("2024-03-22", "2024-03-22"), R.CONTAINS),
    (("2014-04-01", "2014-04-30"), ("2016-04-14", "2016-04-14"), R.DISJOINT),
    (("2024-03-01", "2024-03-10"), ("2024-03-05", "2024-03-20"), R.OVERLAPS),
    ((None, None), ("2024-03-05", "2024-03-20"), R.UNKNOWN),
]
NAMES = [
    ("Michael Neu", "Neu", R.ALIAS),
    ("M. Neu", "Michael Neu", R.ALIAS),
    ("Sayed Kamal Sadat", "Sayid Kamal Sadat", R.ALIAS),
    ("General Directorate for Internal Security", "GDIS", R.ALIAS),
    ("Ana Brandt", "Jon Brandt", R.DISTINCT),
    ("Ana Brandt", "Otto Keller", R.UNKNOWN),
    ("state security", "public security", R.DISTINCT),
]
LABELS = [
    ("car", "truck", R.EXCLUSIVE),
    ("vehicle", "pickup", R.CONTAINS),
    ("truck", "pickup", R.CONTAINS),
    ("mild", "harsh", R.WEAKER),
    ("harsh", "void", R.EXCLUSIVE),
    ("car", "mild", R.UNKNOWN),
]


@pytest.mark.parametrize(("a", "b", "expected"), QUANTITIES)
def test_quantities(a: Quantity, b: Quantity, expected: Relation) -> None:
    relation, reason = compare_values(field(a, "first words"), field(b, "second words"), SCALE)
    assert relation is expected
    assert '"first words"' in reason
    assert compare_values(field(b), field(a), SCALE)[0] is mirror(expected)


@pytest.mark.parametrize(("a", "b", "expected"), DAYS)
def test_moments(a: tuple[str | None, str | None], b: tuple[str | None, str | None], expected: Relation) -> None:
    assert compare_values(field(Moment(*a)), field(Moment(*b)), SCALE)[0] is expected
    assert compare_values(field(Moment(*b)), field(Moment(*a)), SCALE)[0] is mirror(expected)


@pytest.mark.parametrize(("a", "b", "expected"), NAMES)
def test_names(a: str, b: str, expected: Relation) -> None:
    first, second = field(Name(a), a, "person_name"), field(Name(b), b, "person_name")
    assert compare_values(first, second, SCALE)[0] is expected
    assert compare_values(second, first, SCALE)[0] is expected


@pytest.mark.parametrize(("a", "b", "expected"), LABELS)
def test_labels(a: str, b: str, expected: Relation) -> None:
    first, second = field(Label(SCALE.id, a)), field(Label(SCALE.id, b))
    assert compare_values(first, second, SCALE)[0] is expected
    assert compare_values(second, first, SCALE)[0] is mirror(expected)


def test_a_denied_label_negates_the_same_label_and_says_nothing_of_others() -> None:
    stated, denied = field(Label(SCALE.id, "car"), "a car"), field(Label(SCALE.id, "car", negated=True), "not a car")
    relation, reason = compare_values(stated, denied, SCALE)
    assert relation is R.NEGATES
    assert reason == '"not a car" is denied where "a car" is stated'
    assert compare_values(denied, field(Label(SCALE.id, "truck")), SCALE)[0] is R.UNKNOWN


def test_times_minutes_apart_are_one_time_when_one_is_rounded() -> None:
    assert compare_values(field(Clock(290, 310, "about")), field(Clock(305, 315, "about")), SCALE)[0] is R.APPROXIMATES
    assert compare_values(field(Clock(300, 300)), field(Clock(310, 310)), SCALE)[0] is R.DISJOINT
    assert compare_values(field(Clock(300, 720, "vague")), field(Clock(310, 310)), SCALE)[0] is R.CONTAINS


def test_places_contain_one_another_and_two_names_are_not_two_places() -> None:
    paris, france, lyon, oslo = (field(Place(path)) for path in (("paris", "france"), ("france",), ("lyon", "france"), ("oslo",)))
    assert compare_values(france, paris, SCALE)[0] is R.CONTAINS
    assert compare_values(paris, lyon, SCALE)[0] is R.DISTINCT
    assert compare_values(paris, oslo, SCALE)[0] is R.UNKNOWN
    assert compare_values(field(Place(("mazar-i-sharif",))), field(Place(("mazar-e-sharif",))), SCALE)[0] is R.ALIAS


def test_values_of_different_kinds_are_unknown() -> None:
    assert compare_values(field(exactly(3)), field(Place(("paris",))), SCALE)[0] is R.UNKNOWN


numbers = st.floats(min_value=0, max_value=1e15, allow_nan=False)
bounds = st.sampled_from(["exact", "at_least", "at_most", "about", "vague"])
quantities = st.builds(lambda a, b, bound: Quantity(min(a, b), max(a, b), None, bound), numbers, numbers, bounds)


@given(quantities, quantities)
def test_any_two_quantities_compare_alike_from_both_sides(a: Quantity, b: Quantity) -> None:
    assert compare_values(field(b), field(a), SCALE)[0] is mirror(compare_values(field(a), field(b), SCALE)[0])


@given(quantities)
def test_any_quantity_is_the_same_as_itself(a: Quantity) -> None:
    assert compare_values(field(a), field(a), SCALE)[0] is R.SAME


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules()


SUBJECTS = [
    ("people", "passenger", R.CONTAINS),
    ("", "passenger", R.CONTAINS),
    ("soldier", "troop", R.SAME),
    ("service member", "soldier", R.SAME),
    ("civilian", "soldier", R.DISTINCT),
    ("schoolgirl", "child", R.WITHIN),
    ("offer", "bid", R.SAME),
    ("bridge", "ship", R.UNKNOWN),
    ("person", "bridge", R.UNKNOWN),
]


@pytest.mark.parametrize(("a", "b", "expected"), SUBJECTS)
def test_what_is_counted(a: str, b: str, expected: Relation, rules: RuleSet) -> None:
    assert subjects_relation(a, b, rules) is expected
    assert subjects_relation(b, a, rules) is mirror(expected)
