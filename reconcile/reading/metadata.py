"""The head of a text in, what it says of itself out: title, outlet, address, date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

FRONT = re.compile(r"\A---[ \t]*\r?\n((?:[^\n]{0,2000}\n){0,40}?)---[ \t]*(?:\r?\n|\Z)")
ENTRY = re.compile(r"^(\w[\w-]{0,40}):[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)
MONTHS = "january february march april may june july august september october november december".split()
MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
DATES = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<number>[01]\d)-(?P<day>[0-3]\d)(?:[T ](?P<hour>[0-2]\d):(?P<minute>[0-5]\d))?"),
    re.compile(rf"\b{MONTH}\s(?P<day>[0-3]?\d),?\s(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<day>[0-3]?\d)\s{MONTH},?\s(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
)
NAME = re.compile(r"(?:(?:[A-Z][\w’'&.-]*|of|the|du|de|des|la|le|der|die|and|&) ?){1,5}")
"""An outlet's name: up to five words, all with capitals but for the small ones."""
EDGE_LINES = 8
"""Lines at either end of a text in which a date is taken for its date of publication."""
DATELINE = 80
"""Characters of a line that may be a date of publication, not a sentence that names a date."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article beside its text; `end` is where its front matter ends."""

    title: str = ""
    source: str = ""
    url: str = ""
    language: str = ""
    published: datetime | None = None
    end: int = 0


def front_matter(text: str) -> Metadata:
    """Read a block of `key: value` lines between two lines of dashes at the head of a text."""
    match = FRONT.match(text)
    if match is None:
        return Metadata()
    entries = {key.lower(): value.strip("\"'") for key, value in ENTRY.findall(match[1])}
    return Metadata(
        title=entries.get("title", ""),
        source=entries.get("source", ""),
        url=entries.get("url", ""),
        language=entries.get("language", ""),
        published=parse_moment(entries.get("published", "") or entries.get("date", "")),
        end=match.end(),
    )


def parse_moment(text: str) -> datetime | None:
    """Read an ISO 8601 date or time, or a written date; a time with a zone is turned to UTC and then kept without one."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return _written(text)
    try:
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (OverflowError, ValueError):
        return None


def visible_date(text: str) -> datetime | None:
    """Return the date in a short line at the head or the foot of a text; today's date is never a guess."""
    lines = [line for line in text.splitlines() if line.strip()]
    for line in [*lines[:EDGE_LINES], *lines[-EDGE_LINES:]]:
        if len(line) <= DATELINE and (found := _written(line)):
            return found
    return None


def visible_source(text: str) -> str:
    """Return the name in a line of its own beside a line with a date, where an outlet's name stands above an article."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][: EDGE_LINES + 1]
    for before, line in zip(lines, lines[1:], strict=False):
        if len(line) <= DATELINE and re.search(r"\b(?:19|20)\d\d\b", line) and NAME.fullmatch(before):
            return before
    return ""


def _written(text: str) -> datetime | None:
    for pattern in DATES:
        if match := pattern.search(text[:200]):
            found = match.groupdict()
            month = int(found["number"]) if found.get("number") else MONTHS.index(found["month"].lower()) + 1
            try:
                return datetime(int(found["year"]), month, int(found["day"]), int(found.get("hour") or 0), int(found.get("minute") or 0))
            except ValueError:
                return None
    return None


def prettified(stem: str) -> str:
    """Turn a file's stem into something like a name: "02_daily-wave" becomes "Daily Wave"."""
    words = re.sub(r"^[\d\W_]+", "", stem)
    return " ".join(re.split(r"[\W_]+", words)).strip().title() or stem
