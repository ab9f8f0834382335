"""Measure how well answers to one question are told apart by the fact they state, beside MiniLM cosine in the same run.

    python benchmarks/clusters.py [FILE] [--json]

FILE holds JSON lines (gzipped or not) in the form of NAnCo (Discord Questions, Laban et al. 2022), a question each with its `answers`:
"Answer", "Cluster Annotation" (answers of one label say the same) and "Paragraph" (where the answer stands). Every pair of answers to one
question counts. An answer is the claims of its paragraph that it touches; two answers score as the best pair of their claims. Transfer
only: there is no dev set. Our threshold is stored in the model, that of the cosine is taken from ECB+ train.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from ecbplus import best_of
from same_fact import TRAIN, Values, cosine_threshold
from sklearn.metrics import roc_auc_score
from tabulate import tabulate

from reconcile.claims import extract_claims
from reconcile.clustering import load_scorer
from reconcile.clustering.likeness import describe_pairs, make_statements
from reconcile.model import Article, Block, BlockKind, Claim, Span
from reconcile.models.embedder import Embedder, Remembering, SentenceEmbedder
from reconcile.models.parser import Parser, SpacyParser
from reconcile.models.trees import Trees

TIE = (0.9, 0.9)
"""How probably two articles tell of one event: all answers to a question do."""
UNTUNED = 0.5
"""Threshold of the cosine where ECB+ is missing."""
LINE = re.compile(r"\S[^\n]*")

Flags = npt.NDArray[np.bool_]


class Malformed(Exception):
    """What is wrong with the file, in one line that names it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; label and text may be empty."""

    text: str
    label: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class Told:
    """The claims of an answer's paragraph, and the positions of those that the answer touches."""

    claims: tuple[Claim, ...]
    own: tuple[int, ...]


def read_questions(path: Path) -> list[list[Answer]]:
    """Return the answers to each question. Raises Malformed."""
    try:
        packed = path.read_bytes()
        lines = (gzip.decompress(packed) if packed.startswith(b"\x1f\x8b") else packed).split(b"\n")
    except (OSError, EOFError, zlib.error) as error:
        raise Malformed(f"{path}: cannot be read: {error}") from error
    questions = [list(_answers(line, f"{path}:{number}")) for number, line in enumerate(lines, 1) if line.strip()]
    if not any(len(complete(answers)) > 1 for answers in questions):
        raise Malformed(f"{path}: holds no question with two answers that have a text and a label")
    return questions


def complete(answers: Sequence[Answer]) -> list[Answer]:
    """Return the answers with a text and a label."""
    return [answer for answer in answers if answer.text and answer.label]


def _answers(line: bytes, where: str) -> Iterator[Answer]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"{where}: is no JSON: {error}") from error
    if not isinstance(told, dict) or not isinstance(told.get("question"), str) or not isinstance(told.get("answers"), list):
        raise Malformed(f"{where}: must be an object with a text `question` and a list `answers`")
    for given in told["answers"]:
        if not isinstance(given, dict):
            raise Malformed(f"{where}: an answer must be an object")
        text, label, paragraph = (given.get(key) for key in ("Answer", "Cluster Annotation", "Paragraph"))
        if not all(isinstance(value, str | None) for value in (text, paragraph)):
            raise Malformed(f"{where}: `Answer` and `Paragraph` must be texts")
        if isinstance(label, bool) or not isinstance(label, str | int | None):
            raise Malformed(f"{where}: `Cluster Annotation` must be a text or a whole number")
        yield Answer((text or "").strip(), "" if label is None else str(label).strip(), paragraph or "")


def read_answers(answers: Sequence[Answer], parser: Parser) -> tuple[list[Told], int]:
    """Read the claims that each answer touches; the number is of those that had to be read without their paragraph."""
    places = [_find(answer) for answer in answers]
    told = _read({i: answers[i].paragraph for i, place in enumerate(places) if place}, parser)
    found = {i: Told(claims, _touched(claims, places[i])) for i, claims in told.items()}
    alone = {i: answer.text for i, answer in enumerate(answers) if i not in found or not found[i].own}
    found |= {i: Told(claims, tuple(range(len(claims)))) for i, claims in _read(alone, parser).items()}
    return [found[i] for i in range(len(answers))], len(alone)


def _find(answer: Answer) -> Span | None:
    """Return where an answer stands in its paragraph, whatever its blanks and capitals."""
    found = re.search(r"\s+".join(map(re.escape, answer.text.split())), answer.paragraph, re.IGNORECASE)
    return Span(*found.span()) if found else None


def _touched(claims: Sequence[Claim], place: Span | None) -> tuple[int, ...]:
    return tuple(i for i, claim in enumerate(claims) if place and claim.span.overlaps(place))


