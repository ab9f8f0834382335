"""A docket and a store in; who decided what, what is next, and every new decision written down, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from threading import RLock
from typing import Final

from reconcile.decisions import Alias, Entry, Ledger, new_id, standing_of
from reconcile.decisions.matching import Matcher
from reconcile.decisions.overlay import stale_of
from reconcile.decisions.store import Store
from reconcile.model import Act, DismissalReason, StaleStanding, Standing, State
from reconcile.review.docket import Docket, Row
from reconcile.review.filters import Filters

OPEN: Final = Standing(State.OPEN)


def now() -> str:
    """Return the time, in UTC; the log is the one place where a clock belongs."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Desk:
    """The findings with what every editor decided, of this process or another; threads may share it."""

    def __init__(self, docket: Docket, store: Store, clock: Callable[[], str] = now) -> None:
        self.docket = docket
        self._store, self._clock = store, clock
        self._lock = RLock()
        self._matcher = Matcher(docket.subjects)
        self._ledger = Ledger()
        self._about: defaultdict[str, list[Entry]] = defaultdict(list)
        self._lost: defaultdict[str, list[Entry]] = defaultdict(list)
        self._standings: dict[str, Standing] = {}
        self._log: list[tuple[int, Entry]] = []
        self._seen = 0
        self.refresh()

    def refresh(self) -> int:
        """Take in what was added to the store, by whomever, and return the number of its last entry."""
        with self._lock:
            for number, entry in self._store.since(self._seen):
                self._take(entry)
                self._log.append((number, entry))
                self._seen = number
            return self._seen

    def _take(self, entry: Entry) -> None:
        changed = self._ledger.take(entry)
        for one in changed:
            assert one.subject is not None
            names = self._matcher.find(one.subject)
            if one is entry:
                for name in names:
                    self._about[name].append(one)
                if not names:
                    self._lost[one.subject.key].append(one)
            for name in names:
                self._standings.pop(name, None)

    def standing(self, finding: str) -> Standing:
        """Return what a finding stands at."""
        with self._lock:
            if finding not in self._about:
                return OPEN
            if finding not in self._standings:
                self._standings[finding] = standing_of(filter(self._ledger.holds, self._about[finding]))
            return self._standings[finding]

    def stale(self) -> tuple[StaleStanding, ...]:
        """Return what was decided about findings that this report does not hold."""
        with self._lock:
            lost = [(those[0].subject, [one for one in those if self._ledger.holds(one)]) for those in self._lost.values()]
        found = (stale_of(subject, those) for subject, those in lost if subject)
        return tuple(one for one in found if one)

    def progress(self) -> tuple[int, int]:
        """Return how many findings are decided, of how many that count."""
        with self._lock:
            rows = self.docket.rows
            aside = sum(bool(row.accepted) and self.standing(row.id).state is State.OPEN for row in rows)
            return sum(self.standing(name).state is not State.OPEN for name in list(self._about)), len(rows) - aside

    def queue(self, filters: Filters, editor: str) -> list[Row]:
        """Return the findings that are asked for, the gravest first."""
        with self._lock:
            wanted = self._test(filters, editor)
            return [row for row in self.docket.rows if wanted(row, self.standing(row.id))]

    def beside(self, finding: str, filters: Filters, editor: str) -> tuple[Row | None, Row | None]:
        """Return what comes before a finding and after it among those asked for, whether it is one of them or not."""
        place, rows = self.docket.places[finding], self.docket.rows
        with self._lock:
            wanted = self._test(filters, editor)
            before = next((row for row in reversed(rows[:place]) if wanted(row, self.standing(row.id))), None)
            after = next((row for row in rows[place + 1 :] if wanted(row, self.standing(row.id))), None)
        return before, after

    def _test(self, filters: Filters, editor: str) -> Callable[[Row, Standing], bool]:
        place = self.docket.places.get(filters.alike)
        return filters.test(editor, None if place is None else self.docket.rows[place].likeness)

    def alike(self, finding: str, editor: str) -> tuple[str, ...]:
        """Return the findings that one decision of an editor may answer with this one, itself first."""
        row = self.docket.rows[self.docket.places[finding]]
        others = (name for name in self.docket.alike[row.likeness] if name != finding and not self._has_said(name, editor))
        return (finding, *others)

    def _has_said(self, finding: str, editor: str) -> bool:
        return any(decision.editor == editor for decision in self.standing(finding).decisions)

    def decide(
        self,
        editor: str,
        findings: Sequence[str],
        act: Act,
        *,
        reason: DismissalReason | None = None,
        words: str = "",
        alias: Alias | None = None,
    ) -> str:
        """Write down one stroke of an editor and return its step; it is on the disk when this returns."""
        step, at = new_id(), self._clock()
        entries = [
            Entry.model_validate(
                {
                    "id": new_id(),
                    "step": step,
                    "at": at,
                    "editor": editor,
                    "act": act,
                    "subject": self.docket.subjects[name].model_dump(),
                    "reason": reason,
                    "words": words,
                    "alias": alias and alias.model_dump(),
                }
            )
            for name in findings
        ]
        self._store.append(entries)
        self.refresh()
        return step

    def undo(self, editor: str) -> tuple[Entry, ...]:
        """Undo the editor's last step and return the entries that hold no more; nothing where there is none."""
        return self._turn(editor, Act.UNDO)

    def redo(self, editor: str) -> tuple[Entry, ...]:
        """Redo what the editor undid last and return the entries that hold again; nothing where there is none."""
        return self._turn(editor, Act.REDO)

    def _turn(self, editor: str, act: Act) -> tuple[Entry, ...]:
        with self._lock:
            self.refresh()
            entries = self._ledger.to_undo(editor) if act is Act.UNDO else self._ledger.to_redo(editor)
            if entries:
                self._store.append([Entry(id=new_id(), step=new_id(), at=self._clock(), editor=editor, act=act, target=entries[0].step)])
                self.refresh()
            return entries

    def can_turn(self, editor: str) -> tuple[bool, bool]:
        """Return whether the editor has a step to undo, and one to redo."""
        with self._lock:
            return bool(self._ledger.to_undo(editor)), bool(self._ledger.to_redo(editor))

    def found(self, entry: Entry) -> str | None:
        """Return the finding that an entry is about, if this report holds it."""
        return next(iter(self._matcher.find(entry.subject)), None) if entry.subject else None

    def news(self, since: int) -> list[Entry]:
        """Return the entries after a number."""
        with self._lock:
            return [entry for number, entry in self._log if number > since]

    def step(self, step: str) -> tuple[Entry, ...]:
        """Return the entries of a step, undone or not."""
        with self._lock:
            return self._ledger.entries_of(step)
