"""JSON lines and CSV, out and in again; and what a hostile file is answered."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from desks import dismissal, entry
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.decisions import Entry
from reconcile.decisions.exchange import COLUMNS, read_entries, to_csv, to_jsonl
from reconcile.errors import InputError

FIRST = entry()
LOG = [
    FIRST,
    dismissal("Ben", words='=HYPERLINK("x")\nsecond line'),
    entry("Cy", "note", words="'quoted', and +1"),
    entry("Cy", "assign"),
    entry("Di", "same", reason="alias", alias={"rule": "a.b", "label": "l", "words": "six passengers"}),
    entry("Ada", "undo", target=FIRST.step),
]


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_what_goes_out_comes_in_again(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"log.{form}"
    path.write_text((to_csv if form == "csv" else to_jsonl)(LOG), "utf-8", newline="")
    assert read_entries(path) == LOG


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(str.strip))
def test_any_words_come_in_again(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    folder = tmp_path_factory.mktemp("log")
    log = [entry("Ada", "note", words=words)]
    for name, write in (("a.jsonl", to_jsonl), ("a.csv", to_csv)):
        (folder / name).write_text(write(log), "utf-8", newline="")
        assert read_entries(folder / name) == log


def test_no_cell_is_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(to_csv(LOG))))
    assert tuple(rows[0]) == COLUMNS
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert "Nine people / Six passengers" in rows[1]


def line(**changed: object) -> str:
    plain = json.loads(to_jsonl([FIRST]))
    return json.dumps({name: value for name, value in {**plain, **changed}.items() if value is not ...})


@pytest.mark.parametrize(
    ("second", "what"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "is not a decision"),
        (line(id="x"), "id: String should match"),
        (line(editor=""), "editor: String should have at least 1"),
        (line(editor="\u202eevil"), "editor: it must have a letter"),
        (line(editor="x" * 81), "editor: String should have at most 80"),
        (line(act="delete"), "act: Input should be"),
        (line(at="yesterday"), "at: "),
        (line(at="2026-03-04T23:40:00"), "at: it must be a time in UTC"),
        (line(subject=None), "confirm needs a subject"),
        (line(act="dismiss"), "a reason belongs to dismiss"),
        (line(reason="other_event"), "a reason belongs to dismiss"),
        (line(act="note"), "a note needs words"),
        (line(act="same", reason="alias"), "an alias belongs to same"),
        (line(words="x" * 4001), "words: String should have at most 4000"),
        (line(extra=1), "extra: Extra inputs are not permitted"),
        (line(step=...), "step: Field required"),
        (line(), "has the id of line 1"),
        (line(id="f" * 32, act="undo", subject=None, target="e" * 32), "undo is of a step that no line before it took"),
    ],
)
def test_a_wrong_line_is_told_with_its_number(second: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(line() + "\n" + second + "\n", "utf-8")
    with pytest.raises(InputError) as told:
        read_entries(path)
    assert str(told.value).startswith(f"{path}:2: {what}")
    assert "\n" not in str(told.value)


def test_a_table_needs_its_columns_and_whole_rows(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    head, *rows = to_csv([FIRST]).splitlines()
    for page, what in (
        ("", ":1: has no column 'id'"),
        (head.replace("editor", "person") + "\n", ":1: has no column 'editor'"),
        (f"{head}\n{rows[0]},more\n", ":2: has 14 cells where the head has 13"),
        (head + '\n"open', ":2: is not CSV"),
        (head + "\n" + rows[0].rpartition('"{')[0] + "{\n", ":2: "),
    ):
        path.write_text(page, "utf-8")
        with pytest.raises(InputError, match=what.replace("(", r"\(")):
            read_entries(path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_entries(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(line().encode() + b"\n\xe9\n")
    with pytest.raises(InputError, match=r"latin.jsonl:2: is not UTF-8"):
        read_entries(tmp_path / "latin.jsonl")


def test_the_log_of_nobody_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(to_jsonl([]), "utf-8")
    (tmp_path / "a.csv").write_text(to_csv([]), "utf-8")
    nothing: list[Entry] = []
    assert read_entries(tmp_path / "a.jsonl") == read_entries(tmp_path / "a.csv") == nothing
