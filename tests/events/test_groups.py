"""Groups of articles: average linkage joins what is alike on average, without chaining, in any order of the pairs."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.events import groups
from reconcile.events.groups import group, weave

Ties = dict[tuple[int, int], float]

COUNT = 7
pairs = st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)).filter(lambda pair: pair[0] < pair[1])
webs = st.dictionaries(pairs, st.floats(0, 1, allow_nan=False))


def grouped(count: int, ties: Ties, join: float = 0.5) -> list[list[int]]:
    pairs, probabilities = np.array(list(ties), dtype=np.int64).reshape(-1, 2), np.array(list(ties.values()), dtype=float)
    return group(weave(count, pairs, probabilities), join)


def test_articles_that_probably_tell_one_event_share_a_group() -> None:
    assert grouped(5, {(0, 1): 0.9, (2, 3): 0.8, (3, 4): 0.1}) == [[0, 1], [2, 3], [4]]


def test_without_pairs_every_article_stands_alone() -> None:
    assert grouped(3, {}) == [[0], [1], [2]]
    assert grouped(0, {}) == []


def test_two_strong_ties_do_not_chain_strangers_into_one_group() -> None:
    assert sorted(len(part) for part in grouped(3, {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.0})) == [1, 2]


def test_a_pair_that_is_not_given_counts_as_nought() -> None:
    ties = {(0, 1): 0.9, (1, 2): 0.8}
    assert grouped(3, ties) == grouped(3, ties | {(0, 2): 0.0}) == [[0, 1], [2]]


def test_a_third_article_joins_when_its_ties_are_strong_enough_on_average() -> None:
    ties = {(0, 1): 0.95, (0, 2): 0.9, (1, 2): 0.3}
    assert grouped(3, ties, 0.55) == [[0, 1, 2]]
    assert grouped(3, ties, 0.65) == [[0, 1], [2]]


@given(webs, st.randoms(use_true_random=False))
def test_neither_the_order_of_the_pairs_nor_that_within_a_pair_matters(ties: Ties, chance: Random) -> None:
    shuffled = list(ties.items())
    chance.shuffle(shuffled)
    assert grouped(COUNT, dict(shuffled)) == grouped(COUNT, ties)
    assert grouped(COUNT, {(b, a): tie for (a, b), tie in ties.items()}) == grouped(COUNT, ties)


@given(webs, st.floats(0.1, 0.9))
def test_every_article_is_in_just_one_group_and_the_groups_are_sorted(ties: Ties, join: float) -> None:
    found = grouped(COUNT, ties, join)
    assert sorted(article for part in found for article in part) == list(range(COUNT))
    assert found == sorted(sorted(part) for part in found)


def test_a_web_that_is_too_large_is_parted_by_stronger_ties(monkeypatch: pytest.MonkeyPatch) -> None:
    ties = {(0, 1): 0.3, (1, 2): 0.045, (2, 3): 0.3}
    assert grouped(4, ties, 0.01) == [[0, 1, 2, 3]]
    monkeypatch.setattr(groups, "WEB", 3)
    assert grouped(4, ties, 0.01) == [[0, 1], [2, 3]]


def test_a_web_that_strong_ties_hold_together_is_clustered_whole_however_large(monkeypatch: pytest.MonkeyPatch) -> None:
    ties = {(a, b): 0.9 for b in range(6) for a in range(b)}
    monkeypatch.setattr(groups, "WEB", 2)
    assert grouped(6, ties) == [[0, 1, 2, 3, 4, 5]]


@pytest.mark.parametrize("size", [1, 2, 5, 20])
def test_parting_webs_still_gives_each_article_one_group(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    ties = {(a, b): float(rng.random()) ** 4 for b in range(30) for a in range(b)}
    monkeypatch.setattr(groups, "WEB", size)
    assert sorted(article for part in grouped(30, ties, 0.3) for article in part) == list(range(30))
