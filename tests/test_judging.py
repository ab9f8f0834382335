"""What may meet, what a finding is made of, and what is only a near miss: whole stories through the pipeline."""

from __future__ import annotations

from datetime import datetime

import pytest

from reconcile.model import Article, Block, BlockKind, Finding, Outcome, Report, Severity, Span
from reconcile.models.embedder import SentenceEmbedder
from reconcile.models.parser import SpacyParser
from reconcile.pipeline import build_report
from reconcile.rules import load_rules

LEDE = "The ferry Northern Star struck the pier in Oban on Tuesday evening, Police Scotland said."
TAIL = "Captain Ewan Drummond was taken to a hospital in Glasgow."


class Desk:
    """Makes reports of stories written as lists of sentences."""

    def __init__(self, parser: SpacyParser, embedder: SentenceEmbedder) -> None:
        self.parser, self.embedder, self.rules = parser, embedder, load_rules()

    def report(self, *stories: list[str], published: tuple[str, ...] = ()) -> Report:
        articles = [self.article(i, sentences, published[i] if published else None) for i, sentences in enumerate(stories)]
        return build_report(articles, self.rules, self.parser, self.embedder)

    def article(self, number: int, sentences: list[str], published: str | None) -> Article:
        text = "\n".join([LEDE, *sentences, TAIL])
        blocks, at = [], 0
        for line in text.split("\n"):
            blocks.append(Block(Span(at, at + len(line)), BlockKind.PARAGRAPH))
            at += len(line) + 1
        told = datetime.fromisoformat(published) if published else None
        return Article(f"a{number}", f"a{number}", text, f"Outlet {number}", published=told, blocks=tuple(blocks))

    def conflicts(self, *stories: list[str], published: tuple[str, ...] = ()) -> list[Finding]:
        return [finding for finding in self.report(*stories, published=published).findings if finding.outcome is Outcome.CONFLICT]


@pytest.fixture(scope="module")
def desk(parser: SpacyParser, embedder: SentenceEmbedder) -> Desk:
    return Desk(parser, embedder)


def quotes(finding: Finding) -> list[list[str]]:
    return [[evidence.quote for evidence in side.evidence] for side in finding.sides]


def test_all_articles_line_up_on_the_sides_of_one_finding(desk: Desk) -> None:
    (finding,) = desk.conflicts(["Nine people were injured."], ["Six people were hurt."], ["Nine people were hurt, a doctor said."])
    assert finding.rule == "casualties.injured"
    assert sorted(map(len, quotes(finding))) == [1, 2]
    assert finding.severity is Severity.CONTRADICTION
    assert finding.scope == "cross"


def test_a_higher_figure_told_later_is_an_update(desk: Desk) -> None:
    (finding,) = desk.conflicts(
        ["Six people were injured."], ["Nine people were injured."], published=("2024-05-08T07:00:00", "2024-05-08T11:00:00")
    )
    assert finding.severity is Severity.UPDATE


def test_a_lower_figure_told_later_is_at_odds_and_no_contradiction(desk: Desk) -> None:
    (finding,) = desk.conflicts(
        ["Nine people were injured."], ["Six people were injured."], published=("2024-05-08T07:00:00", "2024-05-08T11:00:00")
    )
    assert finding.severity is Severity.TENSION


HOURS = ("2024-05-08T07:00:00", "2024-05-08T11:00:00")


FOUR, SEVEN = ["Four people were injured."], ["Seven people were injured."]
DAY, NEXT, THIRD = "2031-03-05", "2031-03-06", "2031-03-07"


