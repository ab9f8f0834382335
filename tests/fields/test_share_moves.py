"""Which way shares went, from sentences of our own."""

from __future__ import annotations

import pytest
from stories import make_story

from reconcile.fields.share_moves import extract_share_moves
from reconcile.models.parser import SpacyParser
from reconcile.rules import load_rules

MOVES = [
    ("Norwind shares rose 2 percent.", [("up", "norwind")]),
    ("Norwind and Kestrel were little changed.", [("flat", "norwind"), ("flat", "kestrel")]),
    ("Norwind lost 3 percent of its customers.", []),
    ("Norwind's profit fell 3 percent.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), MOVES)
def test_a_move_is_of_the_shares_of_a_named_company(sentence: str, expected: list[tuple[str, str]], parser: SpacyParser) -> None:
    article, (claim,) = make_story(parser, "a", [sentence])
    fields = extract_share_moves(claim, article, load_rules())
    assert [(field.value.label, field.subject) for field in fields] == expected  # type: ignore[union-attr]
    assert all(field.span.of(article.text) == field.raw for field in fields)
