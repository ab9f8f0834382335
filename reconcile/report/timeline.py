"""A report in, the life of each event out: figures by the hour of report, what was corrected, and who told each claim first.

No time is made up: an article without a date stands apart, a date that is a guess is marked, and of a bare day no hour is assumed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations, pairwise
from typing import Final

from reconcile.model import Article, Claim, Cluster, Event, Evidence, Finding, Outcome, Quantity, Report, Span, is_bare_day
from reconcile.report.wording import outlet_names, publication

FIGURES: Final = frozenset({"count", "money", "quantity"})
"""Kinds of value that may grow from one report to the next."""
NOTE: Final = re.compile(
    r"^\W{0,3}(?:(?:editor|author|publisher)['’]?s note\W{1,3})?(?:corrections?|clarifications?|erratum|corrigendum)\b"
    r"(?:\s*\([^)\n]{1,40}\))?(?::|\s*[–—]|\s+-\s)"
    r"|\b(?:an|the) (?:earlier|previous|original|prior) (?:version|edition) of (?:this|the) (?:article|story|report|post|piece)\b"
    r"|\bthis (?:article|story|report|post|piece|headline) (?:has been|was) (?:corrected|amended)\b"
    r"|\b(?:article|story|report) (?:has been|was) (?:updated|changed|edited) to (?:correct|fix)\b"
    r"|\bcorrects (?:the )?(?:number|figure|name|age|spelling|date|day|headline|lead|toll|\w+ paragraph|paragraph)\b",
    re.IGNORECASE,
)
"""Words by which an article says that it was corrected."""
LONGEST_NOTE: Final = 600
"""Characters of a correction note; a longer line is an article that speaks of a correction."""


@dataclass(frozen=True, slots=True)
class Told:
    """Words of an article with when it appeared."""

    outlet: str
    evidence: Evidence
    when: datetime | None
    """When the article was published, in UTC and without a zone; None where it has no date."""
    period: tuple[datetime, datetime] | None
    """The first and the last moment at which it may have appeared."""
    published: str
    """The same in words, with its zone, marked where it is inferred."""
    inferred: bool
    day_only: bool
    """Whether only the day is known, so that no order within it can be told."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One report of a figure."""

    side: str
    """Letter of the version in the finding."""
    value: str
    """The version in words, one for all marks of a side."""
    low: float
    high: float
    told: Told


@dataclass(frozen=True, slots=True)
class Series:
    """A figure as the articles gave it, hour by hour."""

    finding: str
    point: str
    update: bool
    """Whether the rules take it for a figure that grew; otherwise the articles disagree."""
    marks: tuple[Mark, ...]
    """Those with a time, earliest first."""
    undated: tuple[Mark, ...]


class CorrectionKind(StrEnum):
    """How a correction came to light."""

    NOTE = "note"
    """The article says so itself."""
    VERSION = "version"
    """A newer version of the page puts the claim differently."""
    DROPPED = "dropped"
    """A newer version of the page lacks the claim."""
    RESTATED = "restated"
    """A later article of the same outlet gives another value."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A claim that an outlet took back or put differently."""

    kind: CorrectionKind
    point: str
    """What it is about, where a finding says so."""
    before: Told | None
    after: Told | None
    """For a note, the note itself."""


@dataclass(frozen=True, slots=True)
class First:
    """A claim that several articles tell, and which of those with a time told it first."""

    cluster: str
    told: Told
    others: int
    """Articles that tell it later."""
    undated: int
    """Articles that tell it and have no date; any of them may have been before."""
    tied: bool
    """Whether another article may have been as early: of the same hour, or of a day of which no hour is known."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The life of one event."""

    event: str
    label: str
    series: tuple[Series, ...]
    corrections: tuple[Correction, ...]
    firsts: tuple[First, ...]
    undated: tuple[str, ...]
    """Outlets whose article has no date."""

    @property
    def developed(self) -> bool:
        """Return whether anything changed in the course of the reports."""
        return bool(self.series or self.corrections)


def build_timelines(report: Report) -> tuple[Timeline, ...]:
    """Return the timeline of each event of which something developed or was told more than once; most articles first."""
    teller = _Teller(report)
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.outcome is Outcome.CONFLICT:
            found[finding.event].append(finding)
    clusters: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in report.clusters:
        clusters[cluster.event].append(cluster)
    main = {article: events[0] for article, events in report.article_events.items() if events}
    made = (
        Timeline(
            event=event.id,
            label=event.label,
            series=tuple(_series(found[event.id], teller)),
            corrections=tuple(_corrections(event, main, found[event.id], report, teller)),
            firsts=tuple(_firsts(clusters[event.id], teller)),
            undated=tuple(teller.names[name] for name in event.articles if teller.articles[name].published is None),
        )
        for event in sorted(report.events, key=lambda event: (-len(event.articles), event.id))
    )
    return tuple(timeline for timeline in made if timeline.developed or timeline.firsts)


class _Teller:
    """What every part of the timeline looks up in the report."""

    def __init__(self, report: Report) -> None:
        earlier = [version.earlier for version in report.earlier]
        self.names: Mapping[str, str] = {**{article.id: article.source for article in earlier}, **outlet_names(report.articles)}
        self.articles: Mapping[str, Article] = {article.id: article for article in (*earlier, *report.articles)}
        self.holders: dict[str, list[Claim]] = defaultdict(list)
        for claim in report.claims:
            self.holders[claim.id].append(claim)

    def before(self, a: Told, b: Told) -> bool:
        """Return whether one article surely appeared before the other."""
        return self.articles[a.evidence.article].surely_before(self.articles[b.evidence.article])

    def told(self, evidence: Evidence) -> Told:
        """Return the evidence with when its article appeared."""
        article = self.articles[evidence.article]
        given = article.published
        day_only = given is not None and is_bare_day(given)
        name, published = self.names[article.id], publication(article)
        return Told(name, evidence, article.instant, article.period, published, article.published_inferred, day_only)


