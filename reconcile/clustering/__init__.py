"""Claims of one event in, clusters out: which claims state the same fact.

Pairs come from an index of neighbours; a model learned on ECB+ (Cybulska and Vossen 2014) says how probably each speaks of one fact
(`benchmarks/train_same_fact.py`; models/same_fact.md), and how alike the words are says how closely they state it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt
from sklearn.cluster import AgglomerativeClustering

from reconcile.clustering.likeness import FEATURES, SENTENCE_LENGTH, Ties, content_words, describe_pairs, make_statements
from reconcile.model import Claim, Cluster, Judged, content_id
from reconcile.models.bags import Bags, Rows, Values, weigh
from reconcile.models.embedder import Embedder, Vectors
from reconcile.models.index import cosines, nearest, nearest_sparse
from reconcile.models.trees import Trees

MODEL = "same_fact"
SAME_FACT = 0.75
"""Fit (0 to 1) that claims of a cluster have on average: the mean of how closely and how probably two state one fact."""
WORD_WEIGHT = 0.25
"""Share of the likeness that comes from the content words two claims share; the rest is the cosine of their embeddings."""
MIN_SHARED_WORDS = 2
WIDTH = 30
"""Neighbours of a claim within its event, by embedding and by words, that are looked at."""


@cache
def load_scorer() -> Trees:
    """Load the learned scorer. Raises ModelError."""
    scorer = Trees.load(MODEL)
    scorer.require(FEATURES)
    return scorer


@dataclass(frozen=True, slots=True)
class Compared:
    """The claims of one event, by id, and their candidate pairs."""

    claims: tuple[str, ...]
    pairs: Rows
    """Two positions in `claims`."""
    likeness: Values
    """How closely two claims say the same, 0 to 1."""
    probability: Values
    """How probably two claims speak of one fact, 0 to 1."""

    def fit(self) -> Values:
        """Return how well each two claims fit into one cluster, 0 to 1, as a symmetric square; 0 for those that no index found."""
        square = np.zeros((len(self.claims), len(self.claims)))
        square[self.pairs[:, 0], self.pairs[:, 1]] = square[self.pairs[:, 1], self.pairs[:, 0]] = (self.likeness + self.probability) / 2
        np.fill_diagonal(square, 1.0)
        return square


class Likeness:
    """How alike the claims of each event are, computed once and looked up by claim id."""

    def __init__(self, claims: Sequence[Claim], embedder: Embedder, ties: Ties, language: str = "en") -> None:
        """Compare each claim with its neighbours in its event; `ties` are those of the gate."""
        ordered = sorted(claims, key=lambda claim: claim.id)
        vectors = embedder.embed([claim.text for claim in ordered])
        words = weigh([Counter(content_words(claim.tokens)) for claim in ordered], language, SENTENCE_LENGTH)
        rows: dict[str, list[int]] = defaultdict(list)
        for row, claim in enumerate(ordered):
            rows[claim.event].append(row)
        events = sorted(rows.items())
        found = [_neighbours(np.array(members), vectors, words) for _, members in events]
        owner = np.repeat(np.arange(len(events)), [len(pairs) for pairs in found])
        pairs = np.concatenate([np.zeros((0, 2), dtype=np.int64), *found])
        likeness, kept = _alike(pairs, vectors, words)
        pairs, likeness, owner = pairs[kept], likeness[kept], owner[kept]
        features = describe_pairs(make_statements(ordered), vectors, pairs, ties, embedder, language)
        probability = np.round(load_scorer().predict(features), 6) if len(pairs) else np.zeros(0)
        cuts = np.searchsorted(owner, np.arange(len(events) + 1))
        self.events: dict[str, Compared] = {}
        for (event, members), start, end in zip(events, cuts, cuts[1:], strict=False):
            places = np.searchsorted(members, pairs[start:end])
            told = tuple(ordered[row].id for row in members)
            self.events[event] = Compared(told, places, likeness[start:end], probability[start:end])
        self._known = {(ordered[a].id, ordered[b].id): value for (a, b), value in zip(pairs.tolist(), likeness.tolist(), strict=True)}

    def of(self, a: str, b: str) -> float:
        """Return how closely two claims say the same, 0 to 1; 0 where no index brought them together."""
        return 1.0 if a == b else self._known.get((min(a, b), max(a, b)), 0.0)


def _neighbours(members: Rows, vectors: Vectors, words: Bags) -> Rows:
    """Return the candidate pairs among the claims of one event."""
    found = nearest(vectors[members], WIDTH).pairs(), nearest_sparse(words.unit[members], WIDTH).pairs()
    return np.asarray(members[np.unique(np.concatenate(found), axis=0)], dtype=np.int64)


def _alike(pairs: Rows, vectors: Vectors, words: Bags) -> tuple[Values, npt.NDArray[np.bool_]]:
    """Return how closely the two claims of each pair say the same, and whether they share enough words to be compared at all."""
    first, second = pairs[:, 0], pairs[:, 1]
    cosine = np.clip(cosines(vectors, first, second), 0, 1)
    shared = np.asarray(words.present[first].multiply(words.present[second]).sum(axis=1)).ravel()
    size = np.maximum(np.asarray(words.present.sum(axis=1)).ravel(), 1)
    likeness = (1 - WORD_WEIGHT) * cosine + WORD_WEIGHT * np.sqrt(2 * shared / (size[first] + size[second]))
    return np.round(likeness, 6), shared >= MIN_SHARED_WORDS


def explain_pair(claims: Sequence[Claim], embedder: Embedder, ties: Ties, language: str, a: str, b: str) -> Judged:
    """Return what the scorer says of two claims of one event, by id, and why, among all claims."""
    place = {claim.id: i for i, claim in enumerate(claims)}
    vectors = embedder.embed([claim.text for claim in claims])
    rows = describe_pairs(make_statements(claims), vectors, np.array([[place[a], place[b]]]), ties, embedder, language)
    return load_scorer().explain(rows[0])


def cluster_claims(likeness: Likeness) -> tuple[Cluster, ...]:
    """Group the claims of each event by the fact they state; a claim that stands alone is in no cluster."""
    clusters = [cluster for event, compared in likeness.events.items() for cluster in _cluster_event(event, compared)]
    return tuple(sorted(clusters, key=lambda cluster: (cluster.event, cluster.id)))


def _cluster_event(event: str, compared: Compared) -> list[Cluster]:
    if len(compared.claims) < 2:
        return []
    fit = compared.fit()
    grouping = AgglomerativeClustering(n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - SAME_FACT)
    members: dict[int, list[int]] = defaultdict(list)
    for row, label in enumerate(grouping.fit_predict(1 - fit)):
        members[int(label)].append(row)
    groups = [sorted({*rows, *_also(rows, fit)}) for rows in members.values() if len(rows) > 1]
    return [_cluster(event, fit, compared.claims, rows) for rows in dict.fromkeys(map(tuple, groups))]


def _also(rows: Sequence[int], fit: Values) -> list[int]:
    """Return the claims of other clusters that fit every claim of this one: those carry two facts."""
    return [int(row) for row in np.flatnonzero(fit[:, rows].min(axis=1) >= SAME_FACT) if row not in rows]


def _cluster(event: str, fit: Values, ids: Sequence[str], rows: Sequence[int]) -> Cluster:
    claims = tuple(sorted(ids[row] for row in rows))
    cohesion = round(float(min(fit[a, b] for a, b in combinations(rows, 2))), 4)
    return Cluster(content_id("cluster", *claims), event, claims, cohesion)
