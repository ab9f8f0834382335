"""Articles in; the newest version of each, with the earlier ones set aside, out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

import numpy as np
from courlan import normalize_url
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from reconcile.model import Article, EarlierVersion, in_utc

SHARED = 0.5
"""Part of the words of the shorter text that two versions of one page have in common; an address shared by chance joins no articles."""
REACH = 20
"""Later articles at one address that each is compared with; keeps the search linear."""
MOBILE = re.compile(r"^(?:(?:www|m|mobile|amp)\.)+")
WORD = re.compile(r"\w{4,}")


def set_aside(articles: Sequence[Article]) -> tuple[tuple[Article, ...], tuple[EarlierVersion, ...]]:
    """Keep the newest of the articles that share their text, or their address and most of their words, whatever order they come in.

    Where no date tells, the longer text is kept, and of equals the first by id.
    """
    ordered = sorted(articles, key=lambda article: article.id)
    kept: list[Article] = []
    earlier: list[EarlierVersion] = []
    for group in _groups(ordered):
        first, *others = sorted(group, key=lambda article: (_when(article), len(article.text)), reverse=True)
        kept.append(first)
        earlier += (EarlierVersion(first.id, old, first.text == old.text, _when(first) > _when(old) > datetime.min) for old in others)
    return (
        tuple(sorted(kept, key=lambda article: article.id)),
        tuple(sorted(earlier, key=lambda version: (version.article, version.earlier.id))),
    )


def _groups(articles: Sequence[Article]) -> list[list[Article]]:
    """Part the articles into those that are versions of one another."""
    pairs = [*_neighbours(articles, lambda article: article.text), *_neighbours(articles, _address)]
    words = cache(lambda i: frozenset(WORD.findall(articles[i].text.lower())))
    links = [(i, j) for i, j in pairs if articles[i].text == articles[j].text or _alike(words(i), words(j))]
    rows, columns = zip(*links, strict=True) if links else ((), ())
    shape = (len(articles), len(articles))
    count, labels = connected_components(coo_array((np.ones(len(links)), (rows, columns)), shape=shape), directed=False)
    groups: list[list[Article]] = [[] for _ in range(count)]
    for article, label in zip(articles, labels, strict=True):
        groups[label].append(article)
    return groups


def _neighbours(articles: Sequence[Article], key: Callable[[Article], str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of articles with one key, each with the next few in time."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i in sorted(range(len(articles)), key=lambda i: _when(articles[i])):
        if found := key(articles[i]):
            groups[found].append(i)
    for group in groups.values():
        for place, i in enumerate(group):
            yield from ((i, j) for j in group[place + 1 : place + 1 + REACH])


def _when(article: Article) -> datetime:
    """Return when a text was last known to change, in UTC; undated texts come before all others."""
    return in_utc(article.modified) or article.instant or datetime.min


def _address(article: Article) -> str:
    """Return where an article stands on the net, without what only tracks its readers; the front page of a site is no address."""
    try:
        parts = urlsplit(normalize_url(article.url or ""))
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    if parts.scheme not in {"http", "https"}:
        return f"{parts.scheme}:{path}" if parts.scheme and path else ""
    host = MOBILE.sub("", parts.hostname or "")
    return f"{host}{path.removesuffix('/amp')}?{parts.query}" if path or parts.query else ""


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= SHARED * max(1, min(len(a), len(b)))
