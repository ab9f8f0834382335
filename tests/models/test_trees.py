"""Trees kept as arrays: they say what the model they came from says, and their explanation adds up to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file
from sklearn.ensemble import HistGradientBoostingClassifier

from reconcile.errors import ModelError
from reconcile.model import Judged
from reconcile.models import trees
from reconcile.models.trees import Trees, Values, save_trees

FEATURES = ("alike", "late", "noise")


def rows_with_gaps(count: int, seed: int) -> Values:
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(count, len(FEATURES)))
    rows[rng.random(rows.shape) < 0.15] = np.nan
    return rows


@pytest.fixture(scope="module")
def model() -> Any:
    rows = rows_with_gaps(500, 0)
    told = np.nan_to_num(rows, nan=0.7)
    return HistGradientBoostingClassifier(max_iter=15, max_depth=4, random_state=0).fit(rows, told[:, 0] + told[:, 1] > 0)


@pytest.fixture(scope="module")
def saved(model: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("trees") / "plain.safetensors"
    save_trees(path, model, FEATURES, (1.0, 0.0), {"join": 0.5})
    return path


def odds(probabilities: Values) -> Values:
    return np.asarray(np.log(probabilities / (1 - probabilities)))


def told_odds(judged: Judged) -> float:
    return judged.start + sum(added for _, _, added in judged.parts)


def test_the_trees_say_what_the_model_says(model: Any, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "BATCH", 64)
    rows = rows_with_gaps(300, 1)
    rows[0] = np.nan
    np.testing.assert_allclose(Trees.load(str(saved)).predict(rows), model.predict_proba(rows)[:, 1], rtol=0, atol=1e-9)


def test_no_rows_get_no_answers(saved: Path) -> None:
    assert Trees.load(str(saved)).predict(np.zeros((0, len(FEATURES)))).shape == (0,)


def test_start_and_parts_add_up_to_the_log_odds_of_the_answer(saved: Path) -> None:
    kept, rows = Trees.load(str(saved)), rows_with_gaps(200, 2)
    for row, expected in zip(rows, odds(kept.predict(rows)), strict=True):
        assert told_odds(kept.explain(row)) == pytest.approx(expected, abs=1e-9)


def test_an_explanation_tells_the_answer_that_it_explains(saved: Path) -> None:
    kept, rows = Trees.load(str(saved)), rows_with_gaps(20, 4)
    assert [kept.explain(row).probability for row in rows] == kept.predict(rows).tolist()


def test_an_explanation_names_every_feature_with_its_value_strongest_first(saved: Path) -> None:
    row = np.array([1.5, np.nan, -0.5])
    parts = Trees.load(str(saved)).explain(row).parts
    np.testing.assert_equal({name: value for name, value, _ in parts}, dict(zip(FEATURES, row.tolist(), strict=True)))
    strengths = [abs(added) for _, _, added in parts]
    assert strengths == sorted(strengths, reverse=True)


def test_features_that_both_speak_for_or_both_against_push_in_that_direction(saved: Path) -> None:
    kept = Trees.load(str(saved))
    for value in (-2.0, 2.0):
        added = {name: part for name, _, part in kept.explain(np.array([value, value, 0.0])).parts}
        assert np.sign(added["alike"]) == np.sign(added["late"]) == np.sign(value)


def test_a_calibration_bends_answer_and_explanation_alike(model: Any, tmp_path: Path) -> None:
    path, rows = tmp_path / "bent.safetensors", rows_with_gaps(50, 3)
    save_trees(path, model, FEATURES, (0.5, -1.0), {})
    kept = Trees.load(str(path))
    expected = 0.5 * model.decision_function(rows) - 1
    np.testing.assert_allclose(odds(kept.predict(rows)), expected, rtol=0, atol=1e-9)
    for row, answer in zip(rows, expected, strict=True):
        assert told_odds(kept.explain(row)) == pytest.approx(answer, abs=1e-9)


def test_the_same_model_gives_the_same_bytes(model: Any, saved: Path, tmp_path: Path) -> None:
    save_trees(tmp_path / "again.safetensors", model, FEATURES, (1.0, 0.0), {"join": 0.5})
    assert (tmp_path / "again.safetensors").read_bytes() == saved.read_bytes()


def test_features_and_settings_travel_with_the_trees(saved: Path) -> None:
    kept = Trees.load(str(saved))
    assert kept.features == FEATURES
    assert kept.settings == {"join": 0.5}


def test_a_model_of_other_features_is_refused(saved: Path) -> None:
    kept = Trees.load(str(saved))
    kept.require(list(FEATURES))
    for others in (FEATURES[:2], FEATURES[::-1], (*FEATURES, "more")):
        with pytest.raises(ModelError, match="other features"):
            kept.require(others)


@pytest.mark.parametrize("content", [None, b"", b"no model", b"\x10" + b"\0" * 7 + b'{"no": "tensor"}'])
def test_a_missing_empty_or_broken_file_is_told_in_one_line(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "broken.safetensors"
    if content is not None:
        path.write_bytes(content)
    assert_refused(path)


def test_a_file_cut_short_is_told_in_one_line(saved: Path, tmp_path: Path) -> None:
    path = tmp_path / "short.safetensors"
    path.write_bytes(saved.read_bytes()[:-100])
    assert_refused(path)


@pytest.mark.parametrize("metadata", [None, {"about": "no json"}, {"about": "[]"}, {"about": "{}"}, {"other": "x"}])
def test_a_file_of_something_else_is_told_in_one_line(metadata: dict[str, str] | None, tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    save_file({"weights": np.zeros(3)}, str(path), metadata=metadata)
    assert_refused(path)


def test_an_unknown_name_is_told_in_one_line() -> None:
    with pytest.raises(ModelError, match=r"^[^\n]*unheard_of\.safetensors: [^\n]+$"):
        Trees.load("unheard_of")


def assert_refused(path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        Trees.load(str(path))
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
