"""Clusters: claims of one fact stand together, and likeness never crosses events."""

from __future__ import annotations

from dataclasses import replace

from stories import Story

from reconcile.clustering import Likeness, cluster_claims
from reconcile.clustering.likeness import content_words
from reconcile.models.embedder import SentenceEmbedder

TIES = {("a", "b"): (0.95, 0.95)}
A = ["The ferry struck the pier on Tuesday evening.", "The harbour master has ordered an inquiry.", "Tickets will be refunded in full."]
B = ["On Tuesday evening the ferry hit the pier.", "An inquiry was ordered by the harbour master.", "The weather was calm."]


def test_the_same_facts_meet_and_lone_claims_stay_alone(story: Story, embedder: SentenceEmbedder) -> None:
    claims = [replace(claim, event="E1") for name, lines in (("a", A), ("b", B)) for claim in story(name, lines)[1]]
    texts = {claim.id: claim.text for claim in claims}
    clusters = {frozenset(texts[claim] for claim in cluster.claims) for cluster in cluster_claims(Likeness(claims, embedder, TIES))}
    assert clusters == {frozenset({A[0], B[0]}), frozenset({A[1], B[1]})}


def test_claims_of_different_events_never_meet(story: Story, embedder: SentenceEmbedder) -> None:
    claims = [replace(story("a", A)[1][0], event="E1"), replace(story("b", [*A[:1], "x y."])[1][0], event="E2")]
    likeness = Likeness(claims, embedder, TIES)
    assert likeness.of(claims[0].id, claims[1].id) == 0.0
    assert cluster_claims(likeness) == ()


def test_likeness_is_symmetric_and_one_on_itself(story: Story, embedder: SentenceEmbedder) -> None:
    claims = [replace(claim, event="E1") for claim in story("a", A + B)[1]]
    likeness = Likeness(claims, embedder, TIES)
    for a in claims:
        assert likeness.of(a.id, a.id) == 1.0
        for b in claims:
            assert likeness.of(a.id, b.id) == likeness.of(b.id, a.id)


def test_content_words_leave_out_what_says_nothing(story: Story) -> None:
    claim = story("a", ["The minister said that the bridge will be closed."])[1][0]
    assert content_words(claim.tokens) == {"minister", "bridge", "close"}
