"""The gate: one event is told by articles that share anchors, and twin events never meet."""

from __future__ import annotations

import math
import random

import pytest
from stories import FERRY_A, FERRY_B, TWIN, Story

from reconcile.anchors import claim_anchors
from reconcile.events import assign_events, explain_tie, load_gate
from reconcile.model import Article, Claim
from reconcile.models.embedder import SentenceEmbedder


def group(stories: list[tuple[Article, list[Claim]]], embedder: SentenceEmbedder) -> list[tuple[str, ...]]:
    articles = [article for article, _ in stories]
    claims = [claim for _, told in stories for claim in told]
    return [event.articles for event in assign_events(claims, articles, embedder).events]


def test_two_articles_of_one_event_meet(story: Story, embedder: SentenceEmbedder) -> None:
    assert group([story("a", FERRY_A), story("b", FERRY_B)], embedder) == [("a", "b")]


def test_twin_events_never_meet_though_their_sentences_are_near_twins(story: Story, embedder: SentenceEmbedder) -> None:
    assert group([story("a", FERRY_A), story("b", FERRY_B), story("twin", TWIN)], embedder) == [("a", "b"), ("twin",)]


def test_two_expulsions_from_one_country_are_two_events(story: Story, embedder: SentenceEmbedder) -> None:
    chinese = [
        "France expelled two Chinese officers after the attempt to send Ling Huazhan home by force.",
        "The Chinese Ministry of State Security ran the post in Paris.",
    ]
    russian = [
        "France expelled six Russian agents who worked under diplomatic cover.",
        "The Russian embassy in Paris called the step unfriendly, a week after 35 Russian diplomats had been sent home.",
    ]
    assert len(group([story("chinese", chinese), story("russian", russian)], embedder)) == 2


def test_the_order_of_articles_does_not_matter(story: Story, embedder: SentenceEmbedder) -> None:
    stories = [story("a", FERRY_A), story("b", FERRY_B), story("twin", TWIN)]
    expected = group(stories, embedder)
    for seed in range(3):
        random.Random(seed).shuffle(stories)
        assert group(stories, embedder) == expected


def test_a_passage_about_something_else_is_an_event_of_its_own(story: Story, embedder: SentenceEmbedder) -> None:
    aside = [
        "In Peru, the singer Rosa Quispe won the national prize for folk music.",
        "Quispe thanked her teacher Alberto Huaman on stage in Lima.",
        "Huaman had recorded three albums with the Andes Orchestra.",
    ]
    article, claims = story("a", [*FERRY_A, *aside])
    other, told = story("b", FERRY_B)
    placed = assign_events([*claims, *told], [article, other], embedder)
    assert [claim.event for claim in placed.claims if claim.article == "a"] == ["E1"] * 3 + ["E2"] * 3
    assert placed.article_events["a"] == ("E1", "E2")
    assert placed.events[1].articles == ("a",)


def test_a_single_article_is_one_event(story: Story, embedder: SentenceEmbedder) -> None:
    assert group([story("a", FERRY_A)], embedder) == [("a",)]


def test_country_and_adjective_are_one_anchor(story: Story) -> None:
    _, claims = story("a", ["Germany sent troops.", "German troops were sent to Mali.", "Officials in Afghanistan met Afghan elders."])
    first, second, third = (claim_anchors(claim.tokens) for claim in claims)
    assert first.keys() & second.keys()
    assert max(third.values()) == 2


def test_the_gate_says_why_two_articles_are_of_one_event_and_two_are_not(story: Story, embedder: SentenceEmbedder) -> None:
    stories = [story("a", FERRY_A), story("b", FERRY_B), story("twin", TWIN)]
    articles, claims = [article for article, _ in stories], [claim for _, told in stories for claim in told]
    placed = assign_events(claims, articles, embedder)
    join = load_gate().settings["join"]
    for other, met in (("b", True), ("twin", False)):
        why = explain_tie(claims, articles, embedder, "a", other)
        assert why is not None
        assert (why.probability >= join) is met
        assert why.probability == pytest.approx(placed.ties["a", other][0], abs=1e-6)
        odds = why.start + sum(added for _, _, added in why.parts)
        assert why.probability == pytest.approx(1 / (1 + math.exp(-odds)))
