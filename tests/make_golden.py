"""Write the report on seeds/ anew, to reports/, tests/golden/ and the README: run by `make golden` after a change that is meant."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from xml.dom import minidom
from zipfile import ZipFile

from reconcile.model import Report
from reconcile.models.embedder import Embedder, SentenceEmbedder
from reconcile.models.parser import Parser, SpacyParser
from reconcile.pipeline import build_report
from reconcile.reading import read_paths
from reconcile.report import render_markdown, write_report, writing
from reconcile.rules import load_rules

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
FORMATS = ("md", "html", "json")
"""What is kept in reports/ for people to read; tests/golden/ has a text of every format."""


def seed_report(parser: Parser, embedder: Embedder, paths: tuple[str, ...] = ("seeds",)) -> Report:
    """Build the report as `reconcile report seeds` does; paths are relative to the repository."""
    reading = read_paths(paths)
    options = {"parser": parser.name}
    return build_report(
        reading.articles, load_rules(), parser, embedder, earlier=reading.earlier, problems=reading.problems, options=options
    )


def golden_pages(report: Report) -> dict[str, str]:
    """Return the text of every format; of a Word document its body, and no Parquet, whose bytes are its library's."""
    pages = {}
    for files in writing.FORMATS.values():
        for name, render in files.items():
            if name.endswith(".docx"):
                body = ZipFile(BytesIO(bytes(render(report)))).read("word/document.xml")
                pages[f"{name}.xml"] = minidom.parseString(body).toprettyxml(indent=" ")
            elif not name.endswith(".parquet"):
                pages[name] = str(render(report))
    return pages


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
    for path in write_report(report, ROOT / "reports", FORMATS):
        print(path.relative_to(ROOT))
    for name, page in golden_pages(report).items():
        (GOLDEN / name).write_text(page, "utf-8", newline="")
        print((GOLDEN / name).relative_to(ROOT))
    readme = ROOT / "README.md"
    readme.write_text(in_readme(readme.read_text("utf-8"), render_markdown(report)), "utf-8")


if __name__ == "__main__":
    main()