@pytest.mark.parametrize(
    ("stories", "published", "severity", "reason"),
    [
        ((FOUR, SEVEN), (DAY, NEXT), Severity.UPDATE, "the later report has the higher figure"),
        ((FOUR, SEVEN, FOUR), (DAY, NEXT, "2031-03-09"), Severity.TENSION, "reports since have the lower figure again"),
        ((FOUR, SEVEN, FOUR), (f"{DAY}T09:00", f"{DAY}T11:00", f"{DAY}T12:00"), Severity.TENSION, "the later report has the lower figure"),
        ((FOUR, SEVEN), (DAY, DAY), Severity.TENSION, "which of the two reports is the later cannot be told"),
        ((FOUR, SEVEN), (DAY, f"{DAY}T11:00"), Severity.TENSION, "which of the two reports is the later cannot be told"),
        ((FOUR, SEVEN, SEVEN), (DAY, DAY, THIRD), Severity.UPDATE, "they are of one day, and later reports have the higher figure"),
        ((SEVEN, FOUR), (DAY, NEXT), Severity.TENSION, "the later report has the lower figure"),
        ((FOUR, SEVEN), (f"{DAY}T09:00", f"{DAY}T09:00"), Severity.CONTRADICTION, "are different figures"),
    ],
)
def test_an_update_needs_an_order_and_has_to_last(desk: Desk, stories, published, severity, reason) -> None:  # type: ignore[no-untyped-def]
    (finding,) = desk.conflicts(*stories, published=published)
    assert finding.severity is severity
    assert any(comparison.reason.endswith(reason) for comparison in finding.comparisons)


def test_a_later_total_that_holds_the_earlier_figure_is_no_update(desk: Desk) -> None:
    whole = "Seven people were injured, including four who were hurt by glass."
    assert desk.conflicts(FOUR, [whole], published=(DAY, NEXT)) == []


@pytest.mark.parametrize(
    "part",
    [
        "The identities of three people killed in the collision are known.",
        "Divers found two women under the pier, one dead, the other badly injured.",
    ],
)
def test_a_part_of_the_dead_is_not_set_against_all(desk: Desk, part: str) -> None:
    assert desk.conflicts(["The collision killed nine people."], ["The pier is closed.", part], published=(DAY, NEXT)) == []


def test_a_higher_sum_told_later_is_no_update(desk: Desk) -> None:
    first, second = (
        ["Northern Lines made a $3 million offer for Mull Ferries."],
        ["Northern Lines made a $4 million offer for Mull Ferries."],
    )
    (finding,) = desk.conflicts(first, second, published=HOURS)
    assert (finding.rule, finding.severity) == ("money.amount", Severity.TENSION)


def test_shares_of_different_hours_are_an_update(desk: Desk) -> None:
    first, second = ["Shares in Northern Lines fell 4 percent at 9:30 a.m."], ["Shares in Northern Lines fell 6 percent at 3 p.m."]
    (finding,) = [f for f in desk.conflicts(first, second, published=HOURS) if f.rule == "quantity.measure"]
    assert finding.severity is Severity.UPDATE
    assert "different hours" in finding.message


SILENT = [
    (["Nine people were injured."], ["The pier is closed until Friday."]),
    (["Nine people were injured."], ["Four people were seriously injured."]),
    (["Nine people were injured."], ["Of the nine injured, three were children."]),
    (["Nine people were injured."], ["In March 2019, two people were injured when a ferry struck a pier in Mull."]),
    (["Nine people were injured."], ["Nine of the 90 passengers were hurt."]),
    (["Nine people were injured."], ["Six passengers were injured."]),
    (["The ferry had 90 people on board."], ["Nine people were injured."]),
    (["The repair will cost $3 million."], ["The ferry had cost $40 million."]),
    (["The line took calls in April and May of 2012."], ["The line took calls in April and May of 2012."]),
    (["The line took calls in April and May of 2012 from Mull."], ["Mull heard the line take calls in April and May of 2012."]),
    (["The yard added 168 jobs."], ["The yard together added 1,840 jobs."]),
    (["The ferry was built in 1995."], ["It was renovated in 2007."]),
]


@pytest.mark.parametrize(("first", "second"), SILENT)
def test_figures_of_other_roles_parts_and_times_never_clash(first: list[str], second: list[str], desk: Desk) -> None:
    assert [finding for finding in desk.conflicts(first, second) if finding.severity in {Severity.CONTRADICTION, Severity.TENSION}] == []


def test_a_near_miss_is_kept_with_its_reason(desk: Desk) -> None:
    report = desk.report(["Nine people were injured."], ["Four people were seriously injured."])
    assert any("serious" in finding.why for finding in report.rejected)


def test_one_article_can_contradict_itself(desk: Desk) -> None:
    (finding,) = desk.conflicts(["Nine people were injured.", "The pier was damaged.", "Seven people were injured, a doctor said."])
    assert (finding.scope, finding.severity) == ("internal", Severity.CONTRADICTION)


def test_an_article_agrees_with_itself(desk: Desk) -> None:
    assert desk.conflicts(["Nine people were injured.", "Divers looked at the hull.", "The nine injured went home by bus."]) == []


