"""How long an editor waits at a desk of 10,000 findings: `make bench-review`.

The findings are those of `reports/report.json`, over and over, each time in articles of their own. The server is a process of its own, as
`reconcile review` starts it; times are those of whole requests, as a browser on this machine would see them.
"""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final
from urllib.parse import urlencode

from tabulate import tabulate

ROOT: Final = Path(__file__).resolve().parent.parent
FINDINGS: Final = 10_000
TIMES: Final = 30
LIMITS: Final = {"first page": 300, "decision": 100}
"""Milliseconds that the first page and a decision may take."""
Json = dict[str, Any]


def large_report(sample: Json, number: int) -> Json:
    """Repeat a report until it has so many findings, each time with other ids and other sentences."""
    copies = [_copy(sample, i) for i in range(-(-number // len(sample["findings"])))]
    lists = ("articles", "claims", "events", "clusters", "findings")
    joined = {name: [entry for copy in copies for entry in copy[name]] for name in lists}
    return {
        **sample,
        **joined,
        "findings": joined["findings"][:number],
        "records": [],
        "rejected": [],
        "copies": [],
        "earlier_versions": [],
    }


def _copy(sample: Json, i: int) -> Json:
    text = json.dumps({name: sample[name] for name in ("articles", "claims", "events", "clusters", "findings")})
    copy: Json = json.loads(text)
    for article in copy["articles"]:
        article.update(id=f"{article['id']}-{i}", events=[f"{event}-{i}" for event in article["events"]])
    for claim in copy["claims"]:
        claim.update(
            id=f"{claim['id']}-{i}", article=f"{claim['article']}-{i}", event=f"{claim['event']}-{i}", text=f"{claim['text']} ({i})"
        )
    for event in copy["events"]:
        event.update(id=f"{event['id']}-{i}", articles=[f"{article}-{i}" for article in event["articles"]])
    for finding in copy["findings"]:
        finding.update(id=f"{finding['id']}-{i}", event=f"{finding['event']}-{i}", cluster=None, origins=[], comparisons=[])
        for evidence in (evidence for side in finding["sides"] for evidence in side["evidence"]):
            evidence.update(article=f"{evidence['article']}-{i}", claim=f"{evidence['claim']}-{i}")
    return {**copy, "clusters": []}


@contextmanager
def desk(report: Path) -> Iterator[tuple[int, float]]:
    """Start a desk and give its port and the seconds until it answered."""
    command = [sys.executable, "-m", "reconcile.cli", "review", str(report), "--port", "0", "--as", "Ada"]
    began = perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        found = re.search(r":(\d+)/", running.stdout.readline())
        assert found, "the desk did not start"
        yield int(found[1]), perf_counter() - began
        running.send_signal(signal.SIGINT)


class Browser:
    """One connection that keeps its cookie."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port)
        self._cookie = ""
        self.page = ""

    def ask(self, method: str, path: str, **fields: str) -> int:
        """Ask for a page, read all of it and return its status."""
        headers = {"cookie": self._cookie, "content-type": "application/x-www-form-urlencoded"}
        self._line.request(method, path, urlencode(fields) if fields else None, headers)
        answer = self._line.getresponse()
        self._cookie = answer.headers.get("set-cookie", self._cookie).partition(";")[0]
        self.page = answer.read().decode() or self.page
        return answer.status

    @property
    def csrf(self) -> str:
        """Return the token of the forms of the page."""
        return self.page.partition('name="csrf" value="')[2][:64]


def timed(act: Callable[[], object]) -> float:
    """Return the milliseconds that something took."""
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def main() -> None:
    sample = json.loads((ROOT / "reports" / "report.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "report.json"
        report.write_text(json.dumps(large_report(sample, FINDINGS)), "utf-8")
        with desk(report) as (port, start):
            browser = Browser(port)
            rows = [("first page, the first time", [timed(lambda: browser.ask("GET", "/"))])]
            rows.append(("first page", [timed(lambda: browser.ask("GET", "/")) for _ in range(TIMES)]))
            names = list(islice(re.findall(r'id="f-([^"]+)"', browser.page), TIMES))
            rows.append(("page of a finding", [timed(lambda n=name: browser.ask("GET", f"/finding/{n}")) for name in names]))  # type: ignore[misc]
            csrf = browser.csrf
            rows.append(("decision", [timed(lambda n=name: _decide(browser, n, csrf)) for name in names]))  # type: ignore[misc]
            rows.append(("search", [timed(lambda: browser.ask("GET", "/?show=all&search=expelled")) for _ in range(TIMES)]))
            rows.append(("look for news", [timed(lambda: browser.ask("GET", f"/live?since={TIMES}")) for _ in range(TIMES)]))
    print(f"{FINDINGS:,} findings; the desk answers after {start:.1f} s")
    print(tabulate([(what, median(took), max(took)) for what, took in rows], headers=("", "median ms", "slowest ms"), floatfmt=".1f"))
    slow = [what for what, took in rows if median(took) > LIMITS.get(what, float("inf"))]
    sys.exit(f"too slow: {', '.join(slow)}" if slow else 0)


def _decide(browser: Browser, finding: str, csrf: str) -> None:
    assert browser.ask("POST", f"/finding/{finding}/decide", csrf=csrf, act="confirm") == 303


if __name__ == "__main__":
    main()
