"""The report on seeds/: the golden file, the copy in reports/, and what an editor must find in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from make_golden import in_readme, seed_report
from stories import ROOT

from reconcile.model import Outcome, Report
from reconcile.models.embedder import SentenceEmbedder
from reconcile.models.parser import SpacyParser
from reconcile.report import render_html, render_json, render_markdown

PAGES = {"consistency.md": render_markdown, "consistency.html": render_html, "report.json": render_json}


@pytest.fixture(scope="module")
def report(parser: SpacyParser, embedder: SentenceEmbedder) -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return seed_report(parser, embedder)


@pytest.mark.parametrize("folder", [ROOT / "tests" / "golden", ROOT / "reports"], ids=["golden", "reports"])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_page_is_current(report: Report, folder: Path, name: str) -> None:
    made = PAGES[name](report)
    kept = (folder / name).read_text("utf-8")
    assert steady(name, made) == steady(name, kept), f"{folder.name}/{name} is stale: run `make golden` and read the difference"


def test_the_readme_shows_the_current_page(report: Report) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert in_readme(readme, render_markdown(report)) == readme, "the README's excerpt is stale: run `make golden`"


def steady(name: str, page: str) -> str:
    """Leave out the likenesses, whose last digit may differ from one processor to another."""
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
