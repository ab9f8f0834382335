"""A web archive (WARC) in, the web pages in it out; needs the extra `warc`."""

from __future__ import annotations

import gzip
import io
import time
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from reconcile.errors import Unreadable
from reconcile.model import Problem

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

MOST_RECORDS = 20_000
MOST_BYTES = 1_000_000_000
"""Bytes that the records of an archive may have in all, unpacked."""
LARGEST_PAGE = 8_000_000
LONGEST_RECORD = 5.0
"""Seconds that one record may take to be found and unpacked."""

Page = tuple[str, str, bytes]
"""Where a page stands in its archive, its address and its bytes."""


def pages(path: Path) -> Iterator[Page | Problem]:
    """Yield the web pages of an archive, up to where it can be read. Raises Unreadable for what is no archive, or without the extra."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        raise Unreadable("is a web archive; install the reader for it with `pip install 'reconcile[warc]'`") from None
    if not _begins(path):
        raise Unreadable("is no web archive; it was left out")
    number = size = 0
    with _opened(path) as file:
        timed = _Timed(file)
        records = ArchiveIterator(timed)
        while True:
            try:
                with redirect_stderr(io.StringIO()):  # warcio warns there of what is told here
                    record = next(records, None)
                    page = _page(record, f"{path}#{number + 1}") if record is not None else None
            except Exception as error:  # warcio lets through whatever a broken record raises
                yield Problem(str(path), f"cannot be read on from record {number + 1} ({type(error).__name__}); the rest was left out")
                return
            if record is None:
                break
            number += 1
            size += max(0, record.length or 0)
            if number > MOST_RECORDS or size > MOST_BYTES:
                yield Problem(str(path), f"has more than {MOST_RECORDS:,} records or {MOST_BYTES:,} bytes; the rest was left out")
                return
            if page is not None:
                yield page
            timed.wait_again()
    if not _ends(path):
        yield Problem(str(path), f"is cut off after record {number}; what follows is missing")


class _Timed:
    """A file that can be read from for as long as one record may take."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.wait_again()

    def wait_again(self) -> None:
        self._until = time.monotonic() + LONGEST_RECORD

    def read(self, size: int = -1) -> bytes:
        if time.monotonic() > self._until:
            raise TimeoutError
        return self._file.read(size)


def _page(record: ArcWarcRecord, where: str) -> Page | Problem | None:
    """Return the page of a record, or None where it is no answer to a request, or no web page. Raises EOFError where it is cut off."""
    headers = record.http_headers
    if record.rec_type not in {"response", "resource"} or (headers is not None and not headers.get_statuscode().startswith("2")):
        return None
    kind = (headers or record.rec_headers).get_header("Content-Type") or ""
    if not kind.lower().startswith(("text/html", "application/xhtml+xml")):
        return None
    raw = record.content_stream().read(LARGEST_PAGE + 1)
    if len(raw) > LARGEST_PAGE:
        return Problem(where, f"the page has more than the {LARGEST_PAGE:,} bytes that one may have; it was left out")
    if record.raw_stream.limit > 0 and not record.raw_stream.read(1):
        raise EOFError
    return where, (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>"), raw


def _begins(path: Path) -> bool:
    """Return whether a file begins as each record does."""
    try:
        with _opened(path) as file:
            return file.read(5) == b"WARC/"
    except (OSError, EOFError, zlib.error):
        return False


def _opened(path: Path) -> IO[bytes]:
    """Open an archive, unpacked here and not by warcio, which does so in pieces too large to stop between."""
    return cast("IO[bytes]", gzip.open(path)) if _is_packed(path) else path.open("rb")


def _is_packed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def _ends(path: Path) -> bool:
    """Return whether an archive that is not packed ends as each record does, with two empty lines; a packed one shows it by itself."""
    if _is_packed(path):
        return True
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4))
        return file.read() == b"\r\n\r\n"
