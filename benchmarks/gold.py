"""Stories annotated by hand in, what was found, missed and wrongly reported out: `make bench-gold`.

Each story of ../shared/gold/dev is read, reported and scored with ../shared/tools/score_gold.py, all in one process.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

from tabulate import tabulate

from reconcile.models.embedder import SentenceEmbedder
from reconcile.models.parser import SpacyParser
from reconcile.pipeline import build_report
from reconcile.reading import read_paths
from reconcile.report import render_json
from reconcile.rules import load_rules

SHARED = Path(__file__).resolve().parents[2] / "shared"


def main() -> int:
    """Score every story and print one table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=SHARED / "gold" / "dev", help="folder with one folder a story")
    parser.add_argument("--scorer", type=Path, default=SHARED / "tools" / "score_gold.py")
    parser.add_argument("--mixed", action="store_true", help="put all stories into one run: nothing may cross them")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if not args.gold.is_dir() or not args.scorer.is_file():
        print(f"skipped: {args.gold} or {args.scorer} is missing; the stories are not part of this repository")
        return 0
    scorer = load_scorer(args.scorer)
    stories = sorted(path for path in args.gold.iterdir() if (path / "gold.json").is_file())
    rows = [scorer.Scorer(report, gold).score() for report, gold in reports(stories, mixed=args.mixed)]
    totals = scorer.total(rows)
    if args.json:
        print(json.dumps({"stories": [story_row(story, row) for story, row in zip(stories, rows, strict=True)], "total": totals}, indent=2))
        return 0
    print(tabulate([story_row(story, row) for story, row in zip(stories, rows, strict=True)], headers="keys", tablefmt="github"))
    print()
    print(tabulate([(key, scorer.ratio(*value) if isinstance(value, list) else value) for key, value in totals.items()], tablefmt="github"))
    return 0


def load_scorer(path: Path) -> Any:  # noqa: ANN401 - a module of another repository
    """Load the scorer from its file; it is not a package."""
    spec = importlib.util.spec_from_file_location("score_gold", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_gold"] = module
    spec.loader.exec_module(module)
    return module


def reports(stories: list[Path], *, mixed: bool) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the report and the annotation of each story; with `mixed`, one report for all of them."""
    rules, parses, embeds = load_rules(), SpacyParser(), SentenceEmbedder()

    def run(paths: list[str]) -> dict[str, Any]:
        reading = read_paths(paths)
        result: dict[str, Any] = json.loads(render_json(build_report(reading.articles, rules, parses, embeds, problems=reading.problems)))
        return result

    files = {story: str(story / "articles.jsonl") for story in stories}
    whole = run(list(files.values())) if mixed else None
    return [(whole or run([files[story]]), json.loads((story / "gold.json").read_text("utf-8"))) for story in stories]


def story_row(story: Path, row: dict[str, Any]) -> dict[str, Any]:
    """Return one line of the table."""
    first = [conflict for conflict in row["conflicts"].values() if conflict["priority"] == 1]
    return {
        "story": story.name,
        "priority 1 found": f"{sum(conflict['found'] for conflict in first)} of {len(first)}",
        "red and amber": row["loud"],
        "false alarms": row["false_alarms"],
        "near misses hit": len(row["near_miss_violations"]),
        "must-not": len(row["must_not_violations"]),
        "agreements found": f"{sum(row['agreements'].values())} of {len(row['agreements'])}",
        "furniture kept": f"{row['boilerplate'][0]} of {row['boilerplate'][1]}",
    }


if __name__ == "__main__":
    sys.exit(main())
