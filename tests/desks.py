"""The ferry story as the review desk gets it, with editors who decide; and a desk of as many findings as one likes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from ferry import conflict, ferry_report, make_article, make_claims, make_report

from reconcile.decisions import Entry, new_id, subjects_of
from reconcile.model import Report
from reconcile.report.json import report_object
from reconcile.review import Desk, load_docket
from reconcile.store import Store

FERRY = report_object(ferry_report())
INJURED = FERRY["findings"][0]["id"]


def report_file(folder: Path, report: dict[str, Any] = FERRY) -> Path:
    path = folder / "report.json"
    path.write_text(json.dumps(report), "utf-8")
    return path


def ticking() -> Callable[[], str]:
    """Make a clock that is a second later at each look."""
    seconds = count()

    def now() -> str:
        at = next(seconds)
        return f"2026-03-04T23:{40 + at // 60:02}:{at % 60:02}.000Z"

    return now


def make_desk(folder: Path, report: dict[str, Any] = FERRY) -> Desk:
    return Desk(load_docket(report_file(folder, report)), Store(folder / "decisions.sqlite"), ticking())


def entry(editor: str = "Ada", act: str = "confirm", finding: str = INJURED, report: dict[str, Any] = FERRY, **more: Any) -> Entry:
    """Make an entry about a finding, or about a step where a target is given."""
    subject = None if "target" in more else subjects_of(report)[finding].model_dump()
    values = {"id": new_id(), "step": new_id(), "at": "2026-03-04T23:40:00.000Z", "editor": editor, "act": act, "subject": subject}
    return Entry.model_validate({**values, **more})


def dismissal(editor: str = "Ben", reason: str = "other_event", **more: Any) -> Entry:
    return entry(editor, "dismiss", reason=reason, **more)


def many_findings(number: int, alike: int = 10) -> Report:
    """Make a report of so many conflicts, of which each run of `alike` has the same words."""
    articles, claims, findings = [], [], []
    for i, j in _pairs(number, alike):
        a = make_article(f"a{i}", f"Boat {i} came in.\n{j} people were hurt on boat {i}, police said.\nThe harbour was closed.")
        b = make_article(f"b{i}", f"Boat {i} was late.\n{j + 3} passengers were injured on boat {i}.\nRepairs go on.")
        told = make_claims(a), make_claims(b)
        words = f"{j} people", f"{j + 3} passengers"
        findings.append(conflict((told[0][1], told[1][1]), words, values=(j, j + 3), name=f"{i:012x}"))
        articles += [a, b]
        claims += [*told[0], *told[1]]
    return replace(make_report(articles, claims), findings=tuple(findings))


def _pairs(number: int, alike: int) -> Iterator[tuple[int, int]]:
    return ((i, i // alike) for i in range(number))
