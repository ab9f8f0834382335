"""Train the same-fact scorer on ECB+ train: `python benchmarks/train_same_fact.py [--out FILE]`.

A pair of sentences of two documents states one fact where both mention one event by hand annotation. Trees are grown on the features of
reconcile/clustering/likeness.py; what they answer on topics that they did not see (eight folds by topic) gives the calibration (Platt
1999) and the threshold of the best F1. The same data and versions give the same file. Takes about five minutes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from ecbplus import best_of, is_same, pair_rows, read_lines, read_sentences
from scipy.special import expit
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score
from sklearn.model_selection import GroupKFold

from reconcile.clustering import MODEL
from reconcile.clustering.likeness import FEATURES
from reconcile.models.embedder import Remembering, SentenceEmbedder
from reconcile.models.parser import SpacyParser
from reconcile.models.trees import FOLDER, save_trees

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "ecbplus"
SEED = 7
FOLDS = 8
TREES: dict[str, Any] = {
    "max_iter": 200, "learning_rate": 0.05, "max_leaf_nodes": 5, "min_samples_leaf": 200, "l2_regularization": 1.0, "early_stopping": False,
}  # fmt: skip
THRESHOLDS = np.round(np.arange(0.05, 0.96, 0.01), 2)


def main() -> int:
    """Fit, calibrate, choose the threshold, write the model."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--out", type=Path, default=FOLDER / f"{MODEL}.safetensors")
    args = arguments.parse_args()
    documents, pairs = DATA / "documents_train.jsonl.gz", DATA / "sentence_pairs_train.jsonl.gz"
    if missing := [path for path in (documents, pairs) if not path.is_file()]:
        print(f"skipped: {missing[0]} is missing; ECB+ is not part of this repository")
        return 0
    labelled = read_lines(pairs)
    numbers, rows = pair_rows(read_sentences(read_lines(documents), SpacyParser()), labelled, Remembering(SentenceEmbedder()))
    same, topics = is_same(labelled), np.array([pair["topic"] for pair in labelled])
    odds = np.zeros(len(rows))
    for seen, unseen in GroupKFold(FOLDS).split(rows, same[numbers], topics[numbers]):
        odds[unseen] = _grown(rows[seen], same[numbers][seen]).decision_function(rows[unseen])
    best = best_of(numbers, odds, len(labelled), without=-np.inf)
    known = np.isfinite(best)
    platt = LogisticRegression(C=1e6).fit(best[known, None], same[known])
    slope, shift = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    probability = expit(slope * best + shift)
    threshold = float(max(THRESHOLDS, key=lambda value: (round(f1_score(same, probability >= value), 6), -value)))
    auc, f1 = roc_auc_score(same, probability), f1_score(same, probability >= threshold)
    print(f"topics not seen (train, {FOLDS} folds): AUC {auc:.3f}, F1 {f1:.3f} at {threshold}")
    save_trees(args.out, _grown(rows, same[numbers]), FEATURES, (round(slope, 6), round(shift, 6)), {"threshold": threshold})
    print(f"written to {args.out}")
    return 0


def _grown(rows: npt.NDArray[np.float64], same: npt.NDArray[np.bool_]) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(random_state=SEED, **TREES).fit(rows, same)


if __name__ == "__main__":
    sys.exit(main())
