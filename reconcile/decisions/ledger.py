"""Entries of the log in, in their order; which of them still hold, and what each editor can undo and redo, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from reconcile.decisions.entries import Entry
from reconcile.model import Act


class Ledger:
    """The log as it stands: every entry is kept, and an undone step holds no more until it is redone."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._steps: dict[str, list[Entry]] = {}
        self._undone: set[str] = set()
        self._done: defaultdict[str, list[str]] = defaultdict(list)
        self._redoable: defaultdict[str, list[str]] = defaultdict(list)
        for entry in entries:
            self.take(entry)

    def take(self, entry: Entry) -> tuple[Entry, ...]:
        """Take in the next entry and return those whose holding it changed: itself, or the entries of the step undone or redone.

        An editor undoes and redoes steps of their own alone; a step that is already so stays so.
        """
        if entry.act is Act.UNDO:
            return self._move(entry, self._done, self._redoable)
        if entry.act is Act.REDO:
            return self._move(entry, self._redoable, self._done)
        if entry.step not in self._steps:
            self._steps[entry.step] = []
            self._done[entry.editor].append(entry.step)
            self._redoable[entry.editor].clear()
        self._steps[entry.step].append(entry)
        return (entry,)

    def _move(self, entry: Entry, source: defaultdict[str, list[str]], target: defaultdict[str, list[str]]) -> tuple[Entry, ...]:
        step = entry.target or ""
        if step not in source[entry.editor]:
            return ()
        source[entry.editor].remove(step)
        target[entry.editor].append(step)
        (self._undone.add if entry.act is Act.UNDO else self._undone.discard)(step)
        return tuple(self._steps[step])

    def holds(self, entry: Entry) -> bool:
        """Return whether an entry about a finding was not undone."""
        return entry.step not in self._undone

    def entries_of(self, step: str) -> tuple[Entry, ...]:
        """Return the entries of a step, undone or not."""
        return tuple(self._steps.get(step, ()))

    def holding(self) -> Iterator[Entry]:
        """Yield the entries about findings that hold, in order of their steps."""
        return (entry for step, entries in self._steps.items() if step not in self._undone for entry in entries)

    def to_undo(self, editor: str) -> tuple[Entry, ...]:
        """Return the entries of the editor's last step that holds; nothing where there is none."""
        return tuple(self._steps[self._done[editor][-1]]) if self._done[editor] else ()

    def to_redo(self, editor: str) -> tuple[Entry, ...]:
        """Return the entries of the step that the editor undid last; nothing once something new was done."""
        return tuple(self._steps[self._redoable[editor][-1]]) if self._redoable[editor] else ()
