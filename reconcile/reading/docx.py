"""A Word document in, its document out: the words of its paragraphs, lists and tables, in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from reconcile.errors import Unreadable
from reconcile.model import Problem
from reconcile.reading.documents import LARGEST_FILE, Document, extracted
from reconcile.reading.metadata import Metadata

TEXT = qn("w:t")
WORDS = ".//w:t[not(ancestor::w:del)] | .//w:tab | .//w:br | .//w:cr"
"""Words and blanks of a paragraph, with those that were added while changes were tracked."""
MOST_FILES = 5_000
MOST_TABLES_DEEP = 5


def read(path: str, raw: bytes) -> list[Document | Problem]:
    """Read a Word document. Raises Unreadable."""
    _check_size(raw)
    try:
        document = docx.Document(io.BytesIO(raw))
        lines = list(_lines(document, 0))
        author = " ".join((document.core_properties.author or "").split())
    except (OpcError, BadZipFile, LxmlError, KeyError, ValueError, zipfile.LargeZipFile) as error:
        raise Unreadable(f"cannot be read as a Word document ({type(error).__name__}); save it again, or save its text as .txt") from None
    title = next((text for style, text in lines if style == "Title"), "")
    body = "\n\n".join(text for style, text in lines if text != title or style != "Title")
    if not body.strip():
        raise Unreadable("holds no text; save the article's text as .txt")
    return [extracted(path, Path(path).stem, body, Metadata(title=title, author="" if author == "python-docx" else author))]


def _check_size(raw: bytes) -> None:
    """Refuse an archive that would unpack to more than a file may have, before anything is unpacked."""
    try:
        with ZipFile(io.BytesIO(raw)) as packed:
            files = packed.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable(f"is no Word document ({type(error).__name__}); save it again as .docx") from None
    if len(files) > MOST_FILES or sum(file.file_size for file in files) > 2 * LARGEST_FILE:
        raise Unreadable(f"would unpack to more than {2 * LARGEST_FILE:,} bytes; take the pictures out and save it again")


def _lines(holder: object, depth: int) -> Iterator[tuple[str, str]]:
    """Yield the style and the words of each paragraph, and of each row of a table."""
    for item in holder.iter_inner_content():  # type: ignore[attr-defined]  # documents and cells, which share no base
        if isinstance(item, Paragraph):
            text = " ".join("".join(part.text or "" if part.tag == TEXT else " " for part in item._p.xpath(WORDS)).split())
            style = (item.style.name if item.style is not None else "") or ""
            if text:
                yield style, f"- {text}" if style.startswith("List") else text
        elif isinstance(item, Table) and depth < MOST_TABLES_DEEP:
            seen = set()
            for cell in (cell for row in item.rows for cell in row.cells):  # a merged cell is given once for each place that it covers
                if cell._tc not in seen:
                    seen.add(cell._tc)
                    yield from _lines(cell, depth + 1)
