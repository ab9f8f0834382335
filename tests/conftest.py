"""Fixtures that several test modules share: the models are loaded once a session."""

from __future__ import annotations

from functools import partial

import pytest
from stories import Story, make_story

from reconcile.models.embedder import SentenceEmbedder
from reconcile.models.parser import SpacyParser


@pytest.fixture(scope="session")
def parser() -> SpacyParser:
    return SpacyParser()


@pytest.fixture(scope="session")
def embedder() -> SentenceEmbedder:
    return SentenceEmbedder()


@pytest.fixture(scope="session")
def story(parser: SpacyParser) -> Story:
    """Make an article of the given sentences, one claim each, spoken by the outlet."""
    return partial(make_story, parser)
