"""Why two claims are one fact or not: feature by feature, and in words that do not claim too much."""

from __future__ import annotations

import pytest
from stories import Story

from reconcile.errors import InputError
from reconcile.model import Article
from reconcile.models.embedder import SentenceEmbedder
from reconcile.models.parser import SpacyParser
from reconcile.pipeline import explain_pair
from reconcile.report.pair import render_pair

FERRY_A = [
    "The ferry Northern Star struck the pier in Oban on Tuesday and nine people were hurt.",
    "Police Scotland said the vessel was on its way from Mull.",
    "Captain Ewan Drummond was taken to hospital in Glasgow.",
]
FERRY_B = [
    "Six passengers were injured when the Northern Star hit a pier at Oban, Police Scotland said.",
    "The ferry had left Mull an hour before.",
    "Its captain, Ewan Drummond, is in a Glasgow hospital.",
]
TWIN = [
    "The ferry Southern Cross struck the pier in Ystad on Tuesday and four people were hurt.",
    "Swedish police said the vessel was on its way from Bornholm.",
    "Captain Lars Holm was taken to hospital in Malmo.",
]


def explained(one: Article, other: Article, words: tuple[str, str], parser: SpacyParser, embedder: SentenceEmbedder) -> str:
    pair = explain_pair([one, other], *words, parser, embedder)
    for judged in (pair.one_event, pair.one_fact):
        assert judged is None or 0 <= judged.probability <= 1
    return render_pair(pair, {one.id: one.source, other.id: other.source})


def test_the_same_fact_is_shown_with_what_spoke_for_it(story: Story, parser: SpacyParser, embedder: SentenceEmbedder) -> None:
    page = explained(story("a", FERRY_A)[0], story("b", FERRY_B)[0], ("Captain Ewan", "Its captain"), parser, embedder)
    assert FERRY_A[2] in page
    assert FERRY_B[2] in page
    assert "One event?" in page
    assert "names: shared" in page
    assert "belong to different events" not in page


def test_twins_are_of_two_events_and_the_page_says_so(story: Story, parser: SpacyParser, embedder: SentenceEmbedder) -> None:
    page = explained(story("a", FERRY_A)[0], story("twin", TWIN)[0], ("struck the pier", "struck the pier"), parser, embedder)
    assert "belong to different events" in page
    assert "rivals: only places in common" in page
    assert "Not asked" in page


def test_words_that_no_claim_holds_are_an_error_with_the_file(story: Story, parser: SpacyParser, embedder: SentenceEmbedder) -> None:
    with pytest.raises(InputError, match="a: no claim holds the words 'submarine'"):
        explain_pair([story("a", FERRY_A)[0], story("b", FERRY_B)[0]], "submarine", "captain", parser, embedder)
