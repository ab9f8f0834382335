"""Profiles in, pairs of articles out, with all that speaks for and against their telling of one event, in numbers.

The pairs come from indexes of nearest neighbours; no feature looks at all pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from reconcile.events.profiles import KINDS, Profile
from reconcile.models.bags import SHARED, Rows, Values, weigh
from reconcile.models.embedder import Vectors
from reconcile.models.index import Neighbours, cosines, nearest, nearest_sparse

WIDTH = 30
"""Neighbours of an article, by each kind of likeness, that are looked at."""
CROWD = 10
"""Neighbours that tell how crowded the space round an article is."""
STRANGERS = {"lead": 0.2, "words": 0.05, "names": 0.05}
"""Cosine of two articles that have nothing to do with each other: what a small pot is filled up with."""
SPACE = ("margin", "crowding", "rank", "worse rank")
"""How a pair stands among the neighbours of both: how far it is behind the best, ahead of the crowd (cross-domain similarity local
scaling, Conneau et al. 2018), and at which place of each other's list the two stand."""
ARTICLE_LENGTH = 300
"""Words of an article."""
LARGE = 100
"""Articles from which a pot is a large one: neighbours then tell enough, whatever its size."""

FEATURES: tuple[str, ...] = (
    *(f"{kind}: {feature}" for kind in KINDS for feature in SHARED),
    "lead: cosine",
    *(f"{space}: {feature}" for space in STRANGERS for feature in SPACE),
    "days between publication",
    "days between leads",
    "days in common",
    "figures in common",
    "shorter length",
    "longer length",
    "articles",
)
"""What a pair of articles is judged by, in the order of the columns."""


def find_pairs(profiles: Sequence[Profile], leads: Vectors, language: str) -> tuple[Rows, Values]:
    """Return the candidate pairs (rows of two positions) and their features; NaN where an article does not say."""
    bags = {kind: weigh([p.traits[kind] for p in profiles], language, ARTICLE_LENGTH, repeated=kind == "phrases") for kind in KINDS}
    spaces = {
        "lead": nearest(leads, WIDTH),
        "words": nearest_sparse(bags["words"].unit, WIDTH),
        "names": nearest_sparse(bags["names"].unit, WIDTH),
    }
    pairs = np.unique(np.concatenate([space.pairs() for space in spaces.values()]), axis=0)
    first, second = pairs[:, 0], pairs[:, 1]
    cosine_of = {
        "lead": cosines(leads, first, second),
        "words": bags["words"].cosine(first, second),
        "names": bags["names"].cosine(first, second),
    }
    columns = [column for kind in KINDS for column in bags[kind].shared(first, second)]
    columns.append(cosine_of["lead"])
    for name, space in spaces.items():
        columns += _place(space, cosine_of[name], STRANGERS[name], first, second)
    columns += _dates([(profiles[i], profiles[j]) for i, j in pairs.tolist()])
    length = np.log1p([sum(profile.traits["words"].values()) for profile in profiles])
    columns += [np.minimum(length[first], length[second]), np.maximum(length[first], length[second])]
    columns.append(np.full(len(pairs), np.log(min(len(profiles), LARGE))))
    return pairs, np.asarray(np.round(np.stack(columns, axis=1), 6), dtype=np.float64)


def _place(space: Neighbours, cosine: Values, stranger: float, first: Rows, second: Rows) -> list[Values]:
    """Return the columns SPACE."""
    near = space.padded(CROWD, stranger)
    best, crowd = near[:, 0], near.mean(axis=1)
    ranks = space.ranks(first, second), space.ranks(second, first)
    return [
        np.minimum(cosine - best[first], cosine - best[second]),
        2 * cosine - crowd[first] - crowd[second],
        np.log1p(np.minimum(*ranks)),
        np.log1p(np.maximum(*ranks)),
    ]


def _dates(couples: Sequence[tuple[Profile, Profile]]) -> list[Values]:
    """Return the columns of days and figures."""
    published = [_apart(_known(a.published), _known(b.published)) for a, b in couples]
    lead = [_apart(a.lead_days, b.lead_days) for a, b in couples]
    common = [len(a.days & b.days) for a, b in couples]
    figures = [(len(a.figures & b.figures) or -1) if a.figures and b.figures else np.nan for a, b in couples]
    return [np.array(column, dtype=np.float64) for column in (published, lead, common, figures)]


def _known(day: date | None) -> tuple[date, ...]:
    return (day,) if day else ()


def _apart(a: Iterable[date], b: Iterable[date]) -> float:
    """Return the days between the nearest two of two sets of days; NaN where one is empty."""
    return float(min((abs((x - y).days) for x in a for y in b), default=np.nan))
