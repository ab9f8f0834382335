"""`reconcile report`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from reconcile.cli.group import FINDINGS, example, main
from reconcile.cli.options import decisions_option, embedder_option, parsers_option, rules_option, scorer_option
from reconcile.cli.running import build, load_decisions, tell_earlier, tell_problems, with_decisions
from reconcile.model import Outcome, Severity

if TYPE_CHECKING:
    from reconcile.model import Report

LOUD: Final = (Severity.CONTRADICTION, Severity.TENSION)
GRAVITY: Final = {"contradiction": LOUD[:1], "tension": LOUD, "any": tuple(Severity)}
"""Severities that each value of --fail-on counts."""


def _formats(ctx: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    """Split and check a comma-separated list of formats."""
    known = ("md", "json", "csv")
    names = tuple(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise click.BadParameter(f"{', '.join(map(repr, unknown)) or 'nothing'} given; choose from {', '.join(known)}")
    return names


@main.command(epilog=example("reconcile report seeds -o reports --fail-on contradiction"))
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    default="reports",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where to write; made if need be.",
)
@rules_option
@click.option(
    "--format",
    "formats",
    metavar="LIST",
    default="md,json",
    show_default=True,
    callback=_formats,
    help="What to write: any of md, json and csv.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["contradiction", "tension", "any"]),
    help="Exit with 1 if there is a conflict as grave as this, or graver.",
)
@click.option("--allow-fetch", is_flag=True, help="Fetch a PATH that is an http or https address; without it, no network is used.")
@decisions_option
@embedder_option
@scorer_option
@parsers_option
def report(
    paths: tuple[str, ...],
    folder: Path,
    rules_folders: tuple[Path, ...],
    formats: tuple[str, ...],
    fail_on: str | None,
    allow_fetch: bool,
    decisions: Path | None,
    embedder: str | None,
    scorer: str,
    parsers: tuple[str, ...],
) -> None:
    """Compare all articles under PATH… and write consistency.md and report.json.

    PATH is a file, a folder of files, or - for JSON lines on standard input. Files are saved pages (.html, .mhtml), documents (.pdf, .docx,
    .txt, .md), records (.jsonl, .json, .csv, ninjs), feeds (.rss, .atom, .xml) and web archives (.warc).
    """
    from reconcile.reading import read_paths
    from reconcile.report.writing import write_report

    entries = load_decisions(decisions) if decisions else None  # before the articles: a wrong file is told at once
    reading = read_paths(paths, allow_fetch=allow_fetch)
    tell_problems(reading.problems)
    tell_earlier(reading.earlier)
    made = build(reading, rules_folders, embedder, scorer, parsers)
    if entries is not None:
        made = with_decisions(made, entries)
    files = write_report(made, folder, formats)
    click.echo(_summary(made, files))
    if fail_on and _grave_enough(made, fail_on):
        sys.exit(FINDINGS)


def _summary(made: Report, files: Sequence[Path]) -> str:
    """Say in one line what was found and where it was written."""
    from reconcile.report.wording import listed

    conflicts = [finding.severity for finding in made.findings if finding.severity]
    outcomes = [finding.outcome for finding in made.findings]
    parts = (
        _plural(conflicts.count(Severity.CONTRADICTION), "contradiction"),
        _plural(conflicts.count(Severity.TENSION), "tension"),
        _plural(sum(severity not in LOUD for severity in conflicts), "milder difference"),
        _plural(outcomes.count(Outcome.AGREEMENT), "agreement"),
        _plural(outcomes.count(Outcome.SINGLE_SOURCE), "single-source claim"),
    )
    where = listed([str(file) for file in files])
    return f"{_plural(len(made.articles), 'article')}, {_plural(len(made.events), 'event')}: {', '.join(parts)}; written to {where}"


def _plural(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def _grave_enough(made: Report, limit: str) -> bool:
    return any(finding.severity in GRAVITY[limit] for finding in made.findings)
