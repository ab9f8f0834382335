"""Neighbours: what the index finds is what comparing all with all would find, in any order of work."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from reconcile.errors import ModelError
from reconcile.models import index
from reconcile.models.index import Neighbours, Rows, Values, nearest, nearest_sparse


def unit_rows(values: Values) -> Values:
    return np.asarray(values / np.linalg.norm(values, axis=1, keepdims=True))


def scattered(count: int, size: int = 12, seed: int = 0) -> Values:
    return unit_rows(np.random.default_rng(seed).normal(size=(count, size)))


def tied(count: int) -> Values:
    """Return rows of few different directions, so that many cosines are equal."""
    return unit_rows(np.random.default_rng(1).integers(0, 2, (count, 4)) + np.array([0, 0, 0, 1.0]))


def all_with_all(vectors: Values, width: int) -> Neighbours:
    """Compare every row with every other; of equals, the lower row comes first."""
    cosines = np.round(vectors @ vectors.T, 6)
    np.fill_diagonal(cosines, -np.inf)
    rows = np.argsort(-cosines, axis=1, kind="stable")[:, :width]
    return Neighbours(rows, np.take_along_axis(cosines, rows, axis=1))


def assert_same(found: Neighbours, expected: Neighbours) -> None:
    np.testing.assert_array_equal(found.rows, expected.rows)
    np.testing.assert_allclose(found.cosines, expected.cosines, atol=2e-6)


@pytest.mark.parametrize("width", [1, 5, 59])
def test_the_nearest_are_those_that_comparing_all_with_all_finds(width: int) -> None:
    vectors = scattered(60)
    assert_same(nearest(vectors.astype(np.float32), width), all_with_all(vectors, width))
    assert_same(nearest_sparse(csr_matrix(vectors), width), all_with_all(vectors, width))


def test_of_equally_near_items_the_best_cosines_are_kept() -> None:
    vectors = tied(200)
    np.testing.assert_allclose(nearest(vectors.astype(np.float32), 7).cosines, all_with_all(vectors, 7).cosines, atol=2e-6)


def test_of_equally_near_items_the_lower_row_is_kept_and_comes_first() -> None:
    vectors = tied(200)
    np.testing.assert_array_equal(nearest(vectors.astype(np.float32), 7).rows, all_with_all(vectors, 7).rows)
    np.testing.assert_array_equal(nearest_sparse(csr_matrix(vectors), 7).rows, all_with_all(vectors, 7).rows)


def test_rows_without_a_common_term_have_a_cosine_of_nought() -> None:
    found = nearest_sparse(csr_matrix(np.eye(4)), 2)
    assert found.cosines.tolist() == [[0, 0]] * 4
    assert all(row not in others for row, others in enumerate(found.rows.tolist()))


@pytest.mark.parametrize("block", [1, 7, 64, 1000])
@pytest.mark.parametrize("vectors", [scattered(150), tied(150)], ids=["scattered", "tied"])
def test_the_answer_is_the_same_for_any_block_size(block: int, vectors: Values, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, expected_sparse = nearest(vectors.astype(np.float32), 6), nearest_sparse(csr_matrix(vectors), 6)
    monkeypatch.setattr(index, "BLOCK", block)
    assert_same(nearest(vectors.astype(np.float32), 6), expected)
    assert_same(nearest_sparse(csr_matrix(vectors), 6), expected_sparse)


def test_fewer_items_than_asked_for_are_all_each_others_neighbours() -> None:
    found = nearest(scattered(3).astype(np.float32), 10)
    assert [sorted(others) for others in found.rows.tolist()] == [[1, 2], [0, 2], [0, 1]]
    assert found.pairs().tolist() == [[0, 1], [0, 2], [1, 2]]


@pytest.mark.parametrize("count", [0, 1])
def test_none_or_one_item_has_no_neighbours(count: int) -> None:
    vectors = scattered(count, 4)
    for found in (nearest(vectors.astype(np.float32), 3), nearest_sparse(csr_matrix(vectors), 3)):
        assert found.rows.shape == (count, 0)
        assert found.pairs().shape == (0, 2)
        assert found.padded(3, 0.25).tolist() == [[0.25] * 3] * count


@pytest.mark.parametrize("count", [0, 1])
def test_no_pairs_of_none_or_one_item_have_no_ranks(count: int) -> None:
    nobody: Rows = np.zeros(0, dtype=np.int64)
    assert nearest(scattered(count, 4).astype(np.float32), 3).ranks(nobody, nobody).shape == (0,)


def test_every_pair_comes_once_with_the_smaller_row_first() -> None:
    found = Neighbours(np.array([[2, 1], [0, -1], [0, 1]]), np.zeros((3, 2)))
    assert found.pairs().tolist() == [[0, 1], [0, 2], [1, 2]]


def test_missing_neighbours_are_no_pairs() -> None:
    assert Neighbours(np.full((3, 2), -1), np.zeros((3, 2))).pairs().tolist() == []


def test_padding_puts_strangers_where_neighbours_are_missing_and_keeps_the_best_first() -> None:
    found = Neighbours(np.array([[1, 2], [0, -1]]), np.array([[0.9, 0.1], [0.9, 7.0]]))
    assert found.padded(3, 0.3).tolist() == [[0.9, 0.3, 0.1], [0.9, 0.3, 0.3]]
    assert found.padded(1, 0.3).tolist() == [[0.9], [0.9]]


def test_a_rank_is_the_place_among_the_neighbours_and_beyond_the_last_for_strangers() -> None:
    found = Neighbours(np.array([[2, 1], [0, 2], [3, 0], [2, 1]]), np.zeros((4, 2)))
    assert found.ranks(np.array([0, 0, 0, 2]), np.array([2, 1, 3, 0])).tolist() == [0, 1, 2, 1]


def test_too_many_items_without_faiss_name_the_extra_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "EXACT", 10)
    monkeypatch.setitem(sys.modules, "faiss", None)
    with pytest.raises(ModelError, match=r"^11 items .*reconcile\[large\][^\n]*$"):
        nearest(scattered(11).astype(np.float32), 3)
    assert nearest(scattered(10).astype(np.float32), 3).rows.shape == (10, 3)


def test_with_faiss_most_of_the_true_neighbours_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("faiss")
    rng = np.random.default_rng(2)
    vectors = unit_rows(scattered(100, 16)[np.repeat(np.arange(100), 20)] + rng.normal(scale=0.05, size=(2000, 16)))
    expected = all_with_all(vectors, 5)
    monkeypatch.setattr(index, "EXACT", 10)
    found = nearest(vectors.astype(np.float32), 5)
    assert found.rows.shape == expected.rows.shape
    assert all(row not in others for row, others in enumerate(found.rows.tolist()))
    met = [len(set(a) & set(b)) for a, b in zip(found.rows.tolist(), expected.rows.tolist(), strict=True)]
    assert sum(met) > 0.8 * expected.rows.size
