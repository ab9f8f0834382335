"""Figures: what counts as one, its bounds, whom it counts, its role, and all the numbers that are no figures."""

from __future__ import annotations

import math
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconcile.fields.numbers import extract_numbers
from reconcile.model import Article, BlockKind, Certainty, Claim, Field, Quantity, Rule, RuleSet, Span, Speaker, Term

ROLES = {
    "killed": ("kill", "die", "dead", "body", "death toll", "toll", "lose .. life|lives"),
    "injured": ("injure", "wound", "hurt", "injury", "take .. hospital"),
    "missing": ("missing",),
    "arrested": ("arrest", "detain"),
    "aboard": ("aboard", "on board"),
    "expelled": ("expel",),
    "evacuated": ("evacuate",),
    "abducted": ("abduct", "kidnap"),
    "freed": ("free", "release"),
    "displaced": ("displace",),
}
RULES = RuleSet(
    tuple(Rule(f"test.{role}", "count", "", (), role=role, terms=(Term(role, words),)) for role, words in sorted(ROLES.items())), "test"
)
PUBLISHED = datetime(2018, 2, 8)


def read(parser, text: str) -> list[Field]:
    article = Article("a", "a", text, "A", published=PUBLISHED)
    tokens = parser.parse([text])[0]
    claim = Claim("c", "a", Span(0, len(text)), text, BlockKind.PARAGRAPH, 0, Speaker("A", "outlet"), Certainty.ASSERTED, "+", tokens)
    fields = extract_numbers(claim, article, RULES)
    assert all(field.span.of(article.text) == field.raw for field in fields)
    return fields


def counts(fields: list[Field]) -> list[str]:
    """Write counts as "role figure subject", background ones in brackets."""
    return [_written(field) for field in fields if field.kind == "count"]


