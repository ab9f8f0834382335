"""A saved RSS or Atom feed in, a document for each of its entries out."""

from __future__ import annotations

import calendar
import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser

from reconcile.errors import Unreadable
from reconcile.model import Problem
from reconcile.reading.documents import Document, extracted, one_line
from reconcile.reading.markup import fragment_text
from reconcile.reading.metadata import Metadata, later_change

MOST_ENTRIES = 2_000
ENTITY = b"<!ENTITY"


def read(path: str, raw: bytes) -> list[Document | Problem]:
    """Read a feed. Raises Unreadable."""
    if ENTITY in raw.replace(b"\0", b"").upper():
        raise Unreadable("defines XML entities, which no feed needs; it was left out")
    feed = feedparser.parse(io.BytesIO(raw), sanitize_html=True, resolve_relative_uris=False)
    if not feed.entries:
        raise Unreadable("is no RSS or Atom feed with entries; it was left out, save the article as .html or .txt")
    found: list[Document | Problem] = []
    for number, entry in enumerate(feed.entries[:MOST_ENTRIES], 1):
        found.append(_entry(f"{path}#{number}", f"{Path(path).stem}-{number}", entry, feed.feed))
    if len(feed.entries) > MOST_ENTRIES:
        found.append(Problem(path, f"has {len(feed.entries):,} entries; the first {MOST_ENTRIES:,} were read"))
    return found


def _entry(path: str, name: str, entry: Mapping[str, Any], feed: Mapping[str, Any]) -> Document | Problem:
    body = _body(entry)
    title = one_line(fragment_text(str(entry.get("title", ""))))
    if not body.strip() and not title:
        return Problem(path, "the entry holds no text; it was left out")
    # Asked for by `in`: feedparser gives the one time for the other where it is missing, and warns.
    published, updated = (_moment(entry[key]) if key in entry else None for key in ("published_parsed", "updated_parsed"))
    head = Metadata(
        title=title,
        source=_source(entry, feed),
        url=str(entry.get("link", "") or entry.get("id", "")),
        author=one_line(str(entry.get("author", ""))),
        language=str(feed.get("language", "")),
        published=published or updated,
        modified=later_change(updated, published),
    )
    return extracted(path, name, body or title, head)


def _body(entry: Mapping[str, Any]) -> str:
    """Return the longest of an entry's contents as plain text, or else its summary."""
    contents = [fragment_text(str(content.get("value", ""))) for content in entry.get("content", ()) if isinstance(content, Mapping)]
    return max(contents, key=len, default="") or fragment_text(str(entry.get("summary", "")))


def _source(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> str:
    own = entry.get("source")
    named = own.get("title", "") if isinstance(own, Mapping) else ""
    return one_line(fragment_text(str(named or feed.get("title", ""))))


def _moment(parsed: Any) -> datetime | None:  # noqa: ANN401 - feedparser's struct_time, in UTC, or None
    """Return a time of feedparser's, which is in UTC, without a zone as all times here."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC).replace(tzinfo=None) if parsed else None
    except (OverflowError, OSError, TypeError, ValueError):
        return None
