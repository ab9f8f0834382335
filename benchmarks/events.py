"""Measure how well articles of many stories, all in one pot, are put into events, beside clustering by likeness in the same run.

    python benchmarks/events.py [FILE.jsonl.gz]… [--json]

A file holds an object a line, a story each, with its `articles` (`id`, `title`, `text`, `published`). The figures are B-cubed precision,
recall and F1 (Bagga and Baldwin 1998). The two baselines are average-link clusters of MiniLM and of TF-IDF vectors of title and lead, with
the threshold that is best on the very file; ours has one setting for all files.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.feature_extraction.text import TfidfVectorizer
from tabulate import tabulate

from reconcile.claims import extract_claims
from reconcile.events import assign_events
from reconcile.model import Article, Problem
from reconcile.models.embedder import Remembering, SentenceEmbedder
from reconcile.models.parser import SpacyParser
from reconcile.reading.documents import Document, make_article
from reconcile.reading.metadata import Metadata, parse_moment

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
DEFAULT = tuple(
    str(DATA / name) for name in ("events/news_events_dev.jsonl.gz", "events/us_politics_dev.jsonl.gz", "gva/incidents_dev.jsonl.gz")
)
LEAD = 600
"""Characters of an article that the baselines read behind its title."""
THRESHOLDS = np.linspace(0.02, 0.98, 97)

Figures = dict[str, float]


def b_cubed(labels: Sequence[object], truth: Sequence[object]) -> Figures:
    """Return B-cubed precision, recall and F1 of a clustering."""
    both, own, true = Counter(zip(labels, truth, strict=True)), Counter(labels), Counter(truth)
    precision = sum(count * count / own[label] for (label, _), count in both.items()) / len(labels)
    recall = sum(count * count / true[story] for (_, story), count in both.items()) / len(labels)
    return {"precision": precision, "recall": recall, "F1": 2 * precision * recall / (precision + recall)}


def load(path: str) -> tuple[list[Article], list[str]]:
    """Return the articles of a file that have a text, and the story of each."""
    articles: list[Article] = []
    truth: list[str] = []
    for number, story in enumerate(stories(path)):
        for given in story["articles"]:
            head = Metadata(
                title=given.get("title") or "", source=given.get("publisher") or "", published=parse_moment(given.get("published") or "")
            )
            name = f"{number}-{given['id']}"
            made = make_article(Document(path, name, given.get("text") or "", head, titled=bool(head.title)))
            if not isinstance(made, Problem):
                articles.append(made)
                truth.append(str(number))
    return articles, truth


def stories(path: str) -> Iterator[dict[str, Any]]:
    """Yield the stories of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def ours(articles: Sequence[Article], parser: SpacyParser, embedder: SentenceEmbedder) -> list[str]:
    """Return the main event of each article, as the pipeline finds it; an article without a claim is an event of its own."""
    events = assign_events(extract_claims(articles, parser), articles, Remembering(embedder)).article_events
    return [(events.get(article.id) or (article.id,))[0] for article in articles]


def tuned(vectors: np.ndarray[Any, Any], truth: Sequence[str]) -> Figures:
    """Return the best that average-link clusters reach on the file itself, over all thresholds."""
    distance = np.clip(1 - vectors @ vectors.T, 0, 2)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average")
    return max((b_cubed(fcluster(tree, t, "distance").tolist(), truth) for t in THRESHOLDS), key=lambda figures: figures["F1"])


def leads(articles: Sequence[Article]) -> list[str]:
    """Return the title and the beginning of each article."""
    return [f"{article.title}. {article.text[:LEAD]}" for article in articles]


def tf_idf(texts: Sequence[str]) -> np.ndarray[Any, Any]:
    """Return vectors of length 1 of the words of each text, weighted by how rare they are."""
    found: np.ndarray[Any, Any] = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts).toarray()
    return found


def measure(path: str, parser: SpacyParser, embedder: SentenceEmbedder) -> dict[str, Any]:
    """Return the figures of all three on one file."""
    articles, truth = load(path)
    texts = leads(articles)
    start = time.perf_counter()
    labels = ours(articles, parser, embedder)
    seconds = time.perf_counter() - start
    return {
        "file": Path(path).name.partition(".")[0],
        "articles": len(articles),
        "stories": len(set(truth)),
        "reconcile": b_cubed(labels, truth),
        "MiniLM, tuned": tuned(np.asarray(embedder.embed(texts)), truth),
        "TF-IDF, tuned": tuned(tf_idf(texts), truth),
        "articles a second": len(articles) / seconds,
    }


def main() -> int:
    """Measure every file and print one table, or JSON."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", nargs="*", metavar="FILE.jsonl.gz", help="by default the three sets in ../shared/data")
    arguments.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = arguments.parse_args()
    chosen = args.files or DEFAULT
    if missing := [name for name in chosen if not Path(name).is_file()]:
        print(f"skipped: {missing[0]} is missing; the stories are not part of this repository")
        return 2 if args.files else 0
    parser, embedder = SpacyParser(), SentenceEmbedder()
    made = [measure(path, parser, embedder) for path in chosen]
    if args.json:
        print(json.dumps(made, indent=2))
        return 0
    kinds = ("reconcile", "MiniLM, tuned", "TF-IDF, tuned")
    rows = [
        (f"{one['file']} ({one['articles']} articles, {one['stories']} stories)", kind, *one[kind].values())
        for one in made
        for kind in kinds
    ]
    print(tabulate(rows, headers=("file", "by", "B-cubed precision", "recall", "F1"), tablefmt="github", floatfmt=".3f"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
