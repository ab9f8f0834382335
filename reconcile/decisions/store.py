"""The decision log on disk: SQLite in WAL mode, to which entries are only ever added, by several processes at once.

An entry that `append` has returned for is on the disk: `synchronous=FULL` flushes the log at every commit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Final, Self

from pydantic import ValidationError

from reconcile.decisions.entries import Entry
from reconcile.decisions.exchange import read_entries
from reconcile.errors import InputError, OutputError

APPLICATION: Final = 0x5265636F
"""Marks an SQLite file as a decision store: "Reco"."""
LAYOUT: Final = 1
PATIENCE: Final = 15.0
"""Seconds that a write waits for another process to finish its own."""
MAGIC: Final = b"SQLite format 3\x00"
TABLE: Final = """
CREATE TABLE log (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, entry TEXT NOT NULL) STRICT;
CREATE TRIGGER log_keeps BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER log_stays BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
"""


class Store:
    """The log in one file; made where there is none. Threads may share it, and so may processes."""

    def __init__(self, path: str | Path) -> None:
        """Open the store. Raises InputError where the file is something else, OutputError where it cannot be written."""
        self.path = Path(path)
        self._lock = Lock()
        if self.path.is_file() and self.path.stat().st_size and not is_sqlite(self.path):
            raise InputError(f"{self.path}: is no store of decisions; name another file, or read a file of decisions by `decisions import`")
        try:
            self._connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
            self._prepare()
        except sqlite3.Error as error:
            raise OutputError(f"{self.path}: cannot be opened as a store of decisions ({error}); check the folder") from error

    def _prepare(self) -> None:
        """Set the file up, if it is new, and see that it is ours, if it is not."""
        run = self._connection.execute
        run("PRAGMA journal_mode=WAL")
        run("PRAGMA synchronous=FULL")
        with self._writing():
            if not run("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                for statement in TABLE.strip().split("\n"):
                    run(statement)
                run(f"PRAGMA application_id={APPLICATION}")
                run(f"PRAGMA user_version={LAYOUT}")
            mark, layout = run("PRAGMA application_id").fetchone()[0], run("PRAGMA user_version").fetchone()[0]
        if mark != APPLICATION:
            raise InputError(f"{self.path}: is an SQLite file of another program; name another file")
        if layout != LAYOUT:
            raise InputError(f"{self.path}: was written by another version of reconcile (layout {layout}, this one knows {LAYOUT})")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the write lock of the file; all that is done meanwhile counts, or none of it."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # a full disk may have ended it already
                self._connection.execute("ROLLBACK")
            raise

    def append(self, entries: Sequence[Entry]) -> int:
        """Add entries, all or none, and return how many were not there yet. Raises OutputError, or InputError where an id is taken."""
        rows = [(entry.id, entry.model_dump_json(exclude_defaults=True)) for entry in entries]
        try:
            with self._lock, self._writing():
                return sum(self._add(*row) for row in rows)
        except sqlite3.Error as error:
            raise OutputError(f"{self.path}: nothing was saved ({error}); check the free space and try again") from error

    def _add(self, name: str, entry: str) -> bool:
        known = self._connection.execute("SELECT entry FROM log WHERE id = ?", (name,)).fetchone()
        if known is None:
            self._connection.execute("INSERT INTO log (id, entry) VALUES (?, ?)", (name, entry))
        elif known[0] != entry:
            raise InputError(f"{self.path}: holds an entry {name} that says something else; nothing was changed")
        return known is None

    def since(self, number: int = 0) -> list[tuple[int, Entry]]:
        """Return the entries after a number, each with its own, in the order in which they were added. Raises InputError."""
        try:
            with self._lock:
                rows = self._connection.execute("SELECT number, entry FROM log WHERE number > ? ORDER BY number", (number,)).fetchall()
            return [(place, Entry.model_validate_json(text)) for place, text in rows]
        except sqlite3.Error as error:
            raise InputError(f"{self.path}: cannot be read ({error})") from error
        except ValidationError as error:
            raise InputError(f"{self.path}: is damaged: {error.errors()[0]['msg']}") from error

    def entries(self) -> list[Entry]:
        """Return all entries in the order in which they were added."""
        return [entry for _, entry in self.since()]

    def last(self) -> int:
        """Return the number of the last entry; 0 where there is none."""
        try:
            with self._lock:
                return int(self._connection.execute("SELECT coalesce(max(number), 0) FROM log").fetchone()[0])
        except sqlite3.Error as error:
            raise InputError(f"{self.path}: cannot be read ({error})") from error

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def is_sqlite(path: Path) -> bool:
    """Return whether a file is one of SQLite's."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or type(error).__name__})") from error


def load_entries(path: str | Path) -> list[Entry]:
    """Return the entries of a store, or of a file that was exported from one. Raises InputError."""
    if not is_sqlite(Path(path)):
        return read_entries(path)
    with Store(path) as store:
        return store.entries()
