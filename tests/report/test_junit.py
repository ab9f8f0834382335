"""JUnit XML: a case for each point, a failure for what is at odds, and a skipped one for what was accepted."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from ferry import ferry_report
from harbour import harbour_report

from reconcile.model import Acceptance, Severity
from reconcile.report.junit import render_junit, xml_text


@pytest.mark.parametrize("made", [ferry_report, harbour_report])
def test_the_counts_add_up(made) -> None:
    root = ElementTree.fromstring(render_junit(made()))
    assert int(root.get("tests")) == len(root.findall(".//testcase"))
    assert int(root.get("failures")) == len(root.findall(".//failure"))
    assert int(root.get("errors")) == len(made().problems)


@pytest.mark.parametrize(("severity", "fails"), [("contradiction", True), ("tension", True), ("granularity", False), ("update", False)])
def test_milder_differences_do_not_fail(severity: str, fails: bool) -> None:
    report = ferry_report()
    root = ElementTree.fromstring(render_junit(replace(report, findings=(replace(report.findings[0], severity=Severity(severity)),))))
    assert bool(root.findall(".//failure")) == fails


def test_a_failure_says_where_to_look() -> None:
    root = ElementTree.fromstring(render_junit(ferry_report()))
    case = root.find(".//testcase[failure]")
    assert (case.get("file"), case.get("line")) == ("post.txt", "2")
    assert 'B  wave.txt:1:1: Wave (2026-03-04 11:40 UTC): "Six passengers"'.replace("  ", " ") in case.findtext("failure")


def test_what_was_accepted_is_skipped_with_the_reason() -> None:
    report = ferry_report()
    made = replace(report, accepted=(Acceptance(report.findings[0].id, "suppressed", "both are right"),))
    root = ElementTree.fromstring(render_junit(made))
    assert root.find(".//skipped").get("message") == "suppressed: both are right"
    assert root.get("failures") == "0"


def test_what_xml_cannot_hold_is_shown_by_its_name() -> None:
    assert xml_text("a\x00b\ufffec\ud800") == "a⟨U+0000⟩b⟨U+FFFE⟩c⟨U+D800⟩"
