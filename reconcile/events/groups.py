"""Pairs of articles with their probability of telling one event in, groups of articles out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.cluster import AgglomerativeClustering

from reconcile.models.bags import Rows, Values

Web = tuple[Rows, Rows, Values]
"""The articles of a web, and its pairs with their probabilities."""

FAINT = (0.02, 0.05, 0.1, 0.2, 0.4)
"""A pair less probable than this ties nothing together; the higher values serve where a web of weak ties grows beyond WEB."""
WEB = 4000
"""Articles that are clustered at once: their distances fill a square matrix."""


def group(count: int, pairs: Rows, probabilities: Values, join: float) -> list[list[int]]:
    """Return groups of articles that tell one event with `join` probability or more on average (average linkage), each sorted.

    Pairs that are not given count as 0. Articles without a chain of ties between them never share a group, so each such web is
    clustered by itself.
    """
    webs = _webs(np.arange(count), pairs, probabilities, 0) if count else ()
    return sorted(part for web, ties, found in webs for part in _cluster(web, ties, found, join))


def _webs(members: Rows, pairs: Rows, probabilities: Values, level: int) -> Iterator[Web]:
    """Part articles into webs of ties, each with its pairs; a web that is too large is parted again by stronger ties."""
    kept = probabilities >= FAINT[level]
    rows = np.searchsorted(members, pairs)
    graph = coo_matrix((np.ones(kept.sum()), (rows[kept, 0], rows[kept, 1])), shape=(len(members), len(members)))
    count, label = connected_components(graph, directed=False)
    inside = label[rows[:, 0]] == label[rows[:, 1]]
    pairs, probabilities, web = pairs[inside], probabilities[inside], label[rows[inside, 0]]
    order, places = np.argsort(web, kind="stable"), np.argsort(label, kind="stable")
    of_pairs = np.split(order, np.cumsum(np.bincount(web, minlength=count))[:-1])
    of_members = np.split(places, np.cumsum(np.bincount(label, minlength=count))[:-1])
    for own, ties in zip(of_members, of_pairs, strict=True):
        if len(own) <= WEB or level + 1 == len(FAINT):
            yield members[own], pairs[ties], probabilities[ties]
        else:
            yield from _webs(members[own], pairs[ties], probabilities[ties], level + 1)


def _cluster(web: Rows, pairs: Rows, probabilities: Values, join: float) -> list[list[int]]:
    if len(web) == 1:
        return [[int(web[0])]]
    rows = np.searchsorted(web, pairs)
    distance = np.ones((len(web), len(web)))
    distance[rows[:, 0], rows[:, 1]] = distance[rows[:, 1], rows[:, 0]] = 1 - probabilities
    np.fill_diagonal(distance, 0)
    reach = np.nextafter(1 - join, 1)  # the library joins below the threshold only
    grouping = AgglomerativeClustering(n_clusters=None, metric="precomputed", linkage="average", distance_threshold=reach)
    groups: dict[int, list[int]] = defaultdict(list)
    for row, label in enumerate(grouping.fit_predict(distance)):
        groups[int(label)].append(int(web[row]))
    return list(groups.values())
