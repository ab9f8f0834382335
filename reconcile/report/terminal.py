"""The Markdown page in, the same page drawn for a terminal out; no word is cut off, however narrow it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO
from typing import ClassVar, Final

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.markdown import Markdown, MarkdownElement, TableElement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

NARROWEST: Final = 40
ROOM: Final = 24
"""Columns that a cell needs: a table with less for each is drawn as a list, cell by cell."""
_LINK: Final = re.compile(r"\]\(#c(\d+)\)")


class _Table(TableElement):
    """A table where there is room for one, else a list of its rows."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        heads = [cell.content for cell in self.header.row.cells] if self.header and self.header.row else []
        rows = [[cell.content for cell in row.cells] for row in self.body.rows] if self.body else []
        if len(heads) * ROOM <= options.max_width:
            yield _drawn(heads, rows)
            return
        for row in rows:
            yield from _listed(heads, row)


def _drawn(heads: list[Text], rows: list[list[Text]]) -> Table:
    table = Table(box=box.SIMPLE, show_lines=True, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold", vertical="top")
    for row in rows:
        table.add_row(*row)
    return table


def _listed(heads: list[Text], row: list[Text]) -> Iterator[RenderableType]:
    """Yield the first two cells as a head, then each other cell after its column's name."""
    yield Text.assemble(*row[:1], "  ", *((cell.plain, "bold") for cell in row[1:2]), overflow="fold")
    for head, cell in zip(heads[2:], row[2:], strict=False):
        yield Padding(Text.assemble((f"{head.plain}: ", "dim"), cell, overflow="fold"), (0, 0, 0, 2))
    yield Text("")


class _Page(Markdown):
    """Markdown with our tables."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {**Markdown.elements, "table_open": _Table}


def draw_markdown(page: str, width: int, color: bool) -> str:
    """Draw a page of Markdown; line breaks inside cells, which are HTML, become slashes, and links to claims the claim's number."""
    out = StringIO()
    console = Console(
        file=out,
        width=max(width, NARROWEST),
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
    )
    console.print(_Page(_LINK.sub(r", c\1]", page.replace("<br>", " / ")), hyperlinks=False))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()).strip("\n") + "\n"
