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
from sklearn.cluster import AgglomerativeClustering

from reconcile.clustering.likeness import FEATURES, SENTENCE_LENGTH, Ties, content_words, describe_pairs, make_statements
from reconcile.model import Claim, Cluster, Judged, content_id
from reconcile.models.bags import Rows, Values, weigh
from reconcile.models.embedder import Embedder, Vectors
from reconcile.models.index import nearest, nearest_sparse
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
        """Embed every distinct claim once and compare each with its neighbours in its event; `ties` are those of the gate."""
        self.events: dict[str, Compared] = {}
        self._event: dict[str, str] = {}
        self._known: dict[tuple[str, str], tuple[float, float]] = {}
        ordered = sorted(claims, key=lambda claim: claim.id)
        vectors = embedder.embed([claim.text for claim in ordered])
        rows: dict[str, list[int]] = defaultdict(list)
        for row, claim in enumerate(ordered):
            rows[claim.event].append(row)
        for event, members in sorted(rows.items()):
            self._add(event, _compare([ordered[row] for row in members], vectors[members], ties, embedder, language))

    def _add(self, event: str, found: Compared) -> None:
        self.events[event] = found
        for (a, b), likeness, probability in zip(found.pairs.tolist(), found.likeness, found.probability, strict=True):
            self._known[found.claims[a], found.claims[b]] = float(likeness), float(probability)

    def of(self, a: str, b: str) -> float:
        """Return how closely two claims say the same, 0 to 1; 0 where no index brought them together."""
        return 1.0 if a == b else self._known.get((min(a, b), max(a, b)), (0.0, 0.0))[0]

    def probability(self, a: str, b: str) -> float:
        """Return how probably two claims speak of one fact, 0 to 1; 0 where no index brought them together."""
        return 1.0 if a == b else self._known.get((min(a, b), max(a, b)), (0.0, 0.0))[1]


def _compare(claims: Sequence[Claim], vectors: Vectors, ties: Ties, embedder: Embedder, language: str) -> Compared:
    """Compare each claim of an event, in the order of their ids, with its neighbours."""
    words = weigh([Counter(content_words(claim.tokens)) for claim in claims], language, SENTENCE_LENGTH)
    found = (nearest(vectors, WIDTH).pairs(), nearest_sparse(words.unit, WIDTH).pairs())
    pairs = np.unique(np.concatenate(found), axis=0)
    first, second = pairs[:, 0], pairs[:, 1]
    cosine = np.clip(np.einsum("ij,ij->i", vectors[first], vectors[second]), 0, 1).astype(np.float64)
    shared = np.asarray(words.present[first].multiply(words.present[second]).sum(axis=1)).ravel()
    size = np.maximum(np.asarray(words.present.sum(axis=1)).ravel(), 1)
    likeness = (1 - WORD_WEIGHT) * cosine + WORD_WEIGHT * np.sqrt(2 * shared / (size[first] + size[second]))
    kept = shared >= MIN_SHARED_WORDS
    pairs, likeness = pairs[kept], np.round(likeness[kept], 6)
    rows = describe_pairs(make_statements(claims), vectors, pairs, ties, embedder, language)
    probability = load_scorer().predict(rows) if len(pairs) else np.zeros(0)
    return Compared(tuple(claim.id for claim in claims), pairs, likeness, np.round(probability, 6))


def explain_pair(claims: Sequence[Claim], embedder: Embedder, ties: Ties, language: str, a: str, b: str) -> Judged:
    """Return what the scorer says of two claims of one event, by id, and why; `claims` are all those of the event."""
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