def test_the_same_fact_in_two_articles_is_an_agreement(desk: Desk) -> None:
    report = desk.report(
        ["The harbour master ordered an inquiry into the crash."], ["An inquiry into the crash was ordered by the harbour master."]
    )
    agreed = [finding for finding in report.findings if finding.outcome is Outcome.AGREEMENT]
    assert any("inquiry" in finding.message for finding in agreed)
    for finding in agreed:
        assert len({evidence.article for side in finding.sides for evidence in side.evidence}) > 1


def test_a_claim_of_weight_in_one_article_is_listed_and_silence_is_no_conflict(desk: Desk) -> None:
    report = desk.report(["Prosecutors charged the engineer Otto Keller with fraud."], ["The sea was calm."])
    single = [finding.message for finding in report.findings if finding.outcome is Outcome.SINGLE_SOURCE]
    assert any("Keller" in message for message in single)
    assert not [finding for finding in report.findings if finding.outcome is Outcome.CONFLICT]


def test_two_speakers_are_named_when_outlets_differ_through_them(desk: Desk) -> None:
    (finding,) = desk.conflicts(["Nine people were injured, the mayor said."], ["Six people were injured, the operator said."])
    assert "The two versions come from different speakers: mayor, and operator." in finding.message


def test_ids_do_not_depend_on_the_order_of_the_articles(desk: Desk) -> None:
    first = [desk.article(0, ["Nine people were injured."], None), desk.article(1, ["Six people were hurt."], None)]
    forth = build_report(first, desk.rules, desk.parser, desk.embedder)
    back = build_report(first[::-1], desk.rules, desk.parser, desk.embedder)
    assert [finding.id for finding in forth.findings] == [finding.id for finding in back.findings]


def test_no_article_gives_an_empty_report(desk: Desk) -> None:
    report = build_report([], desk.rules, desk.parser, desk.embedder)
    assert (report.claims, report.findings, report.events) == ((), (), ())


NO_DISAGREEMENT = [
    (
        ["Nine people were killed."],
        ["The pier is closed.", "Divers looked at the hull.", "In Peru, a bus crash in Cusco killed four people."],
    ),
    (["Nine people were killed."], ["Nine people were killed.", "Two people died at the scene, a doctor said."]),
    (["Eight people were killed."], ["The gunman killed seven people before turning the gun on himself."]),
    (["Nine people were injured."], ["Initial reports said six people were injured."]),
    (["Nine people were injured."], ["None of the 12 people on the pier were injured."]),
    (["Nine people were killed."], ['"Nobody deserves to die like this," a neighbour said.']),
    (["Nine people were injured."], ["Since Friday, 14 people have been injured in shootings across the city."]),
    (["Nine people were killed."], ["Otto Keller is accused of killing two people."]),
    (["Nine people were injured."], ["Three men were hurt, compared with 9 last week.", "Nine were hurt."]),
    (["A 21-year-old man was shot in the leg."], ["A 34-year-old man was shot in the arm.", "A 17-year-old man was shot in the hand."]),
    (["The mayor resigned on Friday."], ["The mayor resigned on Friday."]),
    (["Five people were killed."], ["The pair killed three people before taking their own lives."]),
    (["The House narrowly passed the harbour bill."], ["The Senate overwhelmingly passed the harbour bill."]),
    (
        ["The council voted to override the mayor's veto of the harbour bill."],
        ["The council rejected the mayor's veto of the harbour bill."],
    ),
    (["Vice President Otto Keller spoke in Norhaven."], ["The vice-president, Otto Keller, spoke in Norhaven."]),
    (["Nine people were injured."], ["The pier is closed.", "Four victims were taken to hospital by boat."]),
    (["Nine people were injured."], ["The injured were taken to four different hospitals."]),
    (["Nine people were injured."], ["The pier is closed.", "Divers looked at the hull.", "Five people were in good condition."]),
    (["Four people were injured."], ["One person was killed and three others were injured."]),
    (["Seven people were injured."], ['"We need an ambulance, five people are injured," a woman told the dispatcher.']),
    (["A 27-year-old man was killed on the pier."], ["A 34-year-old man faces charges after a man was killed on the pier."]),
    (["A father hit his 9-year-old son by accident.", "The son was hit by his 41-year-old father."], ["The sea was calm."]),
    (["The council has 48 clerks and 12 drivers at the pier."], ["The council has 60 clerks at the pier."]),
    (["A deckhand fired two shots and an officer ran."], ["An officer fired one shot and a deckhand ran."]),
    (["Otto Keller was not charged with murder."], ["The sea was calm.", "Otto Keller was charged by prosecutors from Oban."]),
    (["The envoy was hurt in the van and not during his arrest."], ["The envoy was hurt during his arrest."]),
    (["The ministry expelled the two envoys."], ["The envoys will stay until they are asked to leave."]),
    (["The ministry expelled the two envoys."], ["Both states recalled their ambassadors."]),
    (["Northern Lines tried to bully the port into expelling the envoys."], ["The envoys were asked to leave."]),
    (["The mayor said that it was a hate crime.", "The police found that it was not a hate crime."], ["The sea was calm."]),
]


