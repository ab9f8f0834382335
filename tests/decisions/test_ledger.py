"""Undo and redo without end, each editor for themselves, and never by forgetting."""

from __future__ import annotations

import random

from desks import entry
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.decisions import Entry, Ledger


def turn(editor: str, act: str, target: Entry) -> Entry:
    return entry(editor, act, target=target.step)


def test_undo_and_redo_go_all_the_way_and_back() -> None:
    log = [entry("Ada", "note", words=str(i)) for i in range(50)]
    ledger = Ledger(log)
    for one in reversed(log):
        assert ledger.to_undo("Ada") == (one,)
        assert ledger.take(turn("Ada", "undo", one)) == (one,)
    assert not ledger.to_undo("Ada")
    assert not list(ledger.holding())
    for one in log:
        assert ledger.to_redo("Ada") == (one,)
        ledger.take(turn("Ada", "redo", one))
    assert list(ledger.holding()) == log
    assert not ledger.to_redo("Ada")


def test_a_new_step_leaves_nothing_to_redo() -> None:
    first, second = entry(), entry("Ada", "note", words="x")
    ledger = Ledger([first, turn("Ada", "undo", first), second])
    assert not ledger.to_redo("Ada")
    assert ledger.to_undo("Ada") == (second,)
    assert ledger.take(turn("Ada", "redo", first)) == ()


def test_nobody_undoes_what_another_did() -> None:
    first = entry("Ada")
    ledger = Ledger([first, turn("Ben", "undo", first)])
    assert ledger.holds(first)
    assert not ledger.to_undo("Ben")
    assert ledger.to_undo("Ada") == (first,)


def test_what_was_done_at_one_stroke_is_undone_at_one() -> None:
    step = "0" * 32
    log = [entry("Ada", "note", words=str(i), step=step) for i in range(3)]
    ledger = Ledger(log)
    assert ledger.to_undo("Ada") == tuple(log)
    ledger.take(turn("Ada", "undo", log[0]))
    assert not list(ledger.holding())
    assert ledger.entries_of(step) == tuple(log)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.sampled_from(["do", "undo", "redo"]), max_size=40))
def test_the_ledger_does_what_two_stacks_do(seed: int, acts: list[str]) -> None:
    chance = random.Random(seed)
    ledger = Ledger()
    done: dict[str, list[Entry]] = {"Ada": [], "Ben": []}
    undone: dict[str, list[Entry]] = {"Ada": [], "Ben": []}
    for act in acts:
        editor = chance.choice(["Ada", "Ben"])
        if act == "do":
            one = entry(editor, "note", words="x")
            ledger.take(one)
            done[editor].append(one)
            undone[editor].clear()
        elif source := (done if act == "undo" else undone)[editor]:
            one = source.pop()
            ledger.take(turn(editor, act, one))
            (undone if act == "undo" else done)[editor].append(one)
    assert {one.id for one in ledger.holding()} == {one.id for those in done.values() for one in those}
