"""How long it takes to add one article to a report, against making the report from nothing: `make bench-adding`.

    python benchmarks/adding.py [--articles 200] [--add 3] [--json]

The articles are real ones of about 400 words (../shared/data/events), written to files; where those are missing, invented ones. Models and
rules are loaded once, before the clock starts, and a few articles are read to warm them up. "Full" is reading, comparing and writing all
articles without a cache; "first" the same while a cache is filled; "added" is one more article with that cache, from the reading of all
files to the written report. The bytes of each are compared with a full run over the same articles without a cache.

Times on shared machines are noisy: the ratio is of the processor's own seconds, and that of the clock stands beside it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from scale import SEED, tell_events
from speed import EVENTS, real_articles
from tabulate import tabulate

from reconcile.cache import Cache
from reconcile.model import Article, RuleSet
from reconcile.models.embedder import SentenceEmbedder
from reconcile.models.parser import SpacyParser
from reconcile.pipeline import build_report
from reconcile.reading import read_paths
from reconcile.report import write_report
from reconcile.rules import load_rules
from reconcile.store import Store

WARM = 4
"""Articles that are read before the clock starts."""
FORMATS = ("md", "json")


def main() -> int:
    """Measure and print a table, or JSON; the exit code says whether all bytes were the same."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--articles", type=int, default=200, metavar="N", help="articles of the report")
    arguments.add_argument("--add", type=int, default=3, metavar="N", help="articles that are added, one by one")
    arguments.add_argument("--events", type=Path, default=EVENTS, help="real articles")
    arguments.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = arguments.parse_args()
    rules, parser, embedder = load_rules(), SpacyParser(), SentenceEmbedder()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_articles(args.events, args.articles + args.add, folder / "in")
        run = Run(rules, parser, embedder, folder)
        run(files[:WARM], None)
        cache = Cache(Store(folder / "cache"))
        rows = [run.row("full", files[: args.articles], None), run.row("first", files[: args.articles], cache)]
        for number in range(1, args.add + 1):
            rows.append(run.row(f"added {number}", files[: args.articles + number], cache))
        same = [run.written[f"added {n}"] == run(files[: args.articles + n], None) for n in range(1, args.add + 1)]
    same.append(run.written["full"] == run.written["first"])
    full = rows[0]
    table = [{**row, "of full": row["cpu s"] / full["cpu s"], "of full, by the clock": row["clock s"] / full["clock s"]} for row in rows]
    found = {"runs": table, "bytes as in a full run": f"{sum(same)} of {len(same)}"}
    print(json.dumps(found, indent=2) if args.json else tabulate(table, headers="keys", tablefmt="github", floatfmt=".3f"))
    if not args.json:
        print(f"\nbytes as in a full run: {sum(same)} of {len(same)}")
    return 0 if all(same) else 1


class Run:
    """Makes reports with models that are loaded once, and notes what each run wrote and took."""

    def __init__(self, rules: RuleSet, parser: SpacyParser, embedder: SentenceEmbedder, folder: Path) -> None:
        """Write into a folder."""
        self._made = rules, parser, embedder
        self._folder = folder
        self.written: dict[str, list[bytes]] = {}

    def __call__(self, files: list[Path], cache: Cache | None) -> list[bytes]:
        """Read, compare and write; return the bytes of the files."""
        reading = read_paths([str(file) for file in files], cache=cache)
        report = build_report(reading.articles, *self._made, earlier=reading.earlier, problems=reading.problems, cache=cache)
        return [path.read_bytes() for path in write_report(report, self._folder / "out", FORMATS)]

    def row(self, name: str, files: list[Path], cache: Cache | None) -> dict[str, Any]:
        """Run once with the clock."""
        seconds = timed(lambda: self.written.update({name: self(files, cache)}))
        return {"run": name, "articles": len(files), "cpu s": seconds[0], "clock s": seconds[1]}


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds of the processor and of the clock that a piece of work takes."""
    cpu, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - clock


def write_articles(events: Path, count: int, folder: Path) -> list[Path]:
    """Write articles as text files with their metadata on top; return the files."""
    folder.mkdir()
    files = []
    for number, article in enumerate(islice(articles_from(events), count)):
        files.append(folder / f"{number:04}.txt")
        when = f"published: {article.published.isoformat()}\n" if article.published else ""
        head = f"---\ntitle: {' '.join(article.title.split())}\nsource: {article.source}\n{when}---\n"
        files[-1].write_text(head + article.text, encoding="utf-8")
    if len(files) < count:
        raise SystemExit(f"{events} holds {len(files)} articles only")
    return files


def articles_from(events: Path) -> Iterator[Article]:
    """Yield real articles, or invented ones where there are none."""
    if events.is_file():
        return real_articles(events)
    print(f"{events} is missing; the articles are invented ones, which are short", file=sys.stderr)
    return (article for article, _ in tell_events(SEED))


if __name__ == "__main__":
    sys.exit(main())
