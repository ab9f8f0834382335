"""The report on seeds/: the golden file, the copy in reports/, and what an editor must find in it."""

from __future__ import annotations

import json
import re

import pytest
from make_golden import GOLDEN, golden_pages, in_readme, seed_report
from stories import ROOT

from reconcile.model import Outcome, Report
from reconcile.models.embedder import SentenceEmbedder
from reconcile.models.parser import SpacyParser
from reconcile.report import render_html, render_json, render_markdown
from reconcile.report.annotations import render_annotations
from reconcile.report.sarif import render_sarif

PAGES = {"consistency.md": render_markdown, "consistency.html": render_html, "report.json": render_json}


@pytest.fixture(scope="module")
def report(parser: SpacyParser, embedder: SentenceEmbedder) -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return seed_report(parser, embedder)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_page_is_current(report: Report, name: str) -> None:
    made, kept = PAGES[name](report), (ROOT / "reports" / name).read_text("utf-8")
    assert steady(name, made) == steady(name, kept), f"reports/{name} is stale: run `make golden` and read the difference"


def test_a_golden_file_of_every_format_is_current(report: Report) -> None:
    pages = golden_pages(report)
    assert set(pages) == {path.name for path in GOLDEN.iterdir()}
    for name, made in pages.items():
        kept = (GOLDEN / name).read_bytes().decode("utf-8")
        assert steady(name, made) == steady(name, kept), f"golden/{name} is stale: run `make golden` and read the difference"


def test_the_page_on_five_articles_has_two_sheets_before_the_claim_list(report: Report) -> None:
    """A sheet of A4 holds some 60 lines of 95 characters."""
    body = render_markdown(report).partition("## Claims referred to above")[0]
    read = [re.sub(r"(?<=\|)\s+|\s+(?=\|)|-{3,}|\]\(#c\d+\)", " ", line) for line in body.splitlines()]
    lines = sum(max(1, -(-len(line) // 95)) for line in read)
    assert len(report.articles) == 5
    assert lines <= 2 * 60
    assert len(body.split()) <= 1_200


def test_every_selector_and_every_region_leads_to_the_words(report: Report) -> None:
    texts = {article.id: article.text for article in report.articles}
    items = json.loads(render_annotations(report))["items"]
    evidence = [one for finding in (*report.findings, *report.rejected) for side in finding.sides for one in side.evidence]
    for item, one in zip(items, evidence, strict=True):
        position, quote = item["target"]["selector"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        text = texts[one.article]
        assert text[position["start"] : position["end"]] == quote["exact"] == one.quote
        assert text.count(around) == 1
        assert text.index(around) + len(quote["prefix"]) == one.span.start
    run = json.loads(render_sarif(report))["runs"][0]
    for result in run["results"]:
        for place in (*result["locations"], *result["relatedLocations"]):
            physical = place["physicalLocation"]
            region, path = physical["region"], ROOT / physical["artifactLocation"]["uri"]
            lines = path.read_text("utf-8").split("\n")[region["startLine"] - 1 : region["endLine"]]
            lines[-1] = lines[-1][: region["endColumn"] - 1]
            assert "\n".join(lines)[region["startColumn"] - 1 :] == region["snippet"]["text"]


def test_the_readme_shows_the_current_page(report: Report) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert in_readme(readme, render_markdown(report)) == readme, "the README's excerpt is stale: run `make golden`"


def steady(name: str, page: str) -> str:
    """Leave out the likenesses, whose last digit may differ from one processor to another."""
    if name == "report.sarif":
        return re.sub(r'"rank": [\d.]+', "", page)
    if name != "report.json":
        return page
    data = json.loads(page)
    for finding in [*data["findings"], *data["rejected"]]:
        finding.pop("confidence")
        for comparison in finding.get("comparisons", []):
            comparison.pop("confidence")
    for cluster in data["clusters"]:
        cluster.pop("cohesion", None)
    return json.dumps(data, sort_keys=True)


def sides(report: Report, rule: str) -> list[set[str]]:
    return [
        {evidence.quote for side in finding.sides for evidence in side.evidence}
        for finding in report.findings
        if finding.rule == rule and finding.outcome is Outcome.CONFLICT
    ]


def test_the_two_chinese_officers_and_the_six_russian_agents_never_meet(report: Report) -> None:
    events = {article: told[0] for article, told in report.article_events.items()}
    assert events["1-news-site"] == events["2-overseas-daily"]
    assert len({events["1-news-site"], events["3-ngo-report"], events["4-diplomatic-note"], events["5-russian-agents"]}) >= 3
    for finding in report.findings:
        articles = {evidence.article for side in finding.sides for evidence in side.evidence}
        assert "5-russian-agents" not in articles or len(articles) == 1


def test_state_security_is_set_against_public_security(report: Report) -> None:
    (found,) = sides(report, "organisations.security")
    assert {"Ministry of State Security", "public security officials"} <= found


def test_the_manner_of_the_departure_is_disputed(report: Report) -> None:
    found = set().union(*sides(report, "departure.manner"))
    assert {"has expelled", "mutual agreement", "were asked to leave"} <= found


def test_a_subhead_says_more_than_the_text_under_it(report: Report) -> None:
    (found,) = sides(report, "act.coercion")
    assert "Forced to return" in found
    assert any("persuaded" in quote for quote in found)


def test_an_agreement_that_rests_on_one_newspaper_is_not_independent(report: Report) -> None:
    reasons = {finding.independence for finding in report.findings if finding.outcome is Outcome.AGREEMENT and finding.independent is False}
    assert any("Le Monde" in reason for reason in reasons)


def test_every_quote_is_the_exact_text(report: Report) -> None:
    texts = {article.id: article.text for article in report.articles}
    for finding in [*report.findings, *report.rejected]:
        for side in finding.sides:
            for evidence in side.evidence:
                assert evidence.span.of(texts[evidence.article]) == evidence.quote


def test_the_glued_article_and_the_furniture_are_left_out(report: Report) -> None:
    text = " ".join(claim.text for claim in report.claims)
    for phrase in ("covered market", "email address", "Tags:", "Subscribe", "Follow us"):
        assert phrase not in text
