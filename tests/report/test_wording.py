from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from ferry import make_article
from hypothesis import given
from hypothesis import strategies as st

from reconcile.report.wording import counted, listed, moment, number, outlet_names, publication, short_ids, shortened, visible


@pytest.mark.parametrize(
    ("n", "noun", "plural", "expected"),
    [
        (0, "article", "", "no articles"),
        (1, "article", "", "one article"),
        (9, "article", "", "nine articles"),
        (10, "article", "", "10 articles"),
        (12345, "claim", "", "12,345 claims"),
        (2, "piece of furniture", "pieces of furniture", "two pieces of furniture"),
    ],
)
def test_counts_take_the_right_form(n, noun, plural, expected):
    assert counted(n, noun, plural) == expected


def test_number_below_ten_is_a_word():
    assert [number(n) for n in (0, 5, 10, 1000)] == ["no", "five", "10", "1,000"]


@pytest.mark.parametrize(("words", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_lists_read_as_sentences_do(words, expected):
    assert listed(words) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two\nlines\t and  blanks", "two lines and blanks"),
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("a\x1b[31mb", "a⟨U+001B⟩[31mb"),
        ("zero\u200bwidth", "zero⟨U+200B⟩width"),
        ("lone \ud800", "lone ⟨U+D800⟩"),
        ("tag\U000e0041", "tag⟨U+E0041⟩"),
        ("naïve “quote”", "naïve “quote”"),
    ],
)
def test_unseen_characters_are_shown(text, expected):
    assert visible(text) == expected


@given(st.text(max_size=300), st.integers(min_value=20, max_value=120))
def test_a_shortened_text_keeps_its_limit_and_both_ends(text, limit):
    flat = " ".join(text.split())
    short = shortened(text, limit)
    assert len(short) <= max(limit, 3)
    if short != flat:
        head, tail = short.split(" … ", 1) if short.count(" … ") == 1 else (short[:3], short[-3:])
        assert flat.startswith(head)
        assert flat.endswith(tail)


def test_a_moment_keeps_its_zone_and_drops_an_unknown_hour():
    assert moment(datetime(2026, 3, 4)) == "2026-03-04"
    assert moment(datetime(2026, 3, 4, 9, 5)) == "2026-03-04 09:05"
    assert moment(datetime(2026, 3, 4, 9, 5, tzinfo=UTC)) == "2026-03-04 09:05 UTC"
    assert moment(datetime(2026, 3, 4, 9, 5, tzinfo=timezone(timedelta(hours=2)))) == "2026-03-04 09:05 +02:00"


def test_an_inferred_date_is_marked():
    article = make_article("post", "x", published=datetime(2026, 3, 4), published_inferred=True)
    assert publication(article) == "2026-03-04 (inferred)"
    assert publication(replace(article, published=None)) == "no date"


def test_two_articles_of_one_source_are_told_apart():
    articles = [make_article("a1", "x", source="Post"), make_article("a2", "x", source="Post"), make_article("b", "x", source="")]
    assert outlet_names(articles) == {"a1": "Post (a1)", "a2": "Post (a2)", "b": "b"}


def test_short_ids_are_unique_prefixes():
    ids = ["abcdef123456", "abcdef129999", "fff000111222"]
    assert short_ids(ids) == {"abcdef123456": "abcdef123", "abcdef129999": "abcdef129", "fff000111222": "fff000"}
