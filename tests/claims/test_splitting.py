"""Where sentences begin and end: abbreviations, quotations, brackets, broken lines."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.claims.splitting import LONGEST, flatten, split_blocks
from reconcile.model import Article, Block, BlockKind, Span

Make = Callable[..., Article]


def sentences(article: Article) -> list[str]:
    return [sentence.span.of(article.text) for sentence in split_blocks(article)]


@pytest.mark.parametrize(
    "parts",
    [
        ["The ferry sank on Feb. 2 in the strait.", "Two men drowned."],
        ["Sen. Vale spoke first.", "Gov. Moss followed."],
        ["The U.S. Navy sent a ship.", "It came late."],
        ["He lives in the U.S.", "The army sent him there."],
        ["It was 5 a.m. Monday.", "Nobody was awake."],
        ["It ended at 6 p.m. ET on Friday.", "The crowd left."],
        ["It ended at 6 p.m.", "The crowd left."],
        ["J. K. Moss met Gen. Vale.", "They talked."],
        ["Pier No. 5 was hit.", "It burned."],
        ["No. 5 was hit.", "No. 6 was not."],
        ["Roe v. Wade came up.", "Vice Adm. Vale of St. Louis left."],
        ["Prof. Dr. A. B. Moss Jr. was there.", "He left early."],
        ["Shares of Acme Corp. rose.", "Those of Foxa Ltd. fell."],
        ["The index fell 2.5 percent.", "It rose later."],
        ['"They were kind.', 'We miss them."', "He wept."],
        ["“It is safe,” she said.", "“We can go home.”", "Nobody moved."],
        ["“Is it safe?” Moss asked.", "Nobody knew."],
        ['"Is it safe?" he asked.', '"Go!" she cried.'],
        ['He said: "We lost.', 'We will be back."', "Then he left."],
        ["The plan was “good”.", "Others called it “bad”."],
        ["The blast (it was loud. Very loud.) broke windows.", "It was heard far off."],
        ["The trial [case no. 4. Part two.] goes on.", "It is slow."],
        ["1. The bridge is shut.", "2. The road is open."],
        ["Yahoo! said it would sell.", "It did not."],
        ["What now?", "Nobody knows!", "We wait..."],
    ],
    ids=lambda parts: parts[0][:24],
)
def test_a_paragraph_is_cut_between_its_sentences(article: Make, parts: list[str]) -> None:
    assert sentences(article(" ".join(parts))) == parts


def test_a_line_broken_in_mid_sentence_is_one_sentence(article: Make) -> None:
    text = "The ferry sank\r\nnear the port of\nDoran. Two men\ndrowned."
    assert sentences(article(text)) == ["The ferry sank\r\nnear the port of\nDoran.", "Two men\ndrowned."]


def test_a_full_stop_without_a_blank_still_ends_a_sentence(article: Make) -> None:
    assert sentences(article("The index fell 2.5 percent.The shares rose.")) == ["The index fell 2.5 percent.", "The shares rose."]


def test_a_headline_may_hold_two_sentences(article: Make) -> None:
    found = list(split_blocks(article((BlockKind.HEADLINE, "Ferry sinks. Two men drown"), "It was night.")))
    assert [sentence.block for sentence in found] == [BlockKind.HEADLINE, BlockKind.HEADLINE, BlockKind.PARAGRAPH]
    assert [sentence.place for sentence in found] == [0, 0, 1]


def test_no_sentence_crosses_blocks(article: Make) -> None:
    assert sentences(article("The ferry sank near", "the port of Doran.")) == ["The ferry sank near", "the port of Doran."]


def test_what_no_sentence_can_be_is_cut_at_a_blank(article: Make) -> None:
    found = sentences(article("word " * 1500))
    assert all(len(text) <= LONGEST and text == text.strip() for text in found)
    assert " ".join(found).split() == ["word"] * 1500


def test_a_line_without_a_blank_is_cut_where_it_must_be(article: Make) -> None:
    assert [len(text) for text in sentences(article("x" * 4500))] == [2000, 2000, 500]


def test_many_open_brackets_take_no_time(article: Make) -> None:
    assert sentences(article("(a. B " * 20_000))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from("aB. ?!\"“”‘’'()[]«»\n\t5é😀—…:,\ud800\u2028"), max_size=80), max_size=4))
def test_sentences_stand_in_order_apart_and_lose_no_letter(blocks: list[str]) -> None:
    starts = [sum(len(other) + 1 for other in blocks[:i]) for i in range(len(blocks))]
    spans = [Block(Span(start, start + len(text)), BlockKind.PARAGRAPH) for start, text in zip(starts, blocks, strict=True)]
    made = Article(id="one", path="one", text="\n".join(blocks), source="The Wire", blocks=tuple(spans))
    found = [sentence.span for sentence in split_blocks(made)]
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(span.of(made.text) == span.of(made.text).strip() != "" for span in found)
    assert "".join("".join(span.of(made.text).split()) for span in found) == "".join(made.text.split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mayor, [Lucie Arnal](https://post.example/a), left.", "The mayor, Lucie Arnal , left."),
        ('![The hall](hall.jpg "The hall") It opened.', "The hall It opened."),
        ("The **hall** and the *old* __market__ opened.[^2]", "The hall and the old market opened."),
        ("It was ***very*** _long_ and **so *very* wide** there.", "It was very long and so very wide there."),
        ("> He left\n> on Monday.", "He left on Monday."),
        ("5 * 3 * 2 and snake_case_name and [a] (b) stay.", "5 * 3 * 2 and snake_case_name and [a] (b) stay."),
    ],
)
def test_the_signs_of_markdown_are_blank_and_every_character_stays_where_it_was(text, words):
    flat = flatten(text)
    assert len(flat) == len(text)
    assert " ".join(flat.split()) == words
    assert all(a in (b, " ") for a, b in zip(flat, text, strict=True))


@given(st.text(alphabet=st.sampled_from("ab *_[]()!^>\n./:1"), max_size=200))
def test_flattening_only_ever_blanks(text):
    flat = flatten(text)
    assert len(flat) == len(text)
    assert all(a in (b, " ") for a, b in zip(flat, text, strict=True))
