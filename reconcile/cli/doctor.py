"""`reconcile doctor`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reconcile.cli.group import FINDINGS, example, main, one_line
from reconcile.cli.options import embedder_option, parsers_option, rules_option, scorer_option

if TYPE_CHECKING:
    from reconcile.cli.health import Health


@main.command(epilog=example("reconcile doctor"))
@rules_option
@embedder_option
@scorer_option
@parsers_option
@click.pass_obj
def doctor(settings: Path | None, rules_folders: tuple[Path, ...], embedder: str | None, scorer: str, parsers: tuple[str, ...]) -> None:
    """Say what is installed, which models and rules are used, and where each setting comes from.

    Exits with 1 if something is missing or wrong, with the command that mends it.
    """
    from reconcile.cli.health import Health, check_models, check_packages, check_rules, check_settings

    health = Health()
    _tell(health, lambda: check_packages(health))
    _tell(health, lambda: check_settings(health, settings))
    _tell(health, lambda: check_rules(health, rules_folders))
    _tell(health, lambda: check_models(health, embedder, scorer, parsers))
    if health.wrong:
        sys.exit(FINDINGS)


def _tell(health: Health, check: Callable[[], None]) -> None:
    """Run a check and print what it adds, at once: loading models takes a while."""
    told = len(health.lines)
    check()
    for line in health.lines[told:]:
        click.echo(line[: len(line) - len(line.lstrip())] + one_line(line))
