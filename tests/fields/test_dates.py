"""Dates: resolved against the article's own day, told apart by what they are the date of."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconcile.fields.dates import extract_dates
from reconcile.model import Article, BlockKind, Certainty, Claim, Field, Moment, RuleSet, Span, Speaker

THURSDAY = datetime(2018, 2, 8)


def read(parser, text: str, published: datetime | None = THURSDAY) -> list[Field]:
    article = Article("a", "a", text, "A", published=published)
    tokens = parser.parse([text])[0]
    claim = Claim("c", "a", Span(0, len(text)), text, BlockKind.PARAGRAPH, 0, Speaker("A", "outlet"), Certainty.ASSERTED, "+", tokens)
    fields = extract_dates(claim, article, RuleSet((), "test"))
    assert all(field.span.of(article.text) == field.raw for field in fields)
    return fields


def days(fields: list[Field]) -> list[tuple[str | None, str | None]]:
    return [(field.value.earliest, field.value.latest) for field in fields if isinstance(field.value, Moment)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The ship sank on Tuesday.", "2018-02-06", "2018-02-06"),
        ("The attack happened on Tuesday evening.", "2018-02-06", "2018-02-06"),
        ("He was arrested late Thursday.", "2018-02-08", "2018-02-08"),
        ("Parliament will vote next Tuesday.", "2018-02-13", "2018-02-13"),
        ("He resigned yesterday.", "2018-02-07", "2018-02-07"),
        ("The court ruled today.", "2018-02-08", "2018-02-08"),
        ("The talks resume tomorrow.", "2018-02-09", "2018-02-09"),
        ("Officials met this week.", "2018-02-05", "2018-02-08"),
        ("Two soldiers were killed last week.", "2018-01-29", "2018-02-04"),
        ("The factory closed this month.", "2018-02-01", "2018-02-08"),
        ("The factory closed last month.", "2018-01-01", "2018-01-31"),
        ("The fire broke out at the weekend.", "2018-02-03", "2018-02-04"),
        ("Earlier this year the bank was fined.", "2018-01-01", "2018-02-08"),
        ("He left 18 months ago.", "2016-08-02", "2016-09-01"),
        ("The crash on Sunday killed 12 people.", "2018-02-04", "2018-02-04"),
        ("Sunday's crash killed 12 people.", "2018-02-04", "2018-02-04"),
        ("It happened on Monday night.", "2018-02-05", "2018-02-05"),
        ("The hotel was attacked in March last year.", "2017-03-01", "2017-03-31"),
        ("The girls were abducted in April 2014.", "2014-04-01", "2014-04-30"),
        ("The treaty was signed on Feb. 2, 2018.", "2018-02-02", "2018-02-02"),
        ("The treaty was signed on 3 March 2011.", "2011-03-03", "2011-03-03"),
        ("The treaty was signed on 2018-02-03.", "2018-02-03", "2018-02-03"),
        ("The summit was held May 5-7, 2018.", "2018-05-05", "2018-05-07"),
        ("The war began in 2014.", "2014-01-01", "2014-12-31"),
        ("The ban has been in place since 2015.", "2015-01-01", "2015-12-31"),
        ("He served in the army between 2001 and 2005.", "2001-01-01", "2005-12-31"),
        ("The law was passed in the 1990s.", "1990-01-01", "1999-12-31"),
        ("They met in the spring of 2016.", "2016-03-01", "2016-05-31"),
        ("He was born on 12 June 1961.", "1961-06-12", "1961-06-12"),
    ],
)
def test_dates_are_intervals_of_days(parser, text, first, last):
    assert days(read(parser, text)) == [(first, last)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The report was published on January 15.", "2018-01-15", "2018-01-15"),
        ("The factory burned down in October.", "2017-10-01", "2017-10-31"),
        ("The treaty was signed in early March.", "2017-03-01", "2017-03-10"),
        ("He died on the 5th of March.", "2017-03-05", "2017-03-05"),
        ("The leader visited the country on May 5–7.", "2017-05-05", "2017-05-07"),
        ("He died in the last week of January.", "2018-01-01", "2018-01-31"),
        ("The meeting is on Feb 14.", "2018-02-14", "2018-02-14"),
        ("The vote is set for Dec. 14.", "2018-12-14", "2018-12-14"),
        ("The election is due in June.", "2018-06-01", "2018-06-30"),
    ],
)
def test_a_missing_year_is_supplied_and_marked(parser, text, first, last):
    (field,) = read(parser, text)
    assert field.value == Moment(first, last, True)


@pytest.mark.parametrize(
    "text",
    ["He resigned yesterday.", "The ship sank on Tuesday.", "The factory closed last month.", "The treaty was signed on March 22."],
)
def test_without_a_date_of_publication_nothing_relative_is_resolved(parser, text):
    assert days(read(parser, text, None)) == [(None, None)]


def test_a_date_of_its_own_needs_no_publication(parser):
    assert days(read(parser, "The treaty was signed on 3 March 2011.", None)) == [("2011-03-03", "2011-03-03")]


@pytest.mark.parametrize(
    "text", ["The mayor quit two weeks earlier.", "Three days later he was freed.", "The attack came a day after an election."]
)
def test_what_is_relative_to_another_date_stays_unresolved(parser, text):
    assert days(read(parser, text)) == [(None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "Prices have fallen over the last month.",
        "It may rain on the march.",
        "April Jones won the race.",
        "The man with 2014 coins left.",
        "In 2,000 homes the lights went out.",
        "The March for Our Lives drew thousands.",
        "The Black Friday sales were strong.",
        "Friday prayers were under way.",
        "The Sunday Times wrote about it.",
        "The plane crashed near Route 2010.",
        "He scored on 99 of 100 tries.",
    ],
)
def test_what_is_no_date_is_left_alone(parser, text):
    assert read(parser, text) == []


@pytest.mark.parametrize(
    ("text", "role", "act", "subject"),
    [
        ("The ship sank on Tuesday.", "event", "sink", "ship"),
        ("Police said Wednesday that two men had been arrested.", "statement", "say", "police"),
        ("The report was published on January 15.", "publication", "publish", "report"),
        ("The crash on Sunday killed 12 people.", "event", "crash", ""),
        ("Officials said the accident happened Monday.", "event", "happen", "accident"),
    ],
)
def test_a_date_is_the_date_of_something(parser, text, role, act, subject):
    (field,) = read(parser, text)
    assert (field.role, field.act, field.subject) == (role, act, subject)


def test_two_acts_have_their_own_dates(parser):
    fields = read(parser, "He was arrested on Tuesday and charged on Thursday.")
    assert [(field.act, field.raw) for field in fields] == [("arrest", "Tuesday"), ("charge", "Thursday")]


WORDS = st.sampled_from(
    "Feb. 29 31 March May 5–7 , 2018 0000 Monday last next in the of week month ago 99 years early late since 1990s".split()
)


@given(st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=60), st.sampled_from([None, THURSDAY, datetime(2020, 2, 29)]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read_without_error_and_with_ordered_days(parser, text, published):
    for first, last in days(read(parser, text, published)):
        assert (first is None) == (last is None)
        assert first is None or last is None or first <= last
