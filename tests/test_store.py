"""The store: what was kept comes back whole or not at all, and nothing that is wrong with its file is an error."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time

import pytest

from reconcile import store as stores
from reconcile.store import FILE, Store


def test_what_is_kept_comes_back_also_in_the_next_run(tmp_path):
    first = Store(tmp_path / "deep")
    first.put({"a": b"one", "b": b""})
    first.put({"a": b"two"})
    first.close()
    assert Store(tmp_path / "deep").get(["b", "a", "c", "a"]) == {"a": b"two", "b": b""}


def test_many_keys_are_asked_for_at_once(tmp_path):
    store = Store(tmp_path)
    entries = {f"{i}": str(i).encode() for i in range(1_700)}
    store.put(entries)
    assert store.get(entries) == entries


@pytest.mark.parametrize("damage", ["content = x'00'", "content = 'text'", "content = substr(content, 1, 20)", "key = 'b'"])
def test_a_damaged_entry_is_missing_and_can_be_kept_anew(tmp_path, damage):
    store = Store(tmp_path)
    store.put({"a": b"some content that is long"})
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute(f"UPDATE entries SET {damage}")
    assert store.get(["a", "b"]) == {}
    store.put({"a": b"new"})
    assert store.get(["a"]) == {"a": b"new"}


@pytest.mark.parametrize("raw", [b"", b"no database at all " * 400, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_replaced(tmp_path, raw):
    (tmp_path / FILE).write_bytes(raw)
    store = Store(tmp_path)
    store.put({"a": b"one"})
    assert Store(tmp_path).get(["a"]) == {"a": b"one"}


def test_a_database_of_somebody_else_is_replaced(tmp_path):
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("CREATE TABLE entries (name TEXT)")
    store = Store(tmp_path)
    store.put({"a": b"one"})
    assert store.get(["a"]) == {"a": b"one"}


def test_a_file_that_is_damaged_while_it_is_open_is_replaced(tmp_path):
    store = Store(tmp_path)
    store.put({f"{i}": b"x" * 3_000 for i in range(200)})
    raw = bytearray((tmp_path / FILE).read_bytes())
    raw[0:8192] = b"\xa5" * 8192
    (tmp_path / FILE).write_bytes(raw)
    assert Store(tmp_path).get(["1"]) == {}
    again = Store(tmp_path)
    again.put({"a": b"one"})
    assert again.get(["a"]) == {"a": b"one"}


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path):
    (tmp_path / "taken").write_text("a file")
    store = Store(tmp_path / "taken")
    store.put({"a": b"one"})
    assert store.get(["a"]) == {}


def test_what_nobody_used_for_long_is_dropped(tmp_path, monkeypatch):
    store = Store(tmp_path)
    store.put({"old": b"1", "used": b"2"})
    day, now = stores.DAY, time.time()
    monkeypatch.setattr(stores.time, "time", lambda: now + 20 * day)
    assert Store(tmp_path).get(["used"]) == {"used": b"2"}
    monkeypatch.setattr(stores.time, "time", lambda: now + 40 * day)
    assert Store(tmp_path).get(["old", "used"]) == {"used": b"2"}


def test_several_processes_may_keep_at_one_time(tmp_path):
    script = (
        "import sys; from pathlib import Path; from reconcile.store import Store; store = Store(Path(sys.argv[1]));"
        "[store.put({f'{sys.argv[2]}-{i}': b'x' * 500}) or store.get([f'{j}-{i}' for j in '012']) for i in range(60)]"
    )
    running = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path), str(n)]) for n in range(3)]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0]
    assert len(Store(tmp_path).get(f"{n}-{i}" for n in range(3) for i in range(60))) == 180
