"""A web archive (WARC) in, a document for each page in it out; needs the extra `warc`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reconcile.errors import Unreadable
from reconcile.model import Problem

MOST_RECORDS = 20_000
MOST_BYTES = 1_000_000_000
"""Bytes that the records of an archive may have in all, unpacked."""
LARGEST_PAGE = 8_000_000


def pages(path: Path) -> Iterator[tuple[str, str, bytes] | Problem]:
    """Yield the path, the address and the bytes of each web page in an archive. Raises Unreadable."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise Unreadable("is a web archive; install the reader for it with `pip install 'reconcile[warc]'`") from None
    size = 0
    with path.open("rb") as file:
        records = ArchiveIterator(file)
        number = 0
        while True:
            try:
                record = next(records, None)
                if record is None:
                    if not _ends(path):
                        yield Problem(str(path), f"is cut off after record {number}; what follows is missing")
                    return
                number += 1
                size += max(0, record.length or 0)
                if number > MOST_RECORDS or size > MOST_BYTES:
                    yield Problem(str(path), f"has more than {MOST_RECORDS:,} records or {MOST_BYTES:,} bytes; the rest was left out")
                    return
                if not _is_page(record):
                    continue
                raw = record.content_stream().read(LARGEST_PAGE + 1)
                if len(raw) <= LARGEST_PAGE and record.raw_stream.limit > 0 and not record.raw_stream.read(1):
                    raise EOFError
            except (ArchiveLoadFailed, OSError, EOFError, ValueError, KeyError, AttributeError, MemoryError) as error:
                yield Problem(str(path), f"cannot be read on from record {number} ({type(error).__name__}); the rest was left out")
                return
            where = f"{path}#{number}"
            if len(raw) > LARGEST_PAGE:
                yield Problem(where, f"the page has more than the {LARGEST_PAGE:,} bytes that one may have; it was left out")
                continue
            yield where, str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>"), raw


def _ends(path: Path) -> bool:
    """Return whether an archive that is not packed ends as each record does, with two empty lines; a packed one shows it by itself."""
    with path.open("rb") as file:
        if file.read(2) == b"\x1f\x8b":
            return True
        file.seek(max(0, path.stat().st_size - 4))
        return file.read() == b"\r\n\r\n"


def _is_page(record: object) -> bool:
    """Return whether a record is the answer to a request, and a web page."""
    if record.rec_type not in {"response", "resource"}:  # type: ignore[attr-defined]
        return False
    headers = record.http_headers  # type: ignore[attr-defined]
    if headers is not None and not headers.get_statuscode().startswith("2"):
        return False
    kind = headers.get_header("Content-Type") if headers is not None else record.rec_headers.get_header("Content-Type")  # type: ignore[attr-defined]
    return str(kind or "").lower().startswith(("text/html", "application/xhtml+xml"))
