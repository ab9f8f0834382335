"""`reconcile report`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from reconcile.cli.group import FINDINGS, example, main, one_line
from reconcile.cli.options import (
    JudgeOptions,
    baseline_option,
    cache_option,
    decisions_option,
    embedder_option,
    judge_options,
    no_cache_option,
    pager_option,
    parsers_option,
    rules_option,
    scorer_option,
    suppressions_option,
)
from reconcile.cli.running import build, load_decisions, open_cache, tell_earlier, tell_problems, with_decisions
from reconcile.model import Outcome, Severity

if TYPE_CHECKING:
    from reconcile.model import Report

LOUD: Final = (Severity.CONTRADICTION, Severity.TENSION)
GRAVITY: Final = {"contradiction": LOUD[:1], "tension": LOUD, "any": tuple(Severity)}
"""Severities that each value of --fail-on counts."""


def _formats(ctx: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    """Split and check a comma-separated list of formats."""
    from reconcile.report.writing import FORMATS

    names = tuple(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise click.BadParameter(f"{', '.join(map(repr, unknown)) or 'nothing'} given; choose from {', '.join(FORMATS)}")
    return names


formats_option = click.option(
    "--format",
    "formats",
    metavar="LIST",
    default="md,json",
    show_default=True,
    callback=_formats,
    help="What to write, separated by commas: md, html, json, csv, parquet, docx, sarif, junit, github, claimreview, annotations, "
    "labelstudio.",
)


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
@formats_option
@click.option(
    "--fail-on",
    type=click.Choice(["contradiction", "tension", "any"]),
    help="Exit with 1 if there is a conflict as grave as this, or graver, that is neither known nor suppressed.",
)
@baseline_option
@click.option(
    "--write-baseline", metavar="FILE", type=click.Path(path_type=Path), help="Write down the conflicts that there are, for --baseline."
)
@suppressions_option
@click.option("--view", is_flag=True, help="Show the page as well: drawn in a terminal, as Markdown in a pipe.")
@pager_option
@click.option("--allow-fetch", is_flag=True, help="Fetch a PATH that is an http or https address; without it, no network is used.")
@decisions_option
@embedder_option
@scorer_option
@judge_options
@parsers_option
@cache_option
@no_cache_option
def report(
    paths: tuple[str, ...],
    folder: Path,
    rules_folders: tuple[Path, ...],
    formats: tuple[str, ...],
    fail_on: str | None,
    baseline: Path | None,
    write_baseline: Path | None,
    suppressions: Path | None,
    view: bool,
    pager: bool,
    allow_fetch: bool,
    decisions: Path | None,
    embedder: str | None,
    scorer: str,
    judge: JudgeOptions,
    parsers: tuple[str, ...],
    cache_folder: Path | None,
    no_cache: bool,
) -> None:
    """Compare all articles under PATH… and write consistency.md and report.json.

    PATH is a file, a folder of files, or - for JSON lines on standard input. Files are saved pages (.html, .mhtml), documents (.pdf, .docx,
    .txt, .md), records (.jsonl, .json, .csv, ninjs), feeds (.rss, .atom, .xml) and web archives (.warc).
    """
    from reconcile.cli.accepting import accept, save_baseline
    from reconcile.reading import read_paths
    from reconcile.report.writing import write_report

    taken = accept(baseline, suppressions)  # before the models: a wrong file is told at once
    entries = load_decisions(decisions) if decisions else None
    cache = open_cache(cache_folder, no_cache)
    reading = read_paths(paths, allow_fetch=allow_fetch, cache=cache)
    tell_problems(reading.problems)
    tell_earlier(reading.earlier)
    made = taken(build(reading, rules_folders, embedder, scorer, judge, parsers, cache))
    tell_problems(made.stale)
    if write_baseline:
        save_baseline(made, write_baseline)
    if entries is not None:
        made = with_decisions(made, entries)
    files = write_report(made, folder, formats)
    click.echo(summary(made, files), err=view)
    if os.environ.get("GITHUB_ACTIONS") == "true" and "github" in formats:
        _annotate(made)
    if view:
        _show(made, pager)
    if fail_on and _grave_enough(made, fail_on):
        sys.exit(FINDINGS)


def _annotate(made: Report) -> None:
    """Print the workflow commands, which the host reads from a step's output."""
    from reconcile.report.github import render_github

    click.echo(render_github(made), nl=False)


def _show(made: Report, pager: bool) -> None:
    """Show the page: as it is in a pipe, drawn on a terminal."""
    from reconcile.cli.paging import colour, columns, show
    from reconcile.report.markdown import render_markdown

    page = render_markdown(made)
    if sys.stdout.isatty():
        from reconcile.report.terminal import draw_markdown

        page = draw_markdown(page, columns(), colour())
    show(page, pager)


def summary(made: Report, files: Sequence[Path]) -> str:
    """Say in one line what was found and where it was written."""
    from reconcile.report.wording import listed

    conflicts = [finding.severity for finding in made.open_conflicts if finding.severity]
    outcomes = [finding.outcome for finding in made.findings]
    parts = [
        _plural(conflicts.count(Severity.CONTRADICTION), "contradiction"),
        _plural(conflicts.count(Severity.TENSION), "tension"),
        _plural(sum(severity not in LOUD for severity in conflicts), "milder difference"),
        _plural(outcomes.count(Outcome.AGREEMENT), "agreement"),
        _plural(outcomes.count(Outcome.SINGLE_SOURCE), "single-source claim"),
    ]
    if made.accepted:
        parts.append(f"{_plural(len(made.accepted), 'conflict')} known or suppressed")
    where = one_line(listed([str(file) for file in files]))
    return f"{_plural(len(made.articles), 'article')}, {_plural(len(made.events), 'event')}: {', '.join(parts)}; written to {where}"


def _plural(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def _grave_enough(made: Report, limit: str) -> bool:
    return any(finding.severity in GRAVITY[limit] for finding in made.open_conflicts)
