"""Files of known and suppressed findings in, a report that marks them out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from reconcile.errors import OutputError, SettingsError
from reconcile.model import Problem, Report
from reconcile.report.baseline import apply_baseline, load_baseline, render_baseline
from reconcile.report.suppressions import apply_suppressions, load_suppressions


def accept(baseline: Path | None, suppressions: Path | None) -> Callable[[Report], Report]:
    """Read both files, and return what marks a report with them; a suppression, which has a reason, goes before what is known."""
    known = load_baseline(baseline) if baseline else ()
    entries = load_suppressions(suppressions) if suppressions else ()

    def mark(report: Report) -> Report:
        accepted, stale = {}, list[Problem]()
        if baseline:
            found, gone = apply_baseline(report, known, baseline)
            accepted.update({acceptance.finding: acceptance for acceptance in found})
            stale += gone
        if suppressions:
            found, gone = apply_suppressions(report, entries, suppressions, date.today())
            accepted.update({acceptance.finding: acceptance for acceptance in found})
            stale += gone
        files = {"baseline": baseline, "suppressions": suppressions}
        options = {**report.options, **{name: str(path) for name, path in files.items() if path}}
        return replace(report, accepted=tuple(accepted[name] for name in sorted(accepted)), stale=tuple(stale), options=options)

    return mark


def save_baseline(report: Report, path: Path) -> None:
    """Write the conflicts down; a file that is there and is no baseline is left alone. Raises OutputError."""
    if path.exists():
        try:
            load_baseline(path)
        except SettingsError as error:
            raise OutputError(f"{path}: is there and is no baseline, so it was left alone; name another file") from error
    try:
        path.write_text(render_baseline(report), encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or type(error).__name__})") from error
