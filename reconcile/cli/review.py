"""`reconcile review`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from reconcile.cli.group import example, main, one_line
from reconcile.cli.options import rules_option

if TYPE_CHECKING:
    from reconcile.review import Access

LOCAL: Final = ("127.0.0.1", "localhost", "::1")
EVERY: Final = ("0.0.0.0", "::")
SHORTEST_TOKEN: Final = 16
PORT: Final = 8765
TOKEN: Final = "RECONCILE_TOKEN"


@main.command(epilog=example("reconcile review reports/report.json --as Ada"))
@click.argument("report_file", metavar="REPORT", type=click.Path(path_type=Path))
@click.option(
    "--decisions",
    "store",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The store of decisions, made if need be; several desks may share one [default: decisions.sqlite beside REPORT].",
)
@click.option(
    "--aliases",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help='The folder of rules that "same thing" writes to, made if need be [default: desk-rules beside REPORT].',
)
@rules_option
@click.option("--as", "editor", metavar="NAME", default="", help="Who decides; without it, the page asks once.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Where to listen; 0 takes one that is free.")
@click.option(
    "--host",
    metavar="ADDRESS",
    default=LOCAL[0],
    show_default=True,
    help=f"Listen for other machines too. They need the token in the address that is printed; {TOKEN} sets one of your own.",
)
def review(
    report_file: Path, store: Path | None, aliases: Path | None, rules_folders: tuple[Path, ...], editor: str, port: int, host: str
) -> None:
    """Open the findings of a report.json as a local web page on which editors decide.

    Every decision is on the disk before the page says so. `reconcile report --decisions FILE` shows them beside the findings.
    """
    from reconcile.decisions.store import Store
    from reconcile.review import Access, AliasFolder, Desk, listen, load_docket, make_app, serve

    token, editor = _token(host), _editor(editor)
    docket = load_docket(report_file)
    learning = AliasFolder(aliases or report_file.parent / "desk-rules", rules_folders)
    with Store(store or report_file.parent / "decisions.sqlite") as opened:
        desk = Desk(docket, opened)
        socket = listen(host, port)
        access = Access(host, socket.getsockname()[1], token)
        app = make_app(desk, learning, access, editor)
        serve(app, socket, lambda: _tell(access, *desk.progress()), traces=os.environ.get("RECONCILE_DEBUG") == "1")


def _tell(access: Access, decided: int, total: int) -> None:
    """Say where the desk is and how much is left to do."""
    click.echo(f"{total:,} findings, {decided:,} decided. Open {_address(access)} and stop with Ctrl+C.")
    if access.host in EVERY:
        click.echo("From another machine, put the address of this one in place of 127.0.0.1; a name is not let in.")


def _address(access: Access) -> str:
    """Return what to open in a browser on this machine."""
    name = LOCAL[0] if access.host in EVERY else access.host
    return f"http://{f'[{name}]' if ':' in name else name}:{access.port}/" + (f"?token={access.token}" if access.token else "")


def _token(host: str) -> str:
    """Return what others than this machine must show: the token that is set, or a new one; "" where only this machine can ask."""
    given = os.environ.get(TOKEN, "")
    if given and (len(given) < SHORTEST_TOKEN or not given.isascii() or not given.isalnum()):
        raise click.UsageError(f"{TOKEN} must have at least {SHORTEST_TOKEN} letters and figures")
    return given or ("" if host in LOCAL else secrets.token_hex(24))


def _editor(name: str) -> str:
    """Return the name as it is kept."""
    from reconcile.decisions.entries import LONGEST_NAME

    plain = " ".join(name.split())
    if name and (not plain or len(plain) > LONGEST_NAME or not plain.isprintable()):
        raise click.UsageError(f"--as {one_line(name)!r}: a name has at least one letter and at most {LONGEST_NAME}")
    return plain
