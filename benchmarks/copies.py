"""Measure how well edited copies are told from independent reports of one event, beside trigram Jaccard and MinHash in the same run.

    python benchmarks/copies.py [--json] [--verbose]

Of two articles by different outlets on one event, one is rewritten by rule (`rewriting.py`: cut, put in another order, reworded, given
another headline, mixed with sentences of the other article, at three levels): the copy and its source are a copy, the two originals are
not. Texts are read from ../shared/data/events, and rewritten in memory with a fixed seed. A third of the events serves to choose the
threshold of each method; the figures are those of the rest. Pairs of originals that were read and found to be real copies, or to reprint
each other at length, are listed in copies_read.csv and are left out for all methods.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from datasketch import MinHash
from events import stories
from rewriting import LEVELS, rewrite
from tabulate import tabulate

from reconcile.claims import extract_claims
from reconcile.model import Article, Claim, Problem
from reconcile.models.embedder import Remembering, SentenceEmbedder
from reconcile.models.parser import SpacyParser
from reconcile.reading.documents import Document, make_article
from reconcile.reading.metadata import Metadata
from reconcile.sources.alignment import FEWEST_WORDS, NEAR_COPY, align_all
from reconcile.sources.candidates import find_candidates
from reconcile.sources.texts import make_sentences

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "events"
FILES = ("news_events_dev", "three_outlets", "us_politics_dev")
READ = Path(__file__).parent / "copies_read.csv"
EVENTS = 450
SHORTEST, LONGEST = 120, 900
"""Words of the articles that are used."""
FEWEST_CLAIMS = 6
SHINGLE = 3
METHODS = ("reconcile", "trigram Jaccard", "trigrams of the shorter", "MinHash")

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles that are a copy or are not."""

    a: str
    b: str
    level: str
    """How the copy was rewritten; for two originals, how the copy made of the first of them was."""
    copy: bool
    tuning: bool


def main() -> int:
    """Build the set, score every pair with every method, and print one table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with the events")
    parser.add_argument("--events", type=int, default=EVENTS, help="events to use; a copy is made of one article of each")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument(
        "--verbose", action="store_true", help="list the pairs of originals that any method flags, and the copies it misses"
    )
    args = parser.parse_args()
    if not args.data.is_dir():
        print(f"skipped: {args.data} is missing; the events are not part of this repository")
        return 0
    parses = SpacyParser()
    articles, claims, pairs = build(args.data, args.events, parses)
    start = time.perf_counter()
    scores = {"reconcile": ours(articles, claims, pairs), **rivals(articles, pairs)}
    seconds = time.perf_counter() - start
    read = read_by_hand()
    kept = np.array([frozenset((pair.a, pair.b)) not in read["copy"] for pair in pairs])
    found = {name: figures(scores[name], pairs, kept, NEAR_COPY if name == "reconcile" else None) for name in METHODS}
    counts = Counter(pair.copy for pair, keep in zip(pairs, kept, strict=True) if keep and not pair.tuning)
    left_out = sum(not keep for keep in kept)
    if args.json:
        print(json.dumps({"copies": counts[True], "independent": counts[False], "left out": left_out, "methods": found}, indent=2))
        return 0
    print(
        f"{counts[True]} edited copies, {counts[False]} pairs of independent articles; {left_out} pairs are real copies and left out; ",
        end="",
    )
    print(f"{seconds:.0f} s to score\n")
    print(tabulate([{"method": name, **found[name]} for name in METHODS], headers="keys", tablefmt="github", floatfmt=".3f"))
    for line in details(scores, pairs, kept, found) if args.verbose else ():
        print(line)
    return 0


def build(folder: Path, events: int, parses: SpacyParser) -> tuple[list[Article], list[Claim], list[Pair]]:
    """Choose two articles of each of some events and rewrite the first; the claims carry the event."""
    rng = random.Random("copies")
    usable = sorted(usable_events(folder), key=lambda event: event[0])
    rng.shuffle(usable)
    rare = [event for event in usable if not event[0].startswith("us_")]
    chosen = [*rare, *(event for event in usable if event[0].startswith("us_"))][:events]
    rng.shuffle(chosen)
    originals = [(name, [read_article(f"{name}/{given['id']}", given) for given in rng.sample(told, 2)]) for name, told in chosen]
    articles = [article for _, own in originals for article in own if article is not None]
    told = by_article(extract_claims(articles, parses))
    pairs: list[Pair] = []
    copies: list[Article] = []
    for number, (name, own) in enumerate(originals):
        ids = [article.id for article in own if article is not None and len(told[article.id]) >= FEWEST_CLAIMS]
        if len(ids) < 2:
            continue
        level = list(LEVELS)[number // 3 % len(LEVELS)]
        title, text = rewrite(told[ids[0]], told[ids[1]], LEVELS[level], random.Random("edit" + name))
        copy = read_article(f"{name}/edit", {"title": title, "text": text})
        if copy is not None:
            copies.append(copy)
            tuning = number % 3 == 0 and number > 0
            pairs += [Pair(ids[0], copy.id, level, True, tuning), Pair(ids[0], ids[1], level, False, tuning)]
    everything = [claim for own in told.values() for claim in own]
    everything += extract_claims(copies, parses)
    return [*articles, *copies], [replace(claim, event=claim.article.rpartition("/")[0]) for claim in everything], pairs


def usable_events(folder: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the events that two articles of fit length tell, each text once."""
    for file in FILES:
        for number, story in enumerate(stories(str(folder / f"{file}.jsonl.gz"))):
            fit = {given["text"]: given for given in reversed(story["articles"]) if given.get("text")}
            told = [given for given in story["articles"] if given.get("text") and fit[given["text"]] is given]
            told = [given for given in told if SHORTEST <= len(given["text"].split()) <= LONGEST]
            if len(told) >= 2:
                yield f"{file}/{number}", told


