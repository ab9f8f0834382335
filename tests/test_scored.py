"""What a scorer of contradictions adds to a report: inside a cluster alone, a tension at most, and never against the rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from reconcile.model import Finding, Outcome, Severity
from reconcile.models.scorer import Sure, Verdict
from reconcile.pipeline import build_report
from reconcile.report import render_json, render_markdown
from reconcile.rules import load_rules

TEARS = "The defendant Ada Lindqvist broke down in tears when the judge in Norhaven read the verdict on Tuesday."
CALM = "The defendant Ada Lindqvist showed no emotion when the judge in Norhaven read the verdict on Tuesday."
COURT = "The court in Norhaven had heard forty witnesses since March."


@dataclass
class Marker:
    """Calls two sentences a contradiction where exactly one of them holds a word."""

    word: str
    probability: float = 0.97
    one_way: bool = False
    name: str = "marker"
    sure: Sure = field(default_factory=lambda: Sure(0.9, 0.9))
    asked: list[tuple[str, str]] = field(default_factory=list)

    def score(self, pairs):
        self.asked += pairs
        return [self._verdict(a, b) for a, b in pairs]

    def _verdict(self, a, b):
        differ = (self.word in a) != (self.word in b) and not (self.one_way and self.word in b)
        return Verdict(0.01, 0.99 - self.probability, self.probability) if differ else Verdict(0.1, 0.9, 0.0)


@pytest.fixture(scope="module")
def rules():
    return load_rules()


@pytest.fixture
def told(story, parser, embedder, rules):
    def tell(texts, scorer, shuffled=False, jury=None):
        articles = [story(f"outlet{i}", [text, COURT], published="2026-03-04")[0] for i, text in enumerate(texts)]
        return build_report(articles[::-1] if shuffled else articles, rules, parser, embedder, scorer=scorer, jury=jury)

    return tell


@dataclass
class Juror:
    """Takes two passages for a contradiction where exactly one of them holds a word, until it has answered often enough."""

    word: str
    most: int = 100
    name: str = "juror"
    sure: Sure = field(default_factory=lambda: Sure(0.9, 0.9))
    spent: int = 0
    asked: list = field(default_factory=list)

    def judge(self, pairs):
        self.asked += pairs
        said = [Verdict(0.0, 0.0, 1.0) if (self.word in a.text) != (self.word in b.text) else Verdict(0.0, 1.0, 0.0) for a, b in pairs]
        self.spent += 10 * min(len(pairs), self.most)
        return [verdict if place < self.most else None for place, verdict in enumerate(said)]


def scored(report) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == "scorer"]


def test_what_no_rule_compares_is_a_tension_with_both_sentences(told):
    report = told([TEARS, CALM], Marker("tears"))
    (finding,) = scored(report)
    assert (finding.outcome, finding.severity, finding.priority) == (Outcome.CONFLICT, Severity.TENSION, 2)
    assert [[evidence.quote for evidence in side.evidence] for side in finding.sides] == [[TEARS], [CALM]]
    assert finding.confidence == 0.97
    assert "trained model" in finding.message
    texts = {article.id: article.text for article in report.articles}
    assert all(e.span.of(texts[e.article]) == e.quote for side in finding.sides for e in side.evidence)
    assert report.scorer == "marker"


def test_without_a_scorer_nothing_is_added(told):
    report = told([TEARS, CALM], None)
    assert scored(report) == []
    assert report.scorer is None
    assert '"scorer": null' in render_json(report)


@pytest.mark.parametrize("scorer", [Marker("tears", probability=0.85), Marker("tears", one_way=True)])
def test_a_scorer_that_is_not_sure_both_ways_round_is_not_heard(told, scorer):
    assert scored(told([TEARS, CALM], scorer)) == []


def test_only_claims_of_two_articles_in_one_cluster_are_asked_about(told):
    scorer = Marker("tears")
    report = told([TEARS, CALM], scorer)
    together = {frozenset((a, b)) for cluster in report.clusters for a in cluster.claims for b in cluster.claims}
    texts = {claim.text: claim for claim in report.claims}
    assert scorer.asked
    for a, b in scorer.asked:
        assert frozenset((texts[a].id, texts[b].id)) in together
        assert texts[a].article != texts[b].article


def test_what_a_rule_has_set_against_each_other_is_not_told_twice(told):
    texts = [f"The blast in Norhaven on Tuesday killed {number} miners, police said." for number in ("nine", "twelve")]
    report = told(texts, Marker("nine"))
    assert [finding.rule for finding in report.findings if finding.severity is not None] == ["casualties.killed"]


def test_one_finding_for_all_who_say_the_one_or_the_other(told):
    report = told([TEARS, CALM, TEARS.replace("read", "was reading")], Marker("tears"))
    assert len(scored(report)) == 1


def test_the_order_of_the_articles_does_not_show(told):
    pages = [render_json(told([TEARS, CALM], Marker("tears"), shuffled)) for shuffled in (False, True)]
    assert all(a == b for a, b in pairwise(pages))


def test_a_language_model_is_heard_and_named_and_what_it_was_sent_is_said(told):
    juror = Juror("tears")
    report = told([TEARS, CALM], None, jury=juror)
    (finding,) = [finding for finding in report.findings if finding.rule == "judge"]
    assert (finding.severity, finding.priority) == (Severity.TENSION, 2)
    assert "The language model juror takes the two for a contradiction" in finding.message
    assert report.judge is not None
    assert (report.judge.name, report.judge.asked, report.judge.answered) == ("juror", len(juror.asked), len(juror.asked))
    assert all(passage.after in ("", COURT) for pair in juror.asked for passage in pair)
    page = render_markdown(report)
    assert "The language model juror, outside this tool, was sent" in page
    assert page.count("no answer") == 0


def test_pairs_beyond_the_ceiling_are_said_to_be_unjudged(told):
    report = told([TEARS, CALM], None, jury=Juror("tears", most=0))
    assert [finding for finding in report.findings if finding.rule == "judge"] == []
    assert "got no answer and" in render_markdown(report)


def test_what_the_scorer_has_set_against_each_other_is_not_told_again_by_the_language_model(told):
    report = told([TEARS, CALM], Marker("tears"), jury=Juror("tears"))
    assert [finding.rule for finding in report.findings if finding.rule in ("scorer", "judge")] == ["scorer"]
