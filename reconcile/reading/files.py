"""Files in, drafts of articles and problems out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reconcile.model import Article, BlockKind, Problem, RemovalReason, Removed, Span
from reconcile.reading.cleaning import clean_text
from reconcile.reading.datelines import visible_date, visible_source
from reconcile.reading.metadata import Metadata, front_matter, parse_moment, prettified

LARGEST_FILE = 32_000_000
"""Bytes that a file may have."""
LONGEST_ARTICLE = 2_000_000
"""Characters that an article may have."""
KINDS = (".txt", ".md", ".markdown", ".jsonl", ".ndjson")
LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Draft:
    """An article whose id may still have to give way to another's."""

    article: Article
    line: int | None = None


def find_files(paths: Sequence[str]) -> tuple[list[Path], list[Problem]]:
    """Return the files to read, each once and in order, and what is wrong with the paths."""
    files: set[Path] = set()
    problems = []
    for name in sorted(set(paths)):
        path = Path(name)
        try:
            found = _files_at(path)
        except OSError as error:
            problems.append(Problem(name, f"cannot be opened: {error.strerror or error}; check its permissions"))
            continue
        if isinstance(found, str):
            problems.append(Problem(name, found))
        else:
            files.update(found)
    return sorted(files), problems


def _files_at(path: Path) -> list[Path] | str:
    """Return the files that a path stands for, or what is wrong with it."""
    if path.is_dir():
        found = [file for file in sorted(path.rglob("*")) if file.is_file() and file.suffix.lower() in KINDS]
        return found or f"holds no article; articles are files that end in {', '.join(KINDS)}"
    if not path.exists():
        return "no such file or folder; check the spelling"
    if path.suffix.lower() not in KINDS:
        return f"is not a kind of file that can be read; articles are files that end in {', '.join(KINDS)}"
    return [path]


def read_file(path: Path) -> tuple[list[Draft], list[Problem]]:
    """Read one file: a text is one article, JSON lines are one article a line."""
    text = _decoded(path)
    if isinstance(text, Problem):
        return [], [text]
    if path.suffix.lower() in LINES:
        return _read_lines(path, text)
    article = _text_article(path, text)
    return ([], [article]) if isinstance(article, Problem) else ([Draft(article)], [])


def _decoded(path: Path) -> str | Problem:
    """Return a file's text, or why it has none."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            return Problem(str(path), f"has {size:,} bytes, more than the {LARGEST_FILE:,} that a file may have; split it")
        raw = path.read_bytes()
    except OSError as error:
        return Problem(str(path), f"cannot be read: {error.strerror or error}; check its permissions")
    if b"\0" in raw[:65_536]:
        return Problem(str(path), "is a binary file, not text; save the article as plain text")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(str(path), f"is not UTF-8 text (byte {error.start}); save it as UTF-8")
    return text if text.strip() else Problem(str(path), "is empty; it was left out")


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
        article = _line_article(path, line, number)
        if isinstance(article, Problem):
            problems.append(article)
        elif article.id in seen:
            problems.append(
                Problem(str(path), f"id {article.id!r} is already that of line {seen[article.id]}; the article was left out", number)
            )
        else:
            seen[article.id] = number
            drafts.append(Draft(article, number))
    return drafts, problems


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, with their numbers; only line feeds end a line of JSON."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def _line_article(path: Path, line: str, number: int) -> Article | Problem:
    """Turn one line of JSON into an article, or say what is wrong with it."""
    if len(line) > 4 * LONGEST_ARTICLE:
        return Problem(str(path), f"the line has {len(line):,} characters, more than an article may have; split it", number)
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
        return Problem(str(path), f"is not JSON ({reason}); each line is one object with id and text", number)
    if not isinstance(record, dict):
        return Problem(str(path), "is no JSON object; each line is one object with id and text", number)
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        return Problem(str(path), "has no text; give the article's text under the key 'text'", number)
    if len(text) > LONGEST_ARTICLE:
        return Problem(
            str(path), f"its text has {len(text):,} characters, more than the {LONGEST_ARTICLE:,} that an article may have", number
        )
    title, source, url, language = (str(record.get(key) or "") for key in ("title", "source", "url", "language"))
    head = Metadata(title, source, url, language, parse_moment(str(record.get("published") or "")))
    name = str(record.get("id") or f"{path.stem}-{number}")
    article = _article(path, name, text, head, has_title=bool(head.title))
    return Problem(str(path), article.message, number) if isinstance(article, Problem) else article
