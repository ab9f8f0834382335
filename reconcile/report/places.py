"""An article and a run of its text in, the file to open and the line and column in it out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final
from urllib.parse import quote

from reconcile.model import Article, Evidence, Report, Span
from reconcile.report.wording import text_files

PLAIN: Final = frozenset({".txt", ".md", ".text", ".markdown"})
"""Endings of files whose decoded text is the article's text."""


@dataclass(frozen=True, slots=True)
class Region:
    """Where a run of text stands: lines and columns count from 1 in code points, and the end column is the one after the last."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Place:
    """The file that holds an article's text."""

    path: str
    """As it can be opened: where the article was read, or beside the report."""
    uri: str
    """For a record, which is a part of its file, with the article's id after a #."""
    beside_report: bool
    record: bool
    """Whether the file holds more than the article's text, so that no line of it can be named."""


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]

    def region(self, span: Span) -> Region:
        """Return the lines and columns of a run."""
        (line, column), (end_line, end_column) = self._at(span.start), self._at(span.end)
        return Region(line, column, end_line, end_column)

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


class Passages:
    """Where every passage of a report stands."""

    def __init__(self, report: Report) -> None:
        self.files = find_places(report)
        self._texts = {article.id: article.text for article in report.articles}
        self._lines: dict[str, Lines] = {}

    def region(self, evidence: Evidence) -> Region:
        """Return the lines and columns of a passage."""
        if evidence.article not in self._lines:
            self._lines[evidence.article] = Lines(self._texts[evidence.article])
        return self._lines[evidence.article].region(evidence.span)

    def path(self, evidence: Evidence) -> str:
        """Return the file that holds a passage."""
        return self.files[evidence.article].path

    def where(self, evidence: Evidence) -> str:
        """Return file, line and column of a passage, as compilers write them; of a record, its name and the characters."""
        if self.files[evidence.article].record:
            return f"{self.path(evidence)}#{evidence.article}[{evidence.span.start}–{evidence.span.end}]"
        region = self.region(evidence)
        return f"{self.path(evidence)}:{region.line}:{region.column}"


def find_places(report: Report) -> Mapping[str, Place]:
    """Return, by id, the file that holds each article's text."""
    texts = text_files(report)
    return {article.id: _place(article, texts.get(article.id)) for article in report.articles}


def _place(article: Article, text_file: str | None) -> Place:
    if text_file:
        return Place(text_file, uri_of(text_file), beside_report=True, record=False)
    record = PurePath(article.path).suffix.lower() not in PLAIN
    part = "#" + uri_of(article.id.replace("/", " ")) if record else ""
    return Place(article.path, uri_of(article.path) + part, beside_report=False, record=record)


def uri_of(path: str) -> str:
    """Return a path as a relative or absolute URI; nothing in a name can act as a scheme, a query or a control character."""
    slashed = path.replace("\\", "/").encode("utf-8", "surrogateescape" if _escapes(path) else "surrogatepass")
    return ("file://" if slashed.startswith(b"/") else "") + quote(slashed, safe="/-._~")


def _escapes(path: str) -> bool:
    """Return whether all lone surrogates stand for bytes of a name that is no UTF-8."""
    return all(not 0xD800 <= ord(char) <= 0xDFFF or 0xDC80 <= ord(char) <= 0xDCFF for char in path)
