"""Boosted decision trees from a safetensors file: numbers in, a probability out, and what each number did to it.

The trees are grown by scikit-learn (`benchmarks/train_events.py`, `benchmarks/train_same_fact.py`); they are kept as plain arrays because
a pickle may run code and binds to one version of the library.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file
from sklearn.ensemble import HistGradientBoostingClassifier

from reconcile.errors import ModelError
from reconcile.model import Judged

FOLDER: Final = Path(__file__).parent
BATCH: Final = 4096
"""Pairs that are sent down the trees at a time."""
NODES: Final = ("feature", "threshold", "left", "right", "missing_left", "value")

Values = npt.NDArray[np.float64]


class Trees:
    """A sum of decision trees in log-odds, with a calibration on top."""

    def __init__(self, arrays: dict[str, npt.NDArray[Any]], features: Sequence[str], settings: dict[str, Any]) -> None:
        """`arrays` holds the nodes of all trees one after the other, `roots`, the `base` log-odds and `calibration` (slope, shift)."""
        self.features = tuple(features)
        self.settings = settings
        self._nodes = [np.asarray(arrays[name]) for name in NODES]
        self._roots = np.asarray(arrays["roots"], dtype=np.int64)
        self._base = float(arrays["base"][0])
        self._slope, self._shift = (float(x) for x in arrays["calibration"])

    @classmethod
    def load(cls, name: str) -> Trees:
        """Load one of the models of this folder, or the file of a path. Raises ModelError."""
        path = FOLDER / f"{name}.safetensors" if "/" not in name else Path(name)
        try:
            with safe_open(path, framework="numpy") as file:
                told = json.loads(file.metadata()["about"])
                arrays = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118  # the handle is no dict
            return cls(arrays, told["features"], told["settings"])
        except (OSError, SafetensorError, LookupError, TypeError, ValueError) as error:
            raise ModelError(f"{path}: is no model of this tool ({error}); install reconcile anew") from error

    def require(self, features: Sequence[str]) -> None:
        """Raise ModelError unless the model was trained on just these features, in this order."""
        if self.features != tuple(features):
            raise ModelError("a model of this tool was trained on other features than it is given; install reconcile anew")

    def predict(self, rows: Values) -> Values:
        """Return the probability, 0 to 1, for each row of feature values; NaN stands for a value that is not known."""
        return _probability(self._slope * self._sum(rows) + self._shift)

    def explain(self, row: Values) -> Judged:
        """Return the prediction for one row with what each feature added to its log-odds.

        What a feature adds is the change of the expected answer at each fork that asks for it (Saabas 2014); start and parts sum to
        the log-odds of the prediction.
        """
        feature, threshold, left, right, missing_left, value = self._nodes
        start, added = self._base, np.zeros(len(self.features))
        for root in self._roots:
            node, start = int(root), start + float(value[root])
            while left[node] >= 0:
                x = row[feature[node]]
                below = bool(missing_left[node]) if np.isnan(x) else bool(x <= threshold[node])
                child = int(left[node] if below else right[node])
                added[feature[node]] += float(value[child]) - float(value[node])
                node = child
        parts = [(name, float(row[i]), self._slope * float(added[i])) for i, name in enumerate(self.features)]
        strongest = tuple(sorted(parts, key=lambda part: (-abs(part[2]), part[0])))
        return Judged(float(self.predict(row[None])[0]), self._slope * start + self._shift, strongest)

    def _sum(self, rows: Values) -> Values:
        total = np.full(len(rows), self._base)
        for start in range(0, len(rows), BATCH):
            total[start : start + BATCH] += self._leaves(rows[start : start + BATCH]).sum(axis=1)
        return total

    def _leaves(self, rows: Values) -> Values:
        feature, threshold, left, right, missing_left, value = self._nodes
        here = np.arange(len(left))
        left, right = np.where(left < 0, here, left), np.where(left < 0, here, right)  # a leaf leads to itself
        feature, missing_left = feature.astype(np.intp), missing_left > 0
        node = np.tile(self._roots, (len(rows), 1))
        while True:
            x = np.take_along_axis(rows, feature[node], axis=1)
            below = (x <= threshold[node]) | (np.isnan(x) & missing_left[node])
            onward = np.where(below, left[node], right[node])
            if (onward == node).all():
                return np.asarray(value[node], dtype=np.float64)
            node = onward


def save_trees(
    path: Path,
    model: HistGradientBoostingClassifier,
    features: Sequence[str],
    calibration: tuple[float, float],
    settings: dict[str, Any],
) -> None:
    """Write a fitted HistGradientBoostingClassifier; the same model gives the same bytes."""
    grown = [stage[0].nodes for stage in model._predictors]
    starts = np.cumsum([0, *(len(nodes) for nodes in grown)])
    columns: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in NODES}
    for start, nodes in zip(starts, grown, strict=False):
        leaf = nodes["is_leaf"].astype(bool)
        columns["feature"].append(np.where(leaf, 0, nodes["feature_idx"]).astype(np.int32))
        columns["threshold"].append(np.where(leaf, 0.0, nodes["num_threshold"]))
        columns["left"].append(np.where(leaf, -1, nodes["left"] + start).astype(np.int32))
        columns["right"].append(np.where(leaf, -1, nodes["right"] + start).astype(np.int32))
        columns["missing_left"].append(nodes["missing_go_to_left"].astype(np.int8))
        # scikit-learn shrinks the leaves by the learning rate, but not the forks; what a fork expects is shrunk here to match them.
        columns["value"].append(np.where(leaf, nodes["value"], nodes["value"] * model.learning_rate))
    arrays = {name: np.concatenate(parts) for name, parts in columns.items()}
    arrays |= {"roots": starts[:-1].astype(np.int64), "base": np.ravel(model._baseline_prediction).astype(np.float64)}
    arrays["calibration"] = np.array(calibration)
    about = json.dumps({"features": list(features), "settings": settings}, sort_keys=True)
    save_file(arrays, str(path), metadata={"about": about})  # one key only: the library writes several in any order
    path.chmod(0o644)


def _probability(odds: Values) -> Values:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -35, 35))))
