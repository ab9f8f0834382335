"""The straightness rules of the house: stages know no other stage, values are frozen, and the order of the input does not show."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from stories import ROOT

from reconcile import model
from reconcile.models.embedder import SentenceEmbedder
from reconcile.models.parser import SpacyParser
from reconcile.pipeline import build_report
from reconcile.reading import read_paths
from reconcile.report import render_json, render_markdown
from reconcile.rules import load_rules

PACKAGE = ROOT / "reconcile"
SHARED_BY_STAGES = {"reconcile", "reconcile.model", "reconcile.errors", "reconcile.syntax"}
STAGES = {
    "reading": set(),
    "claims": {"reconcile.models.parser"},
    "fields": set(),
    "events": {"reconcile.models.embedder"},
    "clustering": {"reconcile.models.embedder"},
    "compare": set(),
    "judging": {"reconcile.compare", "reconcile.compare.subjects"},  # the library of comparisons, which knows no stage
    "sources": set(),
    "rules": set(),
    "report": set(),
}
"""What a stage may import beside itself and what all stages share."""


def modules(stage: str) -> list[Path]:
    folder = PACKAGE / stage
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [PACKAGE / f"{stage}.py"]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "reconcile":
            plain = node.module == "reconcile"
            yield from (f"reconcile.{alias.name}" if plain and alias.name != "__version__" else node.module for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "reconcile")


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_a_stage_imports_no_other_stage(stage: str) -> None:
    allowed = SHARED_BY_STAGES | STAGES[stage]
    for path in modules(stage):
        foreign = {name for name in imports(path) if name not in allowed and not name.startswith(f"reconcile.{stage}")}
        assert not foreign, f"{path.relative_to(ROOT)} imports {sorted(foreign)}"


def test_the_model_imports_only_the_standard_library() -> None:
    tree = ast.parse((PACKAGE / "model.py").read_text("utf-8"))
    found = {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    assert found == {"__future__", "collections", "dataclasses", "datetime", "enum", "hashlib", "typing"}


def test_every_value_is_frozen_and_slotted() -> None:
    values = [value for value in vars(model).values() if hasattr(value, "__dataclass_fields__")]
    assert len(values) > 20
    for value in values:
        assert value.__dataclass_params__.frozen, value
        assert "__slots__" in vars(value), value


def test_no_module_knows_a_name_of_the_seeds() -> None:
    names = ("Huazhan", "Saint-Lazare", "Roissy", "Le Monde", "Lotus", "Clair", "Guangzhou")
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text("utf-8")
        code = "\n".join(line for line in text.splitlines() if '"""' not in line)
        for name in names:
            assert name not in code or "according to" in code, f"{path.name} knows {name}"


def test_the_order_of_the_articles_does_not_show(parser: SpacyParser, embedder: SentenceEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    rules = load_rules()
    articles = list(read_paths(["seeds"]).articles)
    pages = set()
    for seed in range(2):
        random.Random(seed).shuffle(articles)
        report = build_report(articles, rules, parser, embedder)
        pages.add((render_markdown(report), render_json(report)))
    assert len(pages) == 1