def _written(field: Field) -> str:
    value = field.value
    assert isinstance(value, Quantity)
    high = "more" if math.isinf(value.high) else f"{value.high:g}"
    figure = f"{value.low:g}" if value.low == value.high else f"{value.low:g}..{high}"
    text = f"{field.role or '-'} {figure} {field.subject}"
    return f"[{text}]" if field.background else text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25 people were injured, police said.", ["injured 25 people"]),
        ("Twenty-seven people were hurt in the crash.", ["injured 27 people"]),
        ("The blast killed at least two people and wounded 90 others.", ["killed 2..more people", "injured 90 other"]),
        ("About 50 people protested on Wednesday, and two were killed.", ["- 45..55 people", "killed 2 people"]),
        ("Ten gunmen killed three people.", ["- 10 gunman", "killed 3 people"]),
        ("Militants attacked the hotel, killing at least six and wounding 120.", ["killed 6..more people", "injured 120 people"]),
        ("25 Hurt As Train Derails", ["injured 25 people"]),
        ("12 killed in mine collapse", ["killed 12 people"]),
        ("12 Killed, 30 Injured In Bus Crash Near Capital", ["killed 12 people", "injured 30 people"]),
        ("At least 14 dead in hotel fire", ["killed 14..more people"]),
        ("Six dead, 27 hurt in crash", ["killed 6 people", "injured 27 people"]),
        ("The doctor said four dead bodies and 120 wounded had been brought in.", ["killed 4 people", "injured 120 people"]),
        ("The death toll rose to at least six.", ["killed 6..more people"]),
        ("The death toll stands at 17.", ["killed 17 people"]),
        ("The attack left a death toll of 6.", ["killed 6 people"]),
        ("There were 129 people on board.", ["aboard 129 people"]),
        ("The plane, with 12 aboard, vanished.", ["aboard 12 people"]),
        ("Flight 370 vanished with 239 people aboard.", ["aboard 239 people"]),
        ("She lost both brothers in world war two, and 40 people came to the grave.", ["- 40 people"]),
        ("Police arrested seven suspects and freed three hostages.", ["arrested 7 suspect", "freed 3 hostage"]),
        ("Gunmen abducted 21 schoolgirls from the town.", ["abducted 21 schoolgirl"]),
        ("Rescuers are searching for 15 missing miners.", ["missing 15 miner"]),
        ("Fifteen miners are still missing.", ["missing 15 miner"]),
        ("The injured were taken to four hospitals.", ["- 4 hospital"]),
        ("The victims, a male, 27, and two females, 13 and 17, were taken to hospital.", ["injured 2 female"]),
        ("Two were hurt, three were killed.", ["injured 2 people", "killed 3 people"]),
        ("Three firefighters died.", ["killed 3 firefighter"]),
        ("Two soldiers lost their lives.", ["killed 2 soldier"]),
        ("17 people were shot dead.", ["killed 17 people"]),
        ("The attacker shot and killed 17 people.", ["killed 17 people"]),
        ("The storm left three people dead and 12 injured.", ["killed 3 people", "injured 12 people"]),
        ("Six diplomats were expelled from the country.", ["expelled 6 diplomat"]),
        ("A gunman killed 17 students and wounded 14 at a school.", ["killed 17 student", "injured 14 people"]),
        ("One person was killed.", ["killed 1 person"]),
        ("The ship took 103 passengers and 26 crew members to the harbour.", ["- 103 passenger", "- 26 crew member"]),
    ],
)
def test_role_comes_from_the_word_that_governs_the_figure(parser, text, expected):
    assert counts(read(parser, text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A hundred people were arrested.", ["arrested 100 people"]),
        ("A dozen protesters were detained.", ["arrested 12 protester"]),
        ("Two hundred and thirty thousand people were evacuated.", ["evacuated 230000 people"]),
        ("Half a million people were displaced.", ["displaced 500000 people"]),
        ("A quarter of a million people were evacuated.", ["evacuated 250000 people"]),
        ("1.2 million people were displaced.", ["displaced 1.2e+06 people"]),
        ("Scores of people were killed.", ["killed 40..99 people"]),
        ("Dozens of passengers were injured.", ["injured 24..99 passenger"]),
        ("Hundreds of people were evacuated.", ["evacuated 200..999 people"]),
        ("Thousands of protesters were arrested.", ["arrested 2000..9999 protester"]),
        ("Tens of thousands of people were evacuated.", ["evacuated 20000..99999 people"]),
        ("Hundreds of thousands of people were displaced.", ["displaced 200000..999999 people"]),
        ("Several people were injured.", ["injured 3..10 people"]),
        ("Several hundred people were evacuated.", ["evacuated 300..1000 people"]),
        ("A few people were injured.", ["injured 3..10 people"]),
        ("A few dozen protesters were arrested.", ["arrested 36..120 protester"]),
        ("A couple of soldiers were killed.", ["killed 2..3 soldier"]),
        ("Multiple people were shot dead.", ["killed 2..more people"]),
        ("No passengers were hurt.", ["injured 0 passenger"]),
        ("No injuries were reported.", ["injured 0 people"]),
        ("Nobody was hurt.", ["injured 0 people"]),
        ("No one was killed.", ["killed 0 people"]),
        ("None of the passengers was injured.", ["injured 0 passenger"]),
        ("More than 100 people were killed.", ["killed 100..more people"]),
        ("Over 100 people were killed.", ["killed 100..more people"]),
        ("Up to 40 people are missing.", ["missing 0..40 people"]),
        ("Fewer than 20 people were hurt.", ["injured 0..20 people"]),
        ("Nearly 200 people were evacuated.", ["evacuated 180..220 people"]),
        ("About fifty people were arrested.", ["arrested 45..55 people"]),
        ("Some 30 civilians were killed.", ["killed 27..33 civilian"]),
        ("10 to 20 people were killed.", ["killed 10..20 people"]),
        ("Between 10 and 20 people were killed.", ["killed 10..20 people"]),
        ("5–7 people were killed.", ["killed 5..7 people"]),
        ("5-7 people were killed.", ["killed 5..7 people"]),
        ("Three or four people were killed.", ["killed 3..4 people"]),
        ("As many as 20 people were killed.", ["killed 0..20 people"]),
        ("Just over 200 people were evacuated.", ["evacuated 180..220 people"]),
        ("Just under 200 people were evacuated.", ["evacuated 180..220 people"]),
        ("No more than 20 people were hurt.", ["injured 0..20 people"]),
        ("In excess of 50 people were arrested.", ["arrested 50..more people"]),
    ],
)
def test_words_are_read_as_the_interval_they_allow(parser, text, expected):
    assert counts(read(parser, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He lives on Highway 66.",
        "He fired a .45-caliber pistol.",
        "He carried a 45-caliber pistol.",
        "It happened in the 2500 block of Alder Street.",
        "It happened in the 7500-block of Alder Street.",
        "Nimbus 2 users complained.",
        "A two-thirds majority is needed.",
        "About three or four years ago it closed.",
        "The Group of 20 met in May.",
        "Liverpool won 3-2.",
        "He died on May 5, 2017.",
        "He said Windows 10 was safe.",
        "Boeing 737 jets are grounded.",
        "The meeting started at 5:30.",
        "By a 7-2 vote, the court ruled.",
        "The vote was 52-48.",
        "Call 555-1234 for help.",
        "The law, Article 50, was triggered.",
        "One of the pilots survived.",
        "One of them was killed.",
        "One of the three men was arrested.",
        "Six of the injured are in critical condition.",
        "A couple was killed in the crash.",
        "None of the injuries was severe.",
        "Nobody has claimed responsibility.",
        "There was none.",
        "All passengers were killed.",
        "The storm hit between 1990 and 1995.",
        "3 5 4 People fled in this direction",
        "The A42 road was closed.",
    ],
)
def test_numbers_that_count_nothing_are_left_alone(parser, text):
    assert counts(read(parser, text)) == []


