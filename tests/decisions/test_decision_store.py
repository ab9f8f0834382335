"""The log on disk: only ever added to, by several processes at once, and never half of anything."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from desks import dismissal, entry

from reconcile.decisions.exchange import to_jsonl
from reconcile.decisions.store import Store, load_entries
from reconcile.errors import InputError, OutputError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "decisions.sqlite"


def test_what_was_added_comes_back_in_order(path: Path) -> None:
    log = [entry(), dismissal(), entry("Cy", "note", words="x\n\u202e")]
    with Store(path) as store:
        assert store.append(log[:2]) == 2
        assert store.append(log[2:]) == 1
        assert store.last() == 3
        assert store.entries() == log
        assert [number for number, _ in store.since(1)] == [2, 3]
    assert load_entries(path) == log


def test_the_log_is_flushed_and_shared(path: Path) -> None:
    with Store(path):
        pass
    with sqlite3.connect(path) as plain:
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with Store(path) as store:
        assert store._connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_an_entry_known_already_is_not_added_twice(path: Path) -> None:
    log = [entry(), dismissal()]
    with Store(path) as store:
        store.append(log)
        assert store.append([*log, entry("Cy")]) == 1
        assert store.last() == 3


def test_all_is_added_or_nothing(path: Path) -> None:
    first = entry()
    with Store(path) as store:
        store.append([first])
        with pytest.raises(InputError, match="says something else; nothing was changed"):
            store.append([entry("Ben"), first.model_copy(update={"words": "forged"})])
        assert store.entries() == [first]


@pytest.mark.parametrize("statement", ["DELETE FROM log", "UPDATE log SET entry = 'x'"])
def test_nothing_is_changed_or_removed(path: Path, statement: str) -> None:
    with Store(path) as store:
        store.append([entry()])
    with sqlite3.connect(path) as plain, pytest.raises(sqlite3.IntegrityError, match="only added to"):
        plain.execute(statement)


def test_files_that_are_no_store(tmp_path: Path) -> None:
    text = tmp_path / "log.jsonl"
    text.write_text(to_jsonl([entry()]), "utf-8")
    with pytest.raises(InputError, match="is no store of decisions"):
        Store(text)
    assert len(load_entries(text)) == 1
    foreign = tmp_path / "other.sqlite"
    with sqlite3.connect(foreign) as plain:
        plain.execute("CREATE TABLE t (x)")
    plain.close()
    with pytest.raises(InputError, match="of another program"):
        Store(foreign)
    with pytest.raises(OutputError, match="cannot be opened"):
        Store(tmp_path / "nowhere" / "x.sqlite")
    with pytest.raises(OutputError, match="cannot be opened"):
        Store(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        load_entries(tmp_path / "none")


def test_a_store_of_a_later_version_is_left_alone(path: Path) -> None:
    with Store(path) as store:
        store._connection.execute("PRAGMA user_version=2")
    with pytest.raises(InputError, match="another version of reconcile"):
        Store(path)


def test_a_damaged_store_is_told_in_a_line(path: Path) -> None:
    with Store(path) as store:
        store._connection.execute("INSERT INTO log (id, entry) VALUES ('x', '{}')")
        with pytest.raises(InputError, match="is damaged: Field required"):
            store.entries()
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 4000)
    with pytest.raises((InputError, OutputError), match=r"decisions\.sqlite: "):
        load_entries(path)


WRITER = """
import sys
sys.path[:0] = ["tests"]
from desks import entry
from reconcile.decisions.store import Store
made = [entry(sys.argv[2], "note", words=str(i)) for i in range(60)]
with Store(sys.argv[1]) as store:
    for i in range(0, 60, 2):
        store.append(made[i : i + 2])
"""


def test_two_processes_on_one_store_do_not_corrupt_it(path: Path) -> None:
    names = ["Ada", "Ben"]
    running = [subprocess.Popen([sys.executable, "-c", WRITER, path, name], stderr=subprocess.PIPE) for name in names]
    for one in running:
        assert one.communicate(timeout=120)[1] == b""
    with Store(path) as store:
        assert store._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        entries = store.entries()
        assert [number for number, _ in store.since()] == list(range(1, 121))
    for name in names:
        assert [one.words for one in entries if one.editor == name] == [str(i) for i in range(60)]
    pairs = [entries[i : i + 2] for i in range(0, 120, 2)]
    assert all(a.editor == b.editor for a, b in pairs), "what was added together stands together"


def test_threads_share_a_store(path: Path) -> None:
    with Store(path) as store:
        threads = [Thread(target=lambda name=name: [store.append([entry(name, "note", words="x")]) for _ in range(20)]) for name in "ABCD"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(store.entries()) == 80
