"""What makes a finding the same one: its rule and its words, whatever the run, the event, the files and the company they are in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from desks import FERRY, INJURED, entry
from ferry import MAIL, POST, WAVE, agreement, conflict, make_article, make_claims, make_report

from reconcile.decisions import lay_over, subjects_of
from reconcile.decisions.matching import Matcher
from reconcile.model import Article, Evidence, Finding, Side, Span, State
from reconcile.report.json import report_object


def told(*articles: Article, event: str = "E1") -> dict[str, Any]:
    """Make a report in which the post and the wave differ about the injured, among others if there are any."""
    claims = [make_claims(article, event) for article in articles]
    by = {article.text[:5]: those for article, those in zip(articles, claims, strict=True)}
    found = conflict((by[POST[:5]][1], by[WAVE[:5]][0]), ("Nine people", "Six passengers"))
    return report_object(replace(make_report(list(articles), [c for those in claims for c in those]), findings=(found,)))


def with_sides(report: dict[str, Any], *sides: list[tuple[str, str]]) -> dict[str, Any]:
    """Give the finding other sides: for each the articles and the words of theirs that give it."""
    claims = {(claim["article"], claim["text"]): claim for claim in report["claims"]}

    def evidence(article: str, words: str) -> dict[str, Any]:
        claim = next(c for (name, text), c in claims.items() if name == article and words in text)
        start = claim["start"] + claim["text"].index(words)
        return {"article": article, "claim": claim["id"], "start": start, "end": start + len(words), "quote": words}

    finding = dict(report["findings"][0])
    finding["sides"] = [
        {"label": "ABC"[i], "value": side[0][1], "evidence": [evidence(*one) for one in side]} for i, side in enumerate(sides)
    ]
    return {**report, "findings": [finding]}


def holds(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Return whether a decision on the only finding of one report holds for that of another."""
    (then,), (now,) = subjects_of(before).values(), subjects_of(after).items()
    return Matcher(dict([now])).find(then) == (now[0],)


POST_A, WAVE_A = make_article("post", POST), make_article("wave", WAVE)
BASE = told(POST_A, WAVE_A)
HERALD = make_article("herald", "Nine people were hurt when the ferry struck, police said.\nRain fell.")
GAZETTE = make_article("gazette", "The ferry ran into the pier.\nSix passengers hurt, says the line.")


def test_a_decision_survives_a_new_run() -> None:
    assert holds(BASE, told(POST_A, WAVE_A))


def test_a_decision_survives_renamed_files_and_another_number_of_the_event() -> None:
    renamed = told(make_article("2026-03-post-final", POST, path="x/y.html"), make_article("w", WAVE), event="E7")
    assert subjects_of(renamed).keys() != subjects_of(BASE).keys() or holds(BASE, renamed)
    assert holds(BASE, renamed)


def test_a_decision_survives_articles_that_join_a_side_or_leave_it() -> None:
    everyone = told(POST_A, WAVE_A, HERALD, GAZETTE)
    full = with_sides(
        everyone, [("post", "Nine people"), ("herald", "Nine people")], [("wave", "Six passengers"), ("gazette", "Six passengers")]
    )
    assert holds(BASE, full)
    assert holds(full, BASE)


def test_the_order_of_sides_does_not_matter() -> None:
    turned = with_sides(BASE, [("wave", "Six passengers")], [("post", "Nine people")])
    assert holds(BASE, turned)
    assert len({subject.key for report in (BASE, turned) for subject in subjects_of(report).values()}) == 1


def test_a_decision_survives_a_text_that_grew_around_the_sentence() -> None:
    grown = make_article("post", "UPDATED at noon.\n" + POST)
    report = told(POST_A, WAVE_A)
    longer = report_object(make_report([grown, WAVE_A], [*make_claims(grown), *make_claims(WAVE_A)]))
    assert holds(BASE, with_sides({**longer, "findings": report["findings"]}, [("post", "Nine people")], [("wave", "Six passengers")]))


def test_a_version_more_or_less_is_another_finding() -> None:
    third = make_article("third", "Eleven people were hurt, the mayor said.")
    everyone = told(POST_A, WAVE_A, third)
    three = with_sides(everyone, [("post", "Nine people")], [("wave", "Six passengers")], [("third", "Eleven people")])
    assert not holds(BASE, three)
    assert not holds(three, BASE)


@pytest.mark.parametrize(("what", "value"), [("rule", "casualties.killed"), ("field", "quantity"), ("outcome", "agreement")])
def test_another_rule_field_or_outcome_is_another_finding(what: str, value: str) -> None:
    assert not holds(BASE, {**BASE, "findings": [{**BASE["findings"][0], what: value}]})


def test_the_same_words_in_another_sentence_are_another_finding() -> None:
    other = make_article("post", POST.replace("after the ferry struck", "after the tram struck"))
    assert not holds(BASE, told(other, WAVE_A))


def test_both_sides_must_be_known() -> None:
    other = make_article("wave", WAVE.replace("the company said", "the owner said"))
    assert not holds(BASE, told(POST_A, other))


def agreeing(*articles: Article) -> dict[str, Any]:
    claims = [make_claims(article) for article in articles]
    told = tuple(next(c for c in those if "at 6 a.m." in c.text) for those in claims)
    return report_object(replace(make_report(list(articles), [c for those in claims for c in those]), findings=(agreement(told),)))


def test_an_agreement_lives_as_long_as_two_that_agree() -> None:
    mail, fourth = make_article("mail", MAIL), make_article("fourth", "It left at 6 a.m. sharp.")
    three = agreeing(POST_A, WAVE_A, mail)
    assert holds(three, agreeing(POST_A, WAVE_A, mail, fourth))
    assert holds(agreeing(POST_A, WAVE_A), three)
    assert not holds(agreeing(POST_A, WAVE_A), agreeing(WAVE_A, mail, fourth))


def test_what_no_finding_answers_to_is_stale_and_not_dropped() -> None:
    decided = [entry(), entry("Ben", "note", words="ask the harbour master")]
    overlay = lay_over({**FERRY, "findings": FERRY["findings"][1:]}, decided)
    assert not overlay.standings
    (stale,) = overlay.stale
    assert (stale.rule, stale.quotes) == ("casualties.injured", ("Nine people", "Six passengers"))
    assert stale.standing.state is State.CONFIRMED
    assert [note.words for note in stale.standing.notes] == ["ask the harbour master"]
    assert lay_over(FERRY, decided).standings.keys() == {INJURED}


def test_a_report_that_lacks_the_claim_still_has_subjects() -> None:
    bare = {**FERRY, "claims": []}
    assert subjects_of(bare).keys() == subjects_of(FERRY).keys()


def test_two_places_of_one_word_in_a_sentence_are_two() -> None:
    twice = make_article("p", "Two men and two women sat.")
    (claim,) = make_claims(twice)
    sides = [Side("A", "two", (Evidence("p", claim.id, Span(start, start + 3), twice.text[start : start + 3]),)) for start in (0, 12)]
    findings: list[Finding] = [replace(agreement((claim,), name=f"f{i}"), sides=(side,)) for i, side in enumerate(sides)]
    a, b = subjects_of(report_object(replace(make_report([twice], [claim]), findings=tuple(findings)))).values()
    assert a.key != b.key
