"""Measure how well sentences that speak of one event are told from the rest, beside MiniLM cosine in the same run.

    python benchmarks/same_fact.py [--pairs FILE --documents FILE] [--json]

The files are JSON lines (gzipped or not) in the form of ../shared/data/ecbplus; ECB+ dev by default. Both thresholds come from ECB+ train:
ours is stored in the model, that of the cosine is taken from the train pairs in this run. "Error of calibration" is the expected
calibration error over ten bins (Naeini et al. 2015): how far "0.8" is from 80 %.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from ecbplus import Json, best_of, is_same, pair_rows, read_lines, read_sentences
from sklearn.metrics import f1_score, precision_score, recall_score, roc_auc_score
from tabulate import tabulate
from train_same_fact import DATA, THRESHOLDS

from reconcile.clustering import load_scorer
from reconcile.models.embedder import Embedder, Remembering, SentenceEmbedder
from reconcile.models.parser import SpacyParser

Values = npt.NDArray[np.float64]
BINS = 10
TRAIN = DATA / "sentence_pairs_train.jsonl.gz"


def cosines(pairs: Sequence[Json], embedder: Embedder) -> Values:
    """Return the cosine of the two sentences of each pair."""
    first, second = (embedder.embed([pair[side] for pair in pairs]) for side in ("a", "b"))
    return np.asarray(np.einsum("ij,ij->i", first, second), dtype=np.float64)


def cosine_threshold(path: Path, embedder: Embedder) -> float:
    """Return the threshold of the cosine with the best F1 on the pairs of a file."""
    pairs = read_lines(path)
    same, scores = is_same(pairs), cosines(pairs, embedder)
    return float(max(THRESHOLDS, key=lambda value: f1_score(same, scores >= value)))


def figures(same: npt.NDArray[np.bool_], labels: Sequence[str], scores: Values, threshold: float) -> dict[str, float]:
    """Return the figures of one scorer."""
    kinds = np.array(labels)
    found = scores >= threshold
    against = {name: same | (kinds == label) for name, label in (("sibling", "sibling_topic"), ("story", "same_topic_other_event"))}
    aucs = {f"AUC {name}": roc_auc_score(same[kept], scores[kept]) for name, kept in against.items() if 0 < same[kept].sum() < kept.sum()}
    return {
        "AUC": float(roc_auc_score(same, scores)),
        **{name: float(value) for name, value in aucs.items()},
        "precision": float(precision_score(same, found)),
        "recall": float(recall_score(same, found)),
        "F1": float(f1_score(same, found)),
    }


def calibration_error(same: npt.NDArray[np.bool_], probability: Values) -> float:
    """Return the expected calibration error."""
    bins = np.minimum((probability * BINS).astype(int), BINS - 1)
    parts = [(bins == b) for b in range(BINS) if (bins == b).any()]
    return float(sum(part.mean() * abs(same[part].mean() - probability[part].mean()) for part in parts))


def main() -> int:
    """Measure, and print one table, or JSON."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pairs", type=Path, default=DATA / "sentence_pairs_dev.jsonl.gz")
    arguments.add_argument("--documents", type=Path, default=DATA / "documents_dev.jsonl.gz")
    arguments.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = arguments.parse_args()
    if missing := [path for path in (args.pairs, args.documents, TRAIN) if not path.is_file()]:
        print(f"skipped: {missing[0]} is missing; ECB+ is not part of this repository")
        return 0
    embedder = Remembering(SentenceEmbedder())
    pairs, cut = read_lines(args.pairs), cosine_threshold(TRAIN, embedder)
    numbers, rows = pair_rows(read_sentences(read_lines(args.documents), SpacyParser()), pairs, embedder)
    scorer = load_scorer()
    probability = best_of(numbers, scorer.predict(rows), len(pairs))
    same, labels = is_same(pairs), [pair["label"] for pair in pairs]
    made: dict[str, Any] = {
        "reconcile": {
            **figures(same, labels, probability, scorer.settings["threshold"]),
            "calibration error": calibration_error(same, probability),
        },
        "MiniLM cosine": figures(same, labels, cosines(pairs, embedder), cut),
    }
    if args.json:
        print(
            json.dumps(
                {"pairs": len(pairs), "threshold from train": scorer.settings["threshold"], "cosine from train": cut, **made}, indent=2
            )
        )
        return 0
    print(f"{len(pairs)} pairs, {int(same.sum())} of one event; thresholds from ECB+ train: {scorer.settings['threshold']}, cosine {cut}\n")
    print(tabulate([{"by": by, **row} for by, row in made.items()], headers="keys", tablefmt="github", floatfmt=".3f"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
