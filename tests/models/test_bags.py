"""Bags of terms: what two texts share counts by how rare it is, in the pot and in the language."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.models.bags import SHARED, Bags, weigh

LENGTH = 400

pots = st.lists(st.lists(st.sampled_from("the police ferry paris keller quay zzyzx".split()), max_size=8), min_size=2, max_size=6)


def bags(*texts: str, language: str = "en", repeated: bool = False) -> Bags:
    return weigh([Counter(text.split()) for text in texts], language, LENGTH, repeated=repeated)


def shared(pot: Bags, first: int, second: int) -> dict[str, float]:
    return {name: float(column[0]) for name, column in zip(SHARED, pot.shared(np.array([first]), np.array([second])), strict=True)}


def test_a_rare_word_weighs_more_than_a_common_one_even_in_a_pot_of_two() -> None:
    common, rare = (shared(bags(f"{word} one", f"{word} two"), 0, 1) for word in ("paris", "zaventem"))
    assert 0 < common["shared"] < rare["shared"]
    assert common["rarest shared"] < rare["rarest shared"]
    assert common["cosine"] < rare["cosine"]


def test_a_word_that_every_text_has_weighs_less_than_one_of_two_texts() -> None:
    pot = bags(*["harbour keller"] * 2, *["harbour"] * 200)
    assert shared(pot, 2, 3)["shared"] < shared(pot, 0, 1)["shared"] / 2


def test_what_a_short_text_has_may_be_covered_by_a_long_one_that_is_covered_little() -> None:
    told = shared(bags("ferry keller", "ferry keller quay tugboat pilot"), 0, 1)
    assert told["covered most"] == pytest.approx(1)
    assert 0 < told["covered least"] < 0.7


def test_texts_without_a_common_term_share_nothing() -> None:
    assert set(shared(bags("ferry quay", "keller inquiry"), 0, 1).values()) == {0.0}


def test_where_one_side_has_nothing_nothing_is_known() -> None:
    pot = bags("ferry keller", "", "")
    assert np.isnan(list(shared(pot, 0, 1).values())).all()
    assert np.isnan(list(shared(pot, 1, 0).values())).all()
    assert np.isnan(list(shared(pot, 1, 2).values())).all()


def test_repeated_leaves_out_what_one_text_alone_has() -> None:
    texts = ("ferry keller", "ferry quay", "inquiry")
    assert shared(bags(*texts), 0, 1)["cosine"] < 1
    pot = bags(*texts, repeated=True)
    assert shared(pot, 0, 1)["cosine"] == pytest.approx(1)
    assert np.isnan(shared(pot, 0, 2)["cosine"])


def test_a_language_without_frequencies_counts_by_the_pot_alone() -> None:
    pot = bags("the ferry", "the ferry", "the", language="xx")
    weights = dict(zip(["ferry", "the"], pot.weights, strict=True))
    assert 0 < weights["the"] < weights["ferry"] < 1
    assert shared(pot, 0, 1)["cosine"] == pytest.approx(1)


def test_no_texts_and_no_pairs_give_empty_columns() -> None:
    nobody = np.zeros(0, dtype=np.int64)
    for pot in (weigh([], "en", LENGTH), bags("ferry", "keller")):
        assert [column.shape for column in pot.shared(nobody, nobody)] == [(0,)] * len(SHARED)
        assert pot.cosine(nobody, nobody).shape == (0,)


@given(pots)
def test_the_columns_are_bounded_and_the_same_from_both_sides(texts: list[list[str]]) -> None:
    pot = weigh([Counter(text) for text in texts], "en", LENGTH)
    first, second = np.triu_indices(len(texts), 1)
    assert ((pot.weights >= 0) & (pot.weights <= 1)).all()
    columns = dict(zip(SHARED, pot.shared(first, second), strict=True))
    for name in ("cosine", "rarest shared", "covered least", "covered most"):
        known = columns[name][~np.isnan(columns[name])]
        assert ((known >= 0) & (known <= 1 + 1e-9)).all(), name
    known = ~np.isnan(columns["shared"])
    assert (columns["covered least"][known] <= columns["covered most"][known] + 1e-9).all()
    assert (columns["rarest shared"][known] <= columns["shared"][known] + 1e-9).all()
    for column, turned in zip(columns.values(), pot.shared(second, first), strict=True):
        np.testing.assert_allclose(column, turned, rtol=1e-12)
