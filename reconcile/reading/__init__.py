"""Paths in, articles out; what cannot be read is named, and the run goes on without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from reconcile.errors import InputError
from reconcile.model import Article, EarlierVersion, Problem
from reconcile.reading.documents import Document, make_article
from reconcile.reading.editions import set_aside
from reconcile.reading.fetching import is_address
from reconcile.reading.files import find_files, read_address, read_file
from reconcile.reading.memory import Memory

__all__ = ["Reading", "read_paths"]


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a document."""

    item: Article | Problem


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and what could not be."""

    articles: tuple[Article, ...]
    """Sorted by id; no two have the same id."""
    problems: tuple[Problem, ...]
    earlier: tuple[EarlierVersion, ...] = ()
    """Articles that a newer version, or another copy of their text, stands for."""


def read_paths(paths: Sequence[str], *, every_version: bool = False, allow_fetch: bool = False, cache: Memory | None = None) -> Reading:
    """Read files and folders of articles, the newest version of each unless `every_version`; addresses only with `allow_fetch`.

    `cache` gives back what was read out of the same bytes before.
    Raises InputError, with every reason, only when there is nothing left to compare.
    """
    addresses = sorted({path for path in paths if is_address(path)})
    files, problems = find_files([path for path in paths if not is_address(path)])
    documents: list[Document] = []
    for found, wrong in chain((read_file(file, cache) for file in files), (read_address(address, allow_fetch) for address in addresses)):
        documents += found
        problems += wrong
    made = _made(sorted(documents, key=lambda item: (item.name, item.path, item.line or 0)), cache)
    problems += [item for item in made if isinstance(item, Problem)]
    articles = _renamed([item for item in made if isinstance(item, Article)])
    if not articles:
        told = sorted({str(problem) for problem in problems})
        raise InputError("\n".join(told) or "no article was given; name a file or a folder")
    kept, earlier = (articles, ()) if every_version else set_aside(articles)
    return Reading(kept, tuple(sorted(set(problems), key=str)), earlier)


def _made(documents: Sequence[Document], cache: Memory | None) -> list[Article | Problem]:
    if cache is None:
        return [make_article(document) for document in documents]
    given = {i: (repr(document),) for i, document in enumerate(documents)}
    made = cache.keep_all("article", given, Made, lambda missing: {i: Made(make_article(documents[i])) for i in missing})
    return [made[i].item for i in given]


def _renamed(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Give each article an id of its own: whoever comes first keeps a shared one, the others are numbered from 2."""
    taken = {article.id for article in articles}
    first: set[str] = set()
    named = []
    for article in articles:
        if article.id in first:
            number = next(n for n in range(2, len(articles) + 2) if f"{article.id}-{n}" not in taken)
            article = replace(article, id=f"{article.id}-{number}")
        first.add(article.id)
        taken.add(article.id)
        named.append(article)
    return tuple(sorted(named, key=lambda article: article.id))