def _order(told: Told) -> tuple[str, str, Span]:
    return (told.when.isoformat() if told.when else "9999", told.evidence.article, told.evidence.span)


def _series(findings: Sequence[Finding], teller: _Teller) -> Iterator[Series]:
    """Yield the figures of which a later report gives another version than an earlier one."""
    for finding in findings:
        if finding.field not in FIGURES:
            continue
        marks = sorted(_marks(finding, teller), key=lambda mark: _order(mark.told))
        dated = [mark for mark in marks if mark.told.when is not None]
        if any(a.side != b.side and teller.before(a.told, b.told) for a, b in combinations(dated, 2)):
            undated = tuple(mark for mark in marks if mark.told.when is None)
            update = any(comparison.verdict.value == "update" for comparison in finding.comparisons)
            yield Series(finding.id, finding.point, update, tuple(dated), undated)


def _marks(finding: Finding, teller: _Teller) -> Iterator[Mark]:
    """Yield each article's reports of a figure, each version once."""
    values = {
        (claim, field.span): field.value
        for comparison in finding.comparisons
        for field, claim in ((comparison.a, comparison.claim_a), (comparison.b, comparison.claim_b))
    }
    seen: set[tuple[str, str]] = set()
    for side in finding.sides:
        for evidence in side.evidence:
            value = values.get((evidence.claim, evidence.span))
            if isinstance(value, Quantity) and (side.label, evidence.article) not in seen:
                seen.add((side.label, evidence.article))
                yield Mark(side.label, side.value, value.low, value.high, teller.told(evidence))


def _corrections(
    event: Event, main: Mapping[str, str], findings: Sequence[Finding], report: Report, teller: _Teller
) -> Iterator[Correction]:
    yield from _changed_versions(event, main, report, teller)
    for name in event.articles:
        if main.get(name) == event.id:
            yield from _notes(teller.articles[name], report, teller)
    yield from _restated(findings, teller)


def _changed_versions(event: Event, main: Mapping[str, str], report: Report, teller: _Teller) -> Iterator[Correction]:
    """Yield what a newer version of a page puts differently or lacks, where dates say which of the two is newer."""
    for version in report.earlier:
        if main.get(version.article) != event.id or not version.dated:
            continue
        for change in version.changes:
            if change.before is not None:
                after = None if change.after is None else teller.told(change.after)
                kind = CorrectionKind.DROPPED if after is None else CorrectionKind.VERSION
                yield Correction(kind, "", teller.told(change.before), after)


def _notes(article: Article, report: Report, teller: _Teller) -> Iterator[Correction]:
    """Yield the lines in which an article says that it was corrected."""
    for span in _lines(article.text):
        if span.end - span.start <= LONGEST_NOTE and NOTE.search(span.of(article.text)):
            claim = next((c.id for c in report.claims if c.article == article.id and c.span.overlaps(span)), "")
            evidence = Evidence(article.id, claim, span, span.of(article.text))
            yield Correction(CorrectionKind.NOTE, "", None, teller.told(evidence))


def _lines(text: str) -> Iterator[Span]:
    for found in re.finditer(r"\S[^\n]*", text):
        yield Span(found.start(), found.start() + len(found[0].rstrip()))


def _restated(findings: Sequence[Finding], teller: _Teller) -> Iterator[Correction]:
    """Yield where a later article of an outlet gives another version than its last one did."""
    for finding in findings:
        sides: dict[str, list[tuple[str, Told]]] = defaultdict(list)
        for side in finding.sides:
            for evidence in side.evidence:
                article = teller.articles[evidence.article]
                if not article.source_inferred:
                    sides[article.source.casefold()].append((side.label, teller.told(evidence)))
        for outlet in sorted(sides):
            yield from _turns(finding.point, sides[outlet], teller)


def _turns(point: str, given: Iterable[tuple[str, Told]], teller: _Teller) -> Iterator[Correction]:
    """Yield each pair of neighbouring reports of one outlet that give nothing in common, where the one surely came first."""
    articles: dict[str, list[tuple[str, Told]]] = defaultdict(list)
    for side, told in sorted(given, key=lambda item: _order(item[1])):
        if told.when is not None:
            articles[told.evidence.article].append((side, told))
    reports = list(articles.values())
    for earlier, later in pairwise(reports):
        if not {side for side, _ in earlier} & {side for side, _ in later} and teller.before(earlier[0][1], later[0][1]):
            yield Correction(CorrectionKind.RESTATED, point, earlier[-1][1], later[0][1])


def _firsts(clusters: Sequence[Cluster], teller: _Teller) -> Iterator[First]:
    """Yield, for each claim that several articles tell, the earliest of those that have a time."""
    for cluster in clusters:
        tellings = _tellings(cluster, teller)
        dated = sorted((told for told in tellings if told.when is not None), key=_order)
        if len(tellings) > 1 and dated:
            tied = any(not teller.before(dated[0], other) for other in dated[1:])
            yield First(cluster.id, dated[0], len(dated) - 1, len(tellings) - len(dated), tied)


def _tellings(cluster: Cluster, teller: _Teller) -> list[Told]:
    """Return the first claim of each article in a cluster."""
    claims = sorted((c for name in set(cluster.claims) for c in teller.holders[name]), key=lambda claim: (claim.article, claim.order))
    first = {claim.article: claim for claim in reversed(claims)}
    return [teller.told(Evidence(claim.article, claim.id, claim.span, claim.text)) for claim in first.values()]
