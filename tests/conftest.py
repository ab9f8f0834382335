"""Fixtures that several test modules share: the models are loaded once a session."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from stories import Story, make_story

from reconcile.models.embedder import SentenceEmbedder
from reconcile.models.parser import SpacyParser


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the tests read out of articles away from what the user keeps."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


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
