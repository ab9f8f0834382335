"""The cache: a report made with it has the bytes of one made without, whatever articles came before and in whichever order."""

from __future__ import annotations

import random
import sqlite3
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from stories import FERRY_A, FERRY_B, TWIN, make_story

from reconcile import cache as caches
from reconcile.cache import Cache
from reconcile.model import Article, Claim, EarlierVersion, Field, Label, Moment, Quantity, Span
from reconcile.pipeline import build_report
from reconcile.reading import read_paths
from reconcile.report import render_json, render_markdown
from reconcile.rules import load_rules
from reconcile.store import FILE, Store

MORE = [
    "The Northern Star had 62 passengers aboard when it struck the pier at Oban.",
    "Seven people were hurt, the company said on Wednesday.",
    "The captain is being questioned.",
]


class Counting:
    """A model that counts what it is asked."""

    def __init__(self, model):
        self.model, self.asked = model, []
        self.name, self.identity, self.language = model.name, model.identity, getattr(model, "language", "")

    def parse(self, texts):
        self.asked += texts
        return self.model.parse(texts)

    def embed(self, texts):
        self.asked += texts
        return self.model.embed(texts)


@pytest.fixture(scope="module")
def rules():
    return load_rules()


@pytest.fixture(scope="module")
def articles(parser):
    """Return nine articles of three events, one of them without a date."""
    told = []
    for number, sentences in enumerate((FERRY_A, FERRY_B, TWIN, MORE, FERRY_A[::-1], TWIN[:2], FERRY_B[1:], MORE[::-1], TWIN[::-1])):
        hour = datetime(2026, 3, 3, tzinfo=UTC) + timedelta(hours=7 * number)
        article, _ = make_story(parser, f"story{number}", sentences, source=f"Outlet {number % 4}")
        told.append(replace(article, published=hour if number != 5 else None))
    return told


@pytest.fixture
def cache(tmp_path):
    return Cache(Store(tmp_path))


def pages(articles, rules, parser, embedder, cache=None, **more):
    report = build_report(articles, rules, parser, embedder, cache=cache, **more)
    return render_markdown(report), render_json(report)


@pytest.mark.parametrize("seed", range(3))
def test_random_additions_give_the_bytes_of_a_full_run(seed, articles, rules, parser, embedder, cache):
    chance = random.Random(seed)
    left = chance.sample(articles, len(articles))
    held = [left.pop()]
    while left:
        held += [left.pop() for _ in range(min(len(left), chance.randint(1, 4)))]
        chance.shuffle(held)
        assert pages(held, rules, parser, embedder, cache) == pages(held, rules, parser, embedder)
        if chance.random() < 0.3:
            held.remove(chance.choice(held[1:]))


def test_only_what_is_new_is_read(articles, rules, parser, embedder, cache):
    reader, embeds = Counting(parser), Counting(embedder)
    pages(articles[:4], rules, reader, embeds, cache)
    reader.asked.clear(), embeds.asked.clear()
    pages(articles[:4], rules, reader, embeds, cache)
    assert reader.asked == [] and embeds.asked == []
    new, _ = make_story(parser, "late", ["A lighthouse closed in Sundby."], source="Late")
    reader.asked.clear(), embeds.asked.clear()
    pages([*articles[:4], new], rules, reader, embeds, cache)
    assert reader.asked == ["A lighthouse closed in Sundby."]
    assert "A lighthouse closed in Sundby." in embeds.asked and not any("ferry" in text for text in embeds.asked)


def test_other_rules_another_parser_or_other_words_are_read_anew(articles, rules, parser, embedder, cache):
    reader = Counting(parser)
    pages(articles[:2], rules, reader, embedder, cache)
    for change in ("rules", "parser", "article"):
        reader.asked.clear()
        other = Counting(parser)
        other.asked, other.identity = reader.asked, "another" if change == "parser" else parser.identity
        digest = replace(rules, digest="another") if change == "rules" else rules
        told = [replace(articles[0], source="Another"), articles[1]] if change == "article" else articles[:2]
        pages(told, digest, other, embedder, cache)
        assert len(reader.asked) == (3 if change == "article" else 6), change


def test_a_model_that_does_not_say_who_it_is_is_never_kept(articles, rules, parser, embedder, cache):
    reader, embeds = Counting(parser), Counting(embedder)
    reader.identity = embeds.identity = ""
    for _ in range(2):
        reader.asked.clear(), embeds.asked.clear()
        pages(articles[:2], rules, reader, embeds, cache)
        assert reader.asked and embeds.asked


