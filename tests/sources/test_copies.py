"""Copies: edited texts are found with the passages they share, whatever their outlet; independent reports are not called copies."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from stories import Story

from reconcile.model import Article, Claim, Copy
from reconcile.models.embedder import SentenceEmbedder
from reconcile.sources import Sources, find_sources
from reconcile.sources.copies import distinct, group_pairs

WIRE = [
    "A freight train left the rails near Dole on Monday and blocked the line for several hours, the railway said.",
    "Nobody was hurt when the last four wagons tipped over on a bend that had been repaired a week before.",
    "Engineers were sent from Dijon to lift the wagons and to look at the track before the line could open again.",
    "Passengers had to change to buses between the two towns, and some of them reached Besançon four hours late.",
]
REWORDED = [
    "Trains stood still in the Jura for much of the day.",
    "No one was injured when the last four wagons overturned on a bend that was repaired a week earlier.",
    "Engineers were dispatched from Dijon to lift the wagons and inspect the track before the line could reopen.",
    "The railway said a freight train had left the rails near Dole on Monday and blocked the line for several hours.",
]
OWN = [
    "Four wagons of a goods train derailed close to Dole early this week.",
    "The stretch to Dijon was shut until the evening and travellers were taken on by road.",
    "A spokeswoman of the network blamed the heat of the past days, which may have bent the rails.",
    "It is the third such accident in the region since spring, and the union of drivers asks for slower trains.",
]


def sources_of(embedder: SentenceEmbedder, *told: tuple[Article, list[Claim]]) -> Sources:
    return find_sources([article for article, _ in told], [claim for _, claims in told for claim in claims], embedder)


def near(found: Sources) -> list[Copy]:
    return [copy for copy in found.copies if copy.near_copy]


def test_a_copy_cut_and_headed_anew_is_found_with_its_passage(story: Story, embedder: SentenceEmbedder) -> None:
    a, b = story("a", WIRE), story("b", ["Trains stood still in the Jura.", *WIRE[:2]])
    found = sources_of(embedder, a, b)
    assert [(copy.articles, copy.origin) for copy in near(found)] == [(("a", "b"), "")]
    (passage,) = found.passages
    assert passage.likeness == 1.0
    assert [excerpt.quote for excerpt in (passage.a, passage.b)] == ["\n".join(WIRE[:2])[:-1]] * 2
    assert all(excerpt.span.of(article.text) == excerpt.quote for excerpt, (article, _) in zip((passage.a, passage.b), (a, b), strict=True))


def test_a_reworded_copy_in_another_order_is_found(story: Story, embedder: SentenceEmbedder) -> None:
    found = sources_of(embedder, story("a", WIRE), story("b", REWORDED))
    assert [copy.articles for copy in near(found)] == [("a", "b")]
    assert len(found.passages) == 2 or len(found.passages) == 3


def test_reports_of_one_event_in_own_words_are_no_copies(story: Story, embedder: SentenceEmbedder) -> None:
    found = sources_of(embedder, story("a", WIRE), story("b", OWN))
    assert near(found) == []
    assert found.passages == ()


def test_a_long_statement_that_both_quote_makes_no_copy(story: Story, embedder: SentenceEmbedder) -> None:
    quote = "“We will look at every bolt of this bridge before a single car drives over it again, and we will pay for every hour of it”"
    a = story("a", [f"The mayor said: {quote}.", "Drivers are asked to take the narrow road along the river until the end of June."])
    b = story("b", ["Shopkeepers fear for their trade and want a ferry at once.", f"{quote}, the mayor promised, but no date."])
    found = sources_of(embedder, a, b)
    (copy,) = found.copies
    assert (copy.origin, copy.near_copy) == ("one statement", False)
    assert copy.cue in a[0].text


def test_a_copy_is_found_across_events(story: Story, embedder: SentenceEmbedder) -> None:
    a, (b, claims) = story("a", WIRE), story("b", WIRE[:3])
    moved = [replace(claim, event="E2") for claim in claims]
    assert [copy.articles for copy in near(sources_of(embedder, a, (b, moved)))] == [("a", "b")]


def test_three_copies_are_one_group_with_the_agency_that_one_credits(story: Story, embedder: SentenceEmbedder) -> None:
    wire = ["DOLE (AP) - Trains stood still on Monday.", *WIRE]
    found = sources_of(embedder, story("a", wire), story("b", WIRE), story("c", [*REWORDED, WIRE[3]]))
    assert [(copy.articles, copy.origin) for copy in near(found)] == [(("a", "b", "c"), "AP")]


def test_an_article_made_of_two_is_no_reason_to_call_those_one(story: Story, embedder: SentenceEmbedder) -> None:
    found = sources_of(embedder, story("a", WIRE), story("b", OWN), story("m", [*WIRE[:3], *OWN[1:]]))
    assert [copy.articles for copy in near(found)] == [("a", "m"), ("b", "m")]


def test_the_order_of_the_articles_does_not_show(story: Story, embedder: SentenceEmbedder) -> None:
    told = [story(name, sentences) for name, sentences in zip("abcd", (WIRE, REWORDED, OWN, WIRE[1:]), strict=True)]
    first = sources_of(embedder, *told)
    random.Random(1).shuffle(told)
    again = sources_of(embedder, *told)
    assert (first.copies, first.passages, first.chains) == (again.copies, again.passages, again.chains)


@pytest.mark.parametrize("text", ["", "No.", "“”"])
def test_texts_without_words_are_no_trouble(story: Story, embedder: SentenceEmbedder, text: str) -> None:
    assert near(sources_of(embedder, story("a", [text]), story("b", [text]))) == []


def test_pairs_become_groups_in_which_all_are_linked() -> None:
    assert group_pairs({("a", "b"): 0.5, ("a", "c"): 0.5, ("b", "c"): 0.5}) == [("a", "b", "c")]
    assert group_pairs({("a", "m"): 0.5, ("b", "m"): 0.5}) == [("a", "m"), ("b", "m")]
    names = [f"n{number:03}" for number in range(60)]
    assert group_pairs(dict.fromkeys(pairwise(names), 0.95)) == [tuple(names)]


def test_the_same_origin_for_fewer_articles_is_not_said_twice() -> None:
    groups = [Copy(tuple(names), "AP", "(AP)", near_copy=False) for names in (*combinations("abc", 2), "abc")]
    assert [copy.articles for copy in distinct(groups)] == [("a", "b", "c")]
    assert len(distinct([*groups, Copy(("a", "b"), "AP", "x", near_copy=True)])) == 2
