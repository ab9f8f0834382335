"""Times of day: intervals of minutes, vague words among them, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconcile.fields.clock import extract_times
from reconcile.model import Article, BlockKind, Certainty, Claim, Clock, Field, RuleSet, Span, Speaker


def read(parser, text: str) -> list[Field]:
    article = Article("a", "a", text, "A")
    tokens = parser.parse([text])[0]
    claim = Claim("c", "a", Span(0, len(text)), text, BlockKind.PARAGRAPH, 0, Speaker("A", "outlet"), Certainty.ASSERTED, "+", tokens)
    fields = extract_times(claim, article, RuleSet((), "test"))
    assert all(field.span.of(article.text) == field.raw for field in fields)
    return fields


@pytest.mark.parametrize(
    ("text", "raw", "low", "high"),
    [
        ("The train derailed at 5:10 a.m.", "5:10 a.m.", 310, 310),
        ("The train derailed at 5.10am.", "5.10am", 310, 310),
        ("The club closed at 11pm.", "11pm", 1380, 1380),
        ("Police were called at 9:05 PM.", "9:05 PM", 1265, 1265),
        ("The plane took off at 12:05 a.m.", "12:05 a.m.", 5, 5),
        ("The plane took off at 12 p.m.", "12 p.m.", 720, 720),
        ("He called about 5am.", "about 5am", 290, 310),
        ("The fire started at around 4 p.m. Saturday.", "at around 4 p.m.", 950, 970),
        ("Just before 7 p.m., a truck hit the crowd.", "Just before 7 p.m.", 1110, 1140),
        ("Police were called at 8-9pm.", "8-9pm", 1200, 1260),
        ("The blast came between 8 and 9 p.m.", "8 and 9 p.m.", 1200, 1260),
        ("The match began at 17:30.", "17:30", 1050, 1050),
        ("The match began at 9:30.", "9:30", 570, 570),
        ("The blast came at noon.", "noon", 720, 720),
        ("The blast came around noon.", "around noon", 710, 730),
        ("The blast came at midday.", "midday", 720, 720),
        ("The blast came shortly after midnight.", "shortly after midnight", 0, 30),
        ("The blast came two hours after midnight.", "two hours after midnight", 105, 135),
        ("The ship hit the pillar about an hour before midnight.", "about an hour before midnight", 1365, 1395),
        ("The blast came at 10 o’clock in the evening.", "10 o’clock in the evening", 1320, 1320),
        ("It happened at 2 in the morning.", "2 in the morning", 120, 120),
        ("He was seen in the morning.", "in the morning", 300, 720),
        ("The attack happened on Tuesday evening.", "on Tuesday evening", 1020, 1320),
        ("The attack happened late Thursday.", "late Thursday", 1140, 1439),
        ("The attack happened early Wednesday.", "early Wednesday", 0, 540),
        ("He left this afternoon.", "this afternoon", 720, 1080),
        ("The fire broke out overnight.", "overnight", 0, 540),
        ("The storm hit in the early hours of Sunday.", "in the early hours", 0, 360),
        ("The fire broke out at dawn.", "at dawn", 240, 480),
    ],
)
def test_times_are_intervals_of_minutes(parser, text, raw, low, high):
    (field,) = read(parser, text)
    assert isinstance(field.value, Clock)
    assert (field.raw, field.value.low, field.value.high) == (raw, low, high)


@pytest.mark.parametrize(
    "text",
    [
        "He told the Evening News on Sunday.",
        "Shares cost $5.10 a piece.",
        "Liverpool won 3:2.",
        "He quoted John 3:16 at the rally.",
        "The team finished in 2:15:40.",
        "The ratio was 10:30 in the sample.",
        "The quake struck at 1550 GMT.",
        "The quake struck at 15:50 GMT.",
        "The quake struck at 6.44am GMT.",
        "The drop came between 00:45 to 05:00 UTC.",
        "Good morning, he said.",
        "Morning traffic was halted.",
        "He works the night shift.",
        "The blast came at 10 o'clock.",
        "The index lost 17.30 points.",
    ],
)
def test_what_is_no_local_time_is_left_alone(parser, text):
    assert read(parser, text) == []


def test_a_time_belongs_to_its_act(parser):
    fields = read(parser, "The attack began Thursday morning and ended at 3 p.m.")
    assert [(field.act, field.role) for field in sorted(fields, key=lambda field: field.span)] == [("begin", "event"), ("end", "event")]
    (said,) = read(parser, "Police said at 7:30 a.m. that the trains collided.")
    assert said.role == "statement"


WORDS = st.sampled_from(
    "5 : 10 a.m. 5.10am noon midnight hour an before after about at 99:99 24:00 late Monday evening the in 8-9pm - –".split()
)


@given(st.lists(WORDS, max_size=10).map(" ".join) | st.text(max_size=60))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read_without_error_and_inside_the_day(parser, text):
    for field in read(parser, text):
        assert isinstance(field.value, Clock)
        assert 0 <= field.value.low <= field.value.high < 24 * 60