@pytest.mark.parametrize(("first", "second"), NO_DISAGREEMENT)
def test_parts_stages_and_other_events_are_no_disagreement(first: list[str], second: list[str], desk: Desk) -> None:
    found = desk.conflicts(first, second, published=("2024-05-08T07:00:00", "2024-05-15T07:00:00"))
    assert [finding.message for finding in found if finding.severity in {Severity.CONTRADICTION, Severity.TENSION}] == []


STILL_AT_ODDS = [
    (["Two people were killed."], ["One person was killed and four were hurt."]),
    (["Ewan Drummond, 51, was hurt."], ["Ewan Drummond, 15, was hurt."]),
    (["A 6-year-old girl was hurt on the deck."], ["A 7-year-old girl was hurt on the deck."]),
    (["Nine people were killed."], ["The storm killed six people."]),
    (["Nine people were killed."], ["Four people were killed in the water and two on the pier."]),
    (["Otto Keller was not charged with fraud."], ["Otto Keller was charged with fraud."]),
    (["The envoys were expelled on Monday."], ["The envoys stayed until they were asked to leave on Monday."]),
    (["The House narrowly passed the harbour bill."], ["The House overwhelmingly passed the harbour bill."]),
]


@pytest.mark.parametrize(("first", "second"), STILL_AT_ODDS)
def test_figures_for_one_thing_are_still_at_odds(first: list[str], second: list[str], desk: Desk) -> None:
    assert [finding for finding in desk.conflicts(first, second) if finding.severity in {Severity.CONTRADICTION, Severity.TENSION}]


def test_a_figure_told_more_or_less_exactly_does_not_hinder_an_agreement(desk: Desk) -> None:
    report = desk.report(
        ["More than 270 passengers were taken off the ferry by boat."], ["The 276 passengers were taken off the ferry by boat."]
    )
    assert any("taken off" in finding.message for finding in report.findings if finding.outcome is Outcome.AGREEMENT)


def test_one_value_told_by_several_stands_on_one_side(desk: Desk) -> None:
    stories = (
        ["The trains collided at about 5 a.m."],
        ["The trains collided around 5:10 a.m."],
        ["The accident occurred around 5:10 a.m."],
    )
    (finding,) = [f for f in desk.conflicts(*stories) if f.rule == "time.rounded"]
    assert sorted(map(len, quotes(finding))) == [1, 2]


def test_a_count_of_other_things_shows_both_names_of_one_number(desk: Desk) -> None:
    (finding,) = [f for f in desk.conflicts(["The storm damaged 35 schools."], ["It damaged 35 school buses."]) if f.rule == "counts.noun"]
    assert sorted(map(len, quotes(finding))) == [1, 1]
    assert finding.severity is Severity.TERMINOLOGY


@pytest.mark.parametrize(
    ("dates", "severity"),
    [(("on March 3, 2011", "on March 5, 2011"), Severity.CONTRADICTION), (("this week", "last week"), Severity.TENSION)],
)
def test_a_week_counted_from_the_report_is_at_odds_and_no_contradiction(desk: Desk, dates, severity) -> None:  # type: ignore[no-untyped-def]
    texts = [f"The treaty on the Norhaven dam was signed in Brakel {date}." for date in dates]
    findings = [f for f in desk.conflicts(*([text] for text in texts), published=("2011-03-09", "2011-03-09")) if f.rule == "date.event"]
    assert [finding.severity for finding in findings] == [severity]
