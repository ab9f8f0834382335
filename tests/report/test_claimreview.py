"""ClaimReview: the terms of schema.org where it has them, our own elsewhere, and never a rating."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from ferry import ferry_report
from harbour import harbour_report

from reconcile.report.claimreview import NAMESPACE, render_claimreview, web_address

TERMS = {
    "NewsArticle": {"identifier", "headline", "url", "publisher", "author", "datePublished", "dateModified", "inLanguage"},
    "Claim": {"text", "appearance"},
    "ClaimReview": {"claimReviewed", "reviewAspect", "reviewBody", "itemReviewed"},
    "Organization": {"name"},
    "Person": {"name"},
}
"""Properties that schema.org defines for each type, of those that are used."""


def nodes(value: object):
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(part)


@pytest.mark.parametrize("made", [ferry_report, harbour_report])
def test_every_term_is_schema_orgs_or_ours(made) -> None:
    page = json.loads(render_claimreview(made()))
    assert page["@context"] == ["https://schema.org", {"reconcile": NAMESPACE}]
    typed = [node for node in nodes(page["@graph"]) if "@type" in node]
    assert {node["@type"] for node in typed} >= {"NewsArticle", "Claim", "ClaimReview"}
    for node in typed:
        own = {key for key in node if not key.startswith(("@", "reconcile:"))}
        assert own <= TERMS.get(node["@type"], set()), node["@type"]
    assert "rating" not in json.dumps(page).lower()


def test_every_reference_leads_to_a_node() -> None:
    page = json.loads(render_claimreview(harbour_report()))
    defined = [node["@id"] for node in page["@graph"]]
    assert len(defined) == len(set(defined))
    assert {node["@id"] for node in nodes(page["@graph"]) if set(node) == {"@id"}} <= set(defined)


def test_an_inferred_date_is_no_date_of_publication() -> None:
    report = ferry_report()
    guessed = replace(report, articles=tuple(replace(article, published_inferred=True) for article in report.articles))
    articles = [node for node in json.loads(render_claimreview(guessed))["@graph"] if node["@type"] == "NewsArticle"]
    assert not any("datePublished" in node for node in articles)
    assert any("reconcile:inferredDate" in node for node in articles)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://", "http://[", "https://a b", None, ""]
)
def test_only_addresses_of_the_web_are_given(url: str | None) -> None:
    assert web_address(url) is None
    assert web_address("https://post.example/a") == "https://post.example/a"


def test_the_page_can_stand_in_a_script_element() -> None:
    report = ferry_report()
    evil = replace(report.findings[0], message="</script><script>alert(1)</script>&lt;")
    assert not set("<>&") & set(render_claimreview(replace(report, findings=(evil,))))
