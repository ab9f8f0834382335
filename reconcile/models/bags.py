"""Bags of terms in, weighted sparse rows out: what two texts share, and how rare it is.

A term weighs by how rare it is, in the pot and in the language (wordfreq), so that "Paris" weighs little even between two articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags
from wordfreq import available_languages, word_frequency

Rows = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]

SHARED = ("cosine", "shared", "rarest shared", "covered least", "covered most")
"""What is told of a pair: the cosine of the weighted rows; the summed and the highest weight of the common terms; and how much of what
each has the other has as well, for the one of which less is covered and for the one of which more is."""
BACKGROUND = 100
"""Texts that the language's own frequencies stand for beside those of the pot."""
_LANGUAGES: Mapping[str, str] = available_languages()


@dataclass(frozen=True, slots=True)
class Bags:
    """One kind of term in all texts."""

    unit: csr_matrix
    """Weighted rows of length 1."""
    present: csr_matrix
    weights: Values
    """The weight of each term, 0 to 1."""
    mass: Values
    """Summed weight of what each text has."""

    def cosine(self, first: Rows, second: Rows) -> Values:
        """Return the cosine of the weighted rows of each pair."""
        return np.asarray(self.unit[first].multiply(self.unit[second]).sum(axis=1), dtype=np.float64).ravel()

    def shared(self, first: Rows, second: Rows) -> list[Values]:
        """Return the columns SHARED; NaN where one of the two has no term of the kind that weighs anything."""
        common = self.present[first].multiply(self.present[second]).tocsr() @ diags(self.weights)
        total = np.asarray(common.sum(axis=1)).ravel()
        rarest = np.asarray(common.max(axis=1).todense()).ravel() if len(first) else total
        told = (self.mass[first] > 0) & (self.mass[second] > 0)
        larger, smaller = np.maximum(self.mass[first], self.mass[second]), np.minimum(self.mass[first], self.mass[second])
        covered = total / np.where(told, larger, 1), total / np.where(told, smaller, 1)
        return [np.where(told, column, np.nan) for column in (self.cosine(first, second), total, rarest, *covered)]


def weigh(rows: Sequence[Counter[str]], language: str, length: int, *, repeated: bool = False) -> Bags:
    """Weigh each term; `length` is the usual number of words of a text; with `repeated`, leave out what one text alone has."""
    held = Counter(term for row in rows for term in row)
    terms = sorted(term for term, count in held.items() if count > 1 or not repeated)
    place = {term: i for i, term in enumerate(terms)}
    entries = [(i, place[term], count) for i, row in enumerate(rows) for term, count in sorted(row.items()) if term in place]
    at, column, count = (np.array(part) for part in zip(*entries, strict=True)) if entries else (np.zeros(0, int),) * 3
    shape = (len(rows), max(1, len(terms)))
    weights = np.array([_rarity(term, held[term], len(rows), language, length) for term in terms] or [0.0])
    present = csr_matrix((np.ones(len(entries)), (at, column)), shape=shape)
    weighted = csr_matrix((1 + np.log(count), (at, column)), shape=shape) @ diags(weights)
    size = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    unit = diags(1 / np.where(size > 0, size, 1)) @ weighted
    return Bags(csr_matrix(unit), present, weights, present @ weights)


def _rarity(term: str, held: int, texts: int, language: str, length: int) -> float:
    share = 1 - np.exp(-length * word_frequency(term, language)) if language in _LANGUAGES else 0.0
    pot = texts + BACKGROUND
    return float(max(0.0, np.log(pot / (held + BACKGROUND * share + 0.5)) / np.log(pot / 1.5)))
