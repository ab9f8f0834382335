"""Two figures or times in, whether they are of the same days out."""

from __future__ import annotations

import re
from datetime import date, timedelta

from reconcile.judging.figures import NUMERIC, only_one
from reconcile.judging.ground import Entry, Ground
from reconcile.judging.scopes import shared_scope
from reconcile.model import Clock, Moment

SPOKEN_SPAN = re.compile(r"\b(?:this|last|next|past|coming) (?:week|weekend|month|year)\b", re.IGNORECASE)
"""Spans of time that hang on the day of the report."""
SAME_EVENT_DAYS = timedelta(days=2)
"""Days that may lie between the dates of two figures of one event."""


def span_excuse(a: Entry, b: Entry) -> str:
    """Return why two dates that exclude each other need be no contradiction, or the empty string."""
    told = a.rule.field == "date" and any(SPOKEN_SPAN.search(entry.field.raw) for entry in (a, b))
    return "a week or a month is counted from the day of the report, and loosely" if told else ""


def day_obstacle(a: Entry, b: Entry, ground: Ground) -> str:
    """Return why two figures are of different days, or the empty string; a figure without a date is of the event's own days."""
    if a.rule.field not in NUMERIC:
        return ""
    first, second = _days(a), _days(b)
    if first and second:
        gap = max(first[0], second[0]) - min(first[1], second[1])
    elif not (first or second):
        return ""
    elif ground.began is None:
        return "only one of them is dated, and no article says when it was published"
    else:
        gap = ground.began - (first or second or (ground.began, ground.began))[1]
    return "they speak of different days" if gap > SAME_EVENT_DAYS else ""


def days_doubt(a: Entry, b: Entry) -> str:
    """Return why two values are dated to different days, or the empty string."""
    first, second = _days(a), _days(b)
    apart = first and second and max(first[0], second[0]) - min(first[1], second[1]) > SAME_EVENT_DAYS
    return "they are told of different days" if apart else ""


def _days(entry: Entry) -> tuple[date, date] | None:
    """Return the days that the date nearest to a figure in its claim may mean, or None."""
    dates = [field for field in entry.claim.fields if field.kind == "date" and field.role == "event"]
    for field in sorted(dates, key=lambda field: (abs(field.span.start - entry.field.span.start), field.id)):
        if isinstance(field.value, Moment) and field.value.days:
            return field.value.days
    return None


def _one_hour(a: Entry, b: Entry) -> bool:
    """Return whether two times of day overlap."""
    first, second = a.field.value, b.field.value
    return isinstance(first, Clock) and isinstance(second, Clock) and max(first.low, second.low) <= min(first.high, second.high)


def plain_times(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether two dates or times can be set against each other: each alone in its claim, and told by two articles.

    Inside one article only dates written out ("April 14, 2016") are compared, and hours that are one, told with other precision;
    "tonight" and "Friday" are of many things.
    """
    if a.claim.article == b.claim.article:
        written = all(re.search(r"\d", entry.field.raw) for entry in (a, b))
        return (a.rule.field == "date" or _one_hour(a, b)) and written and all(only_one(entry, ground) for entry in (a, b))
    if all(only_one(entry, ground) for entry in (a, b)):
        return True
    return shared_scope(a.field, b.field) and not any(_twice_dated(entry) for entry in (a, b))


def _twice_dated(entry: Entry) -> bool:
    """Return whether a claim gives two dates for one act: one of them is of something else that the parser did not see."""
    own = entry.field
    return own.kind == "date" and any(
        field.kind == "date" and field.id != own.id and field.role == own.role and field.act == own.act and field.value != own.value
        for field in entry.claim.fields
    )
