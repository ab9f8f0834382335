"""The log as JSON lines or CSV, out and in; what comes in is checked line by line before any of it is believed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from reconcile.decisions.entries import OF_A_STEP, Entry
from reconcile.errors import InputError

LARGEST: Final = 64_000_000
"""Bytes that a file of decisions may have."""
COLUMNS: Final = ("id", "step", "at", "editor", "act", "rule", "point", "quotes", "reason", "words", "alias", "target", "subject")
TOLD: Final = ("rule", "point", "quotes")
"""Columns for people; what they say stands in `subject` as well."""
NESTED: Final = ("alias", "subject")
"""Columns that hold JSON."""
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "'")
"""First characters that get an apostrophe in front, lest a spreadsheet take the cell for a formula; reading takes it away."""


def to_jsonl(entries: Iterable[Entry]) -> str:
    """Write an entry on each line."""
    return "".join(entry.model_dump_json(exclude_defaults=True) + "\n" for entry in entries)


def to_csv(entries: Iterable[Entry]) -> str:
    """Write a table with an entry on each row; no cell can act as a formula."""
    page = io.StringIO()
    table = csv.writer(page, lineterminator="\n", quoting=csv.QUOTE_ALL)
    table.writerow(COLUMNS)
    for entry in entries:
        cells = _cells(entry)
        table.writerow([_harmless(cells[column]) for column in COLUMNS])
    return page.getvalue()


def _cells(entry: Entry) -> Mapping[str, str]:
    given = entry.model_dump(mode="json")
    subject = entry.subject
    told = {
        "rule": subject.rule if subject else "",
        "point": subject.point if subject else "",
        "quotes": " / ".join(side.passages[0].quote for side in subject.sides) if subject else "",
    }
    nested = {name: json.dumps(given[name], ensure_ascii=False) if given[name] else "" for name in NESTED}
    return {**{name: given[name] or "" for name in COLUMNS if name not in TOLD}, **told, **nested}


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def read_entries(path: str | Path) -> list[Entry]:
    """Read a file of JSON lines, or a table where its name ends in .csv. Raises InputError with the file, the line and what is wrong."""
    place = Path(path)
    try:
        with place.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or type(error).__name__})") from error
    if len(raw) > LARGEST:
        raise InputError(f"{path}: is larger than {LARGEST // 1_000_000} MB; decisions of that many findings come in several files")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(f"{path}:{line}: is not UTF-8; give a file that `reconcile decisions export` wrote") from error
    rows = _table_rows(place, text) if place.suffix.lower() == ".csv" else _json_rows(place, text)
    return _in_order(place, ((line, _entry(place, line, row)) for line, row in rows))


def _json_rows(path: Path, text: str) -> Iterator[tuple[int, Any]]:
    for line, content in enumerate(text.split("\n"), 1):
        if content.strip():
            try:
                yield line, json.loads(content)
            except (ValueError, RecursionError) as error:
                raise InputError(f"{path}:{line}: is not JSON; give a file that `reconcile decisions export` wrote") from error


def _table_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    table = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = next(table, [])
        if missing := [name for name in COLUMNS if name not in TOLD and name not in head]:
            raise InputError(f"{path}:1: has no column {missing[0]!r}; give a table that `reconcile decisions export --format csv` wrote")
        line = table.line_num + 1
        for row in table:
            if len(row) != len(head):
                raise InputError(f"{path}:{line}: has {len(row)} cells where the head has {len(head)}")
            yield line, _from_cells(path, line, dict(zip(head, row, strict=True)))
            line = table.line_num + 1
    except csv.Error as error:
        raise InputError(f"{path}:{table.line_num}: is not CSV ({error})") from error


def _from_cells(path: Path, line: int, cells: Mapping[str, str]) -> dict[str, Any]:
    plain = {name: cell.removeprefix("'") for name, cell in cells.items() if cell and name not in TOLD}
    for name in NESTED:
        if name in plain:
            try:
                plain[name] = json.loads(plain[name])
            except (ValueError, RecursionError) as error:
                raise InputError(f"{path}:{line}: column {name!r} is not JSON") from error
    return plain


def _entry(path: Path, line: int, row: object) -> Entry:
    if not isinstance(row, dict):
        raise InputError(f"{path}:{line}: is not a decision: each line is a mapping with id, step, at, editor and act")
    try:
        return Entry.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        where = "".join(f"{part}." for part in first["loc"])[:-1]
        raise InputError(f"{path}:{line}: {where}{': ' * bool(where)}{first['msg'].removeprefix('Value error, ')}") from error


def _in_order(path: Path, rows: Iterable[tuple[int, Entry]]) -> list[Entry]:
    """Return the entries, if no id is given twice and every step undone or redone was taken before."""
    entries: list[Entry] = []
    lines: dict[str, int] = {}
    steps: set[str] = set()
    for line, entry in rows:
        if entry.id in lines:
            raise InputError(f"{path}:{line}: has the id of line {lines[entry.id]}; every entry has an id of its own")
        if entry.act in OF_A_STEP and entry.target not in steps:
            raise InputError(f"{path}:{line}: {entry.act} is of a step that no line before it took")
        lines[entry.id] = line
        steps.add(entry.step)
        entries.append(entry)
    return entries
