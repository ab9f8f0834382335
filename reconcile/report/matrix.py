"""A report in, claims × articles out: which article states each point, which states it otherwise, and which is silent on it.

A row is a finding, so that every mark has its words. Silent means that nothing was found on the point: it is no disagreement.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from reconcile.model import Article, Event, Evidence, Finding, Outcome, Report, Severity, Side
from reconcile.report.csv import harmless
from reconcile.report.wording import KIND_WORDS, outlet_names, publication, short_ids

FEWEST: Final = 2
"""Articles of an event that make a matrix."""


class Stance(StrEnum):
    """What an article says on a point."""

    STATED = "stated"
    """It gives the version that was told first (side A), which makes it no truer than the others."""
    OTHERWISE = "stated otherwise"
    BOTH = "both"
    """It gives the first version and another."""
    SILENT = "silent"


SYMBOLS: Final[Mapping[Stance, str]] = {Stance.STATED: "●", Stance.OTHERWISE: "○", Stance.BOTH: "◐", Stance.SILENT: "·"}
"""Marks that are told apart without colours."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one article says on one point."""

    article: str
    stance: Stance
    sides: tuple[str, ...]
    """Labels of the versions that it gives; none for an agreement or a claim that nobody disputes."""
    evidence: tuple[Evidence, ...]

    @property
    def mark(self) -> str:
        """Return the symbol, with the letters of the versions where there are several."""
        return " ".join((SYMBOLS[self.stance], *self.sides))

    @property
    def words(self) -> str:
        """Return the mark in words."""
        return f"{self.stance.value} ({', '.join(self.sides)})" if self.sides else self.stance.value


@dataclass(frozen=True, slots=True)
class Row:
    """One point, and what every article of its event says on it."""

    finding: str
    short: str
    """The beginning of the finding's id that no other finding has."""
    outcome: Outcome
    severity: Severity | None
    kind: str
    """The outcome in words: "at odds", "agreed", "one article only"."""
    point: str
    versions: tuple[tuple[str, str], ...]
    """Label and words of each version; one without a label where nobody disputes the point."""
    cells: tuple[Cell, ...]
    """A cell for each column."""


@dataclass(frozen=True, slots=True)
class Column:
    """An article that tells of the event."""

    article: str
    outlet: str
    published: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """The points of one event, the weightiest first, by its articles, the earliest first."""

    event: str
    label: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def build_matrices(report: Report) -> tuple[Matrix, ...]:
    """Return a matrix for each event that several articles tell of and something was found on; most articles first."""
    names = outlet_names(report.articles)
    articles = {article.id: article for article in report.articles}
    short = short_ids([finding.id for finding in (*report.findings, *report.rejected)])
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        found[finding.event].append(finding)
    told = [event for event in report.events if len(event.articles) >= FEWEST and found[event.id]]
    told.sort(key=lambda event: (-len(event.articles), event.id))
    return tuple(_matrix(event, found[event.id], articles, names, short) for event in told)


def _matrix(
    event: Event, findings: Sequence[Finding], articles: Mapping[str, Article], names: Mapping[str, str], short: Mapping[str, str]
) -> Matrix:
    columns = sorted((articles[name] for name in event.articles), key=_hour)
    rows = tuple(_row(finding, columns, short) for finding in findings)
    return Matrix(event.id, event.label, tuple(Column(a.id, names[a.id], publication(a)) for a in columns), rows)


def _hour(article: Article) -> tuple[str, str]:
    return (article.instant.isoformat() if article.instant else "9999", article.id)


def _row(finding: Finding, columns: Sequence[Article], short: Mapping[str, str]) -> Row:
    disputed = finding.outcome is Outcome.CONFLICT
    return Row(
        finding=finding.id,
        short=short[finding.id],
        outcome=finding.outcome,
        severity=finding.severity,
        kind=_kind(finding),
        point=finding.point if finding.outcome is not Outcome.SINGLE_SOURCE else finding.message,
        versions=tuple((side.label if disputed else "", side.value) for side in finding.sides),
        cells=tuple(_cell(article.id, finding.sides, disputed) for article in columns),
    )


def _kind(finding: Finding) -> str:
    if finding.severity is not None:
        return KIND_WORDS[finding.severity]
    return "agreed" if finding.outcome is Outcome.AGREEMENT else "one article only"


def _cell(article: str, sides: Sequence[Side], disputed: bool) -> Cell:
    given = [(side.label, [evidence for evidence in side.evidence if evidence.article == article]) for side in sides]
    labels = tuple(label for label, evidence in given if evidence)
    evidence = tuple(one for _, own in given for one in own)
    first = bool(sides) and sides[0].label in labels
    stance = Stance.SILENT if not labels else Stance.OTHERWISE if not first else Stance.BOTH if len(labels) > 1 else Stance.STATED
    return Cell(article, stance, labels if disputed else (), evidence)


def render_matrix(report: Report) -> str:
    """Return all matrices as one CSV: a line for each point, a column for each article; empty where an article tells of another event."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    articles = [article.id for article in report.articles]
    writer.writerow(["event", "finding", "kind", "point", "versions", *map(harmless, articles)])
    writer.writerows(_lines(report, articles))
    return lines.getvalue()


def _lines(report: Report, articles: Sequence[str]) -> Iterator[list[str]]:
    for matrix in build_matrices(report):
        for row in matrix.rows:
            cells = {cell.article: cell.words for cell in row.cells}
            versions = "; ".join(f"{label}: {words}" if label else words for label, words in row.versions)
            head = (matrix.event, row.finding, row.kind, row.point, versions)
            yield [*map(harmless, head), *(cells.get(article, "") for article in articles)]
