"""`reconcile decisions`, `rules stats`, `report --decisions` and `review`, as they are called."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from desks import FERRY, INJURED, dismissal, entry, report_file
from ferry import ferry_report
from stories import ROOT

from reconcile import cli
from reconcile.cli import report as report_command
from reconcile.cli.review import _address, _token
from reconcile.cli.running import with_decisions
from reconcile.decisions.exchange import to_jsonl
from reconcile.decisions.store import Store, load_entries
from reconcile.reading import Reading
from reconcile.review import Access

COMMANDS = [["decisions"], ["decisions", "export"], ["decisions", "import"], ["rules", "stats"], ["review"]]


def run(*args: object) -> Result:
    return CliRunner().invoke(cli.main, [str(arg) for arg in args])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "decisions.sqlite"
    with Store(path) as opened:
        opened.append([entry(), dismissal("Ben", "update"), entry("Cy", finding=FERRY["findings"][1]["id"])])
    return path


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_help_page_has_an_example(command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert f"Example:\n    reconcile {' '.join(command)}" in result.output


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_decisions_go_from_store_to_store(store: Path, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"log.{form}"
    assert run("decisions", "export", store, "-o", file).exit_code == 0
    other = tmp_path / "other.sqlite"
    assert run("decisions", "import", other, file).stdout == f"{file}: 3 entries added\n"
    assert run("decisions", "import", other, file).stdout == f"{file}: 0 entries added, 3 known already\n"
    assert load_entries(other) == load_entries(store)
    assert run("decisions", "export", store, "--format", form).stdout == file.read_text("utf-8")


def test_a_wrong_file_is_told_with_its_line_and_nothing_is_written(store: Path, tmp_path: Path) -> None:
    good, bad, other = tmp_path / "good.jsonl", tmp_path / "bad.jsonl", tmp_path / "other.sqlite"
    good.write_text(to_jsonl([entry()]), "utf-8")
    bad.write_text(to_jsonl([entry()]) + "{}\n", "utf-8")
    result = run("decisions", "import", other, good, bad)
    assert (result.exit_code, result.stderr) == (2, f"reconcile: {bad}:2: id: Field required\n")
    assert not other.exists()
    result = run("decisions", "export", tmp_path / "none.sqlite")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    result = run("decisions", "export", store, "-o", tmp_path / "no" / "folder.csv")
    assert (result.exit_code, "cannot be written" in result.stderr) == (2, True)


def test_rules_stats_say_how_often_each_was_right(store: Path, tmp_path: Path) -> None:
    head, _, *rows = run("rules", "stats", store).stdout.splitlines()
    assert re.split(r"\s{2,}", head) == ["rule", "decided", "confirmed", "dismissed", "disputed", "share dismissed", "why dismissed"]
    assert [re.split(r"\s{2,}", row.strip()) for row in rows] == [
        ["casualties.injured", "1", "0", "0", "1", "0%", "a later figure (1)"],
        ["cluster", "1", "1", "0", "0", "0%", "–"],
    ]
    file = tmp_path / "log.jsonl"
    run("decisions", "export", store, "-o", file)
    assert run("rules", "stats", store, file).stdout.splitlines()[2:] == rows, "an export of the same store counts nothing twice"
    (tmp_path / "none.jsonl").write_text("", "utf-8")
    assert run("rules", "stats", tmp_path / "none.jsonl").stdout == "No finding was decided.\n"


def test_report_shows_decisions(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_command, "build", lambda *_: ferry_report())
    monkeypatch.setattr("reconcile.reading.read_paths", lambda *_, **__: Reading((), ()))
    assert run("report", "in", "-o", tmp_path / "out", "--decisions", store).exit_code == 0
    page = (tmp_path / "out" / "consistency.md").read_text("utf-8")
    assert "**Editors disagree: confirmed by Ada and dismissed by Ben (a later figure)**" in page
    written = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert {one["finding"]: one["state"] for one in written["decisions"]["findings"]}[INJURED] == "disputed"
    result = run("report", "in", "-o", tmp_path / "out", "--decisions", tmp_path / "none")
    assert (result.exit_code, "cannot be read" in result.stderr) == (2, True)


def test_decisions_change_nothing_but_what_is_shown(store: Path) -> None:
    made = ferry_report()
    assert replace(with_decisions(made, load_entries(store)), overlay=None) == made


@contextmanager
def reviewing(*args: object, **environment: str) -> Iterator[str]:
    """Start the command on a free port and give the address that it prints."""
    command = [sys.executable, "-m", "reconcile.cli", "review", *map(str, args), "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}
    ) as one:
        told = one.stdout.readline()
        assert told, one.stderr.read()
        yield re.search(r"Open (http://\S+) and stop", told)[1]
        one.send_signal(signal.SIGINT)
        _, error = one.communicate(timeout=30)
        assert "Traceback" not in error


def test_review_opens_a_desk_for_this_machine_alone(tmp_path: Path) -> None:
    with reviewing(report_file(tmp_path), "--as", "Ada") as address:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        page = urllib.request.urlopen(address, timeout=20).read().decode()
        assert "0 of 4 decided" in page
        assert 'title="Change your name">Ada<' in page
    assert (tmp_path / "decisions.sqlite").is_file()


def test_to_serve_others_takes_a_token(tmp_path: Path) -> None:
    with reviewing(report_file(tmp_path), "--host", "127.0.0.2") as address:
        assert re.fullmatch(r"http://127\.0\.0\.2:\d+/\?token=[0-9a-f]{48}", address)
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(address.partition("?")[0], timeout=20)
        assert urllib.request.urlopen(address, timeout=20).status == 200


def test_the_address_printed_can_be_opened_here() -> None:
    assert _address(Access("0.0.0.0", 80, "t")) == "http://127.0.0.1:80/?token=t"
    assert _address(Access("::1", 80)) == "http://[::1]:80/"
    assert _token("127.0.0.1") == ""
    assert len({_token("0.0.0.0"), _token("192.168.0.1")}) == 2


@pytest.mark.parametrize(
    ("args", "environment", "what"),
    [
        (["none.json"], {}, "cannot be read"),
        ([ROOT / "pyproject.toml"], {}, "is not JSON"),
        ([ROOT / "reports" / "report.json", "--as", "x" * 81], {}, "a name has at least one letter"),
        ([ROOT / "reports" / "report.json", "--decisions", ROOT / "README.md"], {}, "is no store of decisions"),
        ([ROOT / "reports" / "report.json", "--port", "70000"], {}, "70000"),
        ([ROOT / "reports" / "report.json"], {"RECONCILE_TOKEN": "short"}, "at least 16"),
    ],
)
def test_what_cannot_be_opened_is_told_in_a_line(
    args: list[object], environment: dict[str, str], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    result = run("review", *args)
    assert result.exit_code == 2
    assert what in result.stderr
    assert "Traceback" not in result.stderr
