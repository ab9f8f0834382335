"""Files in, drafts of articles and problems out."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reconcile.model import Article, BlockKind, Problem, RemovalReason, Removed, Span
from reconcile.reading.cleaning import clean_text
from reconcile.reading.datelines import visible_date, visible_source
from reconcile.reading.metadata import Metadata, front_matter, parse_moment, prettified

LARGEST_FILE = 32_000_000
"""Bytes that a file may have."""
LONGEST_ARTICLE = 2_000_000
"""Characters that an article may have."""
LONGEST_LINE = 12 * LONGEST_ARTICLE
"""Characters that a line of JSON may have: each character of a text may be written with up to twelve."""
SURROGATE = re.compile(r"[\ud800-\udfff]")
KINDS = (".txt", ".md", ".markdown", ".jsonl", ".ndjson")
LINES = (".jsonl", ".ndjson")
STDIN = "-"
CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
"""Bytes that text hardly ever holds."""
MOST_CONTROLS = 0.02
"""Part of a file's bytes from which control characters make it binary."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article whose id may still have to give way to another's."""

    article: Article
    line: int | None = None


def find_files(paths: Sequence[str]) -> tuple[list[Path], list[Problem]]:
    """Return the files to read, each once and in order, and what is wrong with the paths; `-` is JSON lines on standard input."""
    files: dict[str, Path] = {}
    problems = []
    for name in sorted(set(paths)):
        try:
            found = [Path(name)] if name == STDIN else _files_at(name)
        except OSError as error:
            problems.append(Problem(name, f"cannot be opened: {error.strerror or error}; check its permissions"))
            continue
        if isinstance(found, str):
            problems.append(Problem(name or '""', found))
        else:
            for file in found:
                files.setdefault(os.path.realpath(file), file)
    return sorted(files.values()), problems


def _files_at(name: str) -> list[Path] | str:
    """Return the files that a path stands for, or what is wrong with it."""
    path = Path(name)
    if not name:
        return "is no path; name a file or a folder"
    if path.is_dir():
        found = [
            file for file in sorted(path.rglob("*")) if file.is_file() and file.suffix.lower() in KINDS and not file.name.startswith(".")
        ]
        return found or f"holds no article; articles are files that end in {', '.join(KINDS)}"
    if not path.exists():
        return "no such file or folder; check the spelling"
    if not path.is_file():
        return "is neither a file nor a folder; save the article in a file"
    if path.suffix.lower() not in KINDS:
        return f"is not a kind of file that can be read; articles are files that end in {', '.join(KINDS)}"
    return [path]


def read_file(path: Path) -> tuple[list[Draft], list[Problem]]:
    """Read one file: a text is one article, JSON lines are one article a line."""
    text = _decoded(path)
    if isinstance(text, Problem):
        return [], [text]
    if path.suffix.lower() in LINES or str(path) == STDIN:
        return _read_lines(path, text)
    article = _text_article(path, text)
    return ([], [article]) if isinstance(article, Problem) else ([Draft(article)], [])


def _decoded(path: Path) -> str | Problem:
    """Return a file's text, or why it has none."""
    try:
        with open(path, "rb") if str(path) != STDIN else sys.stdin.buffer as file:
            raw = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        return Problem(str(path), f"cannot be read: {reason}; check its permissions")
    if len(raw) > LARGEST_FILE:
        return Problem(str(path), f"has more than the {LARGEST_FILE:,} bytes that a file may have; split it")
    if wrong := _not_text(raw):
        return Problem(str(path), wrong)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(str(path), f"is not UTF-8 text (byte {error.start}); it was left out, save it as UTF-8")
    return text if text.strip() else Problem(str(path), "is empty; it was left out")


