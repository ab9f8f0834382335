"""`reconcile decisions export|import`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from reconcile.cli.group import example, main, one_line

FORMATS: Final = ("jsonl", "csv")

store_argument = click.argument("store", metavar="STORE", type=click.Path(path_type=Path))


@main.group(epilog=example("reconcile decisions export reports/decisions.sqlite > decisions.jsonl"))
def decisions() -> None:
    """Take the decisions of editors out of a store, and put them in."""


@decisions.command("export", epilog=example("reconcile decisions export reports/decisions.sqlite --format csv -o decisions.csv"))
@store_argument
@click.option("--format", "form", type=click.Choice(FORMATS), help="How to write them [default: by the name of the file, else jsonl].")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Where to write; standard output without it.")
def export_decisions(store: Path, form: str | None, output: Path | None) -> None:
    """Write every entry of the log, undone ones as well, as JSON lines or CSV."""
    from reconcile.decisions.exchange import to_csv, to_jsonl
    from reconcile.decisions.store import load_entries
    from reconcile.errors import OutputError

    named = output.suffix.lower().removeprefix(".") if output else ""
    form = form or (named if named in FORMATS else FORMATS[0])
    page = (to_csv if form == "csv" else to_jsonl)(load_entries(store))
    if output is None:
        click.echo(page, nl=False)
        return
    try:
        output.write_text(page, "utf-8", newline="")
    except OSError as error:
        raise OutputError(f"{output}: cannot be written ({error.strerror or type(error).__name__})") from error


@decisions.command("import", epilog=example("reconcile decisions import reports/decisions.sqlite decisions.jsonl"))
@store_argument
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
def import_decisions(store: Path, files: tuple[Path, ...]) -> None:
    """Add the entries of exported files to a store; those that it has already are left as they are.

    Every line is checked before any is written. The store is made if need be.
    """
    from reconcile.decisions.exchange import read_entries
    from reconcile.decisions.store import Store

    read = [(file, read_entries(file)) for file in files]
    with Store(store) as opened:
        for file, entries in read:
            added = opened.append(entries)
            known = f", {len(entries) - added:,} known already" if added < len(entries) else ""
            click.echo(one_line(f"{file}: {added:,} entries added{known}"))
