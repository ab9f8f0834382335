"""Known findings: written down, recognised by their ids, and told when they are gone."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from ferry import ferry_report
from harbour import harbour_report

from reconcile.errors import SettingsError
from reconcile.report.baseline import apply_baseline, load_baseline, render_baseline


def test_what_is_written_is_what_is_known(tmp_path) -> None:
    report, path = harbour_report(), tmp_path / "known.json"
    path.write_text(render_baseline(report), "utf-8")
    accepted, stale = apply_baseline(report, load_baseline(path), path)
    made = replace(report, accepted=accepted)
    assert len(accepted) == sum(finding.severity is not None for finding in report.findings)
    assert made.open_conflicts == ()
    assert stale == ()


def test_a_finding_that_is_gone_is_told_with_its_line(tmp_path) -> None:
    path = tmp_path / "known.json"
    path.write_text(render_baseline(ferry_report()), "utf-8")
    accepted, (stale,) = apply_baseline(replace(ferry_report(), findings=()), load_baseline(path), path)
    assert accepted == ()
    assert f'"{ferry_report().findings[0].id}"' in path.read_text("utf-8").splitlines()[stale.line - 1]
    assert "is not found any more" in str(stale)


def test_agreements_are_not_accepted(tmp_path) -> None:
    report = ferry_report()
    path = tmp_path / "known.json"
    path.write_text(json.dumps({"schema": "reconcile.baseline/1", "findings": [{"id": report.findings[1].id}]}))
    assert apply_baseline(report, load_baseline(path), path)[0] == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", r"known.json:1:2: is not JSON"),
        ("[" * 100_000, "is nested too deeply|is not JSON"),
        ("[]", "is no baseline"),
        ('{"schema": "reconcile.baseline/1", "findings": [{"id": 3}]}', 'finding 1 has no "id"'),
        ('{"schema": "reconcile.baseline/1", "findings": [[]]}', 'finding 1 has no "id"'),
    ],
)
def test_a_wrong_file_is_named_with_what_to_do(tmp_path, text, message) -> None:
    path = tmp_path / "known.json"
    path.write_text(text)
    with pytest.raises(SettingsError, match=message) as error:
        load_baseline(path)
    assert "--write-baseline" in str(error.value)


def test_a_missing_file_is_named(tmp_path) -> None:
    with pytest.raises(SettingsError, match="there is no such file"):
        load_baseline(tmp_path / "none.json")
