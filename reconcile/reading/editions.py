"""Articles in; the newest version of each, with the earlier ones set aside, out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from courlan import normalize_url

from reconcile.model import Article, EarlierVersion, in_utc

SHARED = 0.5
"""Part of the words of the shorter text that two versions of one page have in common; an address shared by chance joins no articles."""
WORD = re.compile(r"\w{4,}")


def set_aside(articles: Sequence[Article]) -> tuple[tuple[Article, ...], tuple[EarlierVersion, ...]]:
    """Keep one article of those with the same text, and the newest of those from one address, whatever order they come in; ids differ."""
    kept, repeated = _newest(articles, lambda article: article.text)
    kept, outdated = _newest(kept, _address)
    heirs = {version.earlier.id: version.article for version in outdated}
    earlier = [*(replace(version, article=heirs.get(version.article, version.article)) for version in repeated), *outdated]
    return tuple(kept), tuple(sorted(earlier, key=lambda version: (version.article, version.earlier.id)))


def _newest(articles: Sequence[Article], key: Callable[[Article], str]) -> tuple[list[Article], list[EarlierVersion]]:
    """Keep the newest article for each key; where no date tells, the longer text, and of equals the first by id."""
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        groups[key(article) or f"\0{article.id}"].append(article)
    kept: list[Article] = []
    earlier: list[EarlierVersion] = []
    for group in groups.values():
        first, *others = sorted(group, key=lambda article: (_when(article), len(article.text), [-ord(c) for c in article.id]), reverse=True)
        kept.append(first)
        for other in others:
            same = first.text == other.text
            if same or _alike(first.text, other.text):
                earlier.append(EarlierVersion(first.id, other, same, _when(first) > _when(other) > datetime.min))
            else:
                kept.append(other)
    return sorted(kept, key=lambda article: article.id), earlier


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
    return f"{(parts.hostname or '').removeprefix('www.')}{path}?{parts.query}" if path or parts.query else ""


def _alike(a: str, b: str) -> bool:
    first, second = (set(WORD.findall(text.lower())) for text in (a, b))
    return len(first & second) >= SHARED * max(1, min(len(first), len(second)))
