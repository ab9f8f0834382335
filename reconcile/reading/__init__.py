"""Paths in, articles out: text files, Markdown and JSON lines; what cannot be read is named, and the run goes on without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reconcile.errors import InputError
from reconcile.model import Article, Problem
from reconcile.reading.files import Draft, find_files, read_file

__all__ = ["Reading", "read_paths"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and what could not be."""

    articles: tuple[Article, ...]
    """Sorted by id; no two have the same id or the same text."""
    problems: tuple[Problem, ...]


def read_paths(paths: Sequence[str]) -> Reading:
    """Read files and folders of articles; raises InputError, with every reason, only when there is nothing left to compare."""
    files, problems = find_files(paths)
    drafts: list[Draft] = []
    for file in files:
        read, wrong = read_file(file)
        drafts += read
        problems += wrong
    articles, repeated = _distinct(drafts)
    problems = sorted({*problems, *repeated}, key=str)
    if not articles:
        raise InputError("\n".join(str(problem) for problem in problems) or "no article was given; name a file or a folder")
    return Reading(articles, tuple(problems))


def _distinct(drafts: Sequence[Draft]) -> tuple[tuple[Article, ...], list[Problem]]:
    """Give every article an id of its own, and keep one of those with the same text, whatever the order of the paths."""
    problems: list[Problem] = []
    texts: dict[str, Article] = {}
    for draft in sorted(drafts, key=lambda draft: (draft.article.id, draft.article.path, draft.line or 0)):
        article = draft.article
        if first := texts.get(article.text):
            problems.append(Problem(article.path, f"same text as {first.id} ({first.path}); compared once", draft.line))
        else:
            texts[article.text] = article
    return _renamed(list(texts.values())), problems


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
