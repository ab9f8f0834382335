"""Places: spelling and what encloses them; two names alone are not two places, and one name alone is not one."""

from __future__ import annotations

import pytest

from compare.values import relate
from reconcile.model import Place, Relation
from reconcile.model import Relation as R


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (("orléans", "france"), ("orleans",), R.SAME),
        (("al-hasakah",), ("al-hasaka",), R.ALIAS),
        (("tel-aviv",), ("tel aviv",), R.SAME),
        (("france",), ("old bakery", "lille", "france"), R.CONTAINS),
        (("lille", "france"), ("lyon", "france"), R.DISTINCT),
        (("lille", "france"), ("ghent", "belgium"), R.UNKNOWN),
        (("lille",), ("lyon",), R.UNKNOWN),
        (("station road", "lille", "france"), ("lyon", "france"), R.UNKNOWN),
        (("springfield", "ohio"), ("springfield", "illinois"), R.UNKNOWN),
        (("springfield", "ohio"), ("springfield",), R.SAME),
        (("springfield", "ohio", "united states"), ("springfield", "united states"), R.SAME),
        (("east harbour",), ("west harbour",), R.UNKNOWN),
        (("upper valley", "norland"), ("lower valley", "norland"), R.DISTINCT),
        (("route 12",), ("route 13",), R.UNKNOWN),
        (("iran",), ("iraq",), R.UNKNOWN),
        (("austria",), ("australia",), R.UNKNOWN),
    ],
)
def test_two_places(a: tuple[str, ...], b: tuple[str, ...], expected: Relation) -> None:
    assert relate(Place(a), Place(b)) is expected


@pytest.mark.parametrize("other", [(), ("paris",), ("paris", "france")])
def test_a_place_without_a_name_is_unknown(other: tuple[str, ...]) -> None:
    assert relate(Place(()), Place(other)) is R.UNKNOWN


def test_places_that_are_said_to_lie_in_each_other_are_unknown() -> None:
    assert relate(Place(("a", "b")), Place(("b", "a"))) is R.UNKNOWN
