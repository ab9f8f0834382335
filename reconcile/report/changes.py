"""The report.json of the last run and that of this one in, what changed between them out, updates first, in plain text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from reconcile.errors import InputError
from reconcile.model import Outcome, Severity
from reconcile.report.wording import KIND_WORDS, counted, listed, opening, shortened, visible

Json = Mapping[str, Any]
LONGEST: Final = 240
SHOWN: Final = 25
"""Changes that are printed; the others are counted."""
ORDER: Final = (
    Severity.UPDATE.value, Severity.CONTRADICTION.value, Severity.TENSION.value, Severity.TERMINOLOGY.value, Severity.GRANULARITY.value,
    Outcome.AGREEMENT.value, Outcome.SINGLE_SOURCE.value,
)  # fmt: skip


class Kind(StrEnum):
    """What became of a finding."""

    NEW = "new"
    REGRADED = "regraded"
    SECONDED = "no longer in one article only"
    MORE = "more evidence"
    FEWER = "less evidence"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Changed:
    """A finding that is new, gone or otherwise than before."""

    kind: Kind
    sort: str
    """Severity, or the outcome of what is no conflict."""
    before: str
    """The same in the last run; "" for a new finding."""
    priority: int
    id: str
    message: str
    outlets: tuple[str, ...]
    """Whose evidence came, or went."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from one run to the next."""

    added: tuple[str, ...]
    """Articles, by outlet and id, as are those removed and those whose text is another."""
    removed: tuple[str, ...]
    rewritten: tuple[str, ...]
    findings: tuple[Changed, ...]
    kept: int
    """Findings that are as they were."""


def find_changes(before: Json, after: Json) -> Changes:
    """Compare two report.json by content. Raises InputError where one lacks what the schema demands."""
    try:
        return _compare(before, after)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        raise InputError(f"the report lacks what the schema demands ({type(error).__name__}: {error}); make it anew") from error


def _compare(before: Json, after: Json) -> Changes:
    old, new = ({article["id"]: article for article in report["articles"]} for report in (before, after))
    changed = tuple(_findings(before, after, {**old, **new}))
    return Changes(
        added=_names([new[name] for name in new if name not in old]),
        removed=_names([old[name] for name in old if name not in new]),
        rewritten=_names([new[name] for name in new if name in old and new[name]["sha256"] != old[name]["sha256"]]),
        findings=tuple(sorted(changed, key=_rank)),
        kept=len(after["findings"]) - sum(one.kind is not Kind.GONE for one in changed),
    )


def _names(articles: Sequence[Json]) -> tuple[str, ...]:
    return tuple(f"{article['source']} ({article['id']})" for article in articles)


def _rank(changed: Changed) -> tuple[object, ...]:
    return (changed.kind is Kind.GONE, ORDER.index(changed.sort), changed.priority, list(Kind).index(changed.kind), changed.id)


def _findings(before: Json, after: Json, articles: Mapping[str, Json]) -> Iterator[Changed]:
    """Pair each finding with that of the last run which has its id, or else shares most of its evidence, and tell what differs."""
    left = {finding["id"]: finding for finding in before["findings"]}
    pairs = [(finding, left.pop(finding["id"], None)) for finding in after["findings"]]
    holders: dict[object, list[str]] = defaultdict(list)
    for name, finding in left.items():
        for words in _evidence(finding):
            holders[_family(finding), words].append(name)
    for finding, same in pairs:
        own = _evidence(finding)
        shared = [name for words in sorted(own) for name in holders[_family(finding), words] if name in left]
        nearest = max(sorted(set(shared)), key=lambda name: shared.count(name), default=None)
        old = same or (left.pop(nearest) if nearest is not None else None)
        if changed := _changed(finding, old, articles):
            yield changed
    yield from (_made(Kind.GONE, finding, finding, frozenset(), articles) for finding in left.values())


def _family(finding: Json) -> str:
    """Return what two findings have in common that may be one: the rule; a claim told once may since be agreed on."""
    return str(finding["rule"]) if finding["outcome"] == Outcome.CONFLICT.value else "told"


def _evidence(finding: Json) -> frozenset[tuple[str, str]]:
    return frozenset((evidence["article"], evidence["quote"]) for side in finding["sides"] for evidence in side["evidence"])


def _changed(finding: Json, old: Json | None, articles: Mapping[str, Json]) -> Changed | None:
    if old is None:
        return _made(Kind.NEW, finding, None, frozenset(), articles)
    came, went = _evidence(finding) - _evidence(old), _evidence(old) - _evidence(finding)
    if finding["outcome"] != old["outcome"]:
        return _made(Kind.SECONDED if old["outcome"] == Outcome.SINGLE_SOURCE.value else Kind.REGRADED, finding, old, came, articles)
    if finding["severity"] != old["severity"]:
        return _made(Kind.REGRADED, finding, old, came, articles)
    if came:
        return _made(Kind.MORE, finding, old, came, articles)
    return _made(Kind.FEWER, finding, old, went, articles) if went else None


def _made(kind: Kind, finding: Json, old: Json | None, moved: frozenset[tuple[str, str]], articles: Mapping[str, Json]) -> Changed:
    outlets = tuple(sorted({str(articles[article]["source"]) for article, _ in moved}))
    before = _sort(old) if old is not None else ""
    return Changed(kind, _sort(finding), before, int(finding["priority"]), str(finding["id"]), str(finding["message"]), outlets)


def _sort(finding: Json) -> str:
    return str(finding["severity"] or finding["outcome"])


def render_changes(changes: Changes) -> str:
    """Write the changes in lines: articles first, then findings, updates before all others."""
    told = [one for one in changes.findings if one.sort != Outcome.SINGLE_SOURCE.value or one.priority == 1]
    untold = [one for one in changes.findings if one not in told]
    lines = [*_article_lines(changes), *map(_line, told[:SHOWN])]
    if rest := len(told[SHOWN:]):
        lines.append(f"and {counted(rest, 'more change')}")
    for kind, words in ((Kind.NEW, "new"), (Kind.GONE, "gone")):
        if n := sum(one.kind is kind for one in untold):
            lines.append(f"{words}: {counted(n, 'claim')} in one article only")
    if not changes.findings:
        lines.append("no finding changed")
    return "".join(f"{visible(line)}\n" for line in lines)


def _article_lines(changes: Changes) -> Iterator[str]:
    for names, verb in ((changes.added, "added"), (changes.removed, "removed"), (changes.rewritten, "rewritten")):
        if names:
            yield f"{opening(counted(len(names), 'article'))} {verb}: {listed(names[:5])}" + (" and others" if len(names) > 5 else "")


def _line(changed: Changed) -> str:
    kind = _words(changed.sort)
    what = {
        Kind.NEW: f"new, {kind}",
        Kind.REGRADED: f"now {kind} (before: {_words(changed.before)})",
        Kind.SECONDED: f"no longer in one article only, now {kind}",
        Kind.MORE: f"more evidence, {kind}",
        Kind.FEWER: f"less evidence, {kind}",
        Kind.GONE: f"gone, was {kind}",
    }[changed.kind]
    whose = f" ({listed(changed.outlets)})" if changed.outlets else ""
    return f"{what}{whose}: {shortened(changed.message, LONGEST)} [{changed.id[:6]}]"


def _words(sort: str) -> str:
    return {**KIND_WORDS, Outcome.AGREEMENT.value: "agreed", Outcome.SINGLE_SOURCE.value: "in one article only"}.get(sort, sort)
