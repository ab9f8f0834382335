"""`reconcile add`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reconcile.cli.group import example, main
from reconcile.cli.options import cache_option, embedder_option, no_cache_option, parsers_option, rules_option, scorer_option
from reconcile.cli.report import summary
from reconcile.cli.running import load_models, open_cache, progress, tell_earlier, tell_problems
from reconcile.errors import InputError

if TYPE_CHECKING:
    from reconcile.cli.running import Models

ANEW = "or make the report anew with `reconcile report`"


@main.command(epilog=example("reconcile add reports/report.json late-edition.html"))
@click.argument("report_file", metavar="REPORT", type=click.Path(path_type=Path))
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@rules_option
@click.option("--allow-fetch", is_flag=True, help="Fetch an ARTICLE that is an http or https address; without it, no network is used.")
@embedder_option
@scorer_option
@parsers_option
@cache_option
@no_cache_option
def add(
    report_file: Path,
    articles: tuple[str, ...],
    rules_folders: tuple[Path, ...],
    allow_fetch: bool,
    embedder: str | None,
    scorer: str,
    parsers: tuple[str, ...],
    cache_folder: Path | None,
    no_cache: bool,
) -> None:
    """Add articles to a report.json, write it anew beside itself, and say what changed, later figures first.

    The result is that of a run over all its articles and the new ones; only what no earlier run has read is read anew. Give the same
    --rules, --embedder, --scorer and --parser as for the report, and run it in the same folder.
    """
    from reconcile.reading import read_paths
    from reconcile.report.changes import find_changes, render_changes
    from reconcile.report.explain import load_report
    from reconcile.report.json import report_object
    from reconcile.report.writing import formats_in, write_report

    before = load_report(report_file)
    sources = _sources(before, report_file, allow_fetch)
    cache = open_cache(cache_folder, no_cache)
    reading = read_paths([*sources, *articles], allow_fetch=allow_fetch, cache=cache)
    tell_problems(reading.problems)
    tell_earlier(reading.earlier)
    models = load_models(rules_folders, embedder, scorer, parsers)
    _check_same(before, models, report_file)
    with progress() as step:
        made = models.build(reading, cache, step)
    changes = find_changes(before, report_object(made))
    files = write_report(made, report_file.parent, formats_in(report_file.parent))
    click.echo(render_changes(changes), nl=False)
    click.echo(summary(made, files))


def _sources(report: Mapping[str, Any], path: Path, allow_fetch: bool) -> list[str]:
    """Return the files and addresses that a report was made from. Raises InputError where one cannot be read again."""
    try:
        articles = [*report["articles"], *(version["earlier"] for version in report["earlier_versions"])]
        named = sorted({str(article["path"]) for article in articles})
        left_out = sorted({str(problem["path"]) for problem in report["problems"]})
    except (KeyError, TypeError) as error:
        raise InputError(f"{path}: lacks what the schema demands ({type(error).__name__}: {error}); make it anew") from error
    found = [_source(name, path, allow_fetch) for name in named]
    return [*dict.fromkeys(found), *_existing(left_out)]


def _source(name: str, report: Path, allow_fetch: bool) -> str:
    from reconcile.reading.fetching import is_address

    if is_address(name):
        if allow_fetch:
            return name
        raise InputError(f"{report}: holds {name}, which was fetched: pass --allow-fetch to fetch it again, {ANEW}")
    if name == "-":
        raise InputError(f"{report}: holds articles that came by standard input and cannot be read again; {ANEW.removeprefix('or ')}")
    for file in _files(name):
        if os.path.exists(file):
            return file
    raise InputError(f"{report}: was made from {name}, which is not here: run `reconcile add` in the same folder as then, {ANEW}")


def _files(name: str) -> Iterator[str]:
    """Yield the file that a path names, and the one that holds it as an entry."""
    yield name
    if "#" in name:
        yield name.rpartition("#")[0]


def _existing(names: Sequence[str]) -> list[str]:
    return [file for name in names for file in [next((file for file in _files(name) if os.path.exists(file)), "")] if file]


def _check_same(report: Mapping[str, Any], models: Models, path: Path) -> None:
    """Raise InputError where the report was made with other rules or models than these."""
    run = report["run"]
    now = {
        "rules (--rules)": (models.rules.digest, run.get("rules_digest")),
        "embedder (--embedder)": (models.embedder.name, run.get("embedder")),
        "scorer (--scorer)": (models.scorer.name if models.scorer else None, run.get("scorer")),
        "language model (--judge)": (None, (run.get("judge") or {}).get("name")),
        "parser (--parser)": (models.options["parser"], (run.get("options") or {}).get("parser")),
    }
    other = [name for name, (ours, theirs) in now.items() if ours != theirs]
    if other:
        raise InputError(f"{path}: was made with another {' and another '.join(other)}: give the same as then, {ANEW}")
