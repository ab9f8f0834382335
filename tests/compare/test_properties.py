"""Laws that hold for any two values: both sides tell one relation, everything is the same as itself, nothing crashes."""

from __future__ import annotations

import math
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.values import BARE, field, scale
from reconcile.compare import MIRRORED, compare_values, mirror
from reconcile.model import Clock, Label, Moment, Name, Place, Quantity, Relation, Term, Value

RULE = scale(
    Term("whole"),
    Term("part", parent="whole"),
    Term("crumb", parent="part"),
    Term("low", rank=1, exclusive=("void",)),
    Term("high", rank=2),
    Term("void", distinct=("high",)),
    siblings=Relation.EXCLUSIVE,
)

floats = st.floats(allow_nan=False, width=64)
bounds = st.sampled_from(["exact", "at_least", "at_most", "about", "vague"])
units = st.sampled_from([None, "USD", "%"])
quantities = st.builds(lambda a, b, unit, bound: Quantity(min(a, b), max(a, b), unit, bound), floats, floats, units, bounds)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
moments = st.one_of(
    st.just(Moment(None, None)),
    st.builds(lambda a, b, guess: Moment(min(a, b).isoformat(), max(a, b).isoformat(), guess), days, days, st.booleans()),
)
minutes = st.integers(0, 1439)
clocks = st.builds(lambda a, b, bound: Clock(min(a, b), max(a, b), bound), minutes, minutes, st.sampled_from(["exact", "about", "vague"]))
words = st.sampled_from(["north", "harbour", "harbor", "lille", "paris", "pariss", "route 12", "route 13", "orléans", "a", ""])
places = st.builds(lambda path: Place(tuple(path)), st.lists(words, max_size=4))
parts = st.sampled_from(["Bo", "Li", "J.", "Jon", "John", "Anna", "Keller", "Kellar", "Jr.", "Sr.", "Bill", "William", "of", "UN", ""])
names = st.builds(
    lambda told, forms: Name(" ".join(told), tuple(forms)), st.lists(parts, max_size=4), st.lists(st.text(max_size=6), max_size=2)
)
labels = st.builds(
    Label,
    st.sampled_from([RULE.id, "other.rule"]),
    st.sampled_from(["whole", "part", "crumb", "low", "high", "void", "unheard of"]),
    st.booleans(),
)
kinds = (quantities, moments, clocks, places, names, labels)
values = st.one_of(kinds)
raws = st.sampled_from(["Friday", "March 22", "x"])
pairs = st.one_of(*(st.tuples(kind, kind) for kind in kinds), st.tuples(values, values))


@given(pairs, raws, raws)
def test_both_sides_tell_one_relation(pair: tuple[Value, Value], raw_a: str, raw_b: str) -> None:
    a, b = field(pair[0], raw_a), field(pair[1], raw_b)
    relation, reason = compare_values(a, b, RULE)
    assert compare_values(b, a, RULE)[0] is mirror(relation)
    assert reason
    assert not reason.endswith(".")


@given(values, raws)
def test_everything_is_the_same_as_itself_or_unknown_where_nothing_is_known_of_it(value: Value, raw: str) -> None:
    nothing = {Moment(None, None), Place(())}
    expected = Relation.UNKNOWN if value in nothing else Relation.SAME
    assert compare_values(field(value, raw), field(value, raw), RULE)[0] is expected


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_may_be_a_name_or_a_place(a: str, b: str) -> None:
    for first, second in ((Name(a), Name(b)), (Place((a,)), Place((b,)))):
        relation = compare_values(field(first), field(second), BARE)[0]
        assert compare_values(field(second), field(first), BARE)[0] is mirror(relation)


@pytest.mark.parametrize("relation", list(Relation))
def test_a_mirror_in_a_mirror_is_the_thing_itself(relation: Relation) -> None:
    assert mirror(mirror(relation)) is relation
    assert (mirror(relation) is relation) is (relation not in MIRRORED)


def test_extremes_meet_extremes() -> None:
    ends = ((-math.inf, math.inf), (math.inf, math.inf), (0, 1.8e308))
    extremes = [Quantity(low, high, None, bound) for low, high in ends for bound in ("exact", "vague")]
    for a, b in product(extremes, repeat=2):
        assert compare_values(field(b), field(a), BARE)[0] is mirror(compare_values(field(a), field(b), BARE)[0])
