"""Why two claims are one fact or not: feature by feature, and in words that do not claim too much."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stories import FERRY_A, FERRY_B, TWIN, Story

from reconcile.errors import InputError
from reconcile.model import Article
from reconcile.models.embedder import SentenceEmbedder
from reconcile.models.parser import SpacyParser
from reconcile.pipeline import explain_pair
from reconcile.report.pair import render_pair


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


def test_an_article_that_no_parser_reads_is_an_error_and_no_traceback(
    story: Story, parser: SpacyParser, embedder: SentenceEmbedder
) -> None:
    foreign = replace(story("b", FERRY_B)[0], language="de")
    with pytest.raises(InputError, match=r"b: is in German \(de\)"):
        explain_pair([story("a", FERRY_A)[0], foreign], "Captain", "captain", parser, embedder)
