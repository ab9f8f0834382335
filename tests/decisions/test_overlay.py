"""What a finding stands at, and how the page and report.json show it."""

from __future__ import annotations

import json
from dataclasses import replace

from desks import FERRY, INJURED, dismissal, entry
from ferry import ferry_report
from jsonschema import Draft202012Validator

from reconcile.decisions import Entry, lay_over, standing_of, tally
from reconcile.model import DismissalReason, State
from reconcile.report import render_html, render_json, render_markdown
from reconcile.report.json import schema_text

ALIAS = {"rule": "casualties.injured", "label": "hurt_people", "words": "six passengers"}


def state(*entries: Entry) -> State:
    return standing_of(entries).state


def test_one_editor_s_latest_word_holds() -> None:
    assert state() is State.OPEN
    assert state(entry()) is State.CONFIRMED
    assert state(entry(), dismissal("Ada")) is State.DISMISSED
    assert state(entry(), entry("Ada", "reopen")) is State.OPEN
    assert state(entry("Ada", "same", reason="alias", alias=ALIAS)) is State.DISMISSED


def test_two_editors_who_differ_are_both_heard() -> None:
    standing = standing_of([entry("Ada"), dismissal("Ben", words="it is the tram")])
    assert standing.state is State.DISPUTED
    assert [(one.editor, one.act) for one in standing.decisions] == [("Ada", "confirm"), ("Ben", "dismiss")]
    assert state(dismissal("Ada", "update"), dismissal("Ben", "alias")) is State.DISMISSED


def test_notes_gather_and_the_last_assignment_holds() -> None:
    standing = standing_of([entry("Ada", "note", words="one"), entry("Ben", "note", words="two"), entry("Ada", "assign", words="Cy")])
    assert [note.words for note in standing.notes] == ["one", "two"]
    assert (standing.state, standing.assigned) == (State.OPEN, "Cy")
    assert standing_of([entry("Ada", "assign", words="Cy"), entry("Ben", "assign")]).assigned == ""


def test_the_page_shows_what_was_decided() -> None:
    made = replace(ferry_report(), overlay=lay_over(FERRY, [dismissal("Ben", words="another *boat*")]))
    page = render_markdown(made)
    assert "**Dismissed by Ben (another event: another \\*boat\\*)**" in page
    assert "**Open**" in page
    assert "no longer there" not in page
    disputed = replace(ferry_report(), overlay=lay_over(FERRY, [entry("Ada"), dismissal("Ben")]))
    assert "**Editors disagree: confirmed by Ada and dismissed by Ben (another event)**" in render_markdown(disputed)


def test_the_page_for_a_browser_shows_it_too() -> None:
    fewer = {**FERRY, "findings": FERRY["findings"][:1]}
    entries = [dismissal("Ben", words="another <b>boat</b>"), entry(finding=FERRY["findings"][1]["id"])]
    page = render_html(replace(ferry_report(), overlay=lay_over(fewer, entries)))
    assert "<strong>Editors:</strong> dismissed by Ben (another event: another &lt;b&gt;boat&lt;/b&gt;)." in page
    assert "<strong>Editors:</strong> open." in page
    assert "<strong>Confirmed by Ada</strong>" in page.partition("Decided, and no longer there")[2]
    assert "Editors:" not in render_html(ferry_report())


def test_what_is_dismissed_comes_after_what_is_open() -> None:
    both = ferry_report()
    second = replace(both.findings[0], id="ffffffffffff", point="How many were wet", rule="count.wet")
    made = replace(both, findings=(both.findings[0], second, *both.findings[1:]))
    first_on = render_markdown(made)
    assert first_on.index("How many people were injured") < first_on.index("How many were wet")
    page = render_markdown(replace(made, overlay=lay_over(FERRY, [dismissal()])))
    assert page.index("How many were wet") < page.index("How many people were injured")


def test_the_page_keeps_stale_decisions_apart() -> None:
    fewer = {**FERRY, "findings": FERRY["findings"][1:]}
    page = render_markdown(replace(ferry_report(), overlay=lay_over(fewer, [entry()])))
    section = page.partition("## Decided, and no longer there")[2].partition("\n## ")[0]
    assert '"Nine people" and "Six passengers". **Confirmed by Ada**' in section


def test_without_decisions_nothing_changes() -> None:
    page, data = render_markdown(ferry_report()), render_json(ferry_report())
    assert "**Open**" not in page
    assert "decisions" not in json.loads(data)


def test_report_json_with_decisions_follows_its_schema() -> None:
    entries = [
        entry("Ada"),
        dismissal("Ben", words="why"),
        entry("Cy", "note", words="n"),
        entry("Cy", "assign", words="Di"),
        entry("Di", "same", reason="alias", alias=ALIAS),
        entry(finding=FERRY["findings"][1]["id"]),
    ]
    fewer = {**FERRY, "findings": FERRY["findings"][:1]}
    written = json.loads(render_json(replace(ferry_report(), overlay=lay_over(fewer, entries))))
    Draft202012Validator(json.loads(schema_text())).validate(written)
    (found,) = written["decisions"]["findings"]
    assert (found["finding"], found["state"], found["assigned"]) == (INJURED, "disputed", "Di")
    assert found["verdicts"][1] == {
        "editor": "Ben",
        "at": "2026-03-04T23:40:00.000Z",
        "act": "dismiss",
        "reason": "other_event",
        "words": "why",
    }
    assert [old["rule"] for old in written["decisions"]["stale"]] == ["cluster"]


def test_rules_are_counted_by_finding_and_not_by_click() -> None:
    other = {"finding": FERRY["findings"][1]["id"]}
    rows = tally([dismissal("Ada"), dismissal("Ben", "update"), entry("Cy", "note", words="x"), entry(**other), dismissal("Ben", **other)])
    by_rule = {row.rule: row for row in rows}
    assert list(by_rule) == ["casualties.injured", "cluster"]
    injured = by_rule["casualties.injured"]
    assert (injured.decided, injured.confirmed, injured.dismissed, injured.disputed) == (1, 0, 1, 0)
    assert injured.reasons == {DismissalReason.OTHER_EVENT: 1, DismissalReason.UPDATE: 1}
    assert by_rule["cluster"].disputed == 1


def test_a_finding_that_grew_is_counted_once() -> None:
    grown = json.loads(json.dumps(FERRY))
    more = next(claim for claim in grown["claims"] if claim["article"] == "mail")
    side = grown["findings"][0]["sides"][0]
    side["evidence"].append({"article": "mail", "claim": more["id"], "start": more["start"], "end": more["end"], "quote": more["text"]})
    (row,) = tally([dismissal("Ada"), dismissal("Ben", report=grown)])
    assert row.dismissed == 1