def test_a_step_is_two_figures_and_the_former_one_is_background(parser):
    assert counts(read(parser, "The death toll rose to 42 from 38.")) == ["killed 42 people", "[killed 38 people]"]
    assert counts(read(parser, "The death toll rose from 38 to 42.")) == ["[killed 38 people]", "killed 42 people"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The crash killed 10 foreigners and two locals.", ["killed 10 foreigner", "killed 2 local", "killed 12 people"]),
        (
            "Four people were taken to hospital with serious injuries while 20 others were slightly hurt.",
            ["injured 4 people", "injured 20 other", "injured 24 people"],
        ),
    ],
)
def test_joined_counts_are_summed(parser, text, expected):
    assert counts(read(parser, text)) == expected


def test_a_part_is_marked_and_the_whole_is_not(parser):
    whole, part = read(parser, "The fire killed 12 people, including three children.")
    assert (whole.role, whole.scope, part.scope) == ("killed", (), ("part",))


def test_degree_of_harm_narrows_only_its_own_figure(parser):
    whole, part = read(parser, "Twenty people were injured, three of them seriously.")
    assert "serious" not in whole.scope
    assert {"part", "serious"} <= set(part.scope)


@pytest.mark.parametrize(
    "text",
    [
        "Last month, 40 people were killed in a similar attack.",
        "In 2015, 130 people were killed in the capital.",
        "The attack comes a year after a bombing that killed 30 people.",
        "Three years ago, 12 miners died there.",
    ],
)
def test_figures_of_another_time_are_background(parser, text):
    assert [field.background for field in read(parser, text) if field.role == "killed"] == [True]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("The company offered $121 billion.", 121e9, 121e9, "USD"),
        ("The company made a $110-a-share offer.", 110, 110, "USD/share"),
        ("It offered $82 per share for the firm.", 82, 82, "USD/share"),
        ("The fine was €3.5 million.", 3.5e6, 3.5e6, "EUR"),
        ("The fire will cost $10 to $20 million.", 10e6, 20e6, "USD"),
        ("The fire will cost 10 to 20 million dollars.", 10e6, 20e6, "USD"),
        ("The ransom of £2m was paid.", 2e6, 2e6, "GBP"),
        ("The scheme cost victims hundreds of millions of dollars.", 2e8, 999999999, "USD"),
        ("He paid about 500 euros for it.", 450, 550, "EUR"),
        ("They were fined 30,000 Egyptian pounds each.", 30000, 30000, "EGP"),
        ("They were fined 2 million Hong Kong dollars.", 2e6, 2e6, "HKD"),
        ("They were fined 500 U.S. dollars.", 500, 500, "USD"),
        ("A stamp costs 50 cents.", 0.5, 0.5, "USD"),
    ],
)
def test_money(parser, text, low, high, unit):
    (field,) = read(parser, text)
    assert field.kind == "money"
    assert isinstance(field.value, Quantity)
    assert field.value.low == pytest.approx(low)
    assert field.value.high == pytest.approx(high)
    assert field.value.unit == unit


