"""Names of origins: who is nobody in particular, and who is the same as whom."""

from __future__ import annotations

import pytest

from reconcile.sources.names import core_of, fullest, one_desk, one_origin


@pytest.mark.parametrize(
    "name", ["officials", "a spokesman", "two witnesses", "They", "astrophysicists", "the agency", "statement", "family"]
)
def test_who_may_be_anybody_is_nobody(name: str) -> None:
    assert not core_of(name)
    assert not one_origin(name, name)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("police", "Keldby police"),
        ("Police", "a police spokesman"),
        ("Mirel Tovane", "Tovane"),
        ("Luis Abreu Tarn", "Luis Abreu"),
        ("foreign ministry", "Norlandic foreign ministry"),
        ("Keldby Harbour Trust", "KHT officials"),
        ("Public Safety Ministry", "Norland's Ministry of Safety"),
        ("Harbour Post", "harbourpost.com"),
        ("dpa", "dpa"),
    ],
)
def test_two_ways_to_write_one_origin(a: str, b: str) -> None:
    assert one_origin(a, b)
    assert one_origin(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("police", "Keldby Harbour Trust"),
        ("Mirel Tovane", "Jana Tovane"),
        ("spokesperson for Tovane", "biography of Mirel Tovane by Jana Holt"),
        ("Norland's government", "Ostland's government"),
    ],
)
def test_two_origins(a: str, b: str) -> None:
    assert not one_origin(a, b)
    assert not one_origin(b, a)


def test_who_speaks_for_a_body_is_that_body() -> None:
    assert one_origin("police", "Mirel Tovane", beside_b={"keldby", "police", "chief"})
    assert not one_origin("police", "Mirel Tovane", beside_b={"harbour", "master"})


def test_two_voices_of_one_state_may_be_one_desk() -> None:
    assert one_desk({"government"}, {"foreign", "ministry"})
    assert one_desk({"mirel", "tovane", "spokesman"}, {"presidency"})
    assert not one_desk({"government"}, {"police"})
    assert not one_desk({"police", "spokesman"}, {"foreign", "ministry"})


def test_the_fullest_proper_name_is_shown() -> None:
    assert fullest(["Tovane", "Mirel Tovane"]) == "Mirel Tovane"
    assert fullest(["Qarn", "Qarn's legal team"]) == "Qarn"
    assert fullest(["Keldby foreign ministry", "foreign ministry"]) == "foreign ministry"
