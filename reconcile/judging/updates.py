"""Two figures of two hours in, whether the later report knows more out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from reconcile.judging.ground import Entry, Ground
from reconcile.model import Claim, Quantity, Relation, is_bare_day

LAG = timedelta(hours=12)
"""Time after a higher figure within which an outlet that gives the old one may only be slow."""


def as_update(a: Entry, b: Entry, relation: Relation, reason: str, ground: Ground) -> tuple[Relation, str]:
    """Turn a difference of figures into an update where the rule allows it.

    A toll grows: the later report with the higher figure knows more, unless reports after it give the lower one again. Of two reports of
    one day without their hours, that with the higher figure is the later if reports since have it. A price or a share does not grow; it is
    of another hour, or it differs.
    """
    allowed = any(Relation.UPDATES in level.when for level in a.rule.levels)
    first, second = a.field.value, b.field.value
    if (
        not allowed
        or relation not in {Relation.DISJOINT, Relation.OVERLAPS}
        or not (isinstance(first, Quantity) and isinstance(second, Quantity))
    ):
        return relation, reason
    if not a.rule.role:
        return (Relation.UPDATES, reason + "; they are of different hours") if _other_hours(a.claim, b.claim) else (relation, reason)
    rises = _rises(a, b, ground)
    if rises and not _returns(a, b, ground):
        return Relation.UPDATES, reason + "; the later report has the higher figure"
    if rises is None and _of_one_day(a, b, ground) and _stays(a, b, ground):
        return Relation.UPDATES, reason + "; they are of one day, and later reports have the higher figure"
    return relation, reason


def excuse(a: Entry, b: Entry, ground: Ground) -> str:
    """Return why two tolls that exclude each other need be no contradiction yet, or the empty string."""
    if not a.rule.role or not any(Relation.UPDATES in level.when for level in a.rule.levels):
        return ""
    rises = _rises(a, b, ground)
    if rises is False:
        return "the later report has the lower figure"
    if rises:
        return "reports since have the lower figure again"
    return "which of the two reports is the later cannot be told" if _of_one_day(a, b, ground) else ""


def _rises(a: Entry, b: Entry, ground: Ground) -> bool | None:
    """Return whether the later of two reports has the higher figure; None where the hours or the figures do not tell."""
    first, second = (ground.articles[entry.claim.article] for entry in (a, b))
    if _low(a) == _low(b) or not (first.surely_before(second) or second.surely_before(first)):
        return None
    return first.surely_before(second) == (_low(a) < _low(b))


def _of_one_day(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether two articles have dates that do not tell which of them is the later, since one has no hour."""
    first, second = (ground.articles[entry.claim.article] for entry in (a, b))
    bare = any(article.published and is_bare_day(article.published) for article in (first, second))
    return bare and bool(first.period and second.period) and not (first.surely_before(second) or second.surely_before(first))


def _returns(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether a report well after the higher figure still gives the lower one."""
    low, high = sorted((a, b), key=_low)
    told = ground.articles[high.claim.article].period
    return told is not None and any(
        _low(low) in figures and max(figures) < _low(high) and period[0] >= told[1] + LAG for period, figures in _reports(high, ground)
    )


def _stays(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether reports after the day of two others have the higher figure, or more, and none has the lower alone."""
    low, high = sorted((a, b), key=_low)
    told = ground.articles[high.claim.article].period, ground.articles[low.claim.article].period
    end = max(period[1] for period in told if period)
    since = [figures for period, figures in _reports(high, ground) if period[0] >= end]
    return any(max(figures) >= _low(high) for figures in since) and not any(
        _low(low) in figures and max(figures) < _low(high) for figures in since
    )


def _reports(entry: Entry, ground: Ground) -> Iterator[tuple[tuple[datetime, datetime], frozenset[float]]]:
    """Yield the figures of the sort of one that each article with a date gives, and when it appeared."""
    for article, values in ground.reports(entry.claim, entry.field):
        figures = frozenset(value.low for value in values if isinstance(value, Quantity) and value.bound != "vague")
        if figures and article.period:
            yield article.period, figures


def _low(entry: Entry) -> float:
    assert isinstance(entry.field.value, Quantity)
    return entry.field.value.low


def _other_hours(a: Claim, b: Claim) -> bool:
    """Return whether two claims give different times of day for what they say."""
    first, second = ({field.value for field in claim.fields if field.kind == "time"} for claim in (a, b))
    return bool(first and second and not first & second)
