"""Write the report on seeds/ anew, to reports/, tests/golden/ and the README: run by `make golden` after a change that is meant."""

from __future__ import annotations

from pathlib import Path

from reconcile.model import Report
from reconcile.models.embedder import Embedder, SentenceEmbedder
from reconcile.models.parser import Parser, SpacyParser
from reconcile.pipeline import build_report
from reconcile.reading import read_paths
from reconcile.report import render_markdown, write_report
from reconcile.rules import load_rules

ROOT = Path(__file__).resolve().parents[1]
FORMATS = ("md", "html", "json")


def seed_report(parser: Parser, embedder: Embedder, paths: tuple[str, ...] = ("seeds",)) -> Report:
    """Build the report as `reconcile report seeds` does; paths are relative to the repository."""
    reading = read_paths(paths)
    options = {"parser": parser.name}
    return build_report(
        reading.articles, load_rules(), parser, embedder, earlier=reading.earlier, problems=reading.problems, options=options
    )


def excerpt(page: str) -> str:
    """Return what the README shows of the page: the bottom line and what is to be decided."""
    return page[page.index("## Bottom line") : page.index("## Wording")].replace("## ", "#### ").replace("](#", "](reports/consistency.md#")


def in_readme(readme: str, page: str) -> str:
    """Return the README with the excerpt of the page put between its marks."""
    head, _, rest = readme.partition("<!-- excerpt: begin -->\n")
    _, _, tail = rest.partition("<!-- excerpt: end -->")
    return f"{head}<!-- excerpt: begin -->\n{excerpt(page)}<!-- excerpt: end -->{tail}"


def main() -> None:
    """Write both copies."""
    report = seed_report(SpacyParser(), SentenceEmbedder())
    for folder in (ROOT / "reports", ROOT / "tests" / "golden"):
        for path in write_report(report, folder, FORMATS):
            print(path.relative_to(ROOT))
    readme = ROOT / "README.md"
    readme.write_text(in_readme(readme.read_text("utf-8"), render_markdown(report)), "utf-8")


if __name__ == "__main__":
    main()
