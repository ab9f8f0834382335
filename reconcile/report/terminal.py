"""The Markdown page in, the same page drawn for a terminal out; no word is cut off, however narrow it is."""

from __future__ import annotations

from io import StringIO
from typing import ClassVar

from rich import box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Markdown, MarkdownElement, TableElement
from rich.table import Table

NARROWEST = 40


class _Table(TableElement):
    """A table whose cells break long words rather than cutting them."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        table = Table(box=box.SIMPLE, show_lines=True, padding=(0, 1, 0, 0), collapse_padding=True)
        if self.header is not None and self.header.row is not None:
            for column in self.header.row.cells:
                table.add_column(column.content, overflow="fold", vertical="top")
        if self.body is not None:
            for row in self.body.rows:
                table.add_row(*(cell.content for cell in row.cells))
        yield table


class _Page(Markdown):
    """Markdown with our tables."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {**Markdown.elements, "table_open": _Table}


def draw_markdown(page: str, width: int, color: bool) -> str:
    """Draw a page of Markdown; the line breaks inside cells, which are HTML, become slashes."""
    out = StringIO()
    console = Console(
        file=out, width=max(width, NARROWEST), force_terminal=color, color_system="standard" if color else None, no_color=not color
    )
    console.print(_Page(page.replace("<br>", " / "), hyperlinks=False))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()).strip("\n") + "\n"
