"""The matrix: who states a point, who states it otherwise, who is silent, and nothing about other events."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from ferry import conflict, ferry_report, make_article, make_claims, make_report

from reconcile.model import Outcome
from reconcile.report.matrix import Stance, build_matrices, render_matrix


def test_a_row_says_what_each_article_of_the_event_says() -> None:
    (matrix,) = build_matrices(ferry_report())
    assert [column.article for column in matrix.columns] == ["post", "wave", "mail"]  # by hour; without a date last
    injured, ferry, *_ = matrix.rows
    assert [cell.stance for cell in injured.cells] == [Stance.STATED, Stance.OTHERWISE, Stance.SILENT]
    assert [cell.mark for cell in injured.cells] == ["● A", "○ B", "·"]
    assert [cell.words for cell in ferry.cells] == ["stated"] * 3
    assert injured.versions == (("A", "Nine people"), ("B", "Six passengers"))


def test_every_mark_but_silence_has_its_words() -> None:
    report = ferry_report()
    texts = {article.id: article.text for article in report.articles}
    for row in build_matrices(report)[0].rows:
        for cell in row.cells:
            assert bool(cell.evidence) is (cell.stance is not Stance.SILENT)
            assert all(one.article == cell.article and one.span.of(texts[one.article]) == one.quote for one in cell.evidence)


def test_conflicts_come_before_agreements_and_those_before_what_one_article_says() -> None:
    (matrix,) = build_matrices(ferry_report())
    order = [Outcome.CONFLICT, Outcome.AGREEMENT, Outcome.SINGLE_SOURCE]
    assert [row.outcome for row in matrix.rows] == sorted((row.outcome for row in matrix.rows), key=order.index)


def test_an_article_that_gives_both_versions_is_marked_so() -> None:
    one, two = make_article("one", "Nine people were hurt.\nSix were hurt."), make_article("two", "Nine were hurt.")
    claims = [*make_claims(one), *make_claims(two)]
    inside = conflict((claims[0], claims[1]), ("Nine people", "Six"))
    (matrix,) = build_matrices(make_report([one, two], claims, findings=(inside,)))
    assert [cell.mark for cell in matrix.rows[0].cells] == ["◐ A B", "·"]
    assert matrix.rows[0].cells[0].words == "both (A, B)"


def test_an_event_that_one_article_tells_of_has_no_matrix() -> None:
    report = ferry_report()
    alone = replace(report, events=tuple(replace(event, articles=event.articles[:1]) for event in report.events))
    assert build_matrices(alone) == ()
    assert render_matrix(alone).count("\n") == 1


def test_the_csv_has_a_column_for_each_article_and_is_harmless() -> None:
    report = ferry_report()
    poisoned = replace(report, findings=(replace(report.findings[0], point="=1+1"), *report.findings[1:]))
    rows = list(csv.DictReader(io.StringIO(render_matrix(poisoned))))
    assert len(rows) == len(report.findings)
    assert rows[0]["point"] == "'=1+1"
    assert (rows[0]["post"], rows[0]["wave"], rows[0]["mail"]) == ("stated (A)", "stated otherwise (B)", "silent")
