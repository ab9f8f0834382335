"""A report in, one table out as CSV: a line for each piece of evidence of each finding."""

from __future__ import annotations

from collections.abc import Iterator

from reconcile.model import Finding, Report

COLUMNS = (
    "finding", "outcome", "severity", "priority", "event", "field", "rule", "point", "independent",
    "side", "article", "source", "published", "start", "end", "quote", "message",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters by which a spreadsheet takes a text for a formula; such a cell gets an apostrophe in front."""


def render_csv(report: Report) -> str:
    """Return the findings as CSV, in the report's order; the exact words, without any apostrophe, are in report.json."""
    import pandas as pd

    table = pd.DataFrame([row for finding in report.findings for row in _rows(report, finding)], columns=list(COLUMNS))
    return str(table.map(lambda cell: harmless(cell) if isinstance(cell, str) else cell).to_csv(index=False, lineterminator="\n"))


def _rows(report: Report, finding: Finding) -> Iterator[dict[str, object]]:
    articles = {article.id: article for article in report.articles}
    for side in finding.sides:
        for evidence in side.evidence:
            article = articles[evidence.article]
            yield {
                "finding": finding.id,
                "outcome": finding.outcome.value,
                "severity": finding.severity.value if finding.severity else "",
                "priority": finding.priority,
                "event": finding.event,
                "field": finding.field,
                "rule": finding.rule,
                "point": finding.point,
                "independent": {True: "yes", False: "no", None: ""}[finding.independent],
                "side": side.label,
                "article": article.id,
                "source": article.source,
                "published": article.published.isoformat() if article.published else "",
                "start": evidence.span.start,
                "end": evidence.span.end,
                "quote": evidence.quote,
                "message": finding.message,
            }


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
