"""A report in, W3C Web Annotations (JSON-LD) out: one for each passage of each finding, found again by its words or its place.

Format: W3C Recommendation, Web Annotation Data Model, 23 February 2017; positions count code points, as it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from reconcile.model import Article, Evidence, Finding, Report, Side, Span, content_id
from reconcile.report.claimreview import web_address
from reconcile.report.json import dump
from reconcile.report.places import Place, find_places
from reconcile.report.wording import acceptance_words

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
NEARBY: Final = 32
"""Characters before and after a passage, at the least; more where the same words stand twice."""
Json = dict[str, Any]


def render_annotations(report: Report) -> str:
    """Write a page of annotations in the order of the findings; what looked like a conflict and is none comes last."""
    places = find_places(report)
    articles = {article.id: article for article in report.articles}
    accepted = {acceptance.finding: acceptance_words(acceptance) for acceptance in report.accepted}
    items = [
        _annotation(finding, side, evidence, articles[evidence.article], places[evidence.article], accepted.get(finding.id))
        for finding in (*report.findings, *report.rejected)
        for side in finding.sides
        for evidence in side.evidence
    ]
    digest = content_id(report.rules_digest, *(article.sha256 for article in report.articles))
    return dump({"@context": CONTEXT, "id": f"urn:reconcile:page:{digest}", "type": "AnnotationPage", "items": items})


def _annotation(finding: Finding, side: Side, evidence: Evidence, article: Article, place: Place, accepted: str | None) -> Json:
    name = content_id(finding.id, side.label, article.sha256, article.id, evidence.claim, evidence.span.start, evidence.span.end)
    target: Json = {
        "source": place.uri,
        "selector": [
            {"type": "TextPositionSelector", "start": evidence.span.start, "end": evidence.span.end},
            quote_selector(article.text, evidence.span),
        ],
    }
    if address := web_address(article.url):
        target["scope"] = address
    return {
        "id": f"urn:reconcile:annotation:{name}",
        "type": "Annotation",
        "motivation": "assessing",
        "body": [*_bodies(finding, side, accepted)],
        "target": target,
    }


def _bodies(finding: Finding, side: Side, accepted: str | None) -> Iterator[Json]:
    """Yield what is said of the passage; all of it is plain text."""
    kind = "near miss" if finding.why else finding.severity.value if finding.severity else finding.outcome.value
    yield _body(finding.why or finding.message, "describing")
    yield _body(kind, "tagging")
    yield _body(f"version {side.label}", "tagging")
    yield _body(f"finding {finding.id}", "identifying")
    if accepted:
        yield _body(accepted, "commenting")


def _body(text: str, purpose: str) -> Json:
    return {"type": "TextualBody", "value": text, "format": "text/plain", "purpose": purpose}


def quote_selector(text: str, span: Span) -> Json:
    """Return the words with enough of what stands around them to tell them from the same words elsewhere."""
    room = NEARBY
    while True:
        prefix, suffix = text[max(0, span.start - room) : span.start], text[span.end : span.end + room]
        whole = prefix + span.of(text) + suffix
        if room >= len(text) or text.find(whole) == text.rfind(whole):
            return {"type": "TextQuoteSelector", "exact": span.of(text), "prefix": prefix, "suffix": suffix}
        room *= 2
