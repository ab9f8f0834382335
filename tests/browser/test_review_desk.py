"""The review desk in a real browser: by keyboard alone, by two editors at once, without a script, and as axe-core sees it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from desks import FERRY, INJURED, make_desk, many_findings
from playwright.sync_api import Browser, Page, expect

from reconcile.model import Act, State
from reconcile.report.json import report_object
from reconcile.review import Access, AliasFolder, Desk, listen, make_app

Visit = Callable[..., Page]
ACCUSED, COST, AGREED = (FERRY["findings"][i]["id"] for i in (2, 3, 1))
SOON = 2000
"""Milliseconds within which each editor sees what the others decide."""


class Served:
    """A desk that listens, and can be stopped and started on the same port."""

    def __init__(self, folder: Path, report: dict) -> None:
        self.desk: Desk = make_desk(folder, report)
        self.folder = folder
        self.port = 0
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        opened = listen("127.0.0.1", self.port)
        self.port = opened.getsockname()[1]
        app = make_app(self.desk, AliasFolder(self.folder / "desk-rules"), Access("127.0.0.1", self.port))
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", timeout_graceful_shutdown=1))
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [opened]}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)


@pytest.fixture
def serve(tmp_path: Path, chromium: Browser) -> Iterator[Callable[[dict], Served]]:
    """Open a desk on a report; all windows, which ask for news until they are closed, are closed before it."""
    opened: list[Served] = []

    def open_desk(report: dict) -> Served:
        opened.append(Served(tmp_path, report))
        return opened[-1]

    yield open_desk
    for context in list(chromium.contexts):
        context.close()
    for desk in opened:
        desk.stop()


@pytest.fixture
def served(serve: Callable[[dict], Served]) -> Served:
    return serve(FERRY)


def come_in(visit: Visit, served: Served, name: str, path: str = "/", **more: object) -> Page:
    page = visit(served.address, hash=path, **more)
    page.keyboard.type(name)  # the field has the focus
    page.keyboard.press("Enter")
    page.wait_for_url(served.address + path)
    return page


def state(served: Served, finding: str = INJURED) -> State:
    served.desk.refresh()
    return served.desk.standing(finding).state


def test_the_whole_flow_by_keyboard_alone(visit: Visit, served: Served) -> None:
    page = come_in(visit, served, "Ada Lindqvist")
    keys = page.keyboard
    expect(page.locator("a.row")).to_have_count(4)
    keys.press("j")
    expect(page.locator(f"#f-{INJURED}")).to_be_focused()
    keys.press("j")
    keys.press("k")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("How many people were injured")
    keys.press("n")
    keys.type("ring the hospital; a j k u ? are letters here")
    keys.press("Enter")
    expect(page.locator("#standing")).to_contain_text("ring the hospital; a j k u ? are letters here")
    keys.press("a")
    expect(page.locator("#message")).to_contain_text("Confirmed: How many people were injured")
    expect(page.get_by_role("heading", level=1)).to_have_text("A named person accused")
    assert state(served) is State.CONFIRMED
    keys.press("r")
    expect(page.locator("#dismiss button").first).to_be_focused()
    keys.press("5")
    expect(page.locator("#message")).to_contain_text("Dismissed (misread by the tool)")
    assert state(served, ACCUSED) is State.DISMISSED
    keys.press("u")
    expect(page.locator("#message")).to_contain_text("Undone: dismissed (misread by the tool)")
    assert state(served, ACCUSED) is State.OPEN
    keys.press("u")
    expect(page.locator("#message")).to_contain_text("Undone: confirmed")
    keys.press("u")
    expect(page.locator("#message")).to_contain_text("Undone: noted")
    expect(page.locator("#undo")).to_be_disabled()
    keys.press("u")
    for _ in range(3):
        keys.press("Shift+U")
        expect(page.locator("#message")).to_contain_text("Done again:")
        page.wait_for_timeout(200)
    assert (state(served), state(served, ACCUSED)) == (State.CONFIRMED, State.DISMISSED)
    keys.press("j")
    expect(page.get_by_role("heading", level=1)).to_have_text("A number")
    keys.press("r")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.locator("#message")).to_contain_text("Dismissed (another role)")
    keys.press("q")
    expect(page.locator("a.row")).to_have_count(1)
    keys.press("/")
    expect(page.locator("#search")).to_be_focused()
    keys.type("lighthouse")
    keys.press("Enter")
    expect(page.locator("#queue")).to_contain_text("Nothing here fits")


def test_every_control_can_be_reached_by_tab_and_seen_to_have_the_focus(visit: Visit, served: Served) -> None:
    page = come_in(visit, served, "Ada", f"/finding/{INJURED}")
    wanted = page.evaluate("document.querySelectorAll('main a[href], main button:enabled, main input:not([type=hidden])').length")
    page.locator("#main").focus()
    reached = set()
    for _ in range(wanted):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
        assert (
            page.evaluate("document.activeElement.matches(':focus-visible') && getComputedStyle(document.activeElement).outlineStyle")
            == "solid"
        )
    assert len(reached) == wanted
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_single_keys_can_be_turned_off(visit: Visit, served: Served) -> None:
    page = come_in(visit, served, "Ada", f"/finding/{INJURED}")
    page.keyboard.press("?")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    assert state(served) is State.OPEN
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("checkbox", name="Single keys")).not_to_be_checked()


def test_two_browsers_see_each_other_and_a_disagreement_is_shown(visit: Visit, served: Served) -> None:
    ada, ben = come_in(visit, served, "Ada", f"/finding/{INJURED}"), come_in(visit, served, "Ben", "/?show=all")
    note = ada.locator("#note")
    note.fill("half a sentence")
    ben.locator(f"#f-{INJURED}").focus()
    served.desk.decide("Cy", [INJURED], Act.CONFIRM)
    began = monotonic()
    expect(ada.locator("#standing")).to_contain_text("Cy confirmed", timeout=SOON)
    expect(ben.locator(f"#f-{INJURED}")).to_contain_text("confirmed", timeout=SOON)
    assert monotonic() - began < 2 * SOON / 1000
    expect(ada.locator("#news")).to_have_text("Cy: confirmed: How many people were injured")
    assert note.input_value() == "half a sentence"
    expect(note).to_be_focused()
    expect(ben.locator(f"#f-{INJURED}")).to_be_focused()
    expect(ben.locator("#progress")).to_contain_text("1 of 4 decided")
    ben.keyboard.press("Enter")
    expect(ben.get_by_role("heading", level=1)).to_have_text("How many people were injured")
    ben.keyboard.press("r")
    ben.keyboard.press("1")
    expect(ben.locator("#message")).to_contain_text("Dismissed (another event)")
    expect(ada.locator("#standing")).to_contain_text("Editors disagree", timeout=SOON)
    expect(ada.locator("#standing")).to_contain_text("Ben dismissed: another event")
    assert state(served) is State.DISPUTED
    assert [decision.editor for decision in served.desk.standing(INJURED).decisions] == ["Cy", "Ben"]


def test_a_reload_in_the_middle_changes_nothing(visit: Visit, served: Served) -> None:
    page = come_in(visit, served, "Ada", f"/finding/{INJURED}")
    page.keyboard.press("a")
    expect(page.locator("#message")).to_contain_text("Confirmed")
    assert "done=" not in page.url
    before = served.desk.refresh()
    for _ in range(3):
        page.reload()
    expect(page.locator("#message")).to_be_empty()
    page.go_back()
    page.reload()
    expect(page.locator("#standing")).to_contain_text("Ada confirmed")
    assert served.desk.refresh() == before
    page.keyboard.press("u")
    expect(page.locator("#message")).to_contain_text("Undone")
    assert state(served) is State.OPEN


def test_a_double_press_decides_once(visit: Visit, served: Served) -> None:
    page = come_in(visit, served, "Ada", f"/finding/{INJURED}")
    page.evaluate("for (let i = 0; i < 3; i++) document.getElementById('confirm').click()")
    expect(page.locator("#message")).to_contain_text("Confirmed")
    assert served.desk.refresh() == 1


def test_all_alike_in_one_press(visit: Visit, serve: Callable[[dict], Served]) -> None:
    served = serve(report_object(many_findings(30, alike=6)))
    first = served.desk.docket.rows[0].id
    page = come_in(visit, served, "Ada", f"/finding/{first}")
    page.get_by_label("and all alike: 5 more with the same words").check()
    page.keyboard.press("r")
    page.keyboard.press("6")
    expect(page.locator("#message")).to_contain_text("and 5 alike")
    expect(page.locator("#progress")).to_contain_text("6 of 30 decided")
    page.keyboard.press("u")
    expect(page.locator("#progress")).to_contain_text("0 of 30 decided")


def test_when_the_server_is_gone_the_page_says_so_and_goes_on_when_it_is_back(served: Served, chromium) -> None:
    page = chromium.new_context().new_page()
    page.goto(served.address + f"/finding/{INJURED}")
    page.fill("#name", "Ada")
    page.keyboard.press("Enter")
    page.wait_for_selector("#verdict")
    served.stop()
    expect(page.locator("#offline")).to_be_visible(timeout=5000)
    served.start()
    expect(page.locator("#offline")).to_be_hidden(timeout=5000)
    page.keyboard.press("a")  # the form is of the server that is gone
    expect(page.locator("main")).to_contain_text("This page is older than the desk that runs now; nothing was changed.")
    page.keyboard.press("q")
    expect(page.locator("a.row")).to_have_count(4)


def test_everything_can_be_done_without_a_script(visit: Visit, served: Served) -> None:
    page = visit(served.address, hash="/", javascript=False)
    page.fill("#name", "Ada")
    page.get_by_role("button", name="Go to the findings").click()
    page.locator(f"#f-{INJURED}").click()
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("#message")).to_contain_text("Confirmed")
    page.get_by_role("button", name="a later figure").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#message")).to_contain_text("Undone: dismissed (a later figure)")
    page.get_by_role("button", name="Redo").click()
    page.get_by_role("textbox", name="Note").fill("later")
    page.get_by_role("button", name="Add note").click()
    expect(page.locator("#standing")).to_contain_text("later")
    page.get_by_role("link", name="Queue").click()
    page.get_by_label("Show", exact=False).first.select_option("decided")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("a.row")).to_have_count(2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Visit, served: Served, scheme: str) -> None:
    served.desk.decide("Cy", [INJURED, AGREED], Act.CONFIRM)
    served.desk.decide("Cy", [INJURED], Act.ASSIGN, words="Di")
    page = visit(served.address, hash="/", color_scheme=scheme)
    assert_accessible(page)
    page.keyboard.type("Ben")
    page.keyboard.press("Enter")
    page.wait_for_selector("#queue")
    served.desk.decide("Ben", [INJURED], Act.REOPEN)
    for path in ("/?show=all", "/?search=x", f"/finding/{INJURED}?show=all", f"/finding/{AGREED}", f"/finding/{INJURED}/same", "/stale"):
        page.goto(served.address + path)
        assert_accessible(page)
    page.keyboard.press("?")
    assert_accessible(page)


def assert_accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert not found, json.dumps([{**one, "nodes": [node["html"] for node in one["nodes"]]} for one in found], indent=1)[:3000]


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_page_scrolls_sideways(visit: Visit, served: Served, width: int) -> None:
    page = come_in(visit, served, "Ada", "/?show=all", width=width)
    for path in ("/?show=all", f"/finding/{INJURED}", f"/finding/{INJURED}/same"):
        page.goto(served.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_markup_in_an_article_runs_nowhere(visit: Visit, serve: Callable[[dict], Served]) -> None:
    report = json.loads(json.dumps(FERRY))
    payload = "<img src=x onerror=window.pwned=1><script>window.pwned=1</script>"
    for claim in report["claims"]:
        claim["text"] = payload + claim["text"]
    for finding in report["findings"]:
        finding.update(point=payload, message=payload)
        for side in finding["sides"]:
            for evidence in side["evidence"]:
                evidence["quote"] = payload
    served = serve(report)
    page = come_in(visit, served, payload[:60], "/?show=all")
    for path in ("/?show=all", f"/finding/{INJURED}"):
        page.goto(served.address + path)
        page.wait_for_timeout(200)
        assert page.evaluate("window.pwned") is None
        assert page.locator("main img, main script").count() == 0
    page.keyboard.press("a")
    expect(page.locator("#message")).to_contain_text("<img src=x")
    assert page.evaluate("window.pwned") is None
