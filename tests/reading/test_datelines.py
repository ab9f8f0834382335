from datetime import UTC, datetime, timedelta, timezone

import pytest

from reconcile.reading.datelines import dateline, is_dateline, visible_date, visible_source
from reconcile.reading.metadata import front_matter, parse_moment, prettified


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("July 2, 2025", datetime(2025, 7, 2)),
        ("2 July 2025", datetime(2025, 7, 2)),
        ("2025-07-02", datetime(2025, 7, 2)),
        ("2025-07-02T14:30:00Z", datetime(2025, 7, 2, 14, 30)),
        ("Mar 3rd 2021", datetime(2021, 3, 3)),
        ("Tuesday, July 1, 2025 at 3:15 pm", datetime(2025, 7, 1, 15, 15)),
        ("Published 2 July 2025, 14:30 BST", datetime(2025, 7, 2, 14, 30)),
        ("By Anna Bell | July 2, 2025", datetime(2025, 7, 2)),
        ("PORTNEUF, July 2, 2025 (Agency) - The mayor resigned.", datetime(2025, 7, 2)),
    ],
)
def test_a_dateline_gives_its_date(line, moment):
    assert dateline(line) == moment


@pytest.mark.parametrize(
    "line",
    [
        "The treaty was signed on 2 July 2019",
        "On July 2, 2019 the police",
        "two people died on 2 July 2019",
        "March 22, 2021 Massacre Trial Opens",
        "July 32, 2025",
        "",
        "No date at all",
    ],
)
def test_a_sentence_that_names_a_date_is_no_dateline(line):
    assert dateline(line) is None


def test_a_time_of_update_is_a_dateline_without_a_date():
    assert is_dateline("Updated at 7:53 p.m. ET")
    assert dateline("Updated at 7:53 p.m. ET") is None


def test_the_date_is_sought_at_both_ends_and_not_in_the_middle():
    body = ["The mayor of Portneuf opened the new hall on Saturday."] * 30
    assert visible_date("\n".join([*body, "12 May 2021"])) == datetime(2021, 5, 12)
    assert visible_date("\n".join([*body, "12 May 2021", *body])) is None


def test_an_outlet_stands_above_the_date_but_a_headline_does_not():
    assert visible_source("Mayor opens new hall after four years\n\nHarbour Post\nJuly 2, 2025\n\nText.") == "Harbour Post"
    assert visible_source("Harbour Post\nJuly 2, 2025\nMayor opens new hall\n\nText of it.") == "Harbour Post"
    assert visible_source("Mayor Resigns\nJuly 2, 2025\n\nThe mayor of Portneuf resigned on Tuesday, the council said.") == ""


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-07-02", datetime(2025, 7, 2)),
        ("2025-07-02T14:30:00", datetime(2025, 7, 2, 14, 30)),
        ("2025-07-02T23:30:00-02:00", datetime(2025, 7, 2, 23, 30, tzinfo=timezone(-timedelta(hours=2)))),
        ("2025-07-02 14:30:00.123Z", datetime(2025, 7, 2, 14, 30, 0, 123000, tzinfo=UTC)),
        ("Wed, 02 Jul 2025 14:30:00 GMT", datetime(2025, 7, 2, 14, 30, tzinfo=UTC)),
        ("July 2, 2025", datetime(2025, 7, 2)),
        ("soon", None),
        ("", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_metadata_dates_keep_the_zone_that_they_are_given_in(text, moment):
    found = parse_moment(text)
    assert found == moment
    assert found is None or found.utcoffset() == moment.utcoffset()


def test_front_matter_is_read_only_at_the_head():
    head = front_matter('---\ntitle: "A hall opens"\nsource: Harbour Post\npublished: 2025-07-02\n---\nText.\n')
    assert (head.title, head.source, head.published) == ("A hall opens", "Harbour Post", datetime(2025, 7, 2))
    assert front_matter("Text.\n---\ntitle: A hall opens\n---\n").end == 0
    assert front_matter("---\nno end\n").end == 0


def test_a_stem_becomes_a_name():
    assert prettified("02_daily-wave") == "Daily Wave"
    assert prettified("2024") == "2024"
