"""The word patterns of the rules: choices, gaps, hyphens, and which of two matches wins."""

from __future__ import annotations

import time

import pytest

from reconcile.fields.patterns import find, lexicon_of, search
from reconcile.model import Span, Term, Token


def tokens_of(text: str) -> tuple[Token, ...]:
    """Make tokens from blank-separated words, each its own lemma."""
    found, place = [], 0
    for i, word in enumerate(text.split()):
        found.append(Token(Span(place, place + len(word)), word, word.lower(), "NOUN", "NN", "dep", max(0, i - 1)))
        place += len(word) + 1
    return tuple(found)


@pytest.mark.parametrize(
    ("pattern", "text", "ranges"),
    [
        ("car bomb", "a car bomb went off", [(1, 3)]),
        ("car|truck bomb", "a truck bomb and a car bomb", [(1, 3), (5, 7)]),
        ("ram .. wall", "ram a big red wall", [(0, 5)]),
        ("ram .. wall", "ram wall", [(0, 2)]),
        ("ram .. wall", "ram one two three four five wall", []),
        ("ram .. wall", "ram it , wall", []),
        ("ram .. car into .. wall", "ram a car into the wall", [(0, 6)]),
        ("explosives-laden car", "his explosives - laden car", [(1, 5)]),
        ("explosives-laden car", "his explosives-laden car", [(1, 3)]),
        ("bomb", "Bomb bomb", [(0, 1), (1, 2)]),
        (".. bomb ..", "the bomb", [(1, 2)]),
        ("", "the bomb", []),
    ],
)
def test_find(pattern, text, ranges):
    assert list(find(pattern, tokens_of(text))) == ranges


def test_lemma_or_text_matches(parser):
    tokens = parser.parse(["The trucks were rammed."])[0]
    assert [tokens[start].text for start, _ in find("truck", tokens)] == ["trucks"]
    assert [tokens[start].text for start, _ in find("trucks", tokens)] == ["trucks"]


def test_the_fuller_pattern_wins_inside_one_rule():
    plain, full = Term("professor", ("professor",)), Term("assistant_professor", ("assistant professor",))
    lexicon = lexicon_of([("titles", plain, "professor"), ("titles", full, "assistant professor"), ("other", plain, "professor")])
    hits = search(tokens_of("an assistant professor spoke"), lexicon)
    assert [(hit.rule, hit.term.label) for hit in hits] == [("other", "professor"), ("titles", "assistant_professor")]


def test_hostile_pattern_is_fast():
    tokens = tokens_of("a " * 2000)
    start = time.perf_counter()
    assert list(find("a .. a .. a .. a .. b", tokens)) == []
    assert time.perf_counter() - start < 2


def test_of_two_that_fit_alike_the_very_words_win():
    """An alias that an editor adds must hold against a pattern that fits by choice or lemma."""
    choice, alias = Term("a_choice", ("harbour guard|pilot",)), Term("z_alias", ("harbour pilot",))
    (hit,) = search(tokens_of("the harbour pilot"), lexicon_of([("r", choice, choice.words[0]), ("r", alias, alias.words[0])]))
    assert hit.term is alias
