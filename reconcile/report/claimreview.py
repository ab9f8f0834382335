"""A report in, JSON-LD in the terms of schema.org out: articles, claims, and a review for each conflict, without a rating.

What schema.org has no word for is said in a namespace of our own. The page may be put inside a `<script>` element as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote, urlsplit

from reconcile.model import Article, Claim, Finding, Outcome, Report, Side
from reconcile.report.json import dump
from reconcile.report.view import decisive
from reconcile.report.wording import acceptance_words

NAMESPACE: Final = "https://reconcile.example/ns#"
"""Nobody's host (RFC 2606): the terms are names and lead nowhere."""
CONTEXT: Final = ["https://schema.org", {"reconcile": NAMESPACE}]
Json = dict[str, Any]


def render_claimreview(report: Report) -> str:
    """Write the graph: a NewsArticle each, a Claim for each that a finding rests on, a ClaimReview for each conflict."""
    findings = [finding for finding in report.findings if finding.outcome is not Outcome.SINGLE_SOURCE]
    used = {(evidence.article, evidence.claim) for finding in report.findings for side in finding.sides for evidence in side.evidence}
    accepted = {acceptance.finding: acceptance_words(acceptance) for acceptance in report.accepted}
    told = {(claim.article, claim.id): claim for claim in report.claims}
    graph = [
        *(_article(article) for article in report.articles),
        *(_claim(claim) for key, claim in told.items() if key in used),
        *(_finding(finding, told, accepted.get(finding.id), report) for finding in findings),
    ]
    page = dump({"@context": CONTEXT, "@graph": graph})
    return page.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def web_address(url: str | None) -> str | None:
    """Return an address of the web, and nothing else: no script, no file."""
    if not url or any(char.isspace() or not char.isprintable() for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def article_id(name: str) -> str:
    """Return the node of an article."""
    return f"#article/{_part(name)}"


def _part(name: str) -> str:
    return quote(name.encode("utf-8", "surrogatepass"), safe="-._~")


def _claim_id(article: str, claim: str) -> str:
    return f"#claim/{_part(article)}/{_part(claim)}"


def _article(article: Article) -> Json:
    value: Json = {
        "@type": "NewsArticle",
        "@id": article_id(article.id),
        "identifier": f"sha256:{article.sha256}",
        "headline": article.title or None,
        "url": web_address(article.url),
        "publisher": {"@type": "Organization", "name": article.source} if article.source else None,
        "author": {"@type": "Person", "name": article.author} if article.author else None,
        "datePublished": article.published.isoformat() if article.published and not article.published_inferred else None,
        "dateModified": article.modified.isoformat() if article.modified else None,
        "inLanguage": article.language or None,
        "reconcile:inferredDate": article.published.isoformat() if article.published and article.published_inferred else None,
        "reconcile:inferredPublisher": article.source_inferred or None,
    }
    return _filled(value)


def _filled(value: Json) -> Json:
    return {key: part for key, part in value.items() if part is not None}


def _claim(claim: Claim) -> Json:
    value: Json = {
        "@type": "Claim",
        "@id": _claim_id(claim.article, claim.id),
        "text": claim.text,
        "appearance": {"@id": article_id(claim.article)},
        "reconcile:speaker": claim.speaker.name if claim.speaker.kind != "outlet" else None,
        "reconcile:certainty": claim.certainty.value,
        "reconcile:start": claim.span.start,
        "reconcile:end": claim.span.end,
    }
    return _filled(value)


def _finding(finding: Finding, told: Mapping[tuple[str, str], Claim], accepted: str | None, report: Report) -> Json:
    conflict = finding.outcome is Outcome.CONFLICT
    comparison = decisive(finding)
    value: Json = {
        "@type": "ClaimReview" if conflict else "reconcile:Agreement",
        "@id": f"#finding/{_part(finding.id)}",
        "claimReviewed": (finding.point or finding.message) if conflict else None,
        "reviewAspect": finding.field if conflict else None,
        "reviewBody": finding.message if conflict else None,
        "itemReviewed": [*_claims(finding, told)] if conflict else None,
        "reconcile:claims": None if conflict else [*_claims(finding, told)],
        "reconcile:severity": finding.severity.value if finding.severity else None,
        "reconcile:scope": finding.scope,
        "reconcile:rule": finding.rule,
        "reconcile:reason": comparison.reason if comparison else None,
        "reconcile:versions": [_version(side) for side in finding.sides] if conflict else None,
        "reconcile:independence": finding.independence or None,
        "reconcile:accepted": accepted,
        "reconcile:madeBy": f"reconcile {report.version}",
    }
    return _filled(value)


def _claims(finding: Finding, told: Mapping[tuple[str, str], Claim]) -> Iterator[Json]:
    keys = dict.fromkeys((evidence.article, evidence.claim) for side in finding.sides for evidence in side.evidence)
    return ({"@id": _claim_id(*key)} for key in keys if key in told)


def _version(side: Side) -> Json:
    return {
        "@type": "reconcile:Version",
        "reconcile:label": side.label,
        "reconcile:value": side.value,
        "reconcile:passages": [
            {
                "@type": "reconcile:Passage",
                "reconcile:article": {"@id": article_id(evidence.article)},
                "reconcile:claim": {"@id": _claim_id(evidence.article, evidence.claim)},
                "reconcile:quote": evidence.quote,
                "reconcile:start": evidence.span.start,
                "reconcile:end": evidence.span.end,
            }
            for evidence in side.evidence
        ],
    }