def _read(texts: Mapping[int, str], parser: Parser) -> dict[int, tuple[Claim, ...]]:
    """Read the claims of texts, every line of them a paragraph."""
    told: dict[int, list[Claim]] = defaultdict(list)
    articles = [Article(str(i), str(i), text, "nanco", blocks=tuple(_blocks(text))) for i, text in texts.items()]
    for claim in extract_claims(articles, parser):
        told[int(claim.article)].append(claim)
    return {i: tuple(told[i]) for i in texts}


def _blocks(text: str) -> Iterator[Block]:
    yield from (Block(Span(*line.span()), BlockKind.PARAGRAPH) for line in LINE.finditer(text))


def score_pairs(told: Sequence[Told], scorer: Trees, embedder: Embedder) -> Values:
    """Return how probably each two answers to one question state one fact; 0 where one of them makes no claim."""
    claims = [claim for one in told for claim in one.claims]
    starts = np.cumsum([0, *(len(one.claims) for one in told)]).tolist()
    rows = [[start + i for i in one.own] for start, one in zip(starts, told, strict=False)]
    couples = list(combinations(rows, 2))
    crossed = [(number, a, b) for number, (first, second) in enumerate(couples) for a in first for b in second]
    if not crossed:
        return np.zeros(len(couples))
    table = np.array(crossed, dtype=np.int64)
    ties = dict.fromkeys(combinations(sorted({claim.article for claim in claims}), 2), TIE)
    vectors = embedder.embed([claim.text for claim in claims])
    features = describe_pairs(make_statements(claims), vectors, table[:, 1:], ties, embedder, "en")
    return best_of(table[:, 0], scorer.predict(features), len(couples))


def score_cosines(answers: Sequence[Answer], embedder: Embedder) -> Values:
    """Return the cosine of each two answers to one question."""
    vectors = embedder.embed([answer.text for answer in answers])
    return np.array([float(a @ b) for a, b in combinations(vectors, 2)])


def figures(same: Flags, scores: Values, threshold: float) -> dict[str, float | None]:
    """Return the figures of one scorer; None where the pairs are all alike."""
    found, both = scores >= threshold, bool(same.any() and not same.all())
    told = float(found[same].mean()) if same.any() else None
    parted = float((~found[~same]).mean()) if not same.all() else None
    return {
        "threshold": threshold,
        "balanced accuracy": (told + parted) / 2 if told is not None and parted is not None else None,
        "AUC": float(roc_auc_score(same, scores)) if both else None,
        "same found": told,
        "different kept apart": parted,
    }


def measure(questions: Sequence[Sequence[Answer]], parser: Parser, embedder: Embedder) -> dict[str, Any]:
    """Return the counts, and the figures of both scorers."""
    kept = [complete(answers) for answers in questions]
    flat = [answer for answers in kept for answer in answers]
    given = [answer for answers in questions for answer in answers]
    told, alone = read_answers(flat, parser)
    scorer, ends = load_scorer(), np.cumsum([len(answers) for answers in kept]).tolist()
    by_question = [told[end - len(answers) : end] for end, answers in zip(ends, kept, strict=True)]
    ours = np.concatenate([score_pairs(own, scorer, embedder) for own in by_question])
    plain = np.concatenate([score_cosines(answers, embedder) for answers in kept])
    tuned = cosine_threshold(TRAIN, embedder) if TRAIN.is_file() else None
    same = np.array([a.label == b.label for answers in kept for a, b in combinations(answers, 2)])
    return {
        "questions": len(questions),
        "answers": len(flat),
        "left out, empty": sum(not answer.text for answer in given),
        "left out, no label": sum(bool(answer.text) and not answer.label for answer in given),
        "read without paragraph": alone,
        "without a claim": sum(not one.own for one in told),
        "pairs": len(same),
        "pairs of one label": int(same.sum()),
        "cosine threshold": "from ECB+ train" if tuned is not None else f"{UNTUNED}, not tuned: ECB+ train is missing",
        "reconcile": figures(same, ours, scorer.settings["threshold"]),
        "MiniLM cosine": figures(same, plain, UNTUNED if tuned is None else tuned),
    }


def main() -> int:
    """Measure, and print one table, or JSON."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file", nargs="?", type=Path, metavar="FILE", help="questions with their answers, JSON lines")
    arguments.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = arguments.parse_args()
    if args.file is None:
        print("skipped: no FILE is given; the answers of NAnCo are not part of this repository")
        return 0
    try:
        questions = read_questions(args.file)
    except Malformed as error:
        print(error, file=sys.stderr)
        return 2
    made = measure(questions, SpacyParser(), Remembering(SentenceEmbedder()))
    if args.json:
        print(json.dumps(made, indent=2))
        return 0
    scorers = {by: row for by, row in made.items() if isinstance(row, dict)}
    print("transfer only; " + ", ".join(f"{name}: {value}" for name, value in made.items() if name not in scorers) + "\n")
    print(tabulate([{"by": by, **row} for by, row in scorers.items()], headers="keys", tablefmt="github", floatfmt=".3f"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
