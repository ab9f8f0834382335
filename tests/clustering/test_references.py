"""Borrowed names: a pronoun or a definite noun lends the names of the claim before, and a named subject lends none."""

from __future__ import annotations

import pytest
from stories import Story

from reconcile.clustering.references import REACH, borrowed_names

MET = "Anna Keller met Paul Brandt in Geneva."
NAMES = {"keller", "brandt", "genev"}
NAMELESS = ("The rain fell all night.", "The roads were closed.", "The trains were late.", "The buses were full.")


@pytest.mark.parametrize("line", ["The two officials signed the treaty.", "He signed the treaty.", "They signed the treaty."])
def test_a_subject_without_a_name_borrows_those_of_the_sentence_before(line: str, story: Story) -> None:
    assert borrowed_names(story("a", [MET, line])[1]) == [set(), NAMES]


@pytest.mark.parametrize("line", ["Maria Santos signed the treaty.", "The minister Maria Santos signed the treaty."])
def test_a_subject_with_a_name_borrows_nothing(line: str, story: Story) -> None:
    assert borrowed_names(story("a", [MET, line])[1]) == [set(), set()]


def test_a_noun_that_points_at_nobody_borrows_nothing(story: Story) -> None:
    assert borrowed_names(story("a", [MET, "Officials signed the treaty.", "A spokesman praised it."])[1]) == [set()] * 3


def test_the_nearest_claim_with_a_name_lends_it(story: Story) -> None:
    lines = [MET, "Maria Santos resigned on Monday.", "The decision was expected.", "She left the city."]
    assert borrowed_names(story("a", lines)[1])[2:] == [{"santos"}, {"santos"}]


def test_names_that_the_claim_has_itself_are_not_borrowed(story: Story) -> None:
    assert borrowed_names(story("a", [MET, "She thanked Paul Brandt warmly."])[1])[1] == NAMES - {"brandt"}


def test_nothing_is_borrowed_from_further_back_than_the_reach(story: Story) -> None:
    borrowed = borrowed_names(story("a", [MET, *NAMELESS])[1])
    assert borrowed[1 : REACH + 1] == [NAMES] * REACH
    assert borrowed[REACH + 1] == set()


@pytest.mark.parametrize("line", ["The two officials signed the treaty.", "He signed the treaty."])
def test_the_first_claim_of_an_article_borrows_nothing(line: str, story: Story) -> None:
    assert borrowed_names(story("a", [line, MET])[1]) == [set(), set()]
    assert borrowed_names([]) == []
