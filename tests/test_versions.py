"""What changed between two versions of one article."""

from __future__ import annotations

from itertools import permutations

import pytest

from reconcile.model import EarlierVersion
from reconcile.versions import find_changes

OLD = [
    "The ferry struck the pier in Norhaven at dawn.",
    "Nine people were taken to hospital, police said.",
    "The captain was not on the bridge.",
    "The harbour is closed until Monday.",
]
NEW = [
    "The ferry struck the pier in Norhaven at dawn.",
    "The harbour is closed until Monday.",
    "Twelve people were taken to hospital, police said.",
    "Divers are to look at the hull on Friday morning, the owner of the ship said.",
]


def changes(story, before, after, *, same_text=False):
    old, said = story("old", before)
    _, says = story("new", after)
    (version,) = find_changes([EarlierVersion("new", old, same_text, True)], said, says)
    return [(change.before and change.before.quote, change.after and change.after.quote) for change in version.changes]


def test_claims_are_reworded_added_and_dropped(story):
    assert changes(story, OLD, NEW) == [(OLD[1], NEW[2]), (None, NEW[3]), (OLD[2], None)]


def test_claims_that_only_moved_or_were_wrapped_anew_are_no_change(story):
    assert changes(story, OLD, [OLD[3], *OLD[:3]]) == []
    assert changes(story, OLD[:1], [OLD[0].replace(" pier ", "  pier ")]) == []


def test_a_claim_said_once_less_was_dropped(story):
    assert changes(story, [OLD[0], OLD[0], OLD[1]], OLD[:2]) == [(OLD[0], None)]


def test_each_claim_is_paired_with_the_one_it_is_most_like(story):
    before = ["Nine people were hurt, police said.", "Nine people were missing, police said."]
    after = ["Ten people were missing, police said.", "Ten people were hurt, police said."]
    assert changes(story, before, after) == [(before[1], after[0]), (before[0], after[1])]


def test_the_same_text_has_no_changes(story):
    assert changes(story, OLD, OLD, same_text=True) == []


@pytest.mark.parametrize("order", list(permutations(range(3)))[1:4])
def test_quotes_are_exact_and_the_order_of_the_claims_given_does_not_matter(story, order):
    old, said = story("old", OLD[:3])
    new, says = story("new", NEW[:3])
    version = EarlierVersion("new", old, False, True)
    (found,) = find_changes([version], [said[i] for i in order], [says[i] for i in order])
    texts = {"old": old.text, "new": new.text}
    sides = [side for change in found.changes for side in (change.before, change.after) if side]
    assert sides
    assert all(side.quote == side.span.of(texts[side.article]) for side in sides)
    assert find_changes([version], said, says) == (found,)


def test_versions_of_several_articles_are_kept_apart(story):
    first, said = story("first", OLD[:2])
    second, told = story("second", NEW[3:])
    _, says = story("new", OLD[:2])
    found = find_changes([EarlierVersion("new", first, False, True), EarlierVersion("new", second, False, True)], [*said, *told], says)
    assert [len(version.changes) for version in found] == [0, 3]
