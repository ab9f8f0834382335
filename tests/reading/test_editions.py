from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations

import pytest

from reconcile.model import Article
from reconcile.reading.editions import set_aside

FIRST = "The ferry Tern ran aground near the harbour of Velm on Tuesday with 84 people aboard, the coast guard said."
SECOND = f"{FIRST} Nobody was hurt, and two lifeboats from Portneuf brought the passengers ashore."
OTHER = "Bakers across Grane warn that flour will cost a third more once winter stocks run down and mills close."
ADDRESS = "https://post.example/news/ferry"


def article(name, text=FIRST, url=ADDRESS, published=None, modified=None):
    return Article(id=name, path=f"{name}.txt", text=text, source=name, url=url, published=published, modified=modified)


def hours(hour, zone=0, day=5):
    return datetime(2024, 3, day, hour, tzinfo=timezone(timedelta(hours=zone)))


def outcome(articles):
    kept, earlier = set_aside(articles)
    return [a.id for a in kept], [(v.article, v.earlier.id, v.same_text, v.dated) for v in earlier]


def test_nothing_is_set_aside_where_nothing_comes_again():
    assert outcome([article("b", OTHER, "https://b.example/1"), article("a")]) == (["a", "b"], [])
    assert outcome([]) == ([], [])


def test_the_same_text_elsewhere_is_set_aside():
    assert outcome([article("a", url="https://a.example/1"), article("b", url="https://b.example/2")]) == (["a"], [("a", "b", True, False)])


def test_the_updated_text_of_one_address_stands_for_the_first():
    older, newer = article("a", FIRST, published=hours(6)), article("b", SECOND, published=hours(9))
    assert outcome([older, newer]) == (["b"], [("b", "a", False, True)])


@pytest.mark.parametrize(
    "other",
    [
        f"{ADDRESS}?utm_source=mail&utm_medium=social",
        f"{ADDRESS}?fbclid=abc123",
        "http://post.example/news/ferry",
        "https://www.post.example/news/ferry",
        f"{ADDRESS}/",
        f"{ADDRESS}#comments",
        "https://POST.example/news/ferry",
        "https://post.example:443/news/ferry",
        "http://www.post.example/news/ferry/?utm_campaign=spring#top",
    ],
)
def test_what_only_tracks_or_packs_an_address_does_not_tell_two_apart(other):
    articles = [article("a", FIRST, published=hours(6)), article("b", SECOND, other, published=hours(9))]
    assert outcome(articles) == (["b"], [("b", "a", False, True)])


@pytest.mark.parametrize(
    "other",
    ["https://post.example/news/ferry-2", "https://wave.example/news/ferry", f"{ADDRESS}?id=7", "https://sport.post.example/news/ferry"],
)
def test_another_address_is_another_article(other):
    assert outcome([article("a", FIRST), article("b", SECOND, other)]) == (["a", "b"], [])


def test_two_entries_of_one_script_are_told_apart_by_their_query():
    addresses = [f"https://post.example/article?id={number}" for number in (1, 2)]
    assert outcome([article("a", FIRST, addresses[0]), article("b", SECOND, addresses[1])]) == (["a", "b"], [])


@pytest.mark.parametrize("url", [None, "", "https://post.example", "https://post.example/", "http://www.post.example/?utm_source=x"])
def test_no_address_and_a_front_page_join_nothing(url):
    assert outcome([article("a", FIRST, url), article("b", SECOND, url)]) == (["a", "b"], [])


def test_an_identifier_that_is_no_web_address_joins_versions():
    articles = [article(name, text, "urn:newsml:grane.example:20240305:77") for name, text in (("a", FIRST), ("b", SECOND))]
    assert outcome(articles) == (["b"], [("b", "a", False, False)])