def _not_text(raw: bytes) -> str | None:
    """Say why bytes cannot be text in UTF-8, without a guess at what else they are."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "is UTF-16 text; it was left out, save it as UTF-8"
    controls = len(raw) - len(raw.translate(None, CONTROLS))
    if b"\0" in raw or controls > MOST_CONTROLS * len(raw):
        return "is a binary file, not text; it was left out, save the article as plain text"
    return None


def _text_article(path: Path, text: str) -> Article | Problem:
    if len(text) > LONGEST_ARTICLE:
        return Problem(str(path), f"has {len(text):,} characters, more than the {LONGEST_ARTICLE:,} that an article may have; split it")
    head = front_matter(text)
    return _article(path, path.stem, text, head, has_title=False)


def _article(path: Path, name: str, text: str, head: Metadata, has_title: bool) -> Article | Problem:
    """Clean a text and put its metadata together; a date that only stands in the text is marked as inferred."""
    blocks, removed = clean_text(text, head.title if has_title else "", start=head.end)
    if not blocks:
        return Problem(str(path), "has no sentence that could be compared; it was left out")
    headline = next((block for block in blocks if block.kind is BlockKind.HEADLINE), None)
    title = head.title or (" ".join(headline.span.of(text).split()) if headline else "")
    if head.end:
        span = Span(0, len(text[: head.end].rstrip()))
        removed = (Removed(span, span.of(text), RemovalReason.FURNITURE), *removed)
    published = head.published or visible_date(text[head.end :])
    return Article(
        id=name,
        path=str(path),
        text=text,
        source=head.source or visible_source(text[head.end :]) or prettified(path.stem),
        title=title,
        url=head.url or None,
        published=published,
        published_inferred=head.published is None and published is not None,
        language=head.language or "en",
        blocks=blocks,
        removed=removed,
    )


def _read_lines(path: Path, text: str) -> tuple[list[Draft], list[Problem]]:
    drafts: list[Draft] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, line in _lines(text):
        record = _record(line)
        if isinstance(record, str):
            problems.append(Problem(str(path), record, number))
            continue
        name = _identity(record) or f"{path.stem if str(path) != STDIN else 'stdin'}-{number}"
        if name in seen:
            problems.append(Problem(str(path), f"id {name!r} is already that of line {seen[name]}; the article was left out", number))
            continue
        seen[name] = number
        if (date := record.get("published")) and parse_moment(str(date)) is None:
            problems.append(Problem(str(path), f"published {str(date)[:40]!r} is no date; write it as 2025-07-02T14:30:00", number))
        article = _line_article(path, name, record)
        if isinstance(article, Problem):
            problems.append(Problem(str(path), article.message, number))
        else:
            drafts.append(Draft(article, number))
    return drafts, problems


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, with their numbers; only line feeds end a line of JSON."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def _record(line: str) -> dict[str, Any] | str:
    """Return the object of one line of JSON with a text in it, or what is wrong with the line."""
    if len(line) > LONGEST_LINE:
        return f"the line has {len(line):,} characters, more than the {LONGEST_LINE:,} that it may have; split the article"
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
        return f"is not JSON ({reason}); each line is one object with id and text"
    if not isinstance(record, dict):
        return "is no JSON object; each line is one object with id and text"
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        return "has no text; give the article's text under the key 'text'"
    if len(text) > LONGEST_ARTICLE:
        return f"its text has {len(text):,} characters, more than the {LONGEST_ARTICLE:,} that an article may have; split it"
    return record


def _identity(record: Mapping[str, Any]) -> str:
    """Return a record's own id, on one line; 0 is an id, a list is none."""
    value = record.get("id")
    return " ".join(_whole(str(value)).split()) if isinstance(value, str | int) else ""


def _line_article(path: Path, name: str, record: Mapping[str, Any]) -> Article | Problem:
    title, source, url, language = (_value(record, key) for key in ("title", "source", "url", "language"))
    head = Metadata(title, source, url, language, parse_moment(_value(record, "published")))
    return _article(path, name, _whole(record["text"]), head, has_title=bool(title))


def _value(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    return " ".join(_whole(value).split()) if isinstance(value, str) else ""


def _whole(text: str) -> str:
    """Put the replacement character in place of half a surrogate pair, one for one: JSON may hold it, no file in UTF-8 can."""
    return SURROGATE.sub("\ufffd", text)
