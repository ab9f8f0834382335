"""`reconcile rules list|check|test|stats`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reconcile.cli.group import FINDINGS, example, fail, main, one_line
from reconcile.cli.options import parser_option, rules_option
from reconcile.cli.running import load_decisions, load_parser, progress
from reconcile.errors import InputError

if TYPE_CHECKING:
    from reconcile.model import RuleSet
    from reconcile.pipeline import CaseResult


@main.group(epilog=example("reconcile rules test --rules my-rules"))
def rules() -> None:
    """List, check and test the rules, and see how editors judged their findings."""


@rules.command("list", epilog=example("reconcile rules list"))
@rules_option
def list_rules(rules_folders: tuple[Path, ...]) -> None:
    """List every rule with what it compares."""
    from tabulate import tabulate

    from reconcile.rules import load_rules

    loaded = load_rules(rules_folders)
    rows = [(rule.id, rule.field, rule.role or "–", rule.priority, len(rule.cases), rule.about) for rule in loaded.rules]
    click.echo(tabulate(rows, headers=("rule", "field", "role", "priority", "cases", "compares"), tablefmt="simple"))


@rules.command("check", epilog=example("reconcile rules check my-rules"))
@click.argument("paths", nargs=-1, metavar="[PATH…]", type=click.Path(path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Check rule files, without running their cases; without PATH, the built-in ones."""
    from reconcile.rules import check_rules, default_folder

    errors = check_rules(list(paths) or [default_folder()])
    if errors:
        fail("\n".join(str(error) for error in errors))
    click.echo("All rules are well formed.")


@rules.command("test", epilog=example("reconcile rules test casualties.injured"))
@click.argument("ids", nargs=-1, metavar="[RULE…]")
@rules_option
@parser_option
def test(ids: tuple[str, ...], rules_folders: tuple[Path, ...], parser: str | None) -> None:
    """Run the cases of every rule, or of those named, both ways round.

    Exits with 1 if a case fails, or if a known miss no longer misses.
    """
    from reconcile.rules import load_rules

    chosen = _chosen(load_rules(rules_folders), ids)
    with progress() as step:
        step("cases", 0, 0)

        from reconcile.pipeline import test_rules

        results = test_rules(chosen, load_parser(parser))
    click.echo(_case_table(chosen, results))
    failures = [result for result in results if not result.passed]
    for result in failures:
        click.echo(_failure(result), err=True)
    if failures:
        sys.exit(FINDINGS)


@rules.command("stats", epilog=example("reconcile rules stats reports/decisions.sqlite"))
@click.argument("files", nargs=-1, required=True, metavar="DECISIONS…", type=click.Path(path_type=Path))
def stats(files: tuple[Path, ...]) -> None:
    """Count per rule how often editors confirmed or dismissed its findings, and why.

    DECISIONS is a store of `reconcile review`, or a file exported from one. A rule often dismissed needs tuning.
    """
    from tabulate import tabulate

    from reconcile.decisions import tally
    from reconcile.report.wording import DISMISSAL_WORDS

    # The same entry may stand in two files: a store and an export of it.
    entries = {entry.id: entry for file in files for entry in load_decisions(file)}
    rows = [
        (
            one_line(row.rule),
            row.decided,
            row.confirmed,
            row.dismissed,
            row.disputed,
            f"{row.dismissed / row.decided:.0%}",
            ", ".join(f"{DISMISSAL_WORDS[reason]} ({count})" for reason, count in row.reasons.items()) or "–",
        )
        for row in tally(entries.values())
    ]
    headers = ("rule", "decided", "confirmed", "dismissed", "disputed", "share dismissed", "why dismissed")
    click.echo(tabulate(rows, headers=headers, tablefmt="simple") if rows else "No finding was decided.")


def _chosen(loaded: RuleSet, ids: Sequence[str]) -> RuleSet:
    """Keep the cases of the named rules only; the other rules stay, since they may lend their vocabulary."""
    from dataclasses import replace

    known = {rule.id for rule in loaded.rules}
    if unknown := [name for name in ids if name not in known]:
        raise InputError(f"no rule {', '.join(map(repr, unknown))}; `reconcile rules list` names them all")
    if not ids:
        return loaded
    return replace(loaded, rules=tuple(rule if rule.id in ids else replace(rule, cases=()) for rule in loaded.rules))


def _case_table(loaded: RuleSet, results: Sequence[CaseResult]) -> str:
    """Tabulate per rule what passed, what failed and what is known to miss."""
    from tabulate import tabulate

    rows = []
    for rule in loaded.rules:
        own = [result for result in results if result.rule == rule.id]
        if own:
            rows.append((rule.id, *_tally(own)))
    return tabulate([*rows, ("total", *_tally(results))], headers=("rule", "passed", "failed", "known misses"), tablefmt="simple")


def _tally(results: Sequence[CaseResult]) -> tuple[int, int, int]:
    failed = sum(not result.passed for result in results)
    misses = sum(result.case.known_miss and result.passed for result in results)
    return len(results) - failed - misses, failed, misses


def _failure(result: CaseResult) -> str:
    where = f"{result.path}:{result.line}: {result.rule}"
    both = f'"{one_line(result.case.a)}" / "{one_line(result.case.b)}"'
    if result.case.known_miss:
        return f"{where}: the known miss gives {result.case.expect} now: take known_miss away: {both}"
    got = " and ".join(dict.fromkeys(str(verdict) for verdict in result.got))
    return f"{where}: expected {result.case.expect}, got {got}: {both}"
