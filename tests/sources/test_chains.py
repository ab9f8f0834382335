"""Chains of origin: outlet, agency or medium, speaker, document or eyewitness, in this order and no link without its words."""

from __future__ import annotations

from stories import Story

from reconcile.claims import extract_claims
from reconcile.model import Article, Chain, Claim
from reconcile.models.parser import SpacyParser
from reconcile.sources.chains import bodies_of, trace_chains
from reconcile.sources.credits import agency_credits


def traced(
    story: Story, parser: SpacyParser, *sentences: str, source: str = "Harbour Post"
) -> tuple[Article, list[Claim], tuple[Chain, ...]]:
    article, _ = story("a", list(sentences), source=source)
    claims = list(extract_claims([article], parser))
    return article, claims, trace_chains([article], claims, {"a": agency_credits(article)})


def links(chain: Chain) -> list[tuple[str, str]]:
    return [(link.kind, link.name) for link in chain.links]


def test_a_chain_runs_from_the_outlet_over_the_medium_to_the_speaker(story: Story, parser: SpacyParser) -> None:
    article, _, (chain,) = traced(story, parser, "Mayor Mirel Tovane told AFP that nine people were hurt.")
    assert links(chain) == [("outlet", "Harbour Post"), ("agency", "AFP"), ("speaker", "Mirel Tovane")]
    assert [link.span and link.span.of(article.text) for link in chain.links] == [None, "AFP", "Mirel Tovane"]


def test_a_cited_newspaper_is_a_medium(story: Story, parser: SpacyParser) -> None:
    _, _, (chain,) = traced(story, parser, "Nine people were hurt, according to the newspaper Fjord Tribune.")
    assert links(chain) == [("outlet", "Harbour Post"), ("medium", "Fjord Tribune")]


def test_a_document_stands_behind_its_author(story: Story, parser: SpacyParser) -> None:
    _, _, (chain,) = traced(story, parser, "The coastguard said in a statement that nine people were hurt.")
    assert links(chain) == [("outlet", "Harbour Post"), ("speaker", "coastguard"), ("document", "statement")]


def test_who_publishes_pictures_speaks_through_them(story: Story, parser: SpacyParser) -> None:
    _, _, (chain,) = traced(story, parser, "The Harbour Ministry published photographs of the burning ferry on Tuesday.")
    assert links(chain) == [("outlet", "Harbour Post"), ("speaker", "Harbour Ministry"), ("document", "photographs")]


def test_an_eyewitness_is_told_from_other_speakers(story: Story, parser: SpacyParser) -> None:
    _, _, (chain,) = traced(story, parser, "The ferry burned for an hour, a witness said.")
    assert links(chain) == [("outlet", "Harbour Post"), ("eyewitness", "witness")]


def test_an_agency_of_the_whole_article_stands_in_every_chain(story: Story, parser: SpacyParser) -> None:
    _, claims, chains = traced(story, parser, "KELDBY (AP) - A ferry struck the pier on Tuesday.", "Police said nine people were hurt.")
    assert len(chains) == len(claims) == 2
    assert [links(chain)[1:] for chain in chains] == [[("agency", "AP")], [("agency", "AP"), ("speaker", "police")]]


def test_a_claim_without_an_origin_has_no_chain(story: Story, parser: SpacyParser) -> None:
    assert traced(story, parser, "A ferry struck the pier on Tuesday.")[2] == ()


def test_an_outlet_is_no_origin_of_its_own(story: Story, parser: SpacyParser) -> None:
    assert traced(story, parser, "NTR's Jana Holt reports that the pier is shut.", source="ntr.org")[2] == ()


def test_a_person_speaks_for_the_body_named_beside(story: Story, parser: SpacyParser) -> None:
    _, claims, _ = traced(story, parser, "Keldby Police Chief Mirel Tovane said nine people were hurt.")
    assert {"keldby", "police"} <= bodies_of(claims)["a"]["Mirel Tovane"]
