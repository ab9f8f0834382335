"""Pairs of articles with their probability of telling one event in, groups of articles out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from scipy.cluster.hierarchy import cophenet, fcluster, linkage
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from reconcile.models.bags import Rows, Values

TINY = 1e-9
"""What rounding may add to a distance."""
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


def levels(count: int, pairs: Rows, probabilities: Values, groups: Sequence[Sequence[int]]) -> dict[tuple[int, int], float]:
    """Return for the given pairs, and for all pairs of each group, how probable the merge is that brings the two together.

    That is the cophenetic similarity of average linkage (Sokal and Rohlf 1962): what the articles round the two say of them as well.
    """
    number = {member: i for i, members in enumerate(groups) for member in members}
    found: dict[tuple[int, int], float] = {}
    for web, ties, known in _webs(np.arange(count), pairs, probabilities, 0) if count else ():
        if len(web) > 1:
            square = 1 - squareform(cophenet(_tree(web, ties, known)))
            own = np.array([number[int(member)] for member in web])
            wanted = np.triu(own[:, None] == own[None, :], 1)
            rows = np.sort(np.searchsorted(web, ties), axis=1)
            wanted[rows[:, 0], rows[:, 1]] = True
            found.update({(int(web[a]), int(web[b])): round(float(square[a, b]), 6) for a, b in np.argwhere(wanted).tolist()})
    return found


def _cluster(web: Rows, pairs: Rows, probabilities: Values, join: float) -> list[list[int]]:
    if len(web) == 1:
        return [[int(web[0])]]
    groups: dict[int, list[int]] = defaultdict(list)
    for member, label in zip(web.tolist(), fcluster(_tree(web, pairs, probabilities), 1 - join + TINY, "distance"), strict=True):
        groups[int(label)].append(member)
    return list(groups.values())


def _tree(web: Rows, pairs: Rows, probabilities: Values) -> Values:
    """Return the merges of average linkage over one web."""
    rows = np.searchsorted(web, pairs)
    distance = np.ones((len(web), len(web)))
    distance[rows[:, 0], rows[:, 1]] = distance[rows[:, 1], rows[:, 0]] = 1 - probabilities
    np.fill_diagonal(distance, 0)
    return np.asarray(linkage(squareform(distance, checks=False), "average"))
