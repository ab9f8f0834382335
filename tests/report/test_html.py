from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files
from random import Random

import pytest
from ferry import conflict, make_article, make_claims, make_report, single
from harbour import harbour_report
from hostile import HOSTILE, hostile_report
from lxml import html

from reconcile.model import Article, Report
from reconcile.report import chart
from reconcile.report.html import page_names, render_html
from reconcile.report.wording import visible

SECTIONS = [
    "Bottom line", "What was compared", "Decide before publication", "Wording", "Developing figures", "Timeline",
    "What agrees", "One article only", "Looked like conflicts, are not", "Left out", "Who says what", "The articles",
]  # fmt: skip


class Skeleton(HTMLParser):
    """The elements of a page and the names of their attributes, without any of their content."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, [name for name, _ in attrs]))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(tag)

    def handle_comment(self, data: str) -> None:
        self.parts.append("comment")


def skeleton(page: str) -> list[object]:
    parser = Skeleton()
    parser.feed(page)
    parser.close()
    return parser.parts


@pytest.fixture(scope="module")
def harbour() -> Report:
    return harbour_report()


@pytest.fixture(scope="module")
def page(harbour: Report) -> str:
    return render_html(harbour)


@pytest.fixture(scope="module")
def tree(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def test_the_sections_stand_in_the_order_of_the_design(tree):
    assert [heading.text_content() for heading in tree.iter("h2")] == SECTIONS


def test_an_empty_report_has_its_sections_and_no_articles():
    tree = html.document_fromstring(render_html(make_report([], [])))
    assert [heading.text_content() for heading in tree.iter("h2")] == [
        s for s in SECTIONS if s not in ("Timeline", "Who says what", "The articles")
    ]
    assert "No article could be read." in tree.text_content()


def test_every_finding_is_there_once_numbered_in_order(tree, harbour):
    cards = tree.xpath("//article[contains(@class,'finding')]")
    assert len(cards) == len(harbour.findings) + len(harbour.rejected)
    assert [card.xpath(".//*[@class='number']")[0].text for card in cards] == "≠1 ?2 ?3 ⊃4 →5 =6 ◦7 ◦8 ◦9 ∥10".split()
    ids = [card.get("id").removeprefix("f-") for card in cards]
    assert all(sum(finding.id.startswith(name) for name in ids) == 1 for finding in (*harbour.findings, *harbour.rejected))
    kinds = [card.get("data-kind") for card in cards]
    assert kinds == ["contradiction", "tension", "tension", "granularity", "update", "agreement", *["single"] * 3, "near-miss"]


def test_nothing_is_left_to_report_json():
    """What the two pages of Markdown count, this page shows."""
    texts = ["\n".join(f"On day {i} there were {i + shift} boats in bay {i}." for i in range(60)) for shift in (100, 500)]
    a, b = make_article("post", texts[0]), make_article("wave", texts[1])
    claims = make_claims(a), make_claims(b)
    found = [
        conflict(pair, (f"{i + 100} boats", f"{i + 500} boats"), point=f"Boats in bay {i}", values=(i + 100, i + 500))
        for i, pair in enumerate(zip(*claims, strict=True))
    ]
    alone = [single(claim, 2, "a number") for claim in claims[0]]
    tree = html.document_fromstring(render_html(make_report([a, b], [*claims[0], *claims[1]], findings=(*found, *alone))))
    assert len(tree.xpath("//section[@aria-labelledby='decide']//article")) == 60
    assert len(tree.xpath("//section[@aria-labelledby='one-article']//article")) == 60


def test_every_span_is_an_address_that_holds_its_words(tree, harbour):
    texts = {article.id: article.text for article in harbour.articles}
    spans = {(claim.article, claim.span) for claim in harbour.claims}
    spans |= {(e.article, e.span) for f in (*harbour.findings, *harbour.rejected) for side in f.sides for e in side.evidence}
    for article, span in spans:
        (element,) = tree.xpath(f"//*[@id='{article}/{span.start}-{span.end}']")
        words = "".join(element.xpath(".//text()[not(ancestor::a[contains(@class,'note')])]"))
        assert words == visible(span.of(texts[article]))


def test_every_link_leads_to_a_place_on_the_page_and_no_id_stands_twice(tree):
    ids = [element.get("id") for element in tree.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    links = tree.xpath("//a/@href")
    assert len(links) > 50
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert all(link.startswith("#") for link in links)
    for labels in tree.xpath("//*[@aria-labelledby]/@aria-labelledby"):
        assert set(labels.split()) <= set(ids)


def test_nothing_is_loaded_and_only_our_own_style_and_scripts_may_run(page, tree):
    assert not tree.xpath("//@src | //@srcset | //link | //iframe | //object | //embed | //img | //@style | //form/@action")
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for kind, elements in (("script-src", tree.xpath("//script")), ("style-src", tree.xpath("//style"))):
        allowed = re.search(rf"{kind} ([^;]*);", policy)[1].split()
        digests = [b64encode(sha256(element.text.encode()).digest()).decode() for element in elements]
        assert allowed == [f"'sha256-{digest}'" for digest in digests]
    style = tree.xpath("//style")[0].text
    assert not re.search(r"url\(|@import|@font-face", style)
    assert tree.getroottree().docinfo.doctype == "<!DOCTYPE html>"
    assert page.lstrip().startswith("<!doctype html>")


def test_the_order_of_the_input_does_not_show_and_no_clock_does(harbour, page):
    assert render_html(harbour_report()) == page


def test_each_finding_names_its_articles_event_and_field_for_the_filters(tree):
    card = tree.xpath("//article[@data-kind='update']")[0]
    assert (card.get("data-articles"), card.get("data-event"), card.get("data-field")) == ("post mail", "E1", "count")


def test_a_phrase_carries_the_sign_and_number_of_each_finding_that_rests_on_it(tree):
    mark = tree.xpath("//mark[@id='post/51-62']")[0]
    assert mark.text == "Nine people"
    notes = []
    element = mark.getnext()
    while element is not None and element.tag == "a":
        notes.append((element.text_content(), element.get("aria-label")))
        element = element.getnext()
    assert notes == [("≠1", "Finding 1: cannot both be true"), ("→5", "Finding 5: later figure")]


def test_the_sentence_stands_around_the_words_and_a_long_one_is_cut(tree):
    card = tree.xpath("//article[@data-kind='contradiction']")[0]
    assert card.xpath(".//*[@class='sentence']")[1].text_content() == WAVE_SENTENCE
    far = "word " * 100
    a, b = make_article("post", f"{far}nine people {far}end"), make_article("wave", "Six passengers were hurt.")
    made = make_report(
        [a, b],
        [*make_claims(a), *make_claims(b)],
        findings=(conflict((make_claims(a)[0], make_claims(b)[0]), ("nine people", "Six passengers")),),
    )
    sentence = html.document_fromstring(render_html(made)).xpath("//*[@class='sentence']")[0].text_content()
    assert sentence.startswith("… word ")
    assert sentence.endswith("word …")
    assert "nine people" in sentence
    assert len(sentence) < 450


WAVE_SENTENCE = "Six passengers were injured when the Aurora hit the pier, the company said."


def test_what_was_left_out_of_an_article_is_there_and_says_so(tree):
    folds = tree.xpath("//article[@id='post/']//details")
    assert [fold.xpath("summary")[0].text for fold in folds] == [
        "Left out: one piece of page furniture",
        "Left out: two pieces of page furniture",
    ]


def test_the_matrix_has_a_mark_for_each_article_and_a_link_to_its_words(tree):
    rows = tree.xpath("//table[@class='matrix']//tr[@data-finding]")
    first = rows[0].xpath("td")
    heads = tree.xpath("//table[@class='matrix']//th[@scope='col']")
    assert [head.text_content().strip() for head in heads] == ["Point", "Harbour Post", "Daily Wave", "Mail"]
    assert [cell.text_content().strip() for cell in first] == ["● A", "○ B", "·"]
    assert first[0].xpath("a/@href") == ["#post/51-62"]


def test_the_chart_is_drawn_with_words_for_those_who_do_not_see_it(tree):
    charts = tree.xpath("//figure[@class='chart']")
    told = [figure.xpath(".//desc")[0].text for figure in charts]
    assert "2026-03-04 09:00 UTC, Harbour Post: Nine people; 2026-03-05 07:05 UTC, Mail: Fourteen people." in told
    style = files("reconcile.report").joinpath("templates", "page.css").read_text("utf-8")
    assert all(f'[fill="{colour}"]' in style for colour in chart.COLOURS), "a colour of the chart has no match in the dark"


def test_a_long_course_is_drawn_at_its_turns(monkeypatch, harbour):
    monkeypatch.setattr("reconcile.report.html.REPORTS", 1)
    text = html.document_fromstring(render_html(harbour)).text_content()
    assert "Not drawn: one report that repeats what stood before." in text


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words[:24]))
def test_hostile_text_changes_no_structure(words):
    page = render_html(hostile_report(words))
    assert skeleton(page) == skeleton(render_html(hostile_report("plain words")))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufeff]", page)


@pytest.mark.parametrize("name", HOSTILE, ids=lambda words: ascii(words[:24]))
def test_a_hostile_article_id_is_a_plain_address(name):
    others = [make_article("a", "x"), make_article("a-2", "y"), make_article("", "z")]
    names = page_names([replace(others[0], id=name), *others])
    assert len(set(names.values())) == 4
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]{1,80}", one) for one in names.values())
    a = replace(make_article("a", "Nine people were hurt."), id=name)
    tree = html.document_fromstring(render_html(make_report([a], make_claims(a))))
    assert tree.xpath(f"//*[@id='{page_names([a])[name]}/0-22']")


def test_names_of_articles_do_not_hang_on_their_order():
    articles: list[Article] = [make_article(name, "x") for name in ("a b", "a-b", "a/b", "a?b", "post")]
    expected = page_names(articles)
    assert expected["a-b"] == "a-b"
    assert expected["post"] == "post"
    for seed in range(5):
        Random(seed).shuffle(articles)
        assert page_names(articles) == expected