def test_money_knows_what_it_measures_and_which_of_several(parser):
    new, old = read(parser, "The company raised its offer to $121 billion from $103 billion.")
    assert (new.subject, old.subject) == ("offer", "offer")
    assert (new.scope, old.scope) == ((), ("first",))
    (bid,) = read(parser, "Its $38 billion bid for Norwind failed.")
    assert (bid.subject, bid.scope) == ("bid", ("norwind",))


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "subject"),
    [
        ("Unemployment rose to 5.2% in March.", 5.2, 5.2, "%", "unemployment"),
        ("The turnout was 61 per cent.", 61, 61, "%", "turnout"),
        ("Between 10 and 20 percent of voters stayed home.", 10, 20, "%", "voter"),
        ("The quake struck 10 km north of the town.", 10, 10, "km", "quake"),
        ("The tower is 100 metres tall.", 100, 100, "m", "tower"),
        ("The boy fell 10 to 12 feet.", 10, 12, "foot", "boy"),
        ("The wind reached 60 miles per hour.", 60, 60, "mph", "wind"),
        ("The fire covered 500 square miles.", 500, 500, "square mile", "fire"),
        ("The tanker lost 300 barrels.", 300, 300, "barrel", "tanker"),
        ("The boy weighs 90 pounds.", 90, 90, "pound", "boy"),
        ("The balloon rose thousands of feet.", 2000, 9999, "foot", "balloon"),
        ("The gap shrank by 4 percentage points.", 4, 4, "percentage point", "gap"),
        ("Three hours later the ferry docked.", 3, 3, "hour", "ferry"),
    ],
)
def test_percentages_and_measures(parser, text, low, high, unit, subject):
    (field,) = [field for field in read(parser, text) if field.kind == "quantity"]
    assert isinstance(field.value, Quantity)
    assert (field.value.low, field.value.high, field.value.unit, field.subject) == (low, high, unit, subject)


@pytest.mark.parametrize(
    ("text", "low", "high", "subject"),
    [
        ("Maria Lopez, 67, was arrested.", 67, 67, "maria lopez"),
        ("A 26-year-old dissident was held.", 26, 26, "dissident"),
        ("The suspect, aged 26, fled.", 26, 26, "suspect"),
        ("The man, 44, was charged with murder.", 44, 44, "man"),
        ("She was 67.", 67, 67, "she"),
        ("The singer turned 38 last week.", 38, 38, "singer"),
        ("Police arrested Tomas Iker Beld, 35 -- a driver.", 35, 35, "tomas iker beld"),
        ("He was killed at the age of 12.", 12, 12, "he"),
        ("Police seek a man in his 30s.", 30, 39, "man"),
        ("Police seek a woman in her early 50s.", 50, 53, "woman"),
        ("The girls, aged 9 to 12, were freed.", 9, 12, "girl"),
        ("The boy ran to his father, 41-year-old Paul Martin, at the gate.", 41, 41, "paul martin"),
        ("Ivo Brandt wrote to a 13-year-old.", 13, 13, "?"),
    ],
)
def test_ages(parser, text, low, high, subject):
    (field,) = [field for field in read(parser, text) if field.kind == "age"]
    assert isinstance(field.value, Quantity)
    assert (field.value.low, field.value.high, field.value.unit, field.subject) == (low, high, "year", subject)
    assert counts(read(parser, text)) == []


@pytest.mark.parametrize(("text", "unit"), [("A 9-month-old boy was found.", "month"), ("A 3-week-old girl was found.", "week")])
def test_ages_of_infants_keep_their_unit(parser, text, unit):
    (field,) = [field for field in read(parser, text) if field.kind == "age"]
    assert isinstance(field.value, Quantity)
    assert field.value.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "Shares fell 12 to 45.",
        "The index closed at 45, up from 40.",
        "The offer of five pounds was refused.",
        "Fewer people between the ages of 25 and 64 died.",
        "Twetny-one-year-old Ivo Brandt was hurt.",
        "Two weeks ago it snowed.",
    ],
)
def test_what_looks_like_an_age_or_a_measure_is_none(parser, text):
    assert [field for field in read(parser, text) if field.kind in {"age", "quantity"}] == []


WORDS = st.sampled_from(
    "12 3-2 5–7 twenty a of the and to from between killed injured people one no none $ % million hundred few couple half dozen , . - €9bn "
    "rose was old - year 2017 including three 10,000 aboard May".split()
)


@given(st.lists(WORDS, max_size=16).map(" ".join) | st.text(max_size=60))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read_without_error_and_with_exact_spans(parser, text):
    read(parser, text)
