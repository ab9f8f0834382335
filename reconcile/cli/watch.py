"""`reconcile watch`."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reconcile.cli.group import example, main, one_line
from reconcile.cli.options import cache_option, embedder_option, no_cache_option, parsers_option, rules_option, scorer_option
from reconcile.cli.report import formats_option, summary
from reconcile.cli.running import load_models, open_cache, progress, tell_earlier, tell_problems
from reconcile.errors import InputError, ReconcileError

if TYPE_CHECKING:
    from reconcile.cache import Cache
    from reconcile.cli.running import Models

Snapshot = Mapping[str, tuple[int, int]]
"""Size and time of each file."""


@main.command(epilog=example("reconcile watch incoming -o reports"))
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    default="reports",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where to write; made if need be.",
)
@click.option(
    "--interval",
    metavar="SECONDS",
    type=click.FloatRange(0.1, 3600),
    default=2.0,
    show_default=True,
    help="How often to look; a file is read when it has not changed for so long.",
)
@rules_option
@formats_option
@embedder_option
@scorer_option
@parsers_option
@cache_option
@no_cache_option
def watch(
    folder: Path,
    output: Path,
    interval: float,
    rules_folders: tuple[Path, ...],
    formats: tuple[str, ...],
    embedder: str | None,
    scorer: str,
    parsers: tuple[str, ...],
    cache_folder: Path | None,
    no_cache: bool,
) -> None:
    """Watch a folder of articles: whenever one comes, goes or changes, write the report anew and say what changed.

    It ends with Ctrl-C; the report stands as it was last written.
    """
    cache = open_cache(cache_folder, no_cache)
    models = load_models(rules_folders, embedder, scorer, parsers)
    click.echo(one_line(f"watching {folder}; Ctrl-C ends it"))
    formats = tuple(dict.fromkeys((*formats, "json")))  # what changed is told against the last report.json
    before: Snapshot = {}
    told: Snapshot | None = None
    try:
        while True:
            now = _look(folder)
            if now == before and now != told:
                _renew(folder, output, formats, models, cache)
                told = now
            before = now
            time.sleep(interval)
    except KeyboardInterrupt:
        click.echo(one_line(f"no longer watching {folder}; the report stands as it was last written"))


def _look(folder: Path) -> Snapshot:
    """Return the files of articles in a folder as they are now."""
    from reconcile.reading.files import find_files

    found = {}
    for file in find_files([str(folder)])[0]:
        try:
            stat = file.stat()
        except OSError:  # it went while we looked
            continue
        found[str(file)] = (stat.st_size, stat.st_mtime_ns)
    return found


def _renew(folder: Path, output: Path, formats: tuple[str, ...], models: Models, cache: Cache | None) -> None:
    """Write the report anew and tell what changed; what is wrong is told, and the watch goes on."""
    from reconcile.reading import read_paths
    from reconcile.report.changes import find_changes, render_changes
    from reconcile.report.explain import load_report
    from reconcile.report.json import report_object
    from reconcile.report.writing import write_report

    try:
        reading = read_paths([str(folder)], cache=cache)
        tell_problems(reading.problems)
        tell_earlier(reading.earlier)
        with progress() as step:
            made = models.build(reading, cache, step)
        changes = ""
        if (last := output / "report.json").exists():
            try:
                changes = render_changes(find_changes(load_report(last), report_object(made)))
            except InputError as error:
                click.echo(one_line(str(error)), err=True)
        files = write_report(made, output, formats)
    except ReconcileError as error:
        for line in str(error).splitlines():
            click.echo(one_line(line), err=True)
        return
    click.echo(changes, nl=False)
    click.echo(summary(made, files))
