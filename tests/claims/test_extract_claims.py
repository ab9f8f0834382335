"""Articles in, claims out: ids, order, offsets, and what is no claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.claims import extract_claims
from reconcile.model import Article, Block, BlockKind, Claim, Span, Token
from reconcile.models.parser import SpacyParser

Make = Callable[..., Article]
Read = Callable[..., list[Claim]]


class Counting:
    """A parser that counts how often it is asked."""

    name = "counting"

    def __init__(self, parser: SpacyParser) -> None:
        self.parser, self.calls = parser, 0

    def parse(self, texts: Sequence[str]) -> list[tuple[Token, ...]]:
        self.calls += 1
        return self.parser.parse(texts)


def test_all_articles_are_parsed_in_one_call(parser: SpacyParser, article: Make) -> None:
    counting = Counting(parser)
    articles = [article("The ferry sank. Two men drowned.", name=name) for name in ("one", "two")]
    claims = extract_claims(articles, counting)
    assert counting.calls == 1
    assert [(claim.article, claim.order) for claim in claims] == [("one", 0), ("one", 1), ("two", 0), ("two", 1)]


def test_an_id_survives_a_rename_and_tells_places_apart(parser: SpacyParser, article: Make) -> None:
    made = article("The ferry sank.", "The ferry sank.")
    renamed = replace(made, id="other", path="other", source="Another")
    ids = [claim.id for claim in extract_claims([made], parser)]
    assert ids == [claim.id for claim in extract_claims([renamed], parser)]
    assert len(set(ids)) == 2


def test_tokens_stand_where_they_stand_in_the_article(read: Read) -> None:
    text = "The ferry\nsank.  Two men drowned off Doran."
    for claim in read("A storm came up at night.", text):
        whole = "A storm came up at night.\n" + text
        assert claim.span.of(whole) == claim.text
        assert all(token.span.of(whole) == token.text and claim.span.covers(token.span) for token in claim.tokens)


def test_every_kind_of_block_yields_claims(read: Read) -> None:
    claims = read((BlockKind.HEADLINE, "Ferry sinks in storm"), (BlockKind.SUBHEAD, "Two men drown"), (BlockKind.BULLET, "Port was shut"))
    assert [claim.block for claim in claims] == [BlockKind.HEADLINE, BlockKind.SUBHEAD, BlockKind.BULLET]


def test_what_says_nothing_is_no_claim(read: Read) -> None:
    assert [claim.text for claim in read("Doran.", "***", "He died.", "A. Moss", "—", "(Photo)")] == ["He died."]


def test_nothing_in_nothing_out(parser: SpacyParser, article: Make) -> None:
    assert extract_claims([], parser) == ()
    assert extract_claims([article("")], parser) == ()


def test_a_broken_surrogate_does_no_harm(read: Read) -> None:
    (claim,) = read("The ferry \ud83d sank in the storm.")
    assert claim.text == "The ferry \ud83d sank in the storm."


WORDS = st.sampled_from(
    'Anna said the ferry sank police told AFP not may was killed 25 U.S. Feb. 2 He “We lost.” "No," he added. According to '
    "(see below.) It is over. Why? deny claims by : … ’s 😀".split()
)


@settings(max_examples=60, deadline=None)
@given(
    blocks=st.lists(
        st.lists(WORDS, max_size=30).map("\n".join) | st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=60),
        min_size=1,
        max_size=4,
    )
)
def test_claims_slice_back_exactly_in_order_and_apart(parser: SpacyParser, blocks: list[str]) -> None:
    starts = [sum(len(other) + 1 for other in blocks[:i]) for i in range(len(blocks))]
    kind = list(BlockKind)
    runs = tuple(Block(Span(s, s + len(text)), kind[i % len(kind)]) for i, (s, text) in enumerate(zip(starts, blocks, strict=True)))
    made = Article(id="one", path="one", text="\n".join(blocks), source="The Wire", blocks=runs)
    claims = extract_claims([made], parser)
    assert [claim.order for claim in claims] == list(range(len(claims)))
    assert all(a.span.end <= b.span.start for a, b in pairwise(claims))
    for claim in claims:
        assert claim.span.of(made.text) == claim.text != ""
        assert any(run.span.covers(claim.span) and run.kind == claim.block for run in runs)
        assert claim.speaker.span is None or (claim.speaker.kind != "outlet" and claim.speaker.span.of(made.text))
    assert claims == extract_claims([made], parser)
