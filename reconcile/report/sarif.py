"""A report in, its conflicts as SARIF 2.1.0 out, for code hosts and editors that show findings in the file they stand in.

Format: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from reconcile.model import Acceptance, Article, Evidence, Finding, Outcome, Report, Severity
from reconcile.report.json import dump
from reconcile.report.places import Passages, Place
from reconcile.report.wording import KIND_WORDS, acceptance_words, opening, visible

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE: Final = "REPORT"
"""Stands for the folder that the report is written to."""
LEVELS: Final[Mapping[Severity | None, str]] = {
    Severity.CONTRADICTION: "error",
    Severity.TENSION: "warning",
    Severity.TERMINOLOGY: "note",
    Severity.GRANULARITY: "note",
    Severity.UPDATE: "note",
}
Json = dict[str, Any]


def render_sarif(report: Report) -> str:
    """Write every conflict as a result: the first passage is where it is shown, all others are related to it."""
    conflicts = [finding for finding in report.findings if finding.outcome is Outcome.CONFLICT]
    rules = sorted({finding.rule for finding in conflicts})
    writer = _Writer(report, {name: place for place, name in enumerate(rules)})
    run: Json = {
        "tool": {
            "driver": {
                "name": "reconcile",
                "semanticVersion": _version(report.version),
                "version": visible(report.version),
                "rules": [_rule(name, conflicts) for name in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE: {"description": {"text": "The folder that the report was written to"}}},
        "artifacts": writer.artifacts,
        "results": [writer.result(finding) for finding in conflicts],
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": [*_notifications(report)]}],
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _plain(text: str) -> str:
    return visible(text).replace("](", "] (").replace("{", "{{").replace("}", "}}")


def _version(version: str) -> str:
    """Return the version as semver has it, which wants three numbers."""
    numbers = [part for part in version.split(".") if part.isascii() and part.isdigit()]
    return ".".join([*numbers, "0", "0", "0"][:3])


def _rule(name: str, conflicts: Sequence[Finding]) -> Json:
    own = [finding for finding in conflicts if finding.rule == name]
    points = sorted({visible(finding.point) for finding in own if finding.point})
    settle = sorted({visible(finding.settle) for finding in own if finding.settle})
    about = "; ".join(points) or name
    help_text = f"Compares: {about}." + (f" What would settle it: {'; '.join(settle)}." if settle else "")
    gravest = min((list(Severity).index(finding.severity) for finding in own if finding.severity), default=len(Severity) - 1)
    return {
        "id": visible(name) or "none",
        "shortDescription": {"text": about},
        "help": {"text": f"{help_text} `reconcile explain report.json ID` gives the reasons behind a finding."},
        "defaultConfiguration": {"level": LEVELS[list(Severity)[gravest]]},
    }


def _notifications(report: Report) -> Iterator[Json]:
    """Yield what could not be read and what is stale; neither is a result."""
    for level, problems in (("error", report.problems), ("warning", report.stale)):
        for problem in problems:
            yield {"level": level, "message": {"text": visible(str(problem))}}


class _Writer:
    """What every result needs of the report."""

    def __init__(self, report: Report, rules: Mapping[str, int]) -> None:
        self.rules = rules
        self.passages = Passages(report)
        self.artifacts: list[Json] = []
        self.order: dict[str, int] = {}
        self.articles = {article.id: article for article in report.articles}
        self.accepted = {acceptance.finding: acceptance for acceptance in report.accepted}
        self.compared = "baseline" in report.options
        for article in report.articles:
            self._add(article)

    def _add(self, article: Article) -> None:
        """Note the file of an article; a record stands inside its file, with its text, since no viewer could cut it out."""
        place = self.passages.files[article.id]
        artifact: Json = {"location": self._file(place)}
        if place.record:
            container = self._index({"location": {"uri": place.uri.partition("#")[0]}})
            artifact |= {"parentIndex": container, "contents": {"text": article.text}}
        self.order[article.id] = self._index(artifact)

    def _index(self, artifact: Json) -> int:
        """Return the place of an artifact, which is listed once."""
        if artifact not in self.artifacts:
            self.artifacts.append(artifact)
        return self.artifacts.index(artifact)

    def _file(self, place: Place) -> Json:
        return {"uri": place.uri, "uriBaseId": BASE} if place.beside_report else {"uri": place.uri}

    def result(self, finding: Finding) -> Json:
        passages = [(side.label, evidence) for side in finding.sides for evidence in side.evidence]
        value: Json = {
            "ruleId": visible(finding.rule) or "none",
            "ruleIndex": self.rules[finding.rule],
            "kind": "fail",
            "level": LEVELS[finding.severity],
            "message": {"text": self._message(finding)},
            "locations": [self._location(passages[0][1], "")],
            "relatedLocations": [
                {"id": place, **self._location(evidence, f"Version {label}")} for place, (label, evidence) in enumerate(passages[1:], 1)
            ],
            "partialFingerprints": {"reconcileFinding/v1": finding.id},
            "rank": round(100 * finding.confidence, 1),
            "properties": {"priority": finding.priority, "scope": finding.scope, "field": finding.field, "event": visible(finding.event)},
        }
        acceptance = self.accepted.get(finding.id)
        if self.compared:
            value["baselineState"] = "unchanged" if acceptance and acceptance.kind == "known" else "new"
        if acceptance and acceptance.kind == "suppressed":
            value["suppressions"] = [_suppression(acceptance)]
        return value

    def _message(self, finding: Finding) -> str:
        """Say it in plain words; a bracket before a parenthesis would be a link, and a single brace a placeholder."""
        kind = opening(KIND_WORDS[finding.severity]) if finding.severity else "Conflict"
        return _plain(f"{kind}: {finding.message}")

    def _location(self, evidence: Evidence, label: str) -> Json:
        article = self.articles[evidence.article]
        region = self.passages.region(evidence)
        words = f'{article.source}: "{evidence.quote}"'
        return {
            "physicalLocation": {
                "artifactLocation": {**self._file(self.passages.files[article.id]), "index": self.order[article.id]},
                "region": {
                    "startLine": region.line,
                    "startColumn": region.column,
                    "endLine": region.end_line,
                    "endColumn": region.end_column,
                    "charOffset": evidence.span.start,
                    "charLength": evidence.span.end - evidence.span.start,
                    "snippet": {"text": evidence.quote},
                },
            },
            "message": {"text": _plain(f"{label}, {words}" if label else words)},
        }


def _suppression(acceptance: Acceptance) -> Json:
    return {"kind": "external", "status": "accepted", "justification": visible(acceptance_words(acceptance))}
