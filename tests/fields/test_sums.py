"""Sums: which counts of a sentence are parts of one number, which are not, and what a list leaves to its last item."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconcile.fields.affected import people
from reconcile.fields.numbers import extract_numbers
from reconcile.fields.sums import add_sums
from reconcile.model import Quantity
from reconcile.rules import load_rules

RULES = load_rules()
ONE = ("a man", "a woman", "a child")
MORE = ("men", "women", "children", "passengers", "pilots", "soldiers")


@pytest.fixture
def sums(story):
    """Return the sums of a sentence, as "role total words"."""

    def read(text):
        article, (claim,) = story("post", [text], published="2024-05-07")
        fields = extract_numbers(claim, article, RULES)
        found = [field for field in fields if any(other is not field and field.span.covers(other.span) for other in fields)]
        for field in found:
            assert field.kind == "count"
            assert field.span.of(article.text) == field.raw
            assert (field.subject, field.scope) == ("people", ())
            assert isinstance(field.value, Quantity)
            assert field.value.low == field.value.high
        return [f"{field.role} {field.value.low:g} {field.raw}" for field in found]

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two adults and a child were killed.", ["killed 3 Two adults and a child"]),
        ("A man and two women were killed.", ["killed 3 A man and two women"]),
        ("A man and a woman were killed.", ["killed 2 A man and a woman"]),
        ("Ten passengers and two pilots were killed.", ["killed 12 Ten passengers and two pilots"]),
        ("Two men, three women and four children were killed.", ["killed 9 Two men, three women and four children"]),
        ("Two children and three others were hurt.", ["injured 5 Two children and three others"]),
        ("2 adults, 2 children killed in fire", ["killed 4 2 adults, 2 children"]),
        ("A man was killed and another man was killed.", ["killed 2 A man was killed and another man"]),
        ("Four people were seriously hurt while 20 were slightly hurt.", ["injured 24 Four people were seriously hurt while 20"]),
        ("Two men and a woman were killed and a boy and a girl were hurt.", ["injured 2 a boy and a girl", "killed 3 Two men and a woman"]),
    ],
)
def test_joined_counts_of_one_role_are_summed(sums, text, expected):
    assert sums(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Two men were killed.",
        "A man was killed.",
        "Three men were killed and two women were hurt.",
        "At least two men and three women were killed.",
        "About two men and three women were killed.",
        "Two people and three victims were killed.",
        "Two people and a woman were killed.",
        "Two men and two men were killed.",
        "Two of the men and three of the women were killed.",
        "Nine men were killed, including two boys who were killed at once.",
        "Her husband and two children were killed.",
        "Two houses and three cars burned.",
        "The fire killed two men or three women.",
        "Four people were found dead — two males and one female found inside the mill and one female found outside, police said.",
        "Two men died before three women died.",
        "Two men worked there; the fire that broke out at noon, long after the end of the shift, killed three women.",
        "Two men were killed in the mill, which has stood by the river for a hundred years and more, and two women were killed there.",
    ],
)
def test_counts_that_may_be_of_the_same_people_or_are_inexact_or_far_apart_are_not(sums, text):
    assert sums(text) == []


def test_two_counts_of_any_people_differ_by_the_degree_of_harm_alone(sums):
    assert sums("Four people were hurt while 20 people were hurt.") == []


@given(st.lists(st.sampled_from(MORE), min_size=2, max_size=3, unique=True), st.lists(st.integers(2, 60), min_size=3, max_size=3))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_sum_is_what_its_parts_come_to(story, kinds, numbers):
    parts = [f"{number} {kind}" for number, kind in zip(numbers, kinds, strict=False)]
    words = ", ".join(parts[:-1]) + " and " + parts[-1]
    article, (claim,) = story("post", [f"The fire killed {words}."])
    totals = [field for field in extract_numbers(claim, article, RULES) if field.raw == words]
    assert [field.value.low for field in totals if isinstance(field.value, Quantity)] == [sum(numbers[: len(parts)])]


@given(st.lists(st.sampled_from([*ONE, *(f"{n} {kind}" for n in ("two", "three") for kind in MORE), "at least two men"]), max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sums_of_one_role_never_share_words(sums, story, parts):
    text = f"The fire killed {' and '.join(parts) or 'nobody'}."
    article, (claim,) = story("post", [text])
    found = add_sums(claim, extract_numbers(claim, article, RULES), people(RULES))
    assert all(not a.span.overlaps(b.span) for a, b in pairwise(sorted(found, key=lambda field: field.span)))
