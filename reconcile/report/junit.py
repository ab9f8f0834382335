"""A report in, JUnit XML out: a test suite for each event, a test case for each point on which several passages were compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree import ElementTree

from reconcile.model import Acceptance, Evidence, Finding, Outcome, Report, Severity
from reconcile.report.places import Passages
from reconcile.report.wording import KIND_WORDS, acceptance_words, publication, visible

FAILING: Final = (Severity.CONTRADICTION, Severity.TENSION)
"""Severities that fail a test; milder ones are told in its output."""
_NOT_XML = re.compile("[\ufffe\uffff]")


def render_junit(report: Report) -> str:
    """Write conflicts and agreements as test cases; what is known or suppressed is skipped, with the reason."""
    root = ElementTree.Element("testsuites", name="reconcile")
    writer = _Writer(report)
    told = [finding for finding in report.findings if finding.outcome is not Outcome.SINGLE_SOURCE]
    events = {event.id: event.label for event in report.events}
    for event in sorted({finding.event for finding in told}):
        writer.suite(root, xml_text(f"{event} {events.get(event, '')}"), [finding for finding in told if finding.event == event])
    if report.problems:
        writer.problems(root)
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def xml_text(text: str) -> str:
    """Return a text on one line that XML can hold: it knows no control characters, escaped or not."""
    return _NOT_XML.sub(lambda match: f"⟨U+{ord(match.group()):04X}⟩", visible(text))


class _Writer:
    """What every test case needs of the report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.articles = {article.id: article for article in report.articles}
        self.passages = Passages(report)
        self.accepted = {acceptance.finding: acceptance for acceptance in report.accepted}

    def suite(self, root: ElementTree.Element, name: str, findings: Sequence[Finding]) -> None:
        """Add a suite with a case for each finding."""
        suite = ElementTree.SubElement(root, "testsuite", name=name)
        for finding in findings:
            self._case(suite, finding)
        _count(suite)

    def problems(self, root: ElementTree.Element) -> None:
        """Add a suite of what could not be read: nothing can be said of it."""
        suite = ElementTree.SubElement(root, "testsuite", name="input")
        for problem in self.report.problems:
            case = ElementTree.SubElement(suite, "testcase", classname="input", name=xml_text(problem.path))
            ElementTree.SubElement(case, "error", type="input", message=xml_text(str(problem)))
        _count(suite)

    def _case(self, suite: ElementTree.Element, finding: Finding) -> None:
        first = finding.sides[0].evidence[0]
        case = ElementTree.SubElement(
            suite,
            "testcase",
            classname=xml_text(finding.rule),
            name=xml_text(f"{finding.point or finding.message} ({finding.id})"),
            file=xml_text(self.passages.path(first)),
        )
        if not self.passages.files[first.article].record:
            case.set("line", str(self.passages.region(first).line))
        text = "\n".join(self._passages(finding))
        acceptance = self.accepted.get(finding.id)
        if finding.outcome is Outcome.CONFLICT and acceptance:
            _skip(case, acceptance)
        if finding.severity in FAILING and not acceptance:
            kind = KIND_WORDS[finding.severity]
            failure = ElementTree.SubElement(case, "failure", type=finding.severity.value, message=xml_text(f"{kind}: {finding.message}"))
            failure.text = text
        else:
            ElementTree.SubElement(case, "system-out").text = text

    def _passages(self, finding: Finding) -> Iterator[str]:
        """Yield a line for each passage, and what would settle the matter."""
        for side in finding.sides:
            yield from (xml_text(f"{side.label}  {self._passage(evidence)}") for evidence in side.evidence)
        if finding.settle:
            yield xml_text(f"What would settle it: {finding.settle}")

    def _passage(self, evidence: Evidence) -> str:
        article = self.articles[evidence.article]
        return f'{self.passages.where(evidence)}: {article.source} ({publication(article)}): "{evidence.quote}"'


def _skip(case: ElementTree.Element, acceptance: Acceptance) -> None:
    ElementTree.SubElement(case, "skipped", message=xml_text(acceptance_words(acceptance)))


def _count(suite: ElementTree.Element) -> None:
    for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(key, str(len(suite.findall(f"testcase/{tag}"))))
    suite.set("tests", str(len(suite)))
