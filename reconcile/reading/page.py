"""A saved web page in, its document out: the article without the page around it.

Extraction is trafilatura's; what is done here is to undo what keeps it from the whole of the text: articles cut into chunks by the
advertisements between them, tables that are there for the layout, pages that hold their article twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml.html import HtmlElement
from trafilatura import extract
from trafilatura.utils import load_html

from reconcile.errors import Unreadable
from reconcile.model import Problem
from reconcile.reading.documents import Document, extracted
from reconcile.reading.pagehead import page_head

LEAST_PROSE = 80
"""Characters that a paragraph of an article's chunk has."""
LAYOUT = 400
"""Characters in one cell from which a table is there for the layout."""
LEAST_REPEATED = 30
"""Characters that a line must have to be dropped where it comes again."""
MOST_ELEMENTS = 150_000


def read(path: str, raw: bytes) -> list[Document | Problem]:
    """Read a saved page. Raises Unreadable."""
    return [page(path, Path(path).stem, raw)]


def read_at(path: str, name: str, raw: bytes, url: str) -> list[Document | Problem]:
    """Read a page of an archive or of the net, found at `url`. Raises Unreadable."""
    return [page(path, name, raw, url)]


def page(path: str, name: str, raw: bytes, url: str = "") -> Document:
    """Return the article of a page that was found at `url`. Raises Unreadable for a page without one."""
    tree = load_html(raw)
    if tree is None:
        raise Unreadable("is no web page; it was left out, save the article as .txt if it is plain text")
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise Unreadable(f"has more than {MOST_ELEMENTS:,} elements; save the article's text as .txt")
    head = page_head(tree, url)
    body = _body(tree, head.title)
    if not body.strip():
        raise Unreadable("holds no article that could be told from the page around it; save the article's text as .txt")
    return extracted(path, name, body, head)


def _body(tree: HtmlElement, title: str) -> str:
    _unwrap_layout(tree)
    _join_chunks(tree)
    text = extract(tree, include_comments=False, include_tables=True) or ""
    return "\n\n".join(_once(text.split("\n"), title))  # each line is a paragraph of the page


def _unwrap_layout(tree: HtmlElement) -> None:
    """Turn tables that are there for the layout into plain sections, so that their paragraphs are read as such."""
    for table in list(tree.iter("table")):
        cells = [cell for cell in table.iter("td", "th") if next(cell.iterancestors("table")) is table]
        if any(len(cell.text_content()) >= LAYOUT for cell in cells):
            rows = [row for row in table.iter("tr", "tbody", "thead", "tfoot") if next(row.iterancestors("table")) is table]
            for element in (table, *rows, *cells):
                element.tag = "div"


def _join_chunks(tree: HtmlElement) -> None:
    """Move the parts of an article that stand in several sections of one class into the first of them."""
    chunks: dict[tuple[str, str], list[HtmlElement]] = defaultdict(list)
    for section in tree.iter("div", "section"):
        if (name := section.get("class")) and sum(1 for _ in _prose(section)) >= 2:
            chunks[section.tag, name].append(section)
    for first, *others in chunks.values():
        for other in others:
            if first not in other.iterancestors() and other not in first.iterancestors():
                for child in list(other):
                    first.append(child)


def _prose(section: HtmlElement) -> Iterator[HtmlElement]:
    return (child for child in section if child.tag == "p" and len(" ".join(child.text_content().split())) >= LEAST_PROSE)


def _once(lines: Sequence[str], title: str) -> Iterator[str]:
    """Yield the lines without those that come again, the title among them: some pages hold their article twice."""
    heading = title.casefold()
    seen = {heading}
    for line in lines:
        plain = " ".join(line.split()).casefold()
        again = plain in seen and (len(plain) >= LEAST_REPEATED or plain == heading)
        if plain and not again:
            yield line
        seen.add(plain)
