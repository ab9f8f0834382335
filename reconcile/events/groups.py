"""Pairs of articles with their probability of telling one event in, groups of articles out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import cophenet, fcluster, linkage
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from reconcile.models.bags import Rows, Values

TINY = 1e-9
"""What rounding may add to a distance."""
FAINT = (0.02, 0.05, 0.1, 0.2, 0.4)
"""A pair less probable than this ties nothing together; the higher values serve where a web of weak ties grows beyond WEB."""
WEB = 4000
"""Articles that are clustered at once: their distances fill a square matrix."""


@dataclass(frozen=True, slots=True)
class Web:
    """Articles that a chain of ties holds together: only those can share a group."""

    members: Rows
    pairs: Rows
    """The given pairs among them, as two places in `members`, the smaller first."""
    merges: Values
    """The tree of average linkage over all of them, as scipy gives it; empty for a single article."""


def weave(count: int, pairs: Rows, probabilities: Values) -> list[Web]:
    """Part articles into webs and cluster each by itself; pairs that are not given count as 0."""
    return [_web(*parted) for parted in _parted(np.arange(count), pairs, probabilities, 0)] if count else []


def group(webs: Sequence[Web], join: float) -> list[list[int]]:
    """Return groups of articles that tell one event with `join` probability or more on average (average linkage), each sorted."""
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, web in enumerate(webs):
        labels = fcluster(web.merges, 1 - join + TINY, "distance") if len(web.members) > 1 else [0]
        for member, label in zip(web.members.tolist(), labels, strict=True):
            groups[number, int(label)].append(member)
    return sorted(groups.values())


def levels(webs: Sequence[Web], groups: Sequence[Sequence[int]]) -> dict[tuple[int, int], float]:
    """Return for the given pairs, and for all pairs of each group, how probable the merge is that brings the two together.

    That is the cophenetic similarity of average linkage (Sokal and Rohlf 1962): what the articles round the two say of them as well.
    """
    number = {member: i for i, members in enumerate(groups) for member in members}
    found: dict[tuple[int, int], float] = {}
    for web in (web for web in webs if len(web.members) > 1):
        square = 1 - squareform(cophenet(web.merges))
        own = np.array([number[member] for member in web.members.tolist()])
        wanted = np.triu(own[:, None] == own[None, :], 1)
        wanted[web.pairs[:, 0], web.pairs[:, 1]] = True
        for a, b in np.argwhere(wanted).tolist():
            found[int(web.members[a]), int(web.members[b])] = round(float(square[a, b]), 6)
    return found


def _parted(members: Rows, pairs: Rows, probabilities: Values, level: int) -> Iterator[tuple[Rows, Rows, Values]]:
    """Part articles by their ties, each part with its pairs; a part that is too large is parted again by stronger ties."""
    kept = probabilities >= FAINT[level]
    rows = np.searchsorted(members, pairs)
    graph = coo_matrix((np.ones(kept.sum()), (rows[kept, 0], rows[kept, 1])), shape=(len(members), len(members)))
    count, label = connected_components(graph, directed=False)
    inside = label[rows[:, 0]] == label[rows[:, 1]]
    pairs, probabilities, part = pairs[inside], probabilities[inside], label[rows[inside, 0]]
    order, places = np.argsort(part, kind="stable"), np.argsort(label, kind="stable")
    of_pairs = np.split(order, np.cumsum(np.bincount(part, minlength=count))[:-1])
    of_members = np.split(places, np.cumsum(np.bincount(label, minlength=count))[:-1])
    for own, ties in zip(of_members, of_pairs, strict=True):
        if len(own) <= WEB or level + 1 == len(FAINT):
            yield members[own], pairs[ties], probabilities[ties]
        else:
            yield from _parted(members[own], pairs[ties], probabilities[ties], level + 1)


def _web(members: Rows, pairs: Rows, probabilities: Values) -> Web:
    rows = np.sort(np.searchsorted(members, pairs), axis=1)
    if len(members) == 1:
        return Web(members, rows, np.zeros((0, 4)))
    distance = np.ones((len(members), len(members)))
    distance[rows[:, 0], rows[:, 1]] = distance[rows[:, 1], rows[:, 0]] = 1 - probabilities
    np.fill_diagonal(distance, 0)
    return Web(members, rows, np.asarray(linkage(squareform(distance, checks=False), "average")))
