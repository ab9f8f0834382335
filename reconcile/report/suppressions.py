"""A file of suppressions in, which findings of a report they cover and why out; no suppression stands without a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from reconcile.errors import SettingsError
from reconcile.model import Acceptance, Finding, Outcome, Problem, Report
from reconcile.report.wording import listed, visible
from reconcile.yamltext import Sheet, read_text, read_values

KEYS: Final = ("id", "rule", "outlet", "reason", "by", "until")
SHORTEST_ID: Final = 6
LONGEST: Final = 500
"""Characters of a value."""
EXAMPLE: Final = "suppressions: [{id: 3fa9c1, reason: both figures are right, by: AB, until: 2027-01-31}]"


@dataclass(frozen=True, slots=True)
class Suppression:
    """Which findings to set aside: one by its id, or all of a rule, of an outlet, or of both; `*` and `?` stand for anything."""

    id: str
    rule: str
    outlet: str
    reason: str
    by: str
    until: date | None
    line: int

    def covers(self, finding: Finding, sources: Mapping[str, str]) -> bool:
        """Return whether this entry speaks of the finding."""
        if self.id:
            return finding.id.startswith(self.id)
        outlets = {sources[evidence.article] for side in finding.sides for evidence in side.evidence}
        by_rule = not self.rule or fnmatchcase(finding.rule, self.rule)
        return by_rule and (not self.outlet or any(fnmatchcase(outlet, self.outlet) for outlet in outlets))

    def __str__(self) -> str:
        """Name what the entry speaks of."""
        parts = [f"{name} {value}" for name, value in (("finding", self.id), ("rule", self.rule), ("outlet", self.outlet)) if value]
        return visible(listed(parts))


def load_suppressions(path: Path) -> tuple[Suppression, ...]:
    """Read a file of suppressions. Raises SettingsError with every error, a line each."""
    text, _ = read_text(path, SettingsError)
    sheet = Sheet(path, SettingsError)
    data = read_values(text, sheet)
    rows = data.get("suppressions") if isinstance(data, dict) else None
    if isinstance(data, dict):
        sheet.errors += [_unknown(sheet, (str(key),), key, ("suppressions",)) for key in data if key != "suppressions"]
    if not isinstance(rows, list):
        sheet.errors.append(sheet.error(("suppressions",), f"has no list under 'suppressions'; write: {EXAMPLE}"))
        rows = []
    entries = [entry for place, row in enumerate(rows) if (entry := _entry(row, place, sheet))]
    if sheet.errors:
        first, told = sheet.sorted()[0], "\n".join(str(error) for error in sheet.sorted())
        wrong = SettingsError(first.path, first.line, first.column, told)
        wrong.args = (told,)
        raise wrong
    return tuple(entries)


def _unknown(sheet: Sheet[SettingsError], at: tuple[int | str, ...], key: object, allowed: Sequence[str]) -> SettingsError:
    return sheet.error(at, f"unknown key {str(key)!r}; allowed here: {', '.join(allowed)}")


def _entry(row: object, place: int, sheet: Sheet[SettingsError]) -> Suppression | None:
    at = ("suppressions", place)
    if not isinstance(row, dict):
        sheet.spoil(at, f"an entry must be a mapping with {', '.join(KEYS)}")
        return None
    before = len(sheet.errors)
    sheet.errors += [_unknown(sheet, (*at, str(key)), key, KEYS) for key in row if key not in KEYS]
    sheet.errors += [sheet.error((*at, key), wrong) for key in KEYS if (wrong := _wrong_value(key, row.get(key)))]
    sheet.errors += [sheet.error(at, wrong) for wrong in _wrong_entry(row)]
    if len(sheet.errors) > before:
        return None
    line, _ = sheet.places[at]
    text = {key: str(row.get(key) if row.get(key) is not None else "").strip() for key in KEYS}
    until = date.fromisoformat(text["until"]) if text["until"] else None
    return Suppression(text["id"].lower(), text["rule"], text["outlet"], text["reason"], text["by"], until, line)


def _wrong_value(key: str, value: object) -> str:
    """Return what is wrong with a value, or the empty string."""
    if value is None:
        return ""
    if key == "id" and not isinstance(value, str):
        return f"'id' is {value!r}: put it in quotation marks"
    if not isinstance(value, str):
        return f"{key!r} must be text; put it in quotation marks"
    if not value.strip() or len(value) > LONGEST:
        return f"{key!r} must have 1 to {LONGEST} characters"
    if key == "id" and len(value.strip()) < SHORTEST_ID:
        return f"'id' must have {SHORTEST_ID} characters at the least, so that it means one finding"
    if key == "until":
        try:
            date.fromisoformat(value.strip())
        except ValueError:
            return f"'until' is {value!r}: write a day as 2027-01-31"
    return ""


def _wrong_entry(row: Mapping[str, object]) -> Iterator[str]:
    if not row.get("reason"):
        yield "'reason' is missing: say why, for whoever reads the report"
    named = [key for key in ("id", "rule", "outlet") if row.get(key)]
    if not named:
        yield "give 'id', or 'rule' or 'outlet' or both"
    elif "id" in named and len(named) > 1:
        yield "give 'id' alone, or 'rule' and 'outlet'"


def apply_suppressions(
    report: Report, entries: Sequence[Suppression], path: Path, today: date
) -> tuple[tuple[Acceptance, ...], tuple[Problem, ...]]:
    """Return which conflicts the entries cover, each by the first that does, and which entries cover none or have run out."""
    sources = {article.id: article.source for article in report.articles}
    conflicts = [finding for finding in report.findings if finding.outcome is Outcome.CONFLICT]
    covered: dict[str, Acceptance] = {}
    stale: list[Problem] = []
    for entry in entries:
        found = [finding for finding in conflicts if entry.covers(finding, sources)]
        if entry.until and entry.until < today:
            stale.append(Problem(str(path), f"the suppression of {entry} ran out on {entry.until}; renew it or take it out", entry.line))
        elif not found:
            stale.append(Problem(str(path), f"the suppression of {entry} covers no conflict any more; take it out", entry.line))
        else:
            until = entry.until.isoformat() if entry.until else ""
            for finding in found:
                covered.setdefault(finding.id, Acceptance(finding.id, "suppressed", entry.reason, entry.by, until))
    return tuple(covered.values()), tuple(stale)
