"""A real Chromium for the tests of pages: what a page asks for, says on the console or throws is watched, and nothing of it may happen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "no Chromium on the PATH: `apt-get install chromium` (make test does so where root may)"

Visit = Callable[..., Page]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Start the system's browser once for all tests of this folder; where there is none they are skipped, in CI they fail."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path)
        yield started
        started.close()


@dataclass(slots=True)
class Watch:
    """What a page did that it must not do."""

    allowed: tuple[str, ...]
    """Beginnings of the addresses that may be asked for."""
    faults: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Note every foreign request, every warning on the console and every error thrown."""
        page.on("request", lambda request: self._request(request.url))
        page.on("console", lambda message: self._say(message))
        page.on("pageerror", lambda error: self._throw(error))

    def _request(self, url: str) -> None:
        if not url.startswith(self.allowed):
            self.faults.append(f"asked for {url}")

    def _say(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text}")

    def _throw(self, error: Error) -> None:
        self.faults.append(f"threw {error}")


@pytest.fixture
def visit(chromium: Browser, tmp_path: Path) -> Iterator[Visit]:
    """Open a page, given as its text or as an address, in a window of its own; at the end of the test it must have kept quiet.

    `visit(page, hash="#f-1", width=390, height=844, javascript=False, color_scheme="dark", …)`: what is not named here goes to Playwright's
    `new_context`. Motion is reduced unless a test says otherwise, so that a jump is over when the call returns.
    """
    watched: list[Watch] = []

    def open_page(page: str, *, hash: str = "", width: int = 1440, height: int = 900, javascript: bool = True, **more: Any) -> Page:
        address = page
        if "\n" in page:
            file = tmp_path / "page.html"
            file.write_text(page, "utf-8")
            address = file.as_uri()
        watch = Watch((address,))
        watched.append(watch)
        settings = {"reduced_motion": "reduce", "locale": "en-GB", "timezone_id": "UTC", **more}
        context = chromium.new_context(viewport={"width": width, "height": height}, java_script_enabled=javascript, **settings)
        opened = context.new_page()
        opened.set_default_timeout(5000)
        watch.follow(opened)
        opened.goto(address + hash)
        return opened

    yield open_page
    for context in list(chromium.contexts):
        context.close()
    assert not [fault for watch in watched for fault in watch.faults]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that the pages were not opened at all."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if MISSING in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"PAGES NOT TESTED: {len(skipped)} browser tests were skipped: {MISSING}", red=True, bold=True)
