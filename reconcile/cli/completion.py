"""`reconcile completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from reconcile.cli.group import example, main


@main.command(epilog=example("reconcile completion bash >> ~/.bashrc"))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes a shell complete commands and options.

    For fish, write it to ~/.config/fish/completions/reconcile.fish.
    """
    made = get_completion_class(shell)
    assert made is not None, shell
    click.echo(made(main, {}, "reconcile", "_RECONCILE_COMPLETE").source())
