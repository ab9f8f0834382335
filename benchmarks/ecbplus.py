"""The files of ECB+ in, articles, claims and labelled pairs of sentences out (Cybulska and Vossen 2014)."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from reconcile.claims import extract_claims
from reconcile.clustering.likeness import describe_pairs, make_statements
from reconcile.events import assign_events
from reconcile.model import Article, Block, BlockKind, Claim, Problem, Span
from reconcile.models.embedder import Embedder
from reconcile.models.parser import Parser
from reconcile.reading.documents import Document, make_article
from reconcile.reading.metadata import Metadata

Json = dict[str, Any]
GAP = "\n\n"


@dataclass(frozen=True)
class Sentences:
    """Documents as articles, with the claims that each sentence makes."""

    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    of: Mapping[tuple[str, int], tuple[int, ...]]
    """Positions in `claims`, by document and sentence number."""


def read_lines(path: Path) -> list[Json]:
    """Return the objects of a JSON lines file, gzipped or not."""
    held = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in held.split(b"\n") if line.strip()]


def articles_of(documents: Sequence[Json], *, every_sentence: bool) -> list[Article]:
    """Return the documents as articles; with `every_sentence`, an annotated sentence is kept even where it looks like page furniture."""
    articles = []
    for one in documents:
        texts = [sentence["text"].strip() for sentence in one["sentences"]]
        made = make_article(Document("ecbplus", one["doc_id"], GAP.join(texts), Metadata()))
        if isinstance(made, Problem):
            raise SystemExit(str(made))
        if every_sentence:
            spans = [span for span, sentence in zip(_spans(made.text, texts), one["sentences"], strict=True) if sentence["annotated"]]
            lost = [span for span in spans if not any(block.span.start < span.end and span.start < block.span.end for block in made.blocks)]
            added = [*made.blocks, *(Block(span, BlockKind.PARAGRAPH) for span in lost)]
            made = replace(made, blocks=tuple(sorted(added, key=lambda block: block.span.start)))
        articles.append(made)
    return articles


def _spans(text: str, sentences: Sequence[str]) -> list[Span]:
    """Return where each sentence stands in the article's text."""
    spans, place = [], 0
    for sentence in sentences:
        start = text.find(sentence, place)
        start = place if start < 0 else start
        place = min(len(text), start + len(sentence))
        spans.append(Span(start, place))
    return spans


def read_sentences(documents: Sequence[Json], parser: Parser) -> Sentences:
    """Read the claims of every document and say which sentence each stands in."""
    articles = articles_of(documents, every_sentence=True)
    claims = tuple(extract_claims(articles, parser))
    by_article: dict[str, list[int]] = defaultdict(list)
    for row, claim in enumerate(claims):
        by_article[claim.article].append(row)
    of = {}
    for article, one in zip(articles, documents, strict=True):
        spans = _spans(article.text, [sentence["text"].strip() for sentence in one["sentences"]])
        for span, sentence in zip(spans, one["sentences"], strict=True):
            rows = (row for row in by_article[article.id] if claims[row].span.start < span.end and span.start < claims[row].span.end)
            of[one["doc_id"], sentence["id"]] = tuple(rows)
    return Sentences(tuple(articles), claims, of)


def pair_rows(told: Sentences, pairs: Sequence[Json], embedder: Embedder) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Return for each pair of claims of two paired sentences the number of the pair, and the features."""
    crossed = [
        (number, a, b)
        for number, pair in enumerate(pairs)
        for a in told.of.get((pair["a_doc"], pair["a_sent"]), ())
        for b in told.of.get((pair["b_doc"], pair["b_sent"]), ())
    ]
    table = np.array(crossed, dtype=np.int64).reshape(-1, 3)
    vectors = embedder.embed([claim.text for claim in told.claims])
    ties = assign_events(told.claims, told.articles, embedder).ties
    rows = describe_pairs(make_statements(told.claims), vectors, table[:, 1:], ties, embedder, "en")
    return table[:, 0], rows


def best_of(numbers: npt.NDArray[np.int64], scores: npt.NDArray[np.float64], count: int, without: float = 0.0) -> npt.NDArray[np.float64]:
    """Return for each pair of sentences the best score of its pairs of claims; `without` where a sentence makes no claim."""
    best = np.full(count, without)
    np.maximum.at(best, numbers, scores)
    return best


def is_same(pairs: Sequence[Json]) -> npt.NDArray[np.bool_]:
    """Return which pairs share an event."""
    return np.array([pair["label"] == "same_event" for pair in pairs])