def test_entries_of_another_version_of_this_program_are_not_taken(articles, rules, parser, embedder, cache, monkeypatch):
    reader = Counting(parser)
    pages(articles[:2], rules, reader, embedder, cache)
    monkeypatch.setattr(caches, "_program", lambda: "another version")
    reader.asked.clear()
    pages(articles[:2], rules, reader, embedder, cache)
    assert len(reader.asked) == 6


@pytest.mark.parametrize("content", [b"", b"garbage", zlib.compress(b'{"a": 1}'), zlib.compress(b"[[1]]"), b"\0" * 12])
def test_contents_of_no_use_are_made_anew(content, articles, rules, parser, embedder, tmp_path):
    pages(articles[:3], rules, parser, embedder, Cache(Store(tmp_path)))
    store = Store(tmp_path)
    with sqlite3.connect(tmp_path / FILE) as connection:
        keys = [key for (key,) in connection.execute("SELECT key FROM entries")]
    store.put(dict.fromkeys(keys, content))
    full = pages(articles[:3], rules, parser, embedder)
    assert pages(articles[:3], rules, parser, embedder, Cache(store)) == full
    assert pages(articles[:3], rules, parser, embedder, Cache(Store(tmp_path))) == full


def test_earlier_versions_and_other_languages_are_as_without_a_cache(articles, rules, parser, embedder, cache, story):
    old, _ = story("old", ["The ferry struck the pier in Oban.", "Five people were hurt."])
    german = replace(articles[2], language="de")
    more = {"earlier": [EarlierVersion("story0", old, False, True)]}
    full = pages([*articles[:2], german], rules, parser, embedder, **more)
    assert [pages([*articles[:2], german], rules, parser, embedder, cache, **more) for _ in range(2)] == [full, full]


def test_values_come_back_as_they_were(cache):
    values = (Quantity(5, float("inf"), bound="at_least"), Moment("2026-03-04", None, inferred=True), Label("r", "x", negated=True))
    fields = tuple(Field(str(i), "count", Span(0, 3), "a\u2028b", value, scope=("x",)) for i, value in enumerate(values))
    made = [cache.keep("test", ("k",), tuple[Field, ...], lambda: fields) for _ in range(2)]
    assert made == [fields, fields]
    assert cache.keep("test", ("k",), tuple[Field, ...], lambda: ()) == fields
    assert cache.keep("test", ("other",), tuple[Field, ...], lambda: ()) == ()


def test_half_a_surrogate_pair_is_made_anew_each_time(cache):
    article = Article("a", "a.txt", "half \ud800", "A")
    assert [cache.keep("article", (repr(article),), Article, lambda: article) for _ in range(2)] == [article, article]


def test_vectors_come_back_to_the_last_bit(embedder, cache):
    texts = [*FERRY_A, *FERRY_B, FERRY_A[0]]
    kept = cache.embedder(embedder)
    assert np.array_equal(kept.embed(texts[:3]), embedder.embed(texts[:3]))
    assert np.array_equal(kept.embed(texts), embedder.embed(texts))
    assert kept.embed([]).shape[0] == 0 and kept.name == embedder.name


def test_a_file_that_was_read_before_is_read_from_the_cache(tmp_path, cache, monkeypatch):
    folder = tmp_path / "in"
    folder.mkdir()
    body = "".join(f"<p>The ferry struck the pier in Norhaven on day {i}, and nine people were hurt, police said.</p>" for i in range(5))
    (folder / "page.html").write_text(f"<html><title>Ferry strikes pier</title><article><h1>Ferry strikes pier</h1>{body}</article></html>")
    (folder / "text.txt").write_text(
        "Ferry strikes pier\n\nNine people were hurt when the ferry struck the pier in Norhaven, police said.\n"
    )
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 nonsense")
    full = read_paths([str(folder)])
    assert read_paths([str(folder)], cache=cache) == full
    monkeypatch.setattr("reconcile.reading.make_article", lambda document: pytest.fail("was read before"))
    assert read_paths([str(folder)], cache=cache) == full
    monkeypatch.undo()
    (folder / "text.txt").write_text(
        "Ferry strikes pier\n\nTen people were hurt when the ferry struck the pier in Norhaven, police said.\n"
    )
    assert read_paths([str(folder)], cache=cache) == read_paths([str(folder)])


def test_claims_with_all_their_fields_come_back_as_they_were(articles, rules, parser, embedder, cache):
    first, second = (build_report(articles, rules, parser, embedder, cache=cache).claims for _ in range(2))
    assert first == second and [repr(claim) for claim in first] == [repr(claim) for claim in second]
    assert any(isinstance(claim, Claim) and claim.fields for claim in first)
