"""A report in, a file of its conflicts out; and such a file with a later report in, which are known and which are gone out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from reconcile.errors import SettingsError
from reconcile.model import Acceptance, Outcome, Problem, Report
from reconcile.report.json import dump
from reconcile.report.wording import shortened, visible
from reconcile.yamltext import read_text

SCHEMA: Final = "reconcile.baseline/1"
HINT: Final = "make it with `reconcile report --write-baseline FILE`"
KNOWN: Final = "known since the baseline was written"


@dataclass(frozen=True, slots=True)
class Known:
    """A finding that was accepted as it stood; `line` is where the file names it."""

    id: str
    point: str
    line: int


def render_baseline(report: Report) -> str:
    """Write down every conflict of a report by its id, with what it is about for whoever reads the file."""
    conflicts = [finding for finding in report.findings if finding.outcome is Outcome.CONFLICT]
    rows = [
        {"id": f.id, "severity": f.severity.value if f.severity else None, "rule": f.rule, "point": f.point, "message": f.message}
        for f in sorted(conflicts, key=lambda finding: finding.id)
    ]
    return dump({"schema": SCHEMA, "findings": rows})


def load_baseline(path: Path) -> tuple[Known, ...]:
    """Read a file of known findings. Raises SettingsError."""
    text, _ = read_text(path, SettingsError)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise SettingsError(str(path), error.lineno, error.colno, f"is not JSON ({error.msg}); {HINT}") from error
    except RecursionError as error:
        raise SettingsError(str(path), 1, 1, f"is nested too deeply; {HINT}") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("findings"), list):
        raise SettingsError(str(path), 1, 1, f'is no baseline: its "schema" is not "{SCHEMA}"; {HINT}')
    return tuple(_known(data["findings"], text.splitlines(), path))


def _known(rows: Sequence[Any], lines: Sequence[str], path: Path) -> Iterator[Known]:
    seen: set[str] = set()
    for place, row in enumerate(rows, 1):
        name = row.get("id") if isinstance(row, dict) else None
        if not isinstance(name, str) or not name:
            raise SettingsError(str(path), 1, 1, f'finding {place} has no "id"; {HINT}')
        line = next((number for number, text in enumerate(lines, 1) if json.dumps(name, ensure_ascii=False) in text), 1)
        if name not in seen:
            yield Known(name, str(row.get("point") or ""), line)
        seen.add(name)


def apply_baseline(report: Report, known: Sequence[Known], path: Path) -> tuple[tuple[Acceptance, ...], tuple[Problem, ...]]:
    """Return which conflicts of the report are known, and which known ones the report no longer has."""
    there = {finding.id for finding in report.findings if finding.outcome is Outcome.CONFLICT}
    accepted = tuple(Acceptance(entry.id, "known", KNOWN) for entry in known if entry.id in there)
    return accepted, tuple(Problem(str(path), _stale(entry), entry.line) for entry in known if entry.id not in there)


def _stale(entry: Known) -> str:
    about = f" ({visible(shortened(entry.point, 60))})" if entry.point else ""
    return f"finding {visible(entry.id)}{about} is not found any more; take it out, or write the baseline anew"
