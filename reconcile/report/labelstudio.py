"""A report in, Label Studio tasks out: each article with what was found in it as predictions, to be confirmed or put right by hand.

Offsets count code points, as Label Studio has done since version 1.5.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import Any, Final

from reconcile.model import Evidence, Finding, Report, Severity, content_id
from reconcile.report.json import dump

Json = dict[str, Any]
LABELS: Final = (*(severity.value for severity in Severity), "agreement", "single_source", "near_miss")
COLOURS: Final = ("#b2182b", "#e08214", "#2166ac", "#4393c3", "#1b7837", "#7fbc41", "#999999", "#cccccc")


def render_tasks(report: Report) -> str:
    """Write a task for each article; passages of one finding that stand in one article are linked."""
    found: dict[str, list[tuple[Finding, str, Evidence]]] = defaultdict(list)
    for finding in (*report.findings, *report.rejected):
        for side in finding.sides:
            for evidence in side.evidence:
                found[evidence.article].append((finding, side.label, evidence))
    tasks = [
        {
            "data": {
                "text": article.text,
                "article": article.id,
                "source": article.source,
                "title": article.title,
                "sha256": article.sha256,
            },
            "predictions": [{"model_version": f"reconcile {report.version}", "result": _result(found[article.id])}],
        }
        for article in report.articles
    ]
    return dump(tasks)


def render_labels(_: Report) -> str:
    """Write the labelling interface that the tasks are made for."""
    labels = "\n".join(f'    <Label value="{label}" background="{colour}"/>' for label, colour in zip(LABELS, COLOURS, strict=True))
    return (
        f'<View>\n  <Labels name="label" toName="text">\n{labels}\n  </Labels>\n  <Relations>\n    <Relation value="same finding"/>\n'
        '  </Relations>\n  <Text name="text" value="$text" granularity="word"/>\n</View>\n'
    )


def _result(passages: list[tuple[Finding, str, Evidence]]) -> list[Json]:
    regions = [_region(*passage) for passage in passages]
    by_finding: dict[str, list[Json]] = defaultdict(list)
    for (finding, _, _), region in zip(passages, regions, strict=True):
        by_finding[finding.id].append(region)
    links = [
        {"type": "relation", "from_id": a["id"], "to_id": b["id"], "direction": "bi", "labels": ["same finding"]}
        for own in by_finding.values()
        for a, b in pairwise(own)
    ]
    return [*regions, *links]


def _region(finding: Finding, side: str, evidence: Evidence) -> Json:
    label = "near_miss" if finding.why else finding.severity.value if finding.severity else finding.outcome.value
    return {
        "id": content_id(finding.id, side, evidence.claim, evidence.span.start, evidence.span.end),
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {"start": evidence.span.start, "end": evidence.span.end, "text": evidence.quote, "labels": [label]},
        "meta": {"text": [f"finding {finding.id}, version {side}: {finding.why or finding.message}"]},
    }
