"""The timeline: figures by the hour of report, corrections, who was first; and no time that no article has."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from ferry import conflict, evidence, ferry_report, make_article, make_claims, make_report

from reconcile.model import Article, Change, Claim, Cluster, EarlierVersion, Report, Severity
from reconcile.report.timeline import CorrectionKind, build_timelines

MORNING, NOON = datetime(2026, 3, 4, 9, 0, tzinfo=UTC), datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
DAY, NEXT_DAY = datetime(2026, 3, 4), datetime(2026, 3, 5)


def toll(name: str, number: str, when: datetime | None, **more: object) -> Article:
    return make_article(name, f"{number} people were hurt at the mill.", published=when, **more)


def story(*articles: Article, severity: Severity = Severity.UPDATE, more: tuple[Claim, ...] = ()) -> Report:
    """Make a report in which the first two articles differ on how many were hurt."""
    claims = [claim for article in articles for claim in make_claims(article)]
    pair = (claims[0], next(claim for claim in claims if claim.article == articles[1].id))
    words = tuple(claim.text.split(" were")[0] for claim in pair)
    finding = conflict(pair, words, severity, values=(4, 7))  # type: ignore[arg-type]
    return make_report(list(articles), [*claims, *more], findings=(finding,))


def test_a_figure_that_grows_is_a_series_in_the_order_of_the_hours() -> None:
    (timeline,) = build_timelines(story(toll("late", "Seven", NOON), toll("early", "Four", MORNING)))
    (series,) = timeline.series
    assert [(mark.told.outlet, mark.told.published) for mark in series.marks] == [
        ("Early", "2026-03-04 09:00 UTC"),
        ("Late", "2026-03-04 12:00 UTC"),
    ]
    assert series.update and not series.undated and timeline.developed


def test_a_difference_without_an_order_is_no_series() -> None:
    assert build_timelines(story(toll("one", "Four", MORNING), toll("two", "Seven", MORNING))) == ()
    assert build_timelines(story(toll("one", "Four", None), toll("two", "Seven", MORNING))) == ()


def test_of_a_bare_day_no_hour_is_assumed() -> None:
    assert build_timelines(story(toll("one", "Four", DAY), toll("two", "Seven", NOON))) == ()
    (timeline,) = build_timelines(story(toll("one", "Four", DAY), toll("two", "Seven", NEXT_DAY)))
    assert all(mark.told.day_only for mark in timeline.series[0].marks)


def test_an_article_without_a_date_stands_apart_and_a_guess_is_marked() -> None:
    articles = (toll("one", "Four", MORNING), toll("two", "Seven", NOON, published_inferred=True), toll("three", "Seven", None))
    report = story(*articles)
    (finding,) = report.findings
    third = evidence(make_claims(articles[2])[0], "Seven people")
    field = replace(finding.comparisons[0].b, span=third.span)
    linked = replace(finding.comparisons[0], b=field, claim_b=third.claim)
    sides = (finding.sides[0], replace(finding.sides[1], evidence=(*finding.sides[1].evidence, third)))
    report = replace(report, findings=(replace(finding, sides=sides, comparisons=(*finding.comparisons, linked)),))
    (timeline,) = build_timelines(report)
    assert [mark.told.outlet for mark in timeline.series[0].undated] == ["Three"]
    assert [mark.told.inferred for mark in timeline.series[0].marks] == [False, True]
    assert timeline.undated == ("Three",)


@pytest.mark.parametrize(
    "line",
    [
        "Correction: the mill stands in Osterby, not in Westerby.",
        "CORRECTION (March 5) - The mill employs ninety people.",
        "An earlier version of this story misspelt the name of the mill.",
        "This article has been corrected.",
        "(Corrects figure in second paragraph)",
    ],
)
def test_a_note_of_correction_is_found_with_its_words(line: str) -> None:
    article = toll("one", "Four", MORNING)
    noted = replace(article, text=f"{article.text}\n\n{line}\nMore follows.")
    report = make_report([noted, toll("two", "Four", NOON)], [*make_claims(article), *make_claims(toll("two", "Four", NOON))])
    (timeline,) = build_timelines(report)
    (correction,) = timeline.corrections
    assert correction.kind is CorrectionKind.NOTE and correction.after is not None
    assert correction.after.evidence.quote == line == correction.after.evidence.span.of(noted.text)


@pytest.mark.parametrize("line", ["He was held at the Norhaven Department of Correction.", "Corrections officers found the door open."])
def test_a_prison_is_no_correction(line: str) -> None:
    article = toll("one", "Four", MORNING)
    report = make_report([replace(article, text=f"{article.text}\n{line}"), toll("two", "Four", NOON)], make_claims(article))
    assert build_timelines(report) == ()


def test_an_outlet_that_gives_another_value_later_has_corrected_itself() -> None:
    report = story(toll("one", "Seven", MORNING, source="Post"), toll("two", "Four", NOON, source="Post"), severity=Severity.TENSION)
    (correction,) = build_timelines(report)[0].corrections
    assert correction.kind is CorrectionKind.RESTATED
    assert correction.before is not None and correction.after is not None
    assert (correction.before.evidence.quote, correction.after.evidence.quote) == ("Seven people", "Four people")
    other = story(toll("one", "Seven", MORNING, source="Post"), toll("two", "Four", NOON, source="Wave"), severity=Severity.TENSION)
    assert build_timelines(other)[0].corrections == ()


def test_what_a_newer_version_lacks_was_dropped_only_where_dates_tell_the_order() -> None:
    report = ferry_report()
    old = make_article("post-old", "Nine were hurt.\nThe mate is missing.", source="Post", published=datetime(2026, 3, 4, 8, 0, tzinfo=UTC))
    before = make_claims(old)
    after = next(claim for claim in report.claims if claim.article == "post" and claim.order == 1)
    version = EarlierVersion("post", old, False, True, (Change(evidence(before[0]), evidence(after)), Change(evidence(before[1]), None)))
    (timeline,) = build_timelines(replace(report, earlier=(version,)))
    assert [correction.kind for correction in timeline.corrections] == [CorrectionKind.VERSION, CorrectionKind.DROPPED]
    (undated,) = build_timelines(replace(report, earlier=(replace(version, dated=False),)))
    assert undated.corrections == ()


def test_the_first_to_tell_a_claim_is_the_earliest_that_has_a_time() -> None:
    (timeline,) = build_timelines(ferry_report())
    ferry = timeline.firsts[1]
    assert (ferry.told.outlet, ferry.others, ferry.undated, ferry.tied) == ("Post", 1, 1, False)


def test_on_one_day_without_hours_nobody_was_first_alone() -> None:
    articles = [toll("one", "Four", DAY), toll("two", "Four", NOON)]
    claims = [claim for article in articles for claim in make_claims(article)]
    clusters = (Cluster("K1", "E1", tuple(claim.id for claim in claims), 0.9),)
    (timeline,) = build_timelines(make_report(articles, claims, clusters=clusters))
    assert timeline.firsts[0].tied


def test_the_order_of_the_articles_does_not_show() -> None:
    report = ferry_report()
    turned = replace(report, articles=report.articles[::-1], claims=report.claims[::-1])
    assert build_timelines(report) == build_timelines(turned)
