"""Measure the HTML report of 500 articles: how large it is, and how soon a browser shows it and answers.

    python benchmarks/html_page.py [INCIDENTS] [--articles N] [--json]

The articles are those of the first incidents in ../shared/data/gva, each with the two to four articles that were written on it. The page is
opened five times in the system's Chromium, each time in a new window; times are medians. "Load" is until the browser's load event, "first
finding" until the first finding has a place on the screen, both from the call that opens the page. "Step" is the key j, "search" a
word typed into the search box, each until the next frame. (The module cannot be called html.py: every library that imports the standard
library's html would get it.)
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median

from ecbplus import read_lines
from incidents import DATA, articles_of
from playwright.sync_api import Browser, Page, sync_playwright
from tabulate import tabulate

from reconcile.model import Article
from reconcile.models.embedder import SentenceEmbedder
from reconcile.models.parser import SpacyParser
from reconcile.pipeline import build_report
from reconcile.report.html import render_html
from reconcile.rules import load_rules

ARTICLES = 500
TIMES = 5
NEXT_FRAME = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"


def corpus(path: Path) -> Iterator[Article]:
    """Yield the articles of one incident after the other."""
    for incident in read_lines(path):
        yield from articles_of(incident)


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def open_once(browser: Browser, address: str) -> dict[str, float]:
    """Open the page in a new window and use it; return the times in seconds."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    start = time.perf_counter()
    page.goto(address, wait_until="load")
    load = time.perf_counter() - start
    page.locator(".finding").first.wait_for(state="visible")
    page.evaluate(NEXT_FRAME)
    found = time.perf_counter() - start
    times = {"load": load, "first finding": found, "step": timed(lambda: _press(page)), "search": timed(lambda: _search(page))}
    page.close()
    return times


def _press(page: Page) -> None:
    page.keyboard.press("j")
    page.evaluate(NEXT_FRAME)


def _search(page: Page) -> None:
    page.locator("input[name='words']").fill("police")
    page.evaluate(NEXT_FRAME)


def measure(page: str, browser: Browser, folder: Path) -> dict[str, float]:
    """Return the size and the times of a page."""
    file = folder / "page.html"
    file.write_text(page, "utf-8")
    runs = [open_once(browser, file.as_uri()) for _ in range(TIMES)]
    times = {name: round(median(run[name] for run in runs), 2) for name in runs[0]}
    return {"megabytes": round(file.stat().st_size / 1e6, 2), **times}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("incidents", nargs="?", type=Path, default=DATA / "incidents_dev.jsonl.gz")
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not given.incidents.is_file() or not chromium:
        sys.exit(f"needs {given.incidents} and a Chromium on the PATH")
    report = build_report(list(islice(corpus(given.incidents), given.articles)), load_rules(), SpacyParser(), SentenceEmbedder())
    start = time.perf_counter()
    page = render_html(report)
    figures: dict[str, float] = {"articles": len(report.articles), "findings": len(report.findings) + len(report.rejected)}
    figures["seconds to write"] = round(time.perf_counter() - start, 1)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium)
        figures |= measure(page, browser, Path(folder))
        browser.close()
    print(json.dumps(figures) if given.json else tabulate(figures.items(), headers=("what", "measured")))


if __name__ == "__main__":
    main()