def read_article(name: str, given: dict[str, Any]) -> Article | None:
    """Return an article as `reconcile` reads it, or None."""
    head = Metadata(title=given.get("title") or "", source=given.get("publisher") or "")
    made = make_article(Document("x", name, given.get("text") or "", head, titled=bool(head.title)))
    return None if isinstance(made, Problem) else made


def by_article(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    """Return the claims of each article."""
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        told[claim.article].append(claim)
    return told


def ours(articles: Sequence[Article], claims: Sequence[Claim], pairs: Sequence[Pair]) -> Scores:
    """Return the share that each two articles have in common as the pipeline finds it, 0 where no index brings them together."""
    embedder = Remembering(SentenceEmbedder())
    sentences = make_sentences(articles, claims)
    aligned = align_all(find_candidates(sentences, embedder), sentences, {article.id: article.text for article in articles}, embedder)
    found = {pair: made.share for pair, made in aligned.items() if made.words >= FEWEST_WORDS}
    return np.array([found.get((min(pair.a, pair.b), max(pair.a, pair.b)), 0.0) for pair in pairs])


def rivals(articles: Sequence[Article], pairs: Sequence[Pair]) -> dict[str, Scores]:
    """Return what the rivals say of each pair: shared trigrams by Jaccard, by the shorter text, and Jaccard as MinHashes estimate it."""
    wanted = {article for pair in pairs for article in (pair.a, pair.b)}
    shingles = {article.id: trigrams(article.text) for article in articles if article.id in wanted}
    hashes = {name: min_hash(own) for name, own in shingles.items()}
    told = [(shingles[pair.a], shingles[pair.b]) for pair in pairs]
    return {
        "trigram Jaccard": np.array([len(a & b) / max(1, len(a | b)) for a, b in told]),
        "trigrams of the shorter": np.array([len(a & b) / max(1, min(len(a), len(b))) for a, b in told]),
        "MinHash": np.array([hashes[pair.a].jaccard(hashes[pair.b]) for pair in pairs]),
    }


def trigrams(text: str) -> frozenset[str]:
    """Return every three words in a row."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def min_hash(shingles: frozenset[str]) -> MinHash:
    """Return the MinHash of a set."""
    made = MinHash(num_perm=128)
    made.update_batch([shingle.encode() for shingle in sorted(shingles)])
    return made


def figures(scores: Scores, pairs: Sequence[Pair], kept: npt.NDArray[np.bool_], shipped: float | None) -> dict[str, float]:
    """Return the figures of one method: at the threshold that it ships with, else at the one that is best on the tuning part."""
    copy, tuning = (np.array([getattr(pair, name) for pair in pairs]) for name in ("copy", "tuning"))
    levels = np.array([pair.level for pair in pairs])
    best = max(np.unique(np.round(scores[tuning], 3)).tolist(), key=lambda t: (f1(scores[tuning & kept], copy[tuning & kept], t), -t))
    threshold = best if shipped is None else shipped
    test = ~tuning & kept
    flagged = scores >= threshold
    right = int((flagged & copy & test).sum())
    return {
        "threshold": threshold,
        "F1 on tuning part": f1(scores[tuning & kept], copy[tuning & kept], threshold),
        "F1": f1(scores[test], copy[test], threshold),
        "precision": right / max(1, int((flagged & test).sum())),
        "recall": right / max(1, int((copy & test).sum())),
        **{f"F1 {level}": f1(scores[test & (levels == level)], copy[test & (levels == level)], threshold) for level in LEVELS},
    }


def f1(scores: Scores, copy: npt.NDArray[np.bool_], threshold: float) -> float:
    """Return the F1 of calling everything from a threshold a copy."""
    flagged = scores >= threshold
    return 2 * int((flagged & copy).sum()) / max(1, int(flagged.sum() + copy.sum()))


def read_by_hand() -> dict[str, set[frozenset[str]]]:
    """Return the pairs of originals that were read, by verdict."""
    read: dict[str, set[frozenset[str]]] = defaultdict(set)
    with READ.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            read[row["verdict"]].add(frozenset((f"{row['event']}/{row['a']}", f"{row['event']}/{row['b']}")))
    return read


def details(
    scores: dict[str, Scores], pairs: Sequence[Pair], kept: npt.NDArray[np.bool_], found: dict[str, dict[str, float]]
) -> Iterator[str]:
    """Yield a line for each pair of originals that a method flags, and for each copy that ours misses."""
    for name in METHODS:
        for pair, score, keep in zip(pairs, scores[name], kept, strict=True):
            if keep and not pair.copy and score >= found[name]["threshold"]:
                yield f"{name} flags {score:.3f}: {pair.a} {pair.b}"
            if name == "reconcile" and pair.copy and score < found[name]["threshold"]:
                yield f"{name} misses {score:.3f}: {pair.level} copy of {pair.a}"


if __name__ == "__main__":
    sys.exit(main())
