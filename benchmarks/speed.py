"""How long a run takes, stage by stage: seeds/ and 100 real articles of about 400 words; `make bench-speed`.

Absolute times on shared machines are noisy; the shares of the stages, from one run, are what to compare.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

from tabulate import tabulate

from reconcile.model import Article
from reconcile.models.embedder import SentenceEmbedder
from reconcile.models.parser import SpacyParser
from reconcile.pipeline import build_report
from reconcile.reading import read_paths
from reconcile.reading.cleaning import clean_text
from reconcile.rules import load_rules

ROOT = Path(__file__).resolve().parents[1]
EVENTS = ROOT.parent / "shared" / "data" / "events" / "news_events_dev.jsonl.gz"
WORDS = 400


def main() -> int:
    """Time the runs and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=Path, default=EVENTS)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    start = time.perf_counter()
    rules, parses, embeds = load_rules(), SpacyParser(), SentenceEmbedder()
    rows: list[dict[str, object]] = [{"run": "models and rules loaded", "articles": 0, "seconds": round(time.perf_counter() - start, 1)}]
    sets = [("seeds", list(read_paths([str(ROOT / "seeds")]).articles))]
    if args.events.is_file():
        sets.append(("news", list(islice(real_articles(args.events), args.articles))))
    else:
        print(f"news skipped: {args.events} is missing; the articles are not part of this repository", file=sys.stderr)
    for name, articles in sets:
        clock = Stopwatch()
        build_report(articles, rules, parses, embeds, progress=clock)
        rows.append({"run": name, "articles": len(articles), **clock.row()})
    print(json.dumps(rows, indent=2) if args.json else tabulate(rows, headers="keys", tablefmt="github"))
    return 0


class Stopwatch:
    """Notes when each stage of a run begins."""

    def __init__(self) -> None:
        """Start the clock."""
        self.marks = [("start", time.perf_counter())]

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Note the beginning of a stage."""
        self.marks.append((stage, time.perf_counter()))

    def row(self) -> dict[str, object]:
        """Return the seconds of the whole run and the share of each stage."""
        whole = self.marks[-1][1] - self.marks[0][1]
        shares = {name: f"{(after - at) / whole:.0%}" for (name, at), (_, after) in pairwise(self.marks) if name != "start"}
        return {"seconds": round(whole, 1), **shares}


def real_articles(path: Path) -> Iterator[Article]:
    """Yield articles cut to about 400 words, at the end of a line where one is near."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for record in json.loads(line)["articles"]:
                text = cut(record["text"])
                blocks, removed = clean_text(text, record["title"] or "-")
                yield Article(record["id"], record["id"], text, record["publisher"], record["title"] or "", blocks=blocks, removed=removed)


def cut(text: str) -> str:
    """Return the first 400 words of a text, up to the last full stop among them."""
    words = text.split(" ")
    if len(words) <= WORDS:
        return text
    piece = " ".join(words[:WORDS])
    return piece[: piece.rfind(".") + 1] or piece


if __name__ == "__main__":
    sys.exit(main())
