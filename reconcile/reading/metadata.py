"""The head of a text in, what it says of itself out: title, outlet, address, date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from reconcile.model import in_utc
from reconcile.reading.datelines import written_date

FRONT = re.compile(r"\A---[ \t]*\r?\n((?:[^\n]{0,2000}\n){0,40}?)---[ \t]*(?:\r?\n|\Z)")
ENTRY = re.compile(r"^(\w[\w-]{0,40}):(.*)$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article beside its text; `end` is where its front matter ends."""

    title: str = ""
    source: str = ""
    source_inferred: bool = False
    """Whether `source` was made of an address, not stated."""
    url: str = ""
    author: str = ""
    language: str = ""
    published: datetime | None = None
    inferred: bool = False
    """Whether `published` was found in the text of a page, not stated as its date."""
    modified: datetime | None = None
    end: int = 0


def front_matter(text: str) -> Metadata:
    """Read a block of `key: value` lines between two lines of dashes at the head of a text; prose between them is no front matter."""
    match = FRONT.match(text)
    lines = [line for line in match[1].splitlines() if line.strip() and not line.startswith(("#", " ", "\t", "- "))] if match else []
    found = [entry for line in lines if (entry := ENTRY.match(line))]
    if match is None or not found or len(found) < len(lines):
        return Metadata()
    entries = {entry[1].lower(): entry[2].strip().strip("\"'") for entry in found}
    return Metadata(
        title=entries.get("title", ""),
        source=entries.get("source", ""),
        url=entries.get("url", ""),
        author=entries.get("author", ""),
        language=entries.get("language", ""),
        published=parse_moment(entries.get("published", "") or entries.get("date", "")),
        modified=parse_moment(entries.get("modified", "") or entries.get("updated", "")),
        end=match.end(),
    )


def parse_moment(text: str) -> datetime | None:
    """Read an ISO 8601 or RFC 2822 date or time, or a written date; a time keeps the zone that it was given in."""
    moment = _iso(text.strip()) or _mail(text.strip()) or written_date(text)
    try:
        if moment and moment.tzinfo:
            moment.astimezone(UTC)
    except (OverflowError, ValueError):  # the first or last day of the calendar, which has no counterpart in UTC
        return None
    return moment


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text[:60]) if re.match(r"^(?:\w{3}, )?\d{1,2} \w{3} \d{4} \d", text) else None
    except (OverflowError, ValueError):
        return None


def later_change(changed: datetime | None, published: datetime | None) -> datetime | None:
    """Return when a text was changed if that was after its publication; times without a zone count as UTC."""
    a, b = in_utc(changed), in_utc(published)
    return changed if a is not None and b is not None and a > b else None


def prettified(stem: str) -> str:
    """Turn a file's stem into something like a name: "02_daily-wave" becomes "Daily Wave"."""
    words = re.sub(r"^[\d\W_]+", "", stem)
    return " ".join(re.split(r"[\W_]+", words)).strip().title() or stem
