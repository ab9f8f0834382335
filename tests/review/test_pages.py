"""The pages without a script: every decision can be made by forms alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from time import monotonic

import pytest
from desks import FERRY, INJURED, entry, make_desk, many_findings, report_file

from reconcile.decisions.store import Store
from reconcile.errors import InputError
from reconcile.model import Act, State
from reconcile.report.json import report_object
from reconcile.review import Desk, load_docket

Editor = Callable[..., object]
AGREED, ACCUSED, COST = (finding["id"] for finding in FERRY["findings"][1:4])


def test_htmx_is_the_file_that_was_pinned() -> None:
    static = files("reconcile.review") / "static"
    digest = sha256((static / "htmx-2.0.11.min.js").read_bytes()).hexdigest()
    assert digest == "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
    assert "Zero-Clause BSD" in (static / "htmx-2.0.11.LICENSE").read_text("utf-8")


def test_the_name_is_asked_for_once(room) -> None:
    visitor = room.visitor()
    answer = visitor.get("/?show=all")
    assert answer.url.path == "/name"
    assert 'value="/?show=all"' in answer.text
    ada = room.editor("  Ada   Lindqvist ")
    assert "Ada Lindqvist" in ada.get("/")
    assert ada.client.get("/").url.path == "/"


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "\u202eada", "a\x00b"])
def test_a_name_that_is_none_is_refused(room, name: str) -> None:
    editor = room.editor("Ada")
    editor.get("/name")
    assert "A name has at least one letter" in editor.post("/name", 400, name=name, next="/")


@pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\nb"])
def test_after_the_name_nobody_is_led_elsewhere(room, path: str) -> None:
    editor = room.editor("Ada")
    editor.get("/name")
    answer = editor.client.post("/name", data={"csrf": editor.csrf, "name": "Ada", "next": path}, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_the_queue_goes_from_grave_to_slight(ada) -> None:
    page = ada.get("/")
    places = [page.index(f'id="f-{name}"') for name in (INJURED, ACCUSED, COST, AGREED)]
    assert places == sorted(places)
    assert "0 of 4 decided" in ada.words
    assert "“Nine people” ↔ against “Six passengers”" in ada.words


def test_a_finding_shows_both_phrases_in_their_sentences_and_who_has_them_from_whom(ada) -> None:
    page = ada.get(f"/finding/{INJURED}")
    assert "<mark>Nine people</mark> were taken to hospital" in page
    assert "<mark>Six passengers</mark> were injured" in page
    assert '<span class="around">The ferry left at 6 a.m.</span>' in page
    assert "Post · 2026-03-04 09:00 UTC · says: police" in ada.words
    assert "the hospital's count, with the hour" in ada.words
    assert "casualties.injured" in ada.words
    ada.get(f"/finding/{AGREED}")
    assert "no: Wave and Mail rest on Daily Wave" in ada.words
    assert "Mail and Wave rest on one origin: Daily Wave" in ada.words


def test_a_decision_leads_to_the_next_finding_and_says_what_was_done(ada, room) -> None:
    ada.decide(INJURED, act="confirm")
    assert "Confirmed: How many people were injured" in ada.words
    assert f"/finding/{ACCUSED}/decide" in ada.page
    assert "1 of 4 decided" in ada.words
    ada.decide(ACCUSED, reason="extraction_error", words="it is a quotation")
    assert "Dismissed (misread by the tool)" in ada.words
    (decision,) = room.desk.standing(ACCUSED).decisions
    assert (decision.editor, decision.words) == ("Ada", "it is a quotation")
    for name in (COST, AGREED):
        ada.decide(name, act="confirm")
    assert "Nothing is left to decide" in ada.words
    assert "4 of 4 decided" in ada.words


def test_undo_and_redo_lead_back_to_the_finding(ada, room) -> None:
    ada.decide(INJURED, act="confirm")
    ada.decide(ACCUSED, reason="update")
    assert "Undone: dismissed (a later figure)" in room_words(ada, "/undo")
    assert f"/finding/{ACCUSED}/decide" in ada.page
    assert "Undone: confirmed" in room_words(ada, "/undo")
    assert room.desk.progress() == (0, 4)
    assert 'id="undo" disabled' in ada.page
    assert "Done again: confirmed" in room_words(ada, "/redo")
    assert "Done again: dismissed" in room_words(ada, "/redo")
    assert room.desk.progress() == (2, 4)
    assert room.desk._store.last() == 6, "undo and redo are entries of the log too"


def room_words(editor, path: str) -> str:
    editor.post(path)
    return editor.words


def test_notes_assignments_and_second_thoughts(ada, ben) -> None:
    ada.decide(INJURED, act="note", words="ring the hospital")
    assert f"/finding/{INJURED}/decide" in ada.page, "a note does not lead away"
    ada.post(f"/finding/{INJURED}/decide", act="assign", words="Ben")
    assert "Assigned to Ben" in ada.words
    ben.get("/?show=mine")
    assert f'id="f-{INJURED}"' in ben.page
    assert ben.page.count('class="row"') == 1
    ben.decide(INJURED, act="confirm")
    ben.get(f"/finding/{INJURED}")
    assert "now: confirmed" in ben.words
    ben.post(f"/finding/{INJURED}/decide", act="reopen")
    assert "now: confirmed" not in ben.words


def test_two_editors_who_differ_are_both_shown(ada, ben) -> None:
    ada.decide(INJURED, act="confirm")
    ben.decide(INJURED, reason="other_role", words="<b>hurt</b> is not treated")
    ada.get(f"/finding/{INJURED}")
    assert "Editors disagree on this finding; both decisions are kept." in ada.words
    assert "Ada confirmed" in ada.words
    assert "Ben dismissed: another role: <b>hurt</b> is not treated" in ada.words
    assert "<b>" not in ada.page
    ada.get("/?show=disputed")
    assert ada.page.count('class="row"') == 1


def test_what_others_do_comes_with_the_next_look(ada, ben) -> None:
    page = ada.get(f"/finding/{INJURED}")
    assert f'hx-get="/live?since=0&amp;finding={INJURED}"' in page
    assert ada.client.get(f"/live?since=0&finding={INJURED}").status_code == 204
    ben.decide(INJURED, reason="update")
    answer = ada.get(f"/live?since=0&finding={INJURED}")
    assert "Ben: dismissed (a later figure): How many people were injured" in ada.words
    assert 'hx-swap-oob="true"' in answer
    assert "since=1&amp;finding=" in answer
    assert ada.client.get(f"/live?since=1&finding={INJURED}").status_code == 204
    queue = ada.get("/live?since=0&show=all")
    assert 'class="state dismissed"' in queue
    assert ada.client.get("/live?since=0&finding=none").status_code == 404


def test_one_s_own_decisions_are_no_news(ada) -> None:
    ada.decide(INJURED, act="confirm")
    assert 'id="news"' not in ada.get("/live?since=0")


@pytest.fixture
def crowd(tmp_path: Path, room) -> Desk:
    room.desk = make_desk(tmp_path, report_object(many_findings(120, alike=12)))
    return room.desk


def test_all_alike_are_decided_at_one_stroke_and_undone_at_one(crowd, room) -> None:
    ada = room.editor("Ada")
    first = crowd.docket.rows[0].id
    ada.get(f"/finding/{first}")
    assert "and all alike: 11 more with the same words" in ada.words
    ada.post(f"/finding/{first}/decide", reason="not_important", alike="yes")
    assert "and 11 alike" in ada.words
    assert crowd.progress() == (12, 120)
    ada.post("/undo")
    assert crowd.progress() == (0, 120)


def test_all_alike_leaves_alone_what_one_has_decided_already(crowd, room) -> None:
    ada = room.editor("Ada")
    first, second = crowd.docket.rows[:2]
    assert first.likeness == second.likeness
    ada.decide(second.id, act="confirm")
    ada.decide(first.id, reason="update", alike="yes")
    assert crowd.standing(second.id).state is State.CONFIRMED
    assert crowd.progress() == (12, 120)


def test_the_queue_has_pages_and_filters(crowd, room) -> None:
    ada = room.editor("Ada")
    page = ada.get("/")
    assert "120 findings, page 1 of 3" in ada.words
    assert page.count('class="row"') == 50
    assert ada.get("/?page=3").count('class="row"') == 20
    assert ada.get("/?page=99").count('class="row"') == 20
    assert ada.get("/?search=A100%207%20people").count('class="row"') == 0
    assert ada.get("/?search=A100%209%20PEOPLE").count('class="row"') == 12
    assert ada.get("/?search=tram").count('class="row"') == 0
    assert "Nothing here fits" in ada.words
    assert ada.get("/?kind=contradiction&rule=casualties.injured&event=E1").count('class="row"') == 50
    assert ada.get("/?kind=update").count('class="row"') == 0
    alike = ada.get(f"/?show=all&alike={crowd.docket.rows[0].id}")
    assert alike.count('class="row"') == 12
    assert ada.get("/?page=-1&show=bogus&kind=<script>").count('class="row"') == 50


def test_next_and_previous_stay_among_what_was_asked_for(crowd, room) -> None:
    ada = room.editor("Ada")
    wanted = [row.id for row in crowd.docket.rows if row.likeness == crowd.docket.rows[30].likeness]
    query = f"?show=all&alike={wanted[0]}"
    page = ada.get(f"/finding/{wanted[5]}{query}")
    assert f'id="to-after" rel="next" href="/finding/{wanted[6]}?show=all&amp;alike={wanted[0]}"' in page
    assert f'id="to-before" rel="prev" href="/finding/{wanted[4]}?' in page


def test_stale_decisions_are_listed(tmp_path: Path, room) -> None:
    Store(tmp_path / "decisions.sqlite").append([entry("Cy"), entry("Cy", "note", words="see the log book")])
    room.desk = make_desk(tmp_path, {**FERRY, "findings": FERRY["findings"][1:]})
    ada = room.editor("Ada")
    assert "1 earlier decision is about findings that this report does not hold" in ada.words
    ada.get("/stale")
    assert "“Nine people” ↔ against “Six passengers”" in ada.words
    assert "Cy confirmed" in ada.words
    assert "see the log book" in ada.words


def test_decisions_of_another_desk_are_seen(ada, room, tmp_path: Path) -> None:
    other = Desk(load_docket(report_file(tmp_path)), Store(tmp_path / "decisions.sqlite"))
    other.decide("Zoe", [INJURED], Act.CONFIRM)
    ada.get(f"/finding/{INJURED}")
    assert "Zoe confirmed" in ada.words


@pytest.mark.parametrize("fields", [{}, {"act": "delete"}, {"act": "dismiss"}, {"reason": "bogus"}, {"act": "note", "words": " "}])
def test_a_form_that_decides_nothing_changes_nothing(ada, room, fields: dict[str, str]) -> None:
    ada.decide(INJURED, status=400, **fields)
    assert "Nothing was changed" in ada.words
    assert room.desk._store.last() == 0


def test_what_is_known_or_suppressed_is_no_work_left(room, tmp_path: Path) -> None:
    taken = {"finding": INJURED, "kind": "suppressed", "reason": "two <days>", "by": "Cy", "until": None}
    room.desk = make_desk(tmp_path, {**FERRY, "accepted": [taken]})
    ada = room.editor("Ada")
    page = ada.get("/")
    assert f'id="f-{INJURED}"' not in page
    assert "0 of 3 decided" in ada.words
    assert "two &lt;days&gt;" in ada.get("/?show=all")
    assert "two &lt;days&gt;" in ada.get(f"/finding/{INJURED}")
    ada.post(f"/finding/{INJURED}/decide", act="confirm")
    assert room.desk.progress() == (1, 4)


def test_an_unknown_finding_is_told_in_a_line(ada) -> None:
    assert "This report has no such finding." in ada.get("/finding/none", 404)
    assert "There is no such page." in ada.get("/nowhere", 404)


def test_a_crash_shows_neither_trace_nor_place(room, monkeypatch) -> None:
    ada = room.editor("Ada")
    monkeypatch.setattr(room.desk, "queue", lambda *_: [][1])
    page = ada.get("/", 500)
    assert "Internal error (IndexError)." in page
    assert "Traceback" not in page
    assert str(Path.cwd()) not in page


def test_a_disk_that_is_full_is_told_and_nothing_is_claimed_to_be_saved(room, tmp_path: Path, monkeypatch) -> None:
    ada = room.editor("Ada")
    ada.get(f"/finding/{INJURED}")

    def full(*_: object) -> bool:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(room.desk._store, "_add", full)
        page = ada.client.post(f"/finding/{INJURED}/decide", data={"csrf": ada.csrf, "act": "confirm"})
    assert page.status_code == 500
    assert "decisions.sqlite: nothing was saved (database or disk is full); check the free space and try again" in page.text
    assert str(tmp_path) not in page.text
    ada.decide(INJURED, act="confirm")
    assert room.desk.progress() == (1, 4)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda report: report["findings"][0].pop("rule"), "findings/0: "),
        (lambda report: report["findings"][0].update(priority=9), "findings/0/priority: "),
        (lambda report: report["findings"][0]["sides"][0]["evidence"][0].update(article="ghost"), "quotes an article 'ghost'"),
        (lambda report: report["findings"].append(report["findings"][0]), "has the id"),
        (lambda report: report["claims"][0].update(article="ghost"), "is of an article 'ghost'"),
        (lambda report: report["findings"][0].update(event="E9"), "of an event 'E9'"),
        (lambda report: report.update(evil="x" * 5000), "the whole: "),
    ],
)
def test_a_report_that_is_not_whole_is_told_in_one_line(tmp_path: Path, change, what: str) -> None:
    report = json.loads(json.dumps(FERRY))
    change(report)
    with pytest.raises(InputError) as told:
        load_docket(report_file(tmp_path, report))
    assert what in str(told.value)
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 600


def test_figures_that_fit_no_text_do_no_harm(tmp_path: Path, room) -> None:
    report = json.loads(json.dumps(FERRY))
    evidence = report["findings"][0]["sides"][0]["evidence"][0]
    evidence.update(start=10**9, end=3, quote="<i>not there</i>")
    report["articles"][1]["published"] = "last week"
    room.desk = make_desk(tmp_path, report)
    page = room.editor("Ada").get(f"/finding/{INJURED}")
    assert "<mark>&lt;i&gt;not there&lt;/i&gt;</mark>" in page


def test_ten_thousand_findings_are_no_burden(tmp_path: Path, room) -> None:
    """`make bench-review` asks for 300 ms and 100 ms; on a machine that tests, this only sees that nothing is badly wrong."""
    room.desk = make_desk(tmp_path, report_object(many_findings(10_000)))
    ada = room.editor("Ada")
    began = monotonic()
    ada.get("/")
    assert monotonic() - began < 3
    first = room.desk.docket.rows[0].id
    ada.get(f"/finding/{first}")
    began = monotonic()
    ada.post(f"/finding/{first}/decide", act="confirm")
    assert monotonic() - began < 3
    assert "1 of 10,000 decided" in ada.words


def test_a_passage_shows_the_chain_that_its_own_claim_states_and_no_other(room, monkeypatch) -> None:
    finding = next(one for one in FERRY["findings"] if one["id"] == INJURED)
    told = [(evidence["article"], evidence["claim"]) for side in finding["sides"] for evidence in side["evidence"]]
    claims = room.desk.docket.claims
    names = ("Harbour Post", "Norhaven Wire", "the harbour master")
    links = [{"kind": kind, "name": name} for kind, name in zip(("outlet", "medium", "speaker"), names, strict=True)]
    for place, key in enumerate(told):
        monkeypatch.setitem(claims, key, {**claims[key], "chain": links if place == 0 else []})
    editor = room.editor("Ada")
    editor.get(f"/finding/{INJURED}")
    outlet = room.desk.docket.names[told[0][0]]
    assert editor.words.count("Origin chain:") == 1
    assert f"Origin chain: {outlet} ← has it from Norhaven Wire ← has it from the harbour master" in editor.words
