"""The ferry story as the review desk gets it, with editors who decide; and a desk of as many findings as one likes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from ferry import conflict, ferry_report, make_article, make_claims, make_report

from reconcile.decisions import Entry, new_id, subjects_of
from reconcile.decisions.store import Store
from reconcile.model import Report
from reconcile.report.json import report_object
from reconcile.review import Desk, load_docket

FERRY = report_object(ferry_report())
TO_A_PAIR = 100
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
    """Make a report of so many conflicts, of which each run of `alike` has the same words; a hundred to a pair of articles."""
    articles, claims, findings = [], [], []
    for first in range(0, number, TO_A_PAIR):
        boats = range(first, min(number, first + TO_A_PAIR))
        a = make_article(f"a{first}", "\n".join(f"On boat {i}, {i // alike} people were hurt." for i in boats))
        b = make_article(f"b{first}", "\n".join(f"On boat {i}, {i // alike + 3} passengers were injured." for i in boats))
        told = make_claims(a), make_claims(b)
        for i, pair in zip(boats, zip(*told, strict=True), strict=True):
            low, high = i // alike, i // alike + 3
            findings.append(conflict(pair, (f"{low} people", f"{high} passengers"), values=(low, high), name=f"{i:012x}"))
        articles += [a, b]
        claims += [*told[0], *told[1]]
    return replace(make_report(articles, claims), findings=tuple(findings))
