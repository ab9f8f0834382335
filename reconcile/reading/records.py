"""Records of articles in, documents out: JSON lines, JSON, CSV.

Their keys: id, url, source, title, author, published, modified, language, text.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reconcile.errors import Unreadable
from reconcile.model import Problem
from reconcile.reading import ninjs
from reconcile.reading.documents import LONGEST_ARTICLE, Document, one_line, too_long, whole
from reconcile.reading.metadata import Metadata, later_change, parse_moment
from reconcile.reading.text import decode

LONGEST_LINE = 12 * LONGEST_ARTICLE
"""Characters that a line of JSON may have: each character of a text may be written with up to twelve."""
MOST_ENTRIES = 20_000
"""Articles that are read from one file."""
MOST_PROBLEMS = 1_000
"""Faults after which a file is read no further."""
SHAPE = "each line is one object with id and text"
OUTPUT = "reconcile.report/"

Record = tuple[int | None, Mapping[str, Any]]


def read_lines(path: str, raw: bytes) -> list[Document | Problem]:
    """Read JSON lines, one article a line. Raises Unreadable."""
    return _documents(path, _json_lines(path, decode(raw)))


def read_json(path: str, raw: bytes) -> list[Document | Problem]:
    """Read one record, a list of them, or ninjs items. Raises Unreadable."""
    value = _parsed(decode(raw), "save an article as an object with id and text, or as ninjs")
    if isinstance(value, dict) and str(value.get("schema", "")).startswith(OUTPUT):
        raise Unreadable("is a report, not an article; it was left out")
    if isinstance(value, dict) and isinstance(value.get("articles"), list):
        value = value["articles"]
    items = value if isinstance(value, list) else [value]
    if not any(isinstance(item, dict) and ("text" in item or ninjs.is_item(item)) for item in items):
        raise Unreadable("holds no article: neither an object with id and text, nor a ninjs item; it was left out")
    return _documents(path, ((n if len(items) > 1 else None, item) for n, item in enumerate(items, 1)), "#")


def read_csv(path: str, raw: bytes, delimiter: str = ",") -> list[Document | Problem]:
    """Read a table with a line of column names, one article a row. Raises Unreadable."""
    csv.field_size_limit(LONGEST_LINE)
    rows = _rows(path, csv.reader(io.StringIO(decode(raw), newline=""), delimiter=delimiter, strict=True))
    first = next(rows, None)
    names = [one_line(name).lower() for name in first[1]] if first is not None and not isinstance(first, Problem) else []
    if "text" not in names:
        raise Unreadable(f"has no column 'text' (its columns: {', '.join(names)[:120] or 'none'}); name the columns in the first line")
    return _documents(path, (row if isinstance(row, Problem) else (row[0], dict(zip(names, row[1], strict=False))) for row in rows))


def read_tsv(path: str, raw: bytes) -> list[Document | Problem]:
    """Read a table whose columns are parted by tabs. Raises Unreadable."""
    return read_csv(path, raw, "\t")


def _rows(path: str, rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]] | Problem]:
    """Yield the rows that are not empty, with the line on which each begins; a row that cannot be read ends the table."""
    while True:
        line = rows.line_num + 1  # type: ignore[attr-defined]  # a reader of csv, whose type has no public name
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Problem(path, f"is no table from here on ({error}); the rest was left out", line)
            return
        if row is None:
            return
        if row:
            yield line, row


def _json_lines(path: str, text: str) -> Iterator[Record | Problem]:
    """Yield the objects of lines that are not blank, with their numbers; only line feeds end a line of JSON."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        if len(line) > LONGEST_LINE:
            wrong = f"the line has {len(line):,} characters, more than the {LONGEST_LINE:,} that it may have; split the article"
            yield Problem(path, wrong, number)
            continue
        try:
            yield number, _parsed(line, SHAPE)
        except Unreadable as error:
            yield Problem(path, str(error), number)


def _parsed(text: str, shape: str) -> Any:  # noqa: ANN401 - whatever JSON may hold
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deeply, or a number in it is too long"
        raise Unreadable(f"is not JSON ({reason}); {shape}") from None


def _documents(path: str, records: Iterator[Record | Problem], mark: str = "") -> list[Document | Problem]:
    """Turn records into documents, each with an id of its own within the file; `mark` goes before an entry's number in its path."""
    found: list[Document | Problem] = []
    seen: dict[str, int] = {}
    problems = 0
    for item in records:
        read = [item] if isinstance(item, Problem) else _numbered_record(path, item, mark, seen)
        found += read
        problems += sum(isinstance(one, Problem) for one in read)
        if len(found) - problems >= MOST_ENTRIES:
            return [*found, Problem(path, f"holds {MOST_ENTRIES:,} articles or more; what follows was not read, split the file")]
        if problems >= MOST_PROBLEMS:
            return [*found, Problem(path, f"has {MOST_PROBLEMS:,} faults; what follows was left out")]
    return found


def _numbered_record(path: str, item: Record, mark: str, seen: dict[str, int]) -> list[Document | Problem]:
    """Return the document of one record under its own id, or under its number; `seen` notes the ids that are taken."""
    number, record = item
    where = f"{path}#{number}" if mark and number else path
    line = None if mark else number
    name = _identity(record) if isinstance(record, dict) else ""
    if name and name in seen:
        return [
            Problem(where, f"id {name!r} is already that of {'entry' if mark else 'line'} {seen[name]}; the article was left out", line)
        ]
    seen[name] = number or 1
    return _record(where, name or _numbered(path, number), record, line)


def _numbered(path: str, number: int | None) -> str:
    stem = Path(path).stem if path != "-" else "stdin"
    return stem if number is None else f"{stem}-{number}"


def _identity(record: Mapping[str, Any]) -> str:
    """Return a record's own id, on one line; 0 is an id, a list is none."""
    value = record.get("id")
    return one_line(str(value)) if isinstance(value, str | int) else ""


def _record(path: str, name: str, record: object, line: int | None) -> list[Document | Problem]:
    """Return the document of one record, and what is wrong with it."""
    if not isinstance(record, dict):
        return [Problem(path, f"is no JSON object; {SHAPE}", line)]
    if ninjs.is_item(record):
        try:
            return [ninjs.document(path, name, record)]
        except Unreadable as error:
            return [Problem(path, str(error), line)]
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        return [Problem(path, "has no text; give the article's text under the key 'text'", line)]
    if wrong := too_long(text):
        return [Problem(path, f"its text {wrong}", line)]
    problems: list[Document | Problem] = [
        Problem(path, f"{key} {str(date)[:40]!r} is no date; write it as 2025-07-02T14:30:00", line)
        for key in ("published", "modified")
        if (date := record.get(key)) and parse_moment(_value(record, key)) is None
    ]
    title = _value(record, "title")
    return [
        *problems,
        Document(path, name, whole(text), _head(record), titled=bool(title), line=line, stem=Path(path).stem),
    ]


def _head(record: Mapping[str, Any]) -> Metadata:
    published = parse_moment(_value(record, "published"))
    return Metadata(
        title=_value(record, "title"),
        source=_value(record, "source"),
        url=_value(record, "url"),
        author=_value(record, "author"),
        language=_value(record, "language"),
        published=published,
        modified=later_change(parse_moment(_value(record, "modified")), published),
    )


def _value(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    return one_line(value) if isinstance(value, str) else ""
