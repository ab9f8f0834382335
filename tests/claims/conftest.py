"""Articles made of blocks, and their claims, for the tests of the claims stage."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reconcile.claims import extract_claims
from reconcile.model import Article, Block, BlockKind, Claim, Span
from reconcile.models.parser import SpacyParser

Read = Callable[..., list[Claim]]


def make_article(*blocks: str | tuple[BlockKind, str], source: str = "The Wire", name: str = "one") -> Article:
    """Make an article of blocks with a line break between them; a bare text is a paragraph."""
    kinds = [block if isinstance(block, tuple) else (BlockKind.PARAGRAPH, block) for block in blocks]
    spans: list[Block] = []
    start = 0
    for kind, text in kinds:
        spans.append(Block(Span(start, start + len(text)), kind))
        start += len(text) + 1
    return Article(id=name, path=name, text="\n".join(text for _, text in kinds), source=source, blocks=tuple(spans))


@pytest.fixture(scope="session")
def read(parser: SpacyParser) -> Read:
    """Return the claims of one article made of the given blocks."""

    def claims(*blocks: str | tuple[BlockKind, str]) -> list[Claim]:
        return list(extract_claims([make_article(*blocks)], parser))

    return claims


@pytest.fixture(scope="session")
def article() -> Callable[..., Article]:
    return make_article
