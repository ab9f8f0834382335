"""Load what a command needs, run the pipeline under a progress bar, and tell what could not be used."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Timer
from typing import TYPE_CHECKING, Final

import click

from reconcile.cli.group import one_line
from reconcile.cli.options import OFF, JudgeOptions

# Models, readers and renderers are imported inside the functions: `--help` must not wait for torch.
if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from reconcile.cache import Cache
    from reconcile.decisions import Entry
    from reconcile.model import EarlierVersion, Problem, Report, RuleSet
    from reconcile.models.embedder import Embedder
    from reconcile.models.judge import Judge
    from reconcile.models.parser import Parser
    from reconcile.models.scorer import Scorer
    from reconcile.reading import Reading

PATIENCE: Final = 1.0
"""Seconds of work before a progress bar is shown."""


@dataclass(frozen=True)
class Models:
    """What articles are read and judged with."""

    rules: RuleSet
    parsers: Sequence[Parser]
    embedder: Embedder
    scorer: Scorer | None
    jury: Judge | None

    @property
    def options(self) -> dict[str, object]:
        """Return what the report says of how it was made, beside what it names itself."""
        return {"parser": ", ".join(one.name for one in self.parsers)}

    def build(self, reading: Reading, cache: Cache | None, step: Callable[[str, int, int], None]) -> Report:
        """Run the pipeline."""
        from reconcile.pipeline import build_report

        return build_report(
            reading.articles,
            self.rules,
            self.parsers[0],
            self.embedder,
            scorer=self.scorer,
            jury=self.jury,
            parsers=self.parsers[1:],
            earlier=reading.earlier,
            problems=reading.problems,
            options=self.options,
            progress=step,
            cache=cache,
        )


def load_decisions(path: Path) -> list[Entry]:
    """Load the decisions of a store or of a file exported from one."""
    from reconcile.decisions.store import load_entries

    return load_entries(path)


def with_decisions(made: Report, entries: Sequence[Entry]) -> Report:
    """Return a finished report with what editors decided laid over it."""
    from dataclasses import replace

    from reconcile.decisions import lay_over
    from reconcile.report.json import report_object

    return replace(made, overlay=lay_over(report_object(made), entries))


def load_models(
    rules_folders: Sequence[Path], embedder: str | None, scorer: str, parsers: Sequence[str], judge: JudgeOptions | None = None
) -> Models:
    """Load the rules, then the models: a wrong rule is told at once."""
    from reconcile.rules import load_rules

    rules = load_rules(rules_folders)
    jury = load_judge(judge) if judge else None
    with progress() as step:
        step("models", 0, 0)
        return Models(rules, load_parsers(parsers), load_embedder(embedder), load_scorer(scorer), jury)


def build(
    reading: Reading,
    rules_folders: Sequence[Path],
    embedder: str | None,
    scorer: str,
    judge: JudgeOptions,
    parsers: Sequence[str],
    cache: Cache | None = None,
) -> Report:
    """Load the rules and the models, and run the pipeline under a progress bar."""
    models = load_models(rules_folders, embedder, scorer, parsers, judge)
    with progress() as step:
        return models.build(reading, cache, step)


def open_cache(folder: Path | None, off: bool) -> Cache | None:
    """Open what earlier runs kept: in the folder named, or in the user's own."""
    if off:
        return None
    from platformdirs import user_cache_path

    from reconcile.cache import Cache
    from reconcile.store import Store

    return Cache(Store(folder or user_cache_path("reconcile", appauthor=False)))


def load_parsers(names: Sequence[str]) -> list[Parser]:
    """Load the parsers named, and the English one unless one of them reads English."""
    named = [load_parser(name) for name in dict.fromkeys(names)]
    return named if any(one.language in {"en", "xx"} for one in named) else [load_parser(None), *named]


def load_parser(name: str | None) -> Parser:
    """Load a parser, by default the one that is installed with this package."""
    from reconcile.models.parser import SpacyParser

    return SpacyParser(name) if name else SpacyParser()


def load_scorer(name: str) -> Scorer | None:
    """Load a scorer, or none."""
    if name == OFF:
        return None

    from reconcile.models.scorer import load_scorer

    return load_scorer(name)


def load_judge(options: JudgeOptions) -> Judge | None:
    """Return the language model to ask, or none."""
    if not options.url or not options.model:
        return None

    from reconcile.models.judge import LanguageModel

    return LanguageModel(options.url, options.model, options.tokens)


def load_embedder(name: str | None) -> Embedder:
    """Load an embedder, by default the one that is installed with this package."""
    # Set before the library is imported: it draws a bar of its own while it loads, on a terminal or not.
    os.environ.setdefault("TQDM_DISABLE", "1")

    from reconcile.models.embedder import SentenceEmbedder

    return SentenceEmbedder(name) if name else SentenceEmbedder()


def tell_problems(problems: Sequence[Problem]) -> None:
    """Say in a line each what could not be used."""
    for problem in problems:
        click.echo(one_line(str(problem)), err=True)


def tell_earlier(earlier: Sequence[EarlierVersion]) -> None:
    """Say in a line each which versions were set aside."""
    for version in earlier:
        what = "has the same text as" if version.same_text else "is an earlier version of"
        click.echo(one_line(f"{version.earlier.path}: {version.earlier.id} {what} {version.article}; compared once"), err=True)


class _Bar:
    """A progress bar that appears after a second of work."""

    def __init__(self, bar: Progress, task: TaskID) -> None:
        self._bar, self._task = bar, task
        self._lock, self._done = Lock(), False
        self._timer = Timer(PATIENCE, self._show)
        self._timer.daemon = True
        self._timer.start()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Note the stage; no total means that nobody knows how much there is to do."""
        self._bar.update(self._task, description=stage, completed=done, total=total or None)

    def _show(self) -> None:
        with self._lock:
            if not self._done:
                self._bar.start()

    def close(self) -> None:
        """Take the bar away, or see to it that it never appears."""
        self._timer.cancel()
        with self._lock:
            self._done = True
            self._bar.stop()


def _silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give something to call with stage, done, total; it draws on a terminal only."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<10}"), BarColumn(), TimeElapsedColumn())
    drawn = Progress(*columns, console=Console(stderr=True), transient=True)
    bar = _Bar(drawn, drawn.add_task("reading", total=None))
    try:
        yield bar
    finally:
        bar.close()
