"""Workflow commands: one line for each conflict, and nothing in an article can make another."""

from __future__ import annotations

from dataclasses import replace

from ferry import ferry_report

from reconcile.model import Acceptance, Problem, Severity
from reconcile.report.github import render_github


def test_a_contradiction_is_an_error_at_its_words() -> None:
    (line,) = render_github(ferry_report()).splitlines()
    assert line.startswith(
        "::error file=post.txt,line=2,endLine=2,col=1,endColumn=12,title=Cannot both be true%3A How many people were injured::"
    )
    assert "Wave wave.txt:1:1]" in line


def test_milder_ones_are_warnings_and_notices_gravest_first() -> None:
    report = ferry_report()
    mild = [replace(report.findings[0], severity=severity) for severity in reversed(Severity)]
    lines = render_github(replace(report, findings=tuple(mild))).splitlines()
    assert [line.split()[0] for line in lines] == ["::error", "::warning", "::notice", "::notice", "::notice"]


def test_what_was_accepted_is_a_notice_with_the_reason() -> None:
    report = ferry_report()
    accepted = (Acceptance(report.findings[0].id, "suppressed", "both are right"),)
    made = render_github(replace(report, accepted=accepted, stale=(Problem("s.yaml", "is gone", 2),)))
    assert made.startswith("::notice ")
    assert "(Suppressed: both are right)" in made
    assert made.endswith("::notice title=No longer needed::s.yaml:2: is gone\n")


def test_an_article_cannot_give_a_command() -> None:
    report = ferry_report()
    evil = replace(report.findings[0], point="a,line=1::b", message="x\n::error::y\r%0A::set-output name=z::1", settle="\n::warning::w")
    (line,) = render_github(replace(report, findings=(evil,))).splitlines()
    assert "title=Cannot both be true%3A a%2Cline=1%3A%3Ab::" in line
    assert "%250A" in line


def test_no_line_is_named_in_a_file_of_records() -> None:
    report = ferry_report()
    articles = tuple(replace(article, path="in/all.jsonl") for article in report.articles)
    made = render_github(replace(report, articles=articles))
    assert made.startswith("::error file=in/all.jsonl,title=")
    assert "Wave in/all.jsonl#wave[0–14]]" in made
