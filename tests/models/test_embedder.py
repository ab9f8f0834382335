"""Embeddings: unit length, and the same to the last bit in whatever company a text is embedded."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.models.embedder import Remembering, SentenceEmbedder

SENTENCES = (
    "The ferry struck the pier.",
    "A ferry hit the pier at Norhaven on Tuesday, and nine passengers were taken to hospital.",
    "Nine were hurt.",
    "Six were hurt.",
    "Police said on Wednesday that the captain, who had commanded the vessel for twenty years, was being questioned about its speed.",
    "strike",
    "",
    "word " * 400,
)


@settings(max_examples=15, deadline=None)
@given(company=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=40))
def test_a_text_has_the_same_vector_in_any_company(embedder: SentenceEmbedder, company: list[str]) -> None:
    together = embedder.embed(company)
    for text, row in zip(company, together, strict=True):
        assert np.array_equal(row, embedder.embed([text])[0])
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_nothing_to_embed_is_no_error(embedder: SentenceEmbedder) -> None:
    assert embedder.embed([]).shape[0] == Remembering(embedder).embed([]).shape[0] == 0
