"""Measure how well articles are taken out of saved web pages, beside plain trafilatura in the same run.

    python benchmarks/extraction.py [INDEX.jsonl.gz PAGES.tar.xz]… [--json]

An index holds an object a line: `file` (in the archive), and any of `article_body` (the true body), `with` and `without` (snippets that
must and must not be read), `title` and `date` (of publication; empty where the page has none, and then no date is the right answer).
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import trafilatura
from tabulate import tabulate

from reconcile.errors import Unreadable
from reconcile.reading.cleaning import clean_text
from reconcile.reading.page import page

HTML = Path(__file__).resolve().parents[2] / "shared" / "data" / "html"
DEFAULT = tuple(str(HTML / name) for name in ("aeb.jsonl.gz", "aeb_pages.tar.xz", "trafilatura.jsonl.gz", "trafilatura_pages.tar.xz"))
TOKEN = re.compile(r"\w+")

Read = tuple[str, str, str]
"""Body, title and date (YYYY-MM-DD) that a reader found; empty where it found none."""
Row = dict[str, Any]


def ours(raw: bytes) -> Read:
    """Read a page as `reconcile` does; the body is the text that is written beside the report, without the headline on top."""
    try:
        document = page("page.html", "page", raw)
    except Unreadable:
        return "", "", ""
    head = document.head
    return document.text.removeprefix(head.title).lstrip("\n"), head.title, head.published.date().isoformat() if head.published else ""


def kept(raw: bytes) -> Read:
    """Read a page as `reconcile` does, and keep what is left to make claims of."""
    text, title, date = ours(raw)
    blocks, _ = clean_text(text, title)
    return "\n".join(block.span.of(text) for block in blocks), title, date


def plain(raw: bytes) -> Read:
    """Read a page with trafilatura as it comes."""
    return trafilatura.extract(raw) or "", *_metadata(raw)


def plain_without_comments(raw: bytes) -> Read:
    """Read a page with trafilatura, without the comments of readers."""
    return trafilatura.extract(raw, include_comments=False) or "", *_metadata(raw)


def _metadata(raw: bytes) -> tuple[str, str]:
    found = trafilatura.extract_metadata(raw)
    return found.title or "", found.date or ""


READERS: dict[str, Callable[[bytes], Read]] = {
    "reconcile": ours,
    "reconcile, kept as claims": kept,
    "trafilatura": plain,
    "trafilatura, no comments": plain_without_comments,
}


def token_f1(found: str, true: str) -> float:
    """Return the F1 of the words of two texts, each counted as often as it stands there."""
    a, b = (Counter(TOKEN.findall(text.lower())) for text in (found, true))
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if shared else 0.0


def load(index: str, archive: str) -> Iterator[tuple[Row, bytes]]:
    """Yield the rows of an index with their pages, in the order of the archive."""
    with gzip.open(index, "rt", encoding="utf-8") as lines:
        rows = {row["file"]: row for row in map(json.loads, lines)}
    with tarfile.open(archive, "r:xz") as pages:
        for member in pages:
            if member.name in rows and (file := pages.extractfile(member)):
                yield rows[member.name], file.read()


def measure(pairs: Sequence[tuple[Row, bytes]], read: Callable[[bytes], Read]) -> dict[str, Any]:
    """Return the figures of one reader over all pages."""
    start = time.perf_counter()
    found = [(row, read(raw)) for row, raw in pairs]
    seconds = time.perf_counter() - start
    bodies = [token_f1(body, row["article_body"]) for row, (body, _, _) in found if "article_body" in row]
    wanted = [snippet in body for row, (body, _, _) in found for snippet in row.get("with", ())]
    unwanted = [snippet not in body for row, (body, _, _) in found for snippet in row.get("without", ())]
    titles = [_same(title, row["title"]) for row, (_, title, _) in found if row.get("title")]
    dates = [(date == row["date"], bool(row["date"])) for row, (_, _, date) in found if "date" in row]
    return {
        "body F1": _mean(bodies),
        "snippets read": _mean(wanted),
        "snippets left out": _mean(unwanted),
        "snippets right": _mean(wanted + unwanted),
        "titles right": _mean(titles),
        "dates right": _mean([right for right, _ in dates]),
        "dates right, of dated pages": _mean([right for right, dated in dates if dated]),
        "dates right, of undated pages": _mean([right for right, dated in dates if not dated]),
        "pages a second": len(found) / seconds,
    }


def _same(a: str, b: str) -> bool:
    return " ".join(a.split()) == " ".join(b.split())


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def main() -> int:
    """Measure every reader over the same pages and print one table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", metavar="INDEX.jsonl.gz PAGES.tar.xz", help="by default the pages in ../shared/data/html")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = parser.parse_args()
    chosen = args.files or DEFAULT
    if len(chosen) % 2:
        parser.error("give an index and its pages, in pairs")
    if missing := [name for name in chosen if not Path(name).is_file()]:
        print(f"skipped: {missing[0]} is missing; the pages are not part of this repository")
        return 2 if args.files else 0
    pairs = [pair for index, archive in zip(chosen[::2], chosen[1::2], strict=True) for pair in load(index, archive)]
    figures = {name: measure(pairs, read) for name, read in READERS.items()}
    if args.json:
        print(json.dumps({"pages": len(pairs), "readers": figures}, indent=2))
        return 0
    rows = [(key, *(made[key] for made in figures.values())) for key in next(iter(figures.values()))]
    print(tabulate(rows, headers=(f"{len(pairs)} pages", *figures), tablefmt="github", floatfmt=".4f", missingval="–"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
