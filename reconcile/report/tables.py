"""A report in, its findings, claims, fields and matrix as typed tables out: what CSV and Parquet are made of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from reconcile.model import Article, Claim, Field, Finding, Outcome, Report
from reconcile.report.json import value_object
from reconcile.report.wording import acceptance_words, outlet_names

if TYPE_CHECKING:
    import pandas as pd

TEXT, WHOLE, REAL, BOOL = "string", "Int64", "Float64", "boolean"
Columns = Mapping[str, str]
Row = dict[str, object]

FINDINGS: Final[Columns] = {
    "finding": TEXT, "outcome": TEXT, "severity": TEXT, "priority": WHOLE, "event": TEXT, "field": TEXT, "rule": TEXT, "point": TEXT,
    "independent": BOOL, "side": TEXT, "article": TEXT, "source": TEXT, "published": TEXT, "claim": TEXT, "start": WHOLE, "end": WHOLE,
    "quote": TEXT, "message": TEXT, "accepted": TEXT,
}  # fmt: skip
CLAIMS: Final[Columns] = {
    "claim": TEXT, "article": TEXT, "source": TEXT, "event": TEXT, "order": WHOLE, "block": TEXT, "start": WHOLE, "end": WHOLE,
    "text": TEXT, "speaker": TEXT, "speaker_kind": TEXT, "cited": TEXT, "certainty": TEXT, "polarity": TEXT,
}  # fmt: skip
FIELDS: Final[Columns] = {
    "field": TEXT, "claim": TEXT, "article": TEXT, "event": TEXT, "kind": TEXT, "role": TEXT, "subject": TEXT, "scope": TEXT, "act": TEXT,
    "background": BOOL, "start": WHOLE, "end": WHOLE, "raw": TEXT, "type": TEXT, "value": TEXT, "low": REAL, "high": REAL, "unit": TEXT,
    "bound": TEXT, "earliest": TEXT, "latest": TEXT, "inferred": BOOL,
}  # fmt: skip
MATRIX: Final[Columns] = {
    "event": TEXT, "finding": TEXT, "outcome": TEXT, "severity": TEXT, "point": TEXT, "article": TEXT, "source": TEXT, "sides": TEXT,
    "quotes": TEXT,
}  # fmt: skip
"""One line for each finding and each article of its event; no side where the article is silent, which is no disagreement."""


def findings_table(report: Report) -> pd.DataFrame:
    """Return a line for each piece of evidence of each finding."""
    accepted = {acceptance.finding: acceptance_words(acceptance) for acceptance in report.accepted}
    articles = {article.id: article for article in report.articles}
    return _table(FINDINGS, (row for finding in report.findings for row in _evidence(finding, articles, accepted.get(finding.id, ""))))


def _evidence(finding: Finding, articles: Mapping[str, Article], accepted: str) -> Iterator[Row]:
    for side in finding.sides:
        for evidence in side.evidence:
            article = articles[evidence.article]
            yield {
                "finding": finding.id,
                "outcome": finding.outcome.value,
                "severity": finding.severity.value if finding.severity else None,
                "priority": finding.priority,
                "event": finding.event,
                "field": finding.field,
                "rule": finding.rule,
                "point": finding.point,
                "independent": finding.independent,
                "side": side.label,
                "article": article.id,
                "source": article.source,
                "published": article.published.isoformat() if article.published else None,
                "claim": evidence.claim,
                "start": evidence.span.start,
                "end": evidence.span.end,
                "quote": evidence.quote,
                "message": finding.message,
                "accepted": accepted or None,
            }


def claims_table(report: Report) -> pd.DataFrame:
    """Return a line for each claim."""
    sources = {article.id: article.source for article in report.articles}
    return _table(CLAIMS, (_claim(claim, sources[claim.article]) for claim in report.claims))


def _claim(claim: Claim, source: str) -> Row:
    return {
        "claim": claim.id,
        "article": claim.article,
        "source": source,
        "event": claim.event or None,
        "order": claim.order,
        "block": claim.block.value,
        "start": claim.span.start,
        "end": claim.span.end,
        "text": claim.text,
        "speaker": claim.speaker.name,
        "speaker_kind": claim.speaker.kind,
        "cited": "; ".join(claim.cited) or None,
        "certainty": claim.certainty.value,
        "polarity": claim.polarity,
    }


def fields_table(report: Report) -> pd.DataFrame:
    """Return a line for each value that a claim states; an open end of an interval is empty."""
    return _table(FIELDS, (_field(claim, field) for claim in report.claims for field in claim.fields))


def _field(claim: Claim, field: Field) -> Row:
    value = value_object(field.value)
    text = value.get("text") or value.get("name") or value.get("label") or " < ".join(value.get("path", ()))
    numbers = {key: value[key] for key in ("low", "high") if isinstance(value.get(key), int | float) and math.isfinite(value[key])}
    return {
        "field": field.id,
        "claim": claim.id,
        "article": claim.article,
        "event": claim.event or None,
        "kind": field.kind,
        "role": field.role or None,
        "subject": field.subject or None,
        "scope": ", ".join(field.scope) or None,
        "act": field.act or None,
        "background": field.background,
        "start": field.span.start,
        "end": field.span.end,
        "raw": field.raw,
        "type": value["type"],
        "value": text or None,
        **numbers,
        **{key: value.get(key) for key in ("unit", "bound", "earliest", "latest", "inferred")},
    }


def matrix_table(report: Report) -> pd.DataFrame:
    """Return which versions each article of an event gives on each point, in its words."""
    names = outlet_names(report.articles)
    told = {event.id: event.articles for event in report.events}
    points = (finding for finding in report.findings if len(told.get(finding.event, ())) > 1)
    return _table(MATRIX, (_stance(finding, article, names[article]) for finding in points for article in told[finding.event]))


def _stance(finding: Finding, article: str, source: str) -> Row:
    given = [(side.label, evidence.quote) for side in finding.sides for evidence in side.evidence if evidence.article == article]
    return {
        "event": finding.event,
        "finding": finding.id,
        "outcome": finding.outcome.value,
        "severity": finding.severity.value if finding.severity else None,
        "point": finding.message if finding.outcome is Outcome.SINGLE_SOURCE else finding.point,
        "article": article,
        "source": source,
        "sides": ", ".join(dict.fromkeys(label for label, _ in given)) or None,
        "quotes": "; ".join(f'"{quote}"' for _, quote in given) or None,
    }


def _table(columns: Columns, rows: Iterable[Row]) -> pd.DataFrame:
    import pandas as pd

    each = list(rows)
    return pd.DataFrame(
        {
            name: pd.Series([sound(cell) if isinstance(cell := row.get(name), str) else cell for row in each], dtype=kind)
            for name, kind in columns.items()
        }
    )


def sound(text: str) -> str:
    """Return a text that UTF-8 and every reader of tables can hold: a lone surrogate or a null becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")
