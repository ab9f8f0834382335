"""Write the report on seeds/ anew, to reports/ and to tests/golden/: run by `make golden` after a change that is meant."""

from __future__ import annotations

from pathlib import Path

from reconcile.model import Report
from reconcile.models.embedder import Embedder, SentenceEmbedder
from reconcile.models.parser import Parser, SpacyParser
from reconcile.pipeline import build_report
from reconcile.reading import read_paths
from reconcile.report import write_report
from reconcile.rules import load_rules

ROOT = Path(__file__).resolve().parents[1]
FORMATS = ("md", "json")


def seed_report(parser: Parser, embedder: Embedder, paths: tuple[str, ...] = ("seeds",)) -> Report:
    """Build the report as `reconcile report seeds` does; paths are relative to the repository."""
    reading = read_paths(paths)
    options = {"parser": parser.name}
    return build_report(reading.articles, load_rules(), parser, embedder, problems=reading.problems, options=options)


def main() -> None:
    """Write both copies."""
    report = seed_report(SpacyParser(), SentenceEmbedder())
    for folder in (ROOT / "reports", ROOT / "tests" / "golden"):
        for path in write_report(report, folder, FORMATS):
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
