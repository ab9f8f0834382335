"""Claims of one event in, clusters out: which claims state the same fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

import numpy as np
from sklearn.cluster import AgglomerativeClustering

from reconcile.model import Claim, Cluster, Token, content_id
from reconcile.models.embedder import Embedder, Vectors

SAME_FACT = 0.6
"""Likeness (0 to 1) that claims of a cluster have on average."""
WORD_WEIGHT = 0.25
"""Share of the likeness that comes from the content words two claims share; the rest is the cosine of their embeddings."""
MIN_SHARED_WORDS = 2
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "NUM", "ADJ"})
EMPTY = frozenset(
    ["say", "be", "have", "do", "tell", "report", "announce", "add", "go", "make", "take", "other", "more", "say", "one", "new"]
)


class Likeness:
    """How alike the claims of each event are, computed once and looked up by claim id."""

    def __init__(self, claims: Sequence[Claim], embedder: Embedder) -> None:
        """Embed every distinct claim once and compare the claims of each event with each other."""
        self.events: dict[str, tuple[str, ...]] = {}
        self._matrices: dict[str, np.ndarray] = {}
        self._place: dict[str, tuple[str, int]] = {}
        ordered = sorted(claims, key=lambda claim: claim.id)
        vectors = embedder.embed([claim.text for claim in ordered])
        rows: dict[str, list[int]] = defaultdict(list)
        for row, claim in enumerate(ordered):
            rows[claim.event].append(row)
        for event, members in sorted(rows.items()):
            self.events[event] = tuple(ordered[row].id for row in members)
            self._matrices[event] = _likeness([ordered[row] for row in members], vectors[members])
            self._place.update({ordered[row].id: (event, i) for i, row in enumerate(members)})

    def matrix(self, event: str) -> np.ndarray:
        """Return the symmetric matrix of an event; rows are in the order of `events[event]`."""
        return self._matrices[event]

    def of(self, a: str, b: str) -> float:
        """Return how alike two claims are, 0 to 1; 0 when they belong to different events."""
        (first, row), (second, column) = self._place[a], self._place[b]
        return float(self._matrices[first][row, column]) if first == second else 0.0


def cluster_claims(likeness: Likeness) -> tuple[Cluster, ...]:
    """Group the claims of each event by the fact they state; a claim that stands alone is in no cluster."""
    clusters = [cluster for event in likeness.events for cluster in _cluster_event(event, likeness)]
    return tuple(sorted(clusters, key=lambda cluster: (cluster.event, cluster.id)))


def _likeness(claims: Sequence[Claim], vectors: Vectors) -> np.ndarray:
    """Mix embeddings and shared content words; zero where fewer than two words are shared."""
    cosine = np.clip(vectors @ vectors.T, 0, 1).astype(float)
    words = [content_words(claim.tokens) for claim in claims]
    vocabulary = {word: i for i, word in enumerate(sorted(frozenset().union(*words)))} if words else {}
    presence = np.zeros((len(claims), len(vocabulary)), dtype=np.float32)
    for row, found in enumerate(words):
        presence[row, [vocabulary[word] for word in found]] = 1
    shared = presence @ presence.T
    sizes = np.maximum(presence.sum(axis=1), 1)
    dice = 2 * shared / (sizes[:, None] + sizes[None, :])
    combined = (1 - WORD_WEIGHT) * cosine + WORD_WEIGHT * np.sqrt(dice)
    combined = np.where(shared >= MIN_SHARED_WORDS, combined, 0.0)
    np.fill_diagonal(combined, 1.0)
    return np.asarray(combined)


def content_words(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the lemmas that carry the meaning of a claim."""
    return frozenset(token.lemma for token in tokens if token.pos in CONTENT and token.lemma not in EMPTY and len(token.lemma) > 1)


def _cluster_event(event: str, likeness: Likeness) -> list[Cluster]:
    alike, ids = likeness.matrix(event), likeness.events[event]
    if len(ids) < 2:
        return []
    grouping = AgglomerativeClustering(n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - SAME_FACT)
    members: dict[int, list[int]] = defaultdict(list)
    for row, label in enumerate(grouping.fit_predict(1 - alike)):
        members[int(label)].append(row)
    return [_cluster(event, alike, ids, rows) for rows in members.values() if len(rows) > 1]


def _cluster(event: str, alike: np.ndarray, ids: Sequence[str], rows: Sequence[int]) -> Cluster:
    claims = tuple(sorted(ids[row] for row in rows))
    cohesion = round(float(min(alike[a, b] for a, b in combinations(rows, 2))), 4)
    return Cluster(content_id("cluster", *claims), event, claims, cohesion)
