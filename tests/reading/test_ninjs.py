import json
from datetime import UTC, datetime

import pytest

from reconcile.errors import Unreadable
from reconcile.model import Article, Problem
from reconcile.reading import ninjs, records
from reconcile.reading.documents import make_article

TITLE = "Bridge over the Lune closed for repairs"
BODY = "The bridge over the Lune at Velm closed on Monday for repairs that take six weeks, the county said."
HTML = "<p>The bridge over the Lune at Velm closed on Monday.</p><p>Repairs take six weeks, the county said.</p>"
PLAIN = "The bridge over the Lune at Velm closed on Monday.\n\nRepairs take six weeks, the county said."

FIRST = {
    "uri": "http://grane.example/items/1",
    "type": "text",
    "versioncreated": "2024-03-05T09:00:00+02:00",
    "firstcreated": "2024-03-05T07:30:00+02:00",
    "pubstatus": "usable",
    "language": "en",
    "headline": TITLE,
    "byline": "Ada Holm",
    "source": "Grane News Agency",
    "body_text": BODY,
}
SECOND = {
    "uri": "http://grane.example/items/1",
    "standard": {"name": "ninjs", "version": "2.0"},
    "type": "text",
    "contentcreated": "2024-03-05T07:30:00+02:00",
    "versioncreated": "2024-03-05T09:00:00+02:00",
    "pubstatus": "usable",
    "language": "en-GB",
    "by": "Ada Holm",
    "headlines": [{"role": "main", "value": TITLE}],
    "bodies": [{"role": "main", "contenttype": "text/plain", "value": BODY}],
    "infosources": [{"role": "publisher", "name": "Grane News Agency"}],
}
THIRD = {
    "uri": "http://grane.example/items/1",
    "standard": {"name": "ninjs", "version": "3.0"},
    "type": "text",
    "contentCreated": "2024-03-05T07:30:00+02:00",
    "versionCreated": "2024-03-05T09:00:00+02:00",
    "pubStatus": "usable",
    "language": "en-GB",
    "by": "Ada Holm",
    "headlines": [{"role": "main", "value": TITLE}],
    "bodies": [{"role": "main", "contentType": "text/plain", "value": BODY}],
    "infoSources": [{"role": "publisher", "name": "Grane News Agency"}],
}
VERSIONS = pytest.mark.parametrize("item", [FIRST, SECOND, THIRD], ids=["1", "2", "3"])


def document(**changes):
    item = {key: value for key, value in {**THIRD, **changes}.items() if value is not None}
    return ninjs.document("folder/item.json", "item", item)


@VERSIONS
def test_an_item_of_each_version_is_read_with_all_that_it_says(item):
    assert ninjs.is_item(item)
    found = ninjs.document("folder/item.json", "item", item)
    head = found.head
    assert found.text == f"{TITLE}\n\n{BODY}"
    assert (head.title, head.source, head.author, head.url) == (TITLE, "Grane News Agency", "Ada Holm", "http://grane.example/items/1")
    assert (head.published, head.modified) == (datetime(2024, 3, 5, 5, 30, tzinfo=UTC), datetime(2024, 3, 5, 7, tzinfo=UTC))
    assert head.language.startswith("en")
    assert not head.inferred


@VERSIONS
def test_an_item_in_a_file_is_read(item):
    (found,) = records.read_json("item.json", json.dumps(item).encode())
    article = make_article(found)
    assert isinstance(article, Article)
    assert (article.title, article.language, article.id) == (TITLE, "en", "item")


@pytest.mark.parametrize(
    "item",
    [
        {"uri": "http://grane.example/items/1", "headline": TITLE, "body_text": BODY},
        {"uri": "http://grane.example/items/1", "type": "text", "headline": TITLE, "body_html": HTML},
        {"uri": "http://grane.example/items/1", "title": TITLE, "bodies": [{"value": BODY}]},
    ],
    ids=["plain", "html", "bodies"],
)
def test_an_item_with_no_more_than_its_address_title_and_body_is_read(item):
    (found,) = records.read_json("item.json", json.dumps(item).encode())
    assert found.head.title == TITLE
    assert "six weeks" in found.text


def test_a_record_with_a_text_of_its_own_is_no_item():
    assert not ninjs.is_item({"text": BODY, "headlines": [], "bodies": []})
    assert not ninjs.is_item({"headline": TITLE, "uri": "http://grane.example/items/1"})


@pytest.mark.parametrize("first", ["short", "social", "seo"])
def test_headline_and_body_of_the_main_role_are_taken(first):
    found = document(
        headlines=[{"role": first, "value": "Bridge shut"}, {"role": "main", "value": TITLE}],
        bodies=[{"role": first, "contentType": "text/plain", "value": "Bridge shut."}, {"role": "main", "value": BODY}],
    )
    assert found.text == f"{TITLE}\n\n{BODY}"


def test_without_a_main_role_the_first_with_a_value_is_taken():
    found = document(
        headlines=[{"role": "seo", "value": " "}, {"role": "social", "value": TITLE}, {"role": "short", "value": "Bridge"}],
        bodies=[{"role": "a", "value": ""}, {"role": "b", "value": BODY}, {"role": "c", "value": "Bridge."}],
    )
    assert found.text == f"{TITLE}\n\n{BODY}"


