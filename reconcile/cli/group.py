"""The group that all commands belong to: whatever goes wrong ends in one line and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

import click

from reconcile import __version__
from reconcile.errors import ReconcileError

FINDINGS, BAD_INPUT, INTERRUPTED, PIPE_CLOSED = 1, 2, 130, 141


class Commands(click.Group):
    """A group whose commands end in one line and an exit code, whatever goes wrong."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run the command and turn every error into its exit code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except ReconcileError as error:
            fail(str(error))
        except KeyboardInterrupt:
            click.echo("interrupted; nothing already written was changed", err=True)
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            _leave_quietly()
        except (click.exceptions.Exit, click.exceptions.Abort, click.ClickException):
            raise
        except Exception as error:  # the last resort: no traceback reaches a user who did not ask for one
            if os.environ.get("RECONCILE_DEBUG") == "1":
                traceback.print_exc()
            fail(f"internal error ({one_line(f'{type(error).__name__}: {error}')}); please report it, with the output of RECONCILE_DEBUG=1")


def fail(message: str) -> NoReturn:
    """Tell each line of an error and end as bad input does."""
    for line in message.splitlines() or ["error"]:
        click.echo(f"reconcile: {one_line(line)}", err=True)
    sys.exit(BAD_INPUT)


def one_line(text: str) -> str:
    """Return a text without line breaks and with every unprintable character shown by its name."""
    from reconcile.report.wording import visible

    return visible(text)


def _leave_quietly() -> NoReturn:
    """End without a word: whoever read our output has gone, and the interpreter must not flush into the closed pipe."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # a stream without a file behind it, as in tests
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - lives until the end of the process
    sys.exit(PIPE_CLOSED)


def example(command: str) -> str:
    """Return the end of a help page; the mark keeps click from joining the lines."""
    return f"\b\nExample:\n  {command}"


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=example("reconcile report seeds -o reports"),
)
@click.version_option(__version__, prog_name="reconcile")
@click.option(
    "--config", metavar="FILE", type=click.Path(path_type=Path), help="Settings [default: the closest reconcile.toml or pyproject.toml]."
)
@click.option("--no-config", is_flag=True, help="Take no settings from any file.")
@click.pass_context
def main(ctx: click.Context, config: Path | None, no_config: bool) -> None:
    """Say where the articles of several outlets agree, where they conflict, and what only one of them says."""
    from reconcile.cli.settings import COMMANDS, defaults, find_settings, load_settings

    path = None if no_config else config or find_settings(Path.cwd())
    ctx.obj = path
    if path and ctx.invoked_subcommand in COMMANDS:
        ctx.default_map = defaults(load_settings(path, {name: main.commands[name] for name in COMMANDS}))
