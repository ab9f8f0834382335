"""`reconcile diff`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reconcile.cli.group import example, main
from reconcile.cli.options import JudgeOptions, embedder_option, judge_options, pager_option, parsers_option, rules_option, scorer_option
from reconcile.cli.paging import colour, columns, show
from reconcile.cli.running import build, load_embedder, load_parsers, progress, tell_problems
from reconcile.errors import InputError

if TYPE_CHECKING:
    from reconcile.model import Article
    from reconcile.reading import Reading
    from reconcile.report.diff import Format


@main.command(epilog=example("reconcile diff seeds/1-news-site.txt seeds/2-overseas-daily.txt"))
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "--format", "format", type=click.Choice(["text", "unified", "md", "json"]), default="text", show_default=True, help="How to write it."
)
@click.option("--unified", "shorthand", flag_value="unified", help="The same as --format unified: line by line, as diff -u does.")
@click.option("--json", "shorthand", flag_value="json", help="The same as --format json.")
@click.option("--markdown", "shorthand", flag_value="md", help="The same as --format md.")
@click.option("--width", metavar="N", type=click.IntRange(20, 1000), help="Columns of the text [default: the terminal's, else 100].")
@click.option(
    "--explain",
    "pair",
    nargs=2,
    metavar="WORDS_A WORDS_B",
    help="Instead, say feature by feature why the claim of A and the claim of B that hold these words were or were not taken for one fact.",
)
@pager_option
@rules_option
@embedder_option
@scorer_option
@judge_options
@parsers_option
def diff(
    a: str,
    b: str,
    format: Format,
    shorthand: Format | None,
    width: int | None,
    pair: tuple[str, str] | None,
    pager: bool,
    rules_folders: tuple[Path, ...],
    embedder: str | None,
    scorer: str,
    judge: JudgeOptions,
    parsers: tuple[str, ...],
) -> None:
    """Put two articles side by side: where they differ, what both say, what only one says."""
    from reconcile.report.diff import render_diff

    reading, first, second = _read_two(a, b)
    if pair:
        click.echo(_explained(first, second, pair, embedder, parsers), nl=False)
        return
    made = build(reading, rules_folders, embedder, scorer, judge, parsers)
    if missing := {first.id, second.id} - {article.id for article in made.articles}:
        raise InputError("\n".join(str(problem) for problem in made.problems) or f"{missing} cannot be compared")
    wanted = shorthand or format
    coloured = colour() and wanted in ("text", "unified")
    show(render_diff(made, first.id, second.id, wanted, width or columns(), coloured), pager)


def _explained(first: Article, second: Article, words: tuple[str, str], embedder: str | None, parsers: tuple[str, ...]) -> str:
    from reconcile.pipeline import explain_pair
    from reconcile.report.pair import render_pair

    with progress() as step:
        step("models", 0, 0)
        parses = load_parsers(parsers)
        explanation = explain_pair([first, second], *words, parses[0], load_embedder(embedder), parsers=parses[1:])
    return render_pair(explanation, {article.id: article.source for article in (first, second)})


def _read_two(a: str, b: str) -> tuple[Reading, Article, Article]:
    """Read the two articles in the order given, versions of one article or not; each path must hold one."""
    from reconcile.reading import read_paths

    if os.path.realpath(a) == os.path.realpath(b):
        raise InputError(f"{a} and {b} are one file: give two")
    reading = read_paths([a, b], every_version=True)
    tell_problems(reading.problems)
    pair = []
    for path in (a, b):
        held = [article for article in reading.articles if _lies_in(article, path)]
        if len(held) != 1:
            raise InputError(
                f"{path}: holds {len(held) or 'no'} article{'' if len(held) == 1 else 's'}; diff needs two files of one article each"
            )
        pair.append(held[0])
    return reading, pair[0], pair[1]


def _lies_in(article: Article, path: str) -> bool:
    """Return whether an article was read from a file, or from a folder or a file's line."""
    read, given = os.path.realpath(article.path), os.path.realpath(path)
    return read == given or read.startswith((given + os.sep, given + ":", given + "#"))
