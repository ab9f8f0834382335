"""The CSV: a line for each piece of evidence, readable by a spreadsheet and harmless to it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from ferry import ferry_report

from reconcile.report.csv import COLUMNS, render_csv


def lines(page: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(page)))


def test_every_piece_of_evidence_has_a_line() -> None:
    report = ferry_report()
    rows = lines(render_csv(report))
    assert len(rows) == sum(len(side.evidence) for finding in report.findings for side in finding.sides)
    assert tuple(rows[0]) == COLUMNS
    texts = {article.id: article.text for article in report.articles}
    assert all(texts[row["article"]][int(row["start"]) : int(row["end"])] == row["quote"] for row in rows)


def test_a_cell_is_never_a_formula() -> None:
    report = ferry_report()
    poisoned = replace(report.findings[0], point='=HYPERLINK("x")')
    rows = lines(render_csv(replace(report, findings=(poisoned,))))
    assert rows[0]["point"] == '\'=HYPERLINK("x")'


def test_no_finding_leaves_the_head_alone() -> None:
    assert render_csv(replace(ferry_report(), findings=())) == ",".join(COLUMNS) + "\n"
