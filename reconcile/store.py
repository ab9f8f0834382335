"""Blobs by key in one SQLite file: what was kept is given back whole or not at all, and nothing that goes wrong with it stops a run.

Several processes may use one store at a time. An entry carries a digest of its key and content, so that a damaged one counts as missing;
a file that is no database is replaced; where nothing can be written, nothing is kept.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Final

FILE: Final = "reconcile.sqlite"
PATIENCE: Final = 10.0
"""Seconds to wait for another process that writes."""
KEPT_DAYS: Final = 30
"""Days after its last use that an entry is kept."""
AT_ONCE: Final = 500
"""Keys asked for in one query."""
DAY: Final = 86_400
DIGEST: Final = 16
TABLE: Final = "CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, used INTEGER NOT NULL, content BLOB NOT NULL) WITHOUT ROWID"


class Store:
    """A folder's store; it never raises for what is wrong with its file."""

    def __init__(self, folder: Path) -> None:
        """Open the store of a folder, made if need be, and drop what nobody used for a month."""
        self._path = folder / FILE
        self._today = int(time.time()) // DAY
        self._connection: sqlite3.Connection | None = None
        self._connection = self._opened() or self._replaced()

    def get(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return what is kept under the keys, of those that are there and whole."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, bytes] = {}
        try:
            for start in range(0, len(wanted), AT_ONCE):
                found.update(self._read(wanted[start : start + AT_ONCE]))
        except sqlite3.Error:
            self._connection = self._replaced()
        return found

    def put(self, entries: Mapping[str, bytes]) -> None:
        """Keep contents under their keys, in place of what was there."""
        if self._connection is None or not entries:
            return
        rows = [(key, self._today, _digest(key, content) + content) for key, content in sorted(entries.items())]
        try:
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)
        except sqlite3.OperationalError:  # a full disk, or another process that writes for too long: the next run may have more luck
            return
        except sqlite3.Error:
            self._connection = self._replaced()

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _read(self, keys: list[str]) -> Iterator[tuple[str, bytes]]:
        if self._connection is None:
            return
        marks = ",".join("?" * len(keys))
        rows = self._connection.execute(f"SELECT key, used, content FROM entries WHERE key IN ({marks})", keys).fetchall()
        whole = [(key, used, content[DIGEST:]) for key, used, content in rows if _is_whole(key, content)]
        stale = [(self._today, key) for key, used, _ in whole if used != self._today]
        if stale:
            with contextlib.suppress(sqlite3.OperationalError), self._connection:
                self._connection.executemany("UPDATE entries SET used = ? WHERE key = ?", stale)
        yield from ((key, content) for key, _, content in whole)

    def _opened(self) -> sqlite3.Connection | None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._path, timeout=PATIENCE)
        except (OSError, sqlite3.Error):
            return None
        try:
            with connection:
                connection.execute(TABLE)
                connection.execute("DELETE FROM entries WHERE used < ?", (self._today - KEPT_DAYS,))
        except sqlite3.Error:
            connection.close()
            return None
        return connection

    def _replaced(self) -> sqlite3.Connection | None:
        """Start anew in place of a file that is damaged; None where that cannot be done."""
        self.close()
        with contextlib.suppress(OSError):
            if self._path.is_file() and not self._is_sound():
                self._path.unlink()
        return self._opened()

    def _is_sound(self) -> bool:
        """Return whether the file is a database of ours, which is then only busy or out of reach."""
        try:
            with contextlib.closing(sqlite3.connect(self._path, timeout=PATIENCE)) as connection:
                connection.execute("SELECT key, used, content FROM entries LIMIT 1").fetchall()
                return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
        except sqlite3.OperationalError as error:
            return "locked" in str(error) or "busy" in str(error)
        except sqlite3.Error:
            return False


def _digest(key: str, content: bytes) -> bytes:
    return blake2b(key.encode() + b"\0" + content, digest_size=DIGEST).digest()


def _is_whole(key: object, content: object) -> bool:
    return isinstance(key, str) and isinstance(content, bytes) and _digest(key, content[DIGEST:]) == content[:DIGEST]
