"""A page in, the same page on standard output: through a pager on a terminal, as git does it, and untouched in a pipe."""

from __future__ import annotations

import os
import sys

import click


def show(page: str, pager: bool) -> None:
    """Print a page; PAGER names the pager, and a page that fits on the screen is left standing there."""
    if not (pager and sys.stdout.isatty() and os.environ.get("PAGER", "less") not in ("", "cat") and os.environ.get("TERM") != "dumb"):
        click.echo(page, nl=False, color=True)
        return
    os.environ.setdefault("LESS", "FRX")
    click.echo_via_pager(page, color=True)


def colour() -> bool:
    """Return whether standard output is a terminal that wants colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """Return the width of the terminal, or 100 where there is none."""
    import shutil

    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100
