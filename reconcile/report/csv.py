"""A report in, its tables as CSV out, readable by a spreadsheet and harmless to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from reconcile.model import Report
from reconcile.report.tables import claims_table, fields_table, findings_table, sound

if TYPE_CHECKING:
    import pandas as pd

FORMULA: Final = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
"""First characters by which a spreadsheet takes a text for a formula; such a cell gets an apostrophe in front."""


def findings_csv(report: Report) -> str:
    """Return a line for each piece of evidence, in the report's order; the exact words, without any apostrophe, are in report.json."""
    return _csv(findings_table, report)


def claims_csv(report: Report) -> str:
    """Return a line for each claim."""
    return _csv(claims_table, report)


def fields_csv(report: Report) -> str:
    """Return a line for each value."""
    return _csv(fields_table, report)


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, whatever blanks it looks past, and no reader for two lines."""
    one = sound(cell).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{one}" if one.startswith(FORMULA) or one.lstrip().startswith(FORMULA) else one


def _csv(make: Callable[[Report], pd.DataFrame], report: Report) -> str:
    table = make(report).astype(object)
    safe = table.map(lambda cell: harmless(cell) if isinstance(cell, str) else cell)
    return str(safe.to_csv(index=False, lineterminator="\n"))
