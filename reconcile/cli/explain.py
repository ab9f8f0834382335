"""`reconcile explain` and `reconcile schema`: what a report.json says, and how it is laid out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reconcile.cli.group import example, main
from reconcile.cli.options import embedder_option, parsers_option, rules_option
from reconcile.errors import InputError

if TYPE_CHECKING:
    from reconcile.model import Article


@main.command(epilog=example("reconcile explain reports/report.json 3fa9c1"))
@click.argument("report_file", metavar="REPORT", type=click.Path(path_type=Path))
@click.argument("finding", metavar="FINDING")
@click.option(
    "--why-one-fact",
    is_flag=True,
    help="Also read the articles again and ask the models why two claims were or were not taken for one fact.",
)
@rules_option
@embedder_option
@parsers_option
def explain(
    report_file: Path, finding: str, why_one_fact: bool, rules_folders: tuple[Path, ...], embedder: str | None, parsers: tuple[str, ...]
) -> None:
    """Explain a finding of a report.json: why the passages met, each level of each rule, the reasons, both quotes.

    FINDING is the id of a finding or the beginning of one.
    """
    from reconcile.report.explain import load_report, render_explanation
    from reconcile.rules import load_rules

    report = load_report(report_file)
    click.echo(render_explanation(report, finding, load_rules(rules_folders)), nl=False)
    if why_one_fact:
        for page in _one_fact(report, finding, embedder, parsers):
            click.echo(f"\n{page}", nl=False)


def _one_fact(report: dict[str, Any], finding: str, embedder: str | None, parsers: tuple[str, ...]) -> Iterator[str]:
    """Yield what the models say of each two versions, by the first passage of each."""
    from reconcile.cli.running import load_embedder, load_parsers, progress
    from reconcile.pipeline import explain_pair
    from reconcile.report.explain import find_finding
    from reconcile.report.pair import render_pair

    sides = [side["evidence"] for side in find_finding(report, finding)["sides"]]
    firsts = [side[0] for side in sides] if len(sides) > 1 else sides[0]
    pairs = [(a, b) for a, b in combinations(firsts, 2) if a["article"] != b["article"]]
    if not pairs:
        yield "All passages stand in one article: the models were not asked whether two articles mean one fact.\n"
        return
    texts = {claim["id"]: claim["text"] for claim in report["claims"]}
    articles = {name: _read(report, name) for name in dict.fromkeys(part["article"] for pair in pairs for part in pair)}
    sources = {article.id: article.source for article in articles.values()}
    with progress() as step:
        step("models", 0, 0)
        parses, embeds = load_parsers(parsers), load_embedder(embedder)
        made = [
            explain_pair(
                [articles[a["article"]], articles[b["article"]]],
                texts[a["claim"]],
                texts[b["claim"]],
                parses[0],
                embeds,
                parsers=parses[1:],
            )
            for a, b in pairs
        ]
    yield from (render_pair(pair, sources) for pair in made)


def _read(report: dict[str, Any], name: str) -> Article:
    """Read an article of a report again; its text must be the one that was compared."""
    from reconcile.reading import read_paths

    told = next(article for article in report["articles"] if article["id"] == name)
    path = str(told["path"])
    while path and not os.path.exists(path):
        path = path[: max(path.rfind(":"), path.rfind("#"), 0)]
    articles = read_paths([path], every_version=True).articles if path else ()
    found = next((article for article in articles if article.sha256 == told["sha256"]), None)
    if found is None:
        raise InputError(
            f"{told['path']}: is not there, or has changed since the report was written; go where it was written, or make it anew"
        )
    return found


@main.command(epilog=example("reconcile schema > report.schema.json"))
def schema() -> None:
    """Print the JSON Schema of report.json."""
    from reconcile.report.json import schema_text

    click.echo(schema_text(), nl=False)
