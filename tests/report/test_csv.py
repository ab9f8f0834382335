"""The CSV: a line for each piece of evidence, readable by a spreadsheet and harmless to it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from ferry import ferry_report

from reconcile.report.csv import claims_csv, fields_csv, findings_csv, harmless
from reconcile.report.tables import CLAIMS, FIELDS, FINDINGS


def lines(page: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(page)))


def test_every_piece_of_evidence_has_a_line() -> None:
    report = ferry_report()
    rows = lines(findings_csv(report))
    assert len(rows) == sum(len(side.evidence) for finding in report.findings for side in finding.sides)
    assert tuple(rows[0]) == tuple(FINDINGS)
    texts = {article.id: article.text for article in report.articles}
    assert all(texts[row["article"]][int(row["start"]) : int(row["end"])] == row["quote"] for row in rows)


def test_every_claim_and_every_value_has_a_line() -> None:
    report = ferry_report()
    claims, fields = lines(claims_csv(report)), lines(fields_csv(report))
    assert [row["claim"] for row in claims] == [claim.id for claim in report.claims]
    assert tuple(claims[0]) == tuple(CLAIMS)
    assert tuple(fields[0]) == tuple(FIELDS)
    assert [(row["raw"], row["low"], row["high"]) for row in fields] == [("Nine people", "9.0", "9.0"), ("Six passengers", "6.0", "")]


@pytest.mark.parametrize("cell", ['=HYPERLINK("x")', "+1", "-1", "@x", "\t=1", " =1", "\n=1", "＝1"])
def test_a_cell_is_never_a_formula(cell: str) -> None:
    report = ferry_report()
    poisoned = replace(report.findings[0], point=cell)
    assert lines(findings_csv(replace(report, findings=(poisoned,))))[0]["point"] == f"'{cell}"
    assert harmless("plain = text") == "plain = text"


def test_no_finding_leaves_the_head_alone() -> None:
    assert findings_csv(replace(ferry_report(), findings=())) == ",".join(FINDINGS) + "\n"
