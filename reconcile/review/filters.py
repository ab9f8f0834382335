"""The query of an address in, which findings an editor wants to see out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final
from urllib.parse import urlencode

from reconcile.model import Standing, State
from reconcile.review.docket import KINDS, Row

SHOWN: Final[Mapping[str, str]] = {
    "open": "still open",
    "decided": "decided",
    "disputed": "editors disagree",
    "mine": "assigned to me",
    "all": "all",
}
LONGEST: Final = 200
"""Characters of a search or of a name in the address."""
PAGE: Final = 50
"""Findings on a page of the queue."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What an editor asked the queue for; the defaults stand for no wish."""

    show: str = "open"
    kind: str = ""
    event: str = ""
    rule: str = ""
    search: str = ""
    alike: str = ""
    """Id of a finding: only those that one decision may answer with it."""
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        """Read an address; what makes no sense counts as not asked for."""
        show, kind, page = query.get("show", ""), query.get("kind", ""), query.get("page", "")
        return cls(
            show=show if show in SHOWN else "open",
            kind=kind if kind in KINDS else "",
            event=query.get("event", "")[:LONGEST],
            rule=query.get("rule", "")[:LONGEST],
            search=query.get("search", "")[:LONGEST].strip(),
            alike=query.get("alike", "")[:LONGEST],
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 and int(page) else 1,
        )

    def query(self, **changed: str | int) -> str:
        """Return the query of an address that asks for this, with a question mark; "" where nothing is asked for."""
        wanted = replace(self, **changed)  # type: ignore[arg-type]
        given = {field.name: getattr(wanted, field.name) for field in fields(wanted) if getattr(wanted, field.name) != field.default}
        return f"?{urlencode(given)}" if given else ""

    @property
    def narrowed(self) -> bool:
        """Return whether anything but the page was asked for."""
        return replace(self, page=1) != Filters()

    def test(self, editor: str, likeness: tuple[str, ...] | None) -> Callable[[Row, Standing], bool]:
        """Return what says whether a finding is wanted."""
        words = self.search.lower().split()

        def wanted(row: Row, standing: Standing) -> bool:
            return (
                _shown(self.show, row, standing, editor)
                and (not self.kind or row.kind == self.kind)
                and (not self.event or row.event == self.event)
                and (not self.rule or row.rule == self.rule)
                and (likeness is None or row.likeness == likeness)
                and all(word in row.searched for word in words)
            )

        return wanted


def _shown(show: str, row: Row, standing: Standing, editor: str) -> bool:
    if show == "open":
        return standing.state is State.OPEN and not row.accepted
    if show == "decided":
        return standing.state is not State.OPEN
    if show == "disputed":
        return standing.state is State.DISPUTED
    return show == "all" or standing.assigned == editor
