"""Suppressions: each with a reason, each shown, each told once it covers nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from ferry import ferry_report
from harbour import harbour_report

from reconcile.errors import SettingsError
from reconcile.report.markdown import render_markdown
from reconcile.report.suppressions import apply_suppressions, load_suppressions

TODAY = date(2026, 6, 1)


def taken(tmp_path, text, report):
    path = tmp_path / "s.yaml"
    path.write_text(text, "utf-8")
    return apply_suppressions(report, load_suppressions(path), path, TODAY)


def test_a_finding_is_suppressed_by_the_beginning_of_its_id(tmp_path) -> None:
    report = ferry_report()
    text = f"suppressions:\n  - id: '{report.findings[0].id[:8]}'\n    reason: both are right\n    by: AB\n    until: 2026-06-01\n"
    (acceptance,), stale = taken(tmp_path, text, report)
    assert (acceptance.finding, acceptance.reason, acceptance.by, acceptance.until) == (
        report.findings[0].id, "both are right", "AB", "2026-06-01",
    )  # fmt: skip
    assert stale == ()


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("rule: departure.*", 3),
        ("rule: '*'", 5),
        ("outlet: Mail", 2),
        ("outlet: Harbour*", 5),
        ("{rule: departure.manner, outlet: Mail}", 1),
        ("rule: nothing.*", 0),
    ],
)
def test_a_pattern_covers_a_rule_an_outlet_or_both(tmp_path, pattern, count) -> None:
    body = pattern[1:-1].replace(", ", "\n    ") if pattern.startswith("{") else pattern
    accepted, stale = taken(tmp_path, f"suppressions:\n  - {body}\n    reason: house style\n", harbour_report())
    assert len(accepted) == count
    assert bool(stale) == (count == 0)


def test_one_that_has_run_out_no_longer_holds_and_is_told(tmp_path) -> None:
    text = "suppressions:\n  - rule: '*'\n    reason: for now\n    until: 2026-05-31\n"
    accepted, (stale,) = taken(tmp_path, text, ferry_report())
    assert accepted == ()
    assert "ran out on 2026-05-31; renew it or take it out" in str(stale)
    assert stale.line == 2


def test_nothing_suppressed_is_dropped_from_the_page(tmp_path) -> None:
    report = ferry_report()
    accepted, stale = taken(tmp_path, "suppressions:\n  - rule: casualties.*\n    reason: 'the count | is open'\n", report)
    page = render_markdown(replace(report, accepted=accepted, stale=stale))
    assert "Nothing that was compared conflicts" in page
    assert "One further conflict is known or suppressed: see below." in page
    section = page.split("## Known or suppressed\n")[1].split("\n## ")[0]
    assert '"Nine people"' in section
    assert '"Six passengers"' in section
    assert "Suppressed: the count \\| is open." in section


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "s.yaml:1:1: is empty"),
        ("- a", "has no list under 'suppressions'"),
        ("suppressions: 3", "has no list under 'suppressions'"),
        ("suppressions: []\nother: 1", "s.yaml:2:1: unknown key 'other'"),
        ("suppressions:\n  - rule: x", "s.yaml:2:5: 'reason' is missing"),
        ("suppressions:\n  - reason: x", "s.yaml:2:5: give 'id', or 'rule' or 'outlet' or both"),
        ("suppressions:\n  - id: abcdef\n    rule: x\n    reason: y", "give 'id' alone"),
        ("suppressions:\n  - id: abc\n    reason: y", "s.yaml:2:5: 'id' must have 6 characters"),
        ("suppressions:\n  - id: 123456\n    reason: y", "put it in quotation marks"),
        ("suppressions:\n  - rule: x\n    reason: ''", "'reason' must have 1 to 500 characters"),
        ("suppressions:\n  - rule: x\n    reason: y\n    until: soon", "s.yaml:4:5: 'until' is 'soon': write a day"),
        ("suppressions:\n  - rule: x\n    reason: y\n    untill: z", "s.yaml:4:5: unknown key 'untill'"),
        ("suppressions:\n  - !!python/object/apply:os.system ['x']", "tags are not allowed"),
        ("suppressions: &a\n  - *a", "anchors and aliases are not allowed"),
        ("suppressions: [", "is not YAML"),
        ("suppressions:\n  - x", "an entry must be a mapping"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_column(tmp_path, text, message) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as error:
        load_suppressions(path)
    assert message in str(error.value)