@pytest.mark.parametrize("url", ["not an address", "https://[", "https://post.example:port/x", "//", "https://"])
def test_a_broken_address_joins_nothing_and_breaks_nothing(url):
    assert outcome([article("a", FIRST, url), article("b", OTHER, url)]) == (["a", "b"], [])


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ({"published": hours(6)}, {"published": hours(7)}),
        ({"published": hours(9, zone=2)}, {"published": hours(8, zone=0)}),
        ({"published": hours(7, zone=0)}, {"published": hours(3, zone=-5)}),
        ({"published": hours(6), "modified": hours(7)}, {"published": hours(6), "modified": hours(8)}),
        ({"published": hours(6)}, {"published": hours(6), "modified": hours(8)}),
        ({"published": hours(7)}, {"published": hours(6), "modified": hours(8)}),
        ({"published": hours(6), "modified": hours(10, zone=3)}, {"published": hours(6), "modified": hours(8, zone=0)}),
        ({"published": datetime(2024, 3, 5, 6)}, {"published": hours(7)}),
        ({"published": datetime(2024, 3, 4)}, {"published": datetime(2024, 3, 5)}),
    ],
)
def test_the_newest_is_kept_by_its_last_change_across_zones(older, newer):
    # the older one is the longer and the first by id, so that nothing but its date sets it aside
    assert outcome([article("a", SECOND, **older), article("b", FIRST, **newer)]) == (["b"], [("b", "a", False, True)])


@pytest.mark.parametrize(("a", "b"), [(None, None), (hours(6), None), (hours(6), hours(6)), (hours(6), hours(8, zone=2))])
def test_versions_that_no_date_orders_are_not_called_dated(a, b):
    kept, earlier = set_aside([article("a", SECOND, published=a), article("b", FIRST, published=b)])
    assert [k.id for k in kept] == ["a"]
    assert [version.dated for version in earlier] == [False]


def test_of_undated_versions_the_longer_is_kept():
    assert outcome([article("a", FIRST), article("b", SECOND)]) == (["b"], [("b", "a", False, False)])


@pytest.mark.parametrize("other", ["https://m.post.example/news/ferry", "https://www.post.example/news/ferry/amp/"])
def test_a_page_for_telephones_is_at_the_address_of_the_page(other):
    ferry = "https://post.example/news/ferry"
    assert outcome([article("a", FIRST, ferry, published=hours(6)), article("b", SECOND, other, published=hours(9))])[0] == ["b"]


def test_unlike_texts_at_one_address_are_kept_apart():
    assert outcome([article("a", FIRST, published=hours(6)), article("b", OTHER, published=hours(9))]) == (["a", "b"], [])


def test_versions_behind_an_unlike_text_at_their_address_are_still_joined():
    live = [article("a", FIRST, published=hours(6)), article("b", SECOND, published=hours(7)), article("c", OTHER, published=hours(9))]
    assert outcome(live) == (["b", "c"], [("b", "a", False, True)])


def test_a_copy_of_an_outdated_text_points_to_the_newest():
    copy = article("z", FIRST, "https://wave.example/1", published=hours(5))
    articles = [article("a", FIRST, published=hours(6)), article("b", SECOND, published=hours(9)), copy]
    kept, earlier = set_aside(articles)
    assert [k.id for k in kept] == ["b"]
    assert {(version.article, version.earlier.id) for version in earlier} == {("b", "a"), ("b", "z")}


def test_a_copy_that_does_not_share_the_text_of_the_one_compared_does_not_say_so():
    copy = article("z", FIRST, "https://wave.example/1", published=hours(5))
    kept, earlier = set_aside([article("a", FIRST, published=hours(6)), article("b", SECOND, published=hours(9)), copy])
    by_id = {k.id: k for k in kept}
    assert [(v.earlier.id, v.same_text) for v in earlier] == [(v.earlier.id, by_id[v.article].text == v.earlier.text) for v in earlier]


def test_versions_at_one_address_are_joined_though_a_dated_copy_of_one_stands_elsewhere():
    old, new = article("a", FIRST), article("b", SECOND)
    copy = article("c", FIRST, "https://wave.example/1", published=hours(9))
    kept, earlier = set_aside([old, new, copy])
    assert "a" not in [k.id for k in kept]
    assert "a" in [version.earlier.id for version in earlier]


def test_the_order_of_the_input_does_not_matter():
    articles = [
        article("a", FIRST, published=hours(6)),
        article("b", SECOND, published=hours(9)),
        article("c", FIRST, "https://wave.example/1"),
        article("d", OTHER, "https://wave.example/2", published=datetime(2024, 3, 5, tzinfo=UTC)),
        article("e", OTHER, "https://wave.example/3"),
    ]
    results = [set_aside(order) for order in permutations(articles)]
    assert all(result == results[0] for result in results)
    assert [k.id for k in results[0][0]] == ["b", "d"]


def test_texts_that_are_equal_in_all_but_their_id_are_kept_by_it():
    one = article("a", published=hours(6))
    for order in permutations([one, replace(one, id="b"), replace(one, id="a-2")]):
        assert outcome(order)[0] == ["a"]
