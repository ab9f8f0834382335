"""What changed since the last run: new, gone, regraded, with more evidence; updates first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ferry import agreement, conflict, ferry_report, make_article, make_claims, make_report, single

from reconcile.errors import InputError
from reconcile.model import Finding, Report, Severity, Side
from reconcile.report.changes import Kind, find_changes, render_changes
from reconcile.report.json import report_object

TOLLS = {"post": 4, "wave": 7, "mail": 3}
POST, WAVE, MAIL = (make_article(name, f"{n} were hurt at the mill.\nThe mill is old.") for name, n in TOLLS.items())
P, W, M = make_claims(POST), make_claims(WAVE), make_claims(MAIL)


def told(*findings: Finding, mail: bool = False) -> Report:
    articles = [POST, WAVE, *([MAIL] if mail else [])]
    return make_report(articles, [*P, *W, *(M if mail else [])], findings=findings)


def changes(before: Report, after: Report) -> list[tuple[Kind, str]]:
    return [(one.kind, one.sort) for one in find_changes(report_object(before), report_object(after)).findings]


def dispute(severity: Severity = Severity.TENSION, name: str = "") -> Finding:
    return conflict((P[0], W[0]), ("4", "7"), severity, values=(4, 7), name=name)


def with_mail(finding: Finding, name: str = "m" * 12) -> Finding:
    """Return the finding with a third outlet on its first side; its id is another, since it comes of the evidence."""
    third = conflict((M[0], W[0]), ("3", "7")).sides[0].evidence
    first = finding.sides[0]
    return replace(finding, id=name, sides=(Side("A", first.value, (*first.evidence, *third)), *finding.sides[1:]))


def test_the_same_report_has_no_changes() -> None:
    found = find_changes(report_object(ferry_report()), report_object(ferry_report()))
    assert found.findings == () and found.kept == 4
    assert render_changes(found) == "no finding changed\n"


def test_a_finding_is_new_or_gone() -> None:
    assert changes(told(), told(dispute())) == [(Kind.NEW, "tension")]
    assert changes(told(dispute()), told()) == [(Kind.GONE, "tension")]


def test_a_finding_of_another_id_with_the_same_words_is_the_same_with_more_evidence() -> None:
    found = find_changes(report_object(told(dispute())), report_object(told(with_mail(dispute()), mail=True)))
    (one,) = found.findings
    assert (one.kind, one.outlets) == (Kind.MORE, ("Mail",))
    assert found.added == ("Mail (mail)",)
    assert changes(told(with_mail(dispute()), mail=True), told(dispute())) == [(Kind.FEWER, "tension")]


def test_another_severity_is_told_with_the_old_one() -> None:
    found = find_changes(report_object(told(dispute())), report_object(told(dispute(Severity.UPDATE))))
    assert "now later figure (before: at odds): How many people were injured" in render_changes(found)


def test_a_claim_that_a_second_article_tells_is_no_longer_alone() -> None:
    after = told(agreement((P[1], W[1])))
    assert changes(told(single(P[1])), after) == [(Kind.SECONDED, "agreement")]
    assert "no longer in one article only, now agreed (Wave): The mill is old." in render_changes(
        find_changes(report_object(told(single(P[1]))), report_object(after))
    )


def test_updates_come_first_and_what_is_gone_last() -> None:
    before = told(dispute(), agreement((P[1], W[1])))
    update = conflict((P[1], W[1]), ("old", "old"), Severity.UPDATE, point="How old it is")
    after = told(conflict((P[1], W[1]), ("mill", "mill"), point="Which mill"), replace(update, rule="age"))
    assert changes(before, after) == [
        (Kind.NEW, "update"),
        (Kind.NEW, "contradiction"),
        (Kind.GONE, "tension"),
        (Kind.GONE, "agreement"),
    ]


def test_claims_of_one_article_are_counted_unless_they_are_grave() -> None:
    page = render_changes(find_changes(report_object(told()), report_object(told(single(P[0], 1), single(P[1], 3)))))
    assert "new, in one article only" in page and page.endswith("new: one claim in one article only\n")


def test_many_changes_are_cut_and_counted() -> None:
    many = tuple(dispute(name=f"{i:012}") for i in range(30))
    assert "and five more changes" in render_changes(find_changes(report_object(told()), report_object(told(*many))))


def test_a_text_that_was_rewritten_is_named() -> None:
    after = told()
    other = replace(after, articles=(replace(POST, text=POST.text + " "), WAVE))
    assert "One article rewritten: Post (post)" in render_changes(find_changes(report_object(after), report_object(other)))


def test_a_report_that_lacks_its_parts_is_an_error() -> None:
    with pytest.raises(InputError, match="lacks what the schema demands"):
        find_changes({"articles": [{}], "findings": []}, report_object(told()))


def test_nothing_in_an_article_moves_the_cursor() -> None:
    nasty = replace(dispute(), message="evil \x1b[2J\nline")
    page = render_changes(find_changes(report_object(told()), report_object(told(nasty))))
    assert "\x1b" not in page and page.count("\n") == 1
