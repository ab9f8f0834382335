"""Web Annotations: each selector leads to the exact words, however often they stand in the text."""

from __future__ import annotations

import json

import pytest
from ferry import ferry_report
from harbour import harbour_report
from hypothesis import given
from hypothesis import strategies as st

from reconcile.model import Report, Span
from reconcile.report.annotations import quote_selector, render_annotations

TEXT = st.text(alphabet=st.sampled_from("ab \n𝒳😀é"), min_size=1, max_size=300)


def resolve(selector: dict, text: str) -> list[Span]:
    """Find the places that a TextQuoteSelector names, as its specification says."""
    prefix, exact, suffix = selector["prefix"], selector["exact"], selector["suffix"]
    whole = prefix + exact + suffix
    found = (i for i in range(len(text) - len(whole) + 1) if text.startswith(whole, i))
    return [Span(i + len(prefix), i + len(prefix) + len(exact)) for i in found]


@given(TEXT, st.data())
def test_a_quotation_leads_to_one_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert resolve(quote_selector(text, span), text) == [span]


def check(report: Report) -> None:
    page = json.loads(render_annotations(report))
    texts = {article.id: article.text for article in report.articles}
    evidence = [one for finding in (*report.findings, *report.rejected) for side in finding.sides for one in side.evidence]
    assert len(page["items"]) == len(evidence)
    assert len({item["id"] for item in page["items"]}) == len(evidence)
    for item, one in zip(page["items"], evidence, strict=True):
        position, quote = item["target"]["selector"]
        text = texts[one.article]
        assert text[position["start"] : position["end"]] == one.quote == quote["exact"]
        assert resolve(quote, text) == [one.span]


@pytest.mark.parametrize("made", [ferry_report, harbour_report])
def test_every_passage_has_an_annotation_that_leads_to_it(made) -> None:
    check(made())


def test_only_terms_of_the_recommendation_are_used() -> None:
    page = json.loads(render_annotations(ferry_report()))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    motivations = {"assessing", "describing", "tagging", "identifying", "commenting"}
    for item in page["items"]:
        assert set(item) == {"id", "type", "motivation", "body", "target"}
        assert item["motivation"] in motivations
        assert all(set(body) == {"type", "value", "format", "purpose"} and body["purpose"] in motivations for body in item["body"])
        assert set(item["target"]) <= {"source", "selector", "scope"}
        assert [part["type"] for part in item["target"]["selector"]] == ["TextPositionSelector", "TextQuoteSelector"]
