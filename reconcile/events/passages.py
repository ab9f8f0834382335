"""Articles placed in events in, the passages that belong to another event out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from reconcile.anchors import claim_anchors
from reconcile.model import Claim, content_id
from reconcile.models.embedder import Embedder

STRAY_LIKENESS = 0.25
"""A passage less like the lead than this, with none of the event's anchors, belongs to another event."""
STRAY_LENGTH = 3
"""Claims that a passage needs before it can be an event of its own."""
STRAY_ANCHORS = 2
"""Anchors that a passage needs before it can be an event of its own."""


def find_strays(
    cores: Mapping[str, frozenset[str]], by_article: Mapping[str, Sequence[Claim]], openings: Mapping[str, int], embedder: Embedder
) -> dict[str, str]:
    """Return the passages that belong to another event than their article: claim id -> passage id.

    `cores` are the anchors of each article's event; `openings` says how many claims open each article.
    """
    strays: dict[str, str] = {}
    for article, claims in sorted(by_article.items()):
        vectors = embedder.embed([claim.text for claim in claims])
        near = (vectors @ vectors[: openings[article]].T).max(axis=1)
        run: list[Claim] = []
        for claim, likeness in [*zip(claims, near, strict=True), (None, 1.0)]:
            if claim is not None and likeness < STRAY_LIKENESS and not claim_anchors(claim.tokens).keys() & cores[article]:
                run.append(claim)
                continue
            named = Counter(anchor for stray in run for anchor in claim_anchors(stray.tokens))
            if len(run) >= STRAY_LENGTH and len(named) >= STRAY_ANCHORS:
                strays.update({stray.id: content_id(article, run[0].id) for stray in run})
            run = []
    return strays
