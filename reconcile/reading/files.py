"""Paths in, documents and problems out: which files there are, and which reader reads each kind."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from reconcile.errors import InputError, TooSlow, Unreadable
from reconcile.model import Problem
from reconcile.reading import fetching, records, text, warc
from reconcile.reading.confined import read_confined
from reconcile.reading.documents import LARGEST_FILE, Document
from reconcile.reading.memory import Memory

READERS: Final[Mapping[str, str]] = {
    ".txt": "text.read",
    ".md": "text.read",
    ".markdown": "text.read",
    ".html": "page.read",
    ".htm": "page.read",
    ".xhtml": "page.read",
    ".mhtml": "mhtml.read",
    ".mht": "mhtml.read",
    ".pdf": "pdf.read",
    ".docx": "docx.read",
    ".jsonl": "records.read_lines",
    ".ndjson": "records.read_lines",
    ".json": "records.read_json",
    ".csv": "records.read_csv",
    ".tsv": "records.read_tsv",
    ".rss": "feeds.read",
    ".atom": "feeds.read",
    ".xml": "feeds.read",
    ".warc": "warc",
    ".warc.gz": "warc",
}
"""The reader of each kind of file: a module of this package and a function in it."""
OWN = {
    "text.read": text.read,
    "records.read_lines": records.read_lines,
    "records.read_csv": records.read_csv,
    "records.read_tsv": records.read_tsv,
}
"""Readers that need no process of their own: they take no longer than their input is long."""
MOST_PAGES = 2_000
"""Pages of an archive that are read."""
KINDS = ", ".join(READERS)
WRITTEN = frozenset({"consistency.md", "report.json", "findings.csv", "matrix.csv"})
"""What this tool writes into a folder, beside `texts/`."""
STDIN = "-"


def find_files(paths: Sequence[str]) -> tuple[list[Path], list[Problem]]:
    """Return the files to read, each once and in order, and what is wrong with the paths; `-` is JSON lines on standard input."""
    files: dict[str, Path] = {}
    problems = []
    for name in sorted(set(paths)):
        try:
            found = [Path(name)] if name == STDIN else _files_at(name)
        except (OSError, ValueError) as error:
            problems.append(Problem(name, f"cannot be opened: {getattr(error, 'strerror', None) or error}; check its permissions"))
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
        found = [file for file in sorted(path.rglob("*")) if file.is_file() and kind(file) and not _is_set_apart(file, path)]
        return found or f"holds no article; articles are files that end in {KINDS}"
    if not path.exists():
        return "no such file or folder; check the spelling"
    if not path.is_file():
        return "is neither a file nor a folder; save the article in a file"
    if not kind(path):
        return f"is not a kind of file that can be read; articles are files that end in {KINDS}"
    return [path]


def _is_set_apart(file: Path, within: Path) -> bool:
    """Return whether a file in a folder is hidden, or in a hidden folder, or was written there by an earlier run of this tool."""
    folder = file.parent.parent if file.parent.name == "texts" else file.parent
    written = file.parent.name == "texts" or file.name in WRITTEN
    hidden = any(part.startswith(".") for part in file.relative_to(within).parts)
    return hidden or (written and _is_report(folder / "report.json"))


def _is_report(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return records.OUTPUT.encode() in file.read(80)
    except OSError:
        return False


def kind(path: Path) -> str:
    """Return the ending that says how a file is read, or nothing."""
    name = path.name.lower()
    return next((ending for ending in READERS if name.endswith(ending) and name != ending), "")


def read_file(path: Path, cache: Memory | None = None) -> tuple[list[Document], list[Problem]]:
    """Read one file: the articles in it, and what could not be read; a cache gives back what was read out of the same bytes before."""
    reader = READERS[kind(path)] if str(path) != STDIN else READERS[".jsonl"]
    try:
        found = _read_archive(path) if reader == "warc" else _read(reader, str(path), _bytes(path), cache)
        return sorted_out(found) if found else ([], [Problem(str(path), "holds no article; it was left out")])
    except Unreadable as error:
        return [], [Problem(str(path), str(error))]


FETCHED: Final[Mapping[str, str]] = {
    "text/html": "page.read_at",
    "application/xhtml+xml": "page.read_at",
    "text/plain": "text.read",
    "application/pdf": "pdf.read",
    "application/xml": "feeds.read",
    "text/xml": "feeds.read",
    "application/rss+xml": "feeds.read",
    "application/atom+xml": "feeds.read",
    "application/json": "records.read_json",
    "": "page.read_at",
}
"""The reader of each kind of answer from the net."""


def read_address(address: str, allow_fetch: bool) -> tuple[list[Document], list[Problem]]:
    """Fetch an address, where the user allowed it, and read what came."""
    name = fetching.shown(address)
    if not allow_fetch:
        return [], [Problem(name, "is an address: pass --allow-fetch to fetch it, or save the page and name its file")]
    try:
        got = fetching.fetch(address)
        reader = FETCHED[got.content_type]
        stem = Path(urlsplit(got.url).path).stem or urlsplit(got.url).hostname or "page"
        more = (stem, got.raw, got.url) if reader == "page.read_at" else (got.raw,)
        documents, problems = sorted_out(_call(reader, name, *more))
    except InputError as error:
        return [], [Problem(name, str(error).removeprefix(f"{name}: "))]
    return [replace(item, head=replace(item.head, url=item.head.url or got.url)) for item in documents], problems


def sorted_out(found: Iterable[Document | Problem]) -> tuple[list[Document], list[Problem]]:
    """Part what was read from what could not be."""
    items = list(found)
    return [item for item in items if isinstance(item, Document)], [item for item in items if isinstance(item, Problem)]


def _read(reader: str, path: str, raw: bytes, cache: Memory | None) -> Sequence[Document | Problem]:
    """Call a reader, unless its answer to these bytes is known."""
    if cache is None or reader in OWN:  # those are sooner read than remembered
        return _call(reader, path, raw)
    return cache.keep(
        "documents", (reader, path, sha256(raw).hexdigest()), list[Document | Problem], lambda: list(_call(reader, path, raw))
    )


def _call(reader: str, path: str, *given: Any) -> Sequence[Document | Problem]:  # noqa: ANN401 - whatever the reader takes
    """Call a reader here, or in a process of its own where its input might hold it up."""
    return OWN[reader](path, *given) if reader in OWN else read_confined(reader, path, *given)


def _read_archive(path: Path) -> list[Document | Problem]:
    """Read the pages of a web archive, each on its own."""
    found: list[Document | Problem] = []
    try:
        for number, item in enumerate(warc.pages(path), 1):
            if isinstance(item, Problem):
                found.append(item)
                continue
            where, url, raw = item
            try:
                found += read_confined("page.read_at", where, f"{path.name.partition('.')[0]}-{number}", raw, url)
            except TooSlow as error:
                return [*found, Problem(where, f"{error}; what follows in the archive was not read")]
            except Unreadable as error:
                found.append(Problem(where, str(error)))
            if number >= MOST_PAGES:
                return [*found, Problem(str(path), f"holds {MOST_PAGES:,} pages or more; what follows was not read")]
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror or error}; check its permissions") from None
    if not found:
        raise Unreadable("holds no web page; it was left out")
    return found


def _bytes(path: Path) -> bytes:
    """Return what a file holds. Raises Unreadable."""
    try:
        with open(path, "rb") if str(path) != STDIN else sys.stdin.buffer as file:
            raw = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unreadable(f"cannot be read: {reason}; check its permissions") from None
    if len(raw) > LARGEST_FILE:
        raise Unreadable(f"has more than the {LARGEST_FILE:,} bytes that a file may have; split it")
    if not raw.strip():
        raise Unreadable("is empty; it was left out")
    return raw
