"""Independence: how many origins stand behind one fact, and no "yes" where one is not stated."""

from __future__ import annotations

from stories import Story

from reconcile.claims import extract_claims
from reconcile.model import Claim, Excerpt, SharedPassage
from reconcile.models.parser import SpacyParser
from reconcile.sources.chains import bodies_of, trace_chains
from reconcile.sources.credits import agency_credits
from reconcile.sources.independence import Independence, Ties, independence

HURT = "Nine people were hurt when the ferry struck the pier"


def judged(story: Story, parser: SpacyParser, *sentences: str, near: dict[tuple[str, str], str] | None = None) -> Independence:
    """Judge one claim of each of some articles, the first of each."""
    articles = [story(name, [sentence], source=f"{name.upper()} Post")[0] for name, sentence in zip("abcd", sentences, strict=False)]
    claims = list(extract_claims(articles, parser))
    credits = {article.id: agency_credits(article) for article in articles}
    chains = {(chain.article, chain.claim): chain for chain in trace_chains(articles, claims, credits)}
    outlets = {article.id: article.source for article in articles}
    first = {claim.article: claim for claim in reversed(claims)}
    return independence(list(first.values()), Ties(outlets, near or {}, {}, chains, credits, bodies_of(claims)))


def test_different_speakers_make_an_agreement_independent(story: Story, parser: SpacyParser) -> None:
    found = judged(story, parser, f"{HURT}, police said.", f"{HURT}, according to Fjord Ferries.")
    assert found.independent is True
    assert found.reason == "yes: 2 articles, 2 origins: police (A Post); Fjord Ferries (B Post)"


def test_four_articles_may_have_two_origins(story: Story, parser: SpacyParser) -> None:
    found = judged(
        story,
        parser,
        f"{HURT}, police said.",
        f"{HURT}, a police spokesman said.",
        f"{HURT}, according to Fjord Ferries.",
        f"{HURT}, Fjord Ferries said.",
    )
    assert (found.independent, found.groups) == (True, 2)
    assert found.reason.startswith("yes: 4 articles, 2 origins: police")
    assert {(origin.name, origin.articles) for origin in found.origins} == {("police", ("a", "b")), ("Fjord Ferries", ("c", "d"))}


def test_one_speaker_behind_all_is_no_confirmation(story: Story, parser: SpacyParser) -> None:
    found = judged(story, parser, f"{HURT}, Mirel Tovane said.", f"{HURT}, according to Tovane.")
    assert (found.independent, found.groups) == (False, 1)
    assert found.reason == "no: A Post and B Post rest on Mirel Tovane"


def test_a_chief_of_police_and_the_police_are_one_origin(story: Story, parser: SpacyParser) -> None:
    found = judged(story, parser, f"{HURT}, Keldby Police Chief Mirel Tovane said.", f"{HURT}, police said.")
    assert found.independent is False


def test_an_article_that_cites_the_other_outlet_confirms_nothing(story: Story, parser: SpacyParser) -> None:
    found = judged(story, parser, f"{HURT}, police said.", f"{HURT}, the newspaper A Post reported.")
    assert found.independent is False
    assert "rest on A Post" in found.reason


def test_without_a_stated_origin_it_cannot_be_told(story: Story, parser: SpacyParser) -> None:
    found = judged(story, parser, f"{HURT}.", f"{HURT} on Monday.")
    assert (found.independent, found.reason) == (None, "cannot be told: none of them states an origin")


def test_nobody_in_particular_is_no_origin(story: Story, parser: SpacyParser) -> None:
    found = judged(story, parser, f"{HURT}, officials said.", f"{HURT}, police said.")
    assert found.independent is None
    assert found.reason == "cannot be told: 2 articles, 1 origin: police (B Post); none is stated in A Post"


def test_a_medium_may_have_it_from_the_speaker_that_the_other_names(story: Story, parser: SpacyParser) -> None:
    found = judged(story, parser, f"{HURT}, according to the newspaper Fjord Tribune.", f"{HURT}, police said.")
    assert found.independent is None
    assert "whom Fjord Tribune had it from is not stated" in found.reason


def test_two_voices_of_one_government_may_be_one(story: Story, parser: SpacyParser) -> None:
    found = judged(story, parser, f"{HURT}, the Transport Ministry said.", f"{HURT}, the Norlandic government said.")
    assert found.independent is None


def test_a_spokesman_of_nobody_named_may_speak_for_the_government(story: Story, parser: SpacyParser) -> None:
    found = judged(story, parser, f"{HURT}, spokesman Mirel Tovane said.", f"{HURT}, the Norlandic government said.")
    assert found.independent is None


def test_near_copies_are_one_origin_whatever_they_cite(story: Story, parser: SpacyParser) -> None:
    near = {("a", "b"): "AP"}
    found = judged(story, parser, f"{HURT}, police said.", f"{HURT}, according to Fjord Ferries.", near=near)
    assert (found.independent, found.reason) == (False, "no: A Post and B Post carry the same text (AP)")
    third = judged(story, parser, f"{HURT}.", f"{HURT} on Monday.", f"{HURT} at noon.", near=near)
    assert third.groups == 2


def test_claims_of_one_passage_are_one(story: Story) -> None:
    a, (first,) = story("a", [f"{HURT} on Monday at noon."])
    b, (second,) = story("b", [f"{HURT} on Monday."])
    passage = SharedPassage(*(Excerpt(one.id, _span(claim), claim.text) for one, claim in ((a, first), (b, second))), 0.9)
    found = independence([first, second], Ties({"a": "A Post", "b": "B Post"}, passages={("a", "b"): [passage]}))
    assert (found.independent, found.reason) == (False, "no: A Post and B Post print one passage")


def _span(claim: Claim):
    return claim.span
