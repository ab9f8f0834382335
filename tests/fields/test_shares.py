"""How much of a group something is said of, from sentences of our own."""

from __future__ import annotations

import pytest
from stories import make_story

from reconcile.fields.shares import extract_shares
from reconcile.models.parser import SpacyParser
from reconcile.rules import load_rules

SHARES = [
    ("All but three were carrying lamps.", [("nearly_all", "carry_lamp")]),
    ("One of them was carrying a lamp.", [("one", "carry_lamp")]),
    ("Most of the passengers had life jackets.", [("most", "have_jacket")]),
    ("All were rescued.", []),
    ("One man had a lamp.", []),
    ("If all of them had lamps, nobody would be lost.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), SHARES)
def test_a_share_needs_a_verb_with_what_completes_it(sentence: str, expected: list[tuple[str, str]], parser: SpacyParser) -> None:
    article, (claim,) = make_story(parser, "a", [sentence])
    fields = extract_shares(claim, article, load_rules())
    assert [(field.value.label, field.subject) for field in fields] == expected  # type: ignore[union-attr]
    assert all(field.span.of(article.text) == field.raw for field in fields)
