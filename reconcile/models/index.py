"""Vectors in, nearest neighbours out: the index from which candidate pairs come, so that nothing compares all with all.

Rows are compared exactly, in blocks, up to EXACT items; beyond that faiss searches cells of the space (`pip install reconcile[large]`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from reconcile.errors import ModelError

EXACT = 50_000
"""Items up to which dense vectors are compared exactly."""
BLOCK = 1024
"""Rows compared at a time."""
GRAIN = 1e-6
"""Cosines nearer than this are equal."""
PROBES = 0.05
"""Share of the cells that faiss looks into."""

Rows = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each item its nearest others, nearest first: their rows (-1 where there are fewer) and their cosines."""

    rows: Rows
    cosines: Values

    def pairs(self) -> Rows:
        """Return every pair of neighbours once, as rows (smaller, larger), sorted."""
        count, width = self.rows.shape
        found = np.stack([np.repeat(np.arange(count), width), self.rows.ravel()], axis=1)
        found = np.sort(found[found[:, 1] >= 0], axis=1)
        return np.asarray(np.unique(found, axis=0) if len(found) else np.zeros((0, 2)), dtype=np.int64)

    def padded(self, width: int, stranger: float) -> Values:
        """Return the `width` best cosines of each item, filled up with that of a stranger: a small pot then looks like a large one."""
        best = np.full((len(self.rows), width), stranger)
        found = np.where(self.rows >= 0, self.cosines, stranger)[:, :width]
        best[:, : found.shape[1]] = found
        return np.asarray(-np.sort(-best, axis=1))

    def ranks(self, first: Rows, second: Rows) -> Rows:
        """Return at which place, from 0, the second item of each pair stands among the neighbours of the first; beyond the last if not."""
        if not len(first):
            return np.zeros(0, dtype=np.int64)
        met = self.rows[first] == second[:, None]
        absent = np.minimum(self.rows.shape[1], len(self.rows) - 1)
        return np.asarray(np.where(met.any(axis=1), met.argmax(axis=1), absent), dtype=np.int64)


def cosines(vectors: npt.NDArray[np.float32], first: Rows, second: Rows) -> Values:
    """Return the cosine of each pair of rows of unit vectors."""
    return np.asarray(np.einsum("ij,ij->i", vectors[first], vectors[second]), dtype=np.float64)


def nearest(vectors: npt.NDArray[np.float32], width: int) -> Neighbours:
    """Return the `width` nearest others of each row of unit vectors. Raises ModelError where faiss is needed and missing."""
    if len(vectors) > EXACT:
        return _approximate(vectors, width)
    return _best(len(vectors), width, lambda block: np.asarray(vectors[block] @ vectors.T, dtype=np.float64))


def nearest_sparse(vectors: csr_matrix, width: int) -> Neighbours:
    """Return the `width` nearest others of each sparse row of length 1."""
    turned = vectors.T.tocsc()
    return _best(vectors.shape[0], width, lambda block: np.asarray((vectors[block] @ turned).toarray()))


def _best(count: int, width: int, cosines: Callable[[slice], npt.NDArray[Any]]) -> Neighbours:
    """Keep the best of each row, block by block; of equals the lower row, so that the answer is the same everywhere."""
    width = max(0, min(width, count - 1))
    rows, values = np.full((count, width), -1, dtype=np.int64), np.zeros((count, width))
    for start in range(0, count if width else 0, BLOCK):
        block = slice(start, min(start + BLOCK, count))
        found = np.rint(cosines(block) / GRAIN).astype(np.int64)
        key = np.arange(count) - found * count
        key[np.arange(found.shape[0]), np.arange(block.start, block.stop)] = np.iinfo(np.int64).max
        kept = np.argpartition(key, width - 1, axis=1)[:, :width]
        kept = np.take_along_axis(kept, np.argsort(np.take_along_axis(key, kept, axis=1), axis=1), axis=1)
        rows[block], values[block] = kept, np.take_along_axis(found, kept, axis=1) * GRAIN
    return Neighbours(rows, values)


def _approximate(vectors: npt.NDArray[np.float32], width: int) -> Neighbours:
    try:
        import faiss
    except ImportError as error:
        raise ModelError(f"{len(vectors)} items need an index that is not installed: pip install 'reconcile[large]'") from error
    cells = int(4 * np.sqrt(len(vectors)))
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(vectors.shape[1]), vectors.shape[1], cells, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors)
    index.add(vectors)
    index.nprobe = max(1, int(PROBES * cells))
    cosines, rows = index.search(vectors, width + 1)
    own = rows == np.arange(len(vectors))[:, None]
    own[:, -1] |= ~own.any(axis=1)
    shape = (len(vectors), width)
    return Neighbours(rows[~own].reshape(shape).astype(np.int64), cosines[~own].reshape(shape).astype(np.float64))