@pytest.mark.parametrize("kind", ["text/html", "application/xhtml+xml", "TEXT/HTML; charset=utf-8"])
def test_a_plain_body_is_taken_before_one_in_html(kind):
    bodies = [{"role": "main", "contentType": kind, "value": HTML}, {"role": "main", "contentType": "text/plain", "value": BODY}]
    assert document(bodies=bodies).text == f"{TITLE}\n\n{BODY}"
    assert document(bodies=bodies[:1]).text == f"{TITLE}\n\n{PLAIN}"


def test_the_main_body_in_html_is_taken_before_a_plain_summary():
    bodies = [
        {"role": "main", "contentType": "text/html", "value": HTML},
        {"role": "summary", "contentType": "text/plain", "value": "Shut."},
    ]
    assert document(bodies=bodies).text == f"{TITLE}\n\n{PLAIN}"


def test_a_body_of_unknown_kind_that_is_html_is_read_as_such():
    assert document(bodies=[{"role": "main", "value": HTML}]).text == f"{TITLE}\n\n{PLAIN}"


@pytest.mark.parametrize("key", ["body_html", "body_xhtml"])
def test_a_body_in_html_of_the_first_version_is_read(key):
    item = {**{k: v for k, v in FIRST.items() if k != "body_text"}, key: HTML}
    assert ninjs.document("item.json", "item", item).text == f"{TITLE}\n\n{PLAIN}"


@pytest.mark.parametrize(
    ("sources", "name"),
    [
        ([{"role": "originator", "name": "Harbour Post"}, {"role": "publisher", "name": "Daily Wave"}], "Daily Wave"),
        ([{"role": "originator", "name": "Harbour Post"}, {"name": "Daily Wave"}], "Harbour Post"),
        ([{"role": "publisher", "name": " "}, {"role": "originator", "name": "Harbour Post"}], "Harbour Post"),
        ([{"uri": "x"}, "text", None], "Item"),
        ([], "Item"),
        (None, "Item"),
    ],
)
def test_the_outlet_is_the_publisher_or_else_the_first_that_is_named(sources, name):
    article = make_article(document(infoSources=sources))
    assert (article.source, article.source_inferred) == (name, name == "Item")


@pytest.mark.parametrize("key", ["source", "provider", "copyrightHolder"])
def test_the_outlet_is_named_by_other_keys_too(key):
    assert document(infoSources=None, **{key: "Harbour Post"}).head.source == "Harbour Post"


@pytest.mark.parametrize(
    ("dates", "published", "modified"),
    [
        ({"contentCreated": None}, datetime(2024, 3, 5, 7, tzinfo=UTC), None),
        ({"versionCreated": None}, datetime(2024, 3, 5, 5, 30, tzinfo=UTC), None),
        ({"versionCreated": "2024-03-05T05:30:00Z"}, datetime(2024, 3, 5, 5, 30, tzinfo=UTC), None),
        ({"contentCreated": "soon"}, datetime(2024, 3, 5, 7, tzinfo=UTC), None),
        ({"contentCreated": None, "versionCreated": None}, None, None),
        ({"contentCreated": 7, "versionCreated": []}, None, None),
    ],
)
def test_when_it_was_written_and_when_this_version_was_are_told_apart(dates, published, modified):
    head = document(**dates).head
    assert (head.published, head.modified) == (published, modified)


def test_a_version_older_than_the_content_is_no_change():
    assert document(versionCreated="2024-03-05T05:00:00Z").head.modified is None


@pytest.mark.parametrize("status", ["canceled", "withheld", "Canceled", "CANCELLED"])
@pytest.mark.parametrize("key", ["pubStatus", "pubstatus"])
def test_an_item_that_was_withdrawn_is_left_out(status, key):
    with pytest.raises(Unreadable, match=r"cancelled|withheld"):
        document(**{"pubStatus": None, key: status})


def test_a_withdrawn_item_among_others_is_one_problem():
    items = [{**THIRD, "pubStatus": "canceled"}, {**THIRD, "uri": "http://grane.example/items/2"}]
    problem, found = records.read_json("items.json", json.dumps(items).encode())
    assert isinstance(problem, Problem) and problem.path == "items.json#1" and "cancelled" in problem.message
    assert (found.path, found.name, found.head.url) == ("items.json#2", "items-2", "http://grane.example/items/2")


def test_items_are_read_from_lines():
    problem, found = records.read_lines(
        "items.jsonl", "\n".join(json.dumps(i) for i in ({**THIRD, "pubStatus": "withheld"}, FIRST)).encode()
    )
    assert (problem.line, "withheld" in problem.message) == (1, True)
    assert found.text == f"{TITLE}\n\n{BODY}"


@pytest.mark.parametrize("bodies", [None, [], [{"role": "main", "value": " "}], "text", [None, 7], [{"value": 7}]])
def test_an_item_without_a_body_is_unreadable(bodies):
    with pytest.raises(Unreadable, match="no body"):
        document(bodies=bodies)


def test_odd_values_do_no_harm():
    found = document(headlines={"main": 1}, language=7, by=["Ada"], uri=None, infoSources="x", title="A \ud83d bridge", versionCreated=None)
    assert (found.head.title, found.head.author, found.head.language, found.head.url) == ("A \ufffd bridge", "", "", "")
