"""A line in, the date of publication that it gives out: only lines that are nothing but a date with its labels, place and outlet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
CLOCK = r"(?P<hour>[0-2]?\d)[:.h](?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d{1,6})?)?\s?(?P<half>[ap]\.?m\.?)?"
DATES = (
    re.compile(r"(?<![\w-])(?P<year>(?:19|20)\d\d)-(?P<number>[01]\d)-(?P<day>[0-3]\d)(?=$|[^\d])", re.IGNORECASE),
    re.compile(rf"\b{MONTH}\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s{MONTH},?\s(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
)
PARTIAL_DATES = (
    re.compile(rf"\b{MONTH}\s[0-3]?\d(?:st|nd|rd|th)?\b", re.IGNORECASE),
    re.compile(rf"\b[0-3]?\d(?:st|nd|rd|th)?\s{MONTH}(?!\w)", re.IGNORECASE),
    re.compile(rf"\b{MONTH}\s(?:19|20)\d\d\b", re.IGNORECASE),
)
TIME = re.compile(rf"\bT?{CLOCK}(?:\s?(?:Z|[+-]\d\d:?\d\d))?(?!\w)", re.IGNORECASE)
LABEL = re.compile(
    r"\b(?:(?:this|the|post|story|article|report|first|last|was|published|updated|posted|modified|created|released|date|dated|on|at|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|mon|tues?|wed|thu(?:rs)?|fri|sat|sun|e[sd]?t|p[sd]?t|c[sd]t|gmt|bst|utc|cet|cest|ist|local time)\b\.?)",
    re.IGNORECASE,
)
SAID = re.compile(r"\b(?:published|updated|posted|modified|released)\b", re.IGNORECASE)
PUBLISHER = re.compile(r"(?:[A-Z0-9][\w’'&.-]*|of|the|du|de|des|da|di|la|le|der|die|and|et|by|&)(?: |$)")
LONGEST = 100
"""Characters that a dateline may have."""
EDGE_LINES = 8
"""Lines at either end of a text among which a date is taken for the date of publication."""
NAME = re.compile(r"(?:(?:[A-Z][\w’'&.-]*|of|the|du|de|des|la|le|der|die|and|&) ?){1,5}")
"""An outlet's name: up to five words, all with capitals but for the small ones."""
OPENING = re.compile(r"^(?:[A-Z][\w’'.-]*,?\s){1,5}")


def written_date(text: str) -> datetime | None:
    """Return the first full date in a text, with the time of day behind it."""
    found = _found(text[:200])
    return found[0] if found else None


def dateline(line: str) -> datetime | None:
    """Return the full date of a line that is a dateline, or that opens with place, date and agency in front of prose."""
    if is_dateline(line):
        return written_date(line)
    found = _found(line[:LONGEST])
    if found is None:
        return None
    head, tail = line[: found[1]].strip(), line[found[2] :].lstrip()
    placed = not head or (OPENING.fullmatch(head + " ") is not None and head.endswith(","))
    return found[0] if placed and re.match(r"(?:\([A-Z][\w /-]{1,30}\)\s?)?[-–—]{1,2}\s", tail) else None


def is_dateline(line: str) -> bool:
    """Return whether a line is a date or a time, alone or with labels and a name beside it."""
    if len(line) > LONGEST:
        return False
    found = _found(line)
    partial = found or next(((None, m.start(), m.end()) for pattern in PARTIAL_DATES if (m := pattern.search(line))), None)
    said = bool(SAID.match(line.lstrip(" \t|([*•-—–")))
    if partial is None and not (TIME.search(line) and SAID.search(line)):
        return False
    start, end = (partial[1], partial[2]) if partial else (0, 0)
    before, after = (_bare(piece) for piece in (line[:start], line[end:]))
    if partial and not before and not after:
        return True
    if partial is None or said:
        return len(f"{before} {after}".split()) <= 5
    if found is None and line[:start].strip()[-1:] not in (*",|·—–-(", ""):
        return False
    return _is_name(before, line[:start].rstrip()[-1:]) and _is_name(after, line[end:].lstrip()[:1])


def _is_name(text: str, separator: str) -> bool:
    """Return whether what stands beside a date is nothing, or a name set off by a mark."""
    if not text:
        return True
    return separator in tuple(",|·—–-(:") and len(text.split()) <= 6 and "".join(PUBLISHER.findall(text + " ")).strip() == text


def _bare(text: str) -> str:
    """Take labels, times and marks out of what stands beside a date."""
    text = LABEL.sub(" ", TIME.sub(" ", text))
    return " ".join(re.sub(r"[^\w’'&.-]|(?<!\w)[.-]+|[.-]+(?!\w)", " ", text).split())


def _found(text: str) -> tuple[datetime, int, int] | None:
    for pattern in DATES:
        if match := pattern.search(text):
            group = match.groupdict()
            month = int(group["number"]) if group.get("number") else MONTHS.index(group["month"][:3].lower()) + 1
            hour, minute = _clock(text[match.end() : match.end() + 30])
            try:
                return datetime(int(group["year"]), month, int(group["day"]), hour, minute), match.start(), match.end()
            except ValueError:
                return None
    return None


def _clock(text: str) -> tuple[int, int]:
    match = re.match(rf"[T,;|·\s]{{0,4}}(?:at\s)?[–-]?\s?{CLOCK}(?!\w)", text, re.IGNORECASE)
    if match is None or int(match["hour"]) > 23:
        return 0, 0
    hour, half = int(match["hour"]), (match["half"] or "")[:1].lower()
    hour = hour % 12 + (12 if half == "p" else 0) if half and hour <= 12 else hour
    return hour, int(match["minute"])


def visible_date(text: str) -> datetime | None:
    """Return the date of a dateline at the head or the foot of a text; today's date is never a guess."""
    lines = _edges(text)
    return next((found for line in lines if (found := dateline(line))), None)


def visible_source(text: str) -> str:
    """Return the outlet's name that stands in a line of its own above a dateline."""
    lines = _edges(text)
    place = masthead(lines)
    return "" if place is None else lines[place]


def masthead(lines: Sequence[str]) -> int | None:
    """Return which of an article's first lines is its outlet's name: the one above the dateline, unless it is the only title."""
    head = lines[: EDGE_LINES + 1]
    for i, (before, line) in enumerate(pairwise(head)):
        if is_dateline(line) and NAME.fullmatch(before) and len(before) <= LONGEST:
            behind = lines[i + 2] if i + 2 < len(lines) else ""
            titled = any(len(other.split()) >= 4 for other in head[:i]) or (3 <= len(behind.split()) <= 20 and behind[-1:] not in ".,;:")
            return i if titled else None
    return None


def _edges(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines if len(lines) <= 2 * EDGE_LINES else [*lines[:EDGE_LINES], *lines[-EDGE_LINES:]]
