"""A report in, GitHub workflow commands out: each conflict as an annotation on the line that it stands in.

A step prints them; the host shows ten of each level. What they are made of is escaped as actions/toolkit does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from reconcile.model import Evidence, Finding, Outcome, Report, Severity
from reconcile.report.places import Passages
from reconcile.report.wording import KIND_WORDS, acceptance_words, opening, visible

COMMANDS: Final[Mapping[Severity, str]] = {Severity.CONTRADICTION: "error", Severity.TENSION: "warning"}
"""Milder ones, and all that are known or suppressed, are notices."""


def render_github(report: Report) -> str:
    """Write a line for each conflict, the gravest first."""
    order = list(Severity)
    conflicts = [finding for finding in report.findings if finding.outcome is Outcome.CONFLICT and finding.severity]
    conflicts.sort(key=lambda finding: (order.index(finding.severity or order[-1]), finding.priority))
    return "".join(f"{line}\n" for line in _lines(report, conflicts))


def _lines(report: Report, conflicts: list[Finding]) -> Iterator[str]:
    accepted = {acceptance.finding: acceptance for acceptance in report.accepted}
    passages = Passages(report)
    sources = {article.id: article.source for article in report.articles}
    for finding in conflicts:
        assert finding.severity is not None
        acceptance = accepted.get(finding.id)
        command = "notice" if acceptance else COMMANDS.get(finding.severity, "notice")
        message = f"{finding.message} What would settle it: {finding.settle}" if finding.settle else finding.message
        message += f" ({opening(acceptance_words(acceptance))})" if acceptance else ""
        first, *others = [evidence for side in finding.sides for evidence in side.evidence]
        title = f"{opening(KIND_WORDS[finding.severity])}: {finding.point}"
        others_told = "".join(f"; {sources[other.article]} {passages.where(other)}" for other in others)
        yield f"::{command} {_properties(passages, first, title)}::{_data(f'{message} [{finding.id}{others_told}]')}"
    for problem in report.stale:
        yield f"::notice title=No longer needed::{_data(str(problem))}"


def _properties(passages: Passages, evidence: Evidence, title: str) -> str:
    values: dict[str, object] = {"file": passages.path(evidence)}
    if not passages.files[evidence.article].record:
        region = passages.region(evidence)
        values |= {"line": region.line, "endLine": region.end_line}
        if region.line == region.end_line:  # the host takes columns for runs inside one line only
            values |= {"col": region.column, "endColumn": region.end_column}
    return ",".join(f"{key}={_property(str(value))}" for key, value in {**values, "title": title}.items())


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
