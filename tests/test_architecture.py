"""The straightness rules of the house: stages know no other stage, values are frozen, and the order of the input does not show."""

from __future__ import annotations

import ast
import random
import re
import sys
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
SHARED_BY_STAGES = {
    "reconcile",
    "reconcile.model",
    "reconcile.errors",
    "reconcile.syntax",
    "reconcile.anchors",
    "reconcile.spelling",
    "reconcile.yamltext",
}
LEARNED = {f"reconcile.models.{name}" for name in ("embedder", "bags", "index", "trees")}
STAGES = {
    "reading": set(),
    "claims": {"reconcile.models.parser"},
    "fields": set(),
    "events": LEARNED,
    "clustering": LEARNED,
    "compare": set(),
    "judging": {"reconcile.compare", "reconcile.compare.subjects"},  # the library of comparisons, which knows no stage
    "record": set(),
    "sources": {"reconcile.models.embedder", "reconcile.models.index"},
    "versions": set(),
    "rules": set(),
    "report": set(),
    "decisions": set(),
}
"""What a stage may import beside itself and what all stages share."""
INNER = {"claims", "fields", "events", "clustering", "judging", "record", "sources", "versions"}
"""Stages whose order only the pipeline knows; reading, rules and report stand at its ends, where the command line calls them."""
NOT_STAGES = set("__init__ model errors syntax anchors spelling yamltext models pipeline cli cache store review".split())


def modules(stage: str) -> list[Path]:
    folder = PACKAGE / stage
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [PACKAGE / f"{stage}.py"]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "reconcile":
            plain = node.module == "reconcile"
            yield from (f"reconcile.{alias.name}" if plain and alias.name != "__version__" else node.module for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "reconcile")


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_a_stage_imports_no_other_stage(stage: str) -> None:
    allowed = SHARED_BY_STAGES | STAGES[stage]
    for path in modules(stage):
        foreign = {name for name in imports(path) if name not in allowed and name.split(".")[1] != stage}
        assert not foreign, f"{path.relative_to(ROOT)} imports {sorted(foreign)}"


def test_every_module_is_a_stage_or_named_as_none() -> None:
    found = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert found - NOT_STAGES == set(STAGES)


def test_no_import_is_relative() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = [node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom) and node.level]
        assert not relative, f"{path.relative_to(ROOT)}:{relative[0]} imports by a dot, which the tests of this page do not follow"


def test_only_the_pipeline_knows_the_inner_stages() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        known = {name.split(".")[1] for name in imports(path) if "." in name} & INNER - {own}
        assert not known or own == "pipeline", f"{path.relative_to(ROOT)} imports {sorted(known)}"
    assert {name.split(".")[1] for name in imports(PACKAGE / "pipeline.py") if "." in name} >= INNER


def test_the_command_line_goes_through_the_pipeline() -> None:
    assert "reconcile.pipeline" in {name for path in modules("cli") for name in imports(path)}
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] != "cli":
            assert not any(name.startswith("reconcile.cli") for name in imports(path)), f"{path.relative_to(ROOT)} imports the command line"


def test_decisions_never_flow_back_into_the_pipeline() -> None:
    """They are laid over a finished report: no stage, and no pipeline, knows them."""
    for path in sorted(PACKAGE.rglob("*.py")):
        own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        known = {name.split(".")[1] for name in imports(path) if "." in name} & {"decisions", "review"} - {own}
        assert not known or own in {"cli", "review"}, f"{path.relative_to(ROOT)} imports {sorted(known)}"


def test_the_model_imports_only_the_standard_library() -> None:
    nodes = list(ast.walk(tree(PACKAGE / "model.py")))
    found = {node.module.split(".")[0] for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    found |= {alias.name.split(".")[0] for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    assert found <= sys.stdlib_module_names


def test_every_value_is_frozen_and_slotted() -> None:
    values = [value for value in vars(model).values() if hasattr(value, "__dataclass_fields__")]
    assert len(values) > 20
    for value in values:
        assert value.__dataclass_params__.frozen, value
        assert "__slots__" in vars(value), value


SEED_NAMES = "Huazhan|Saint-Lazare|Roissy|Le Monde|Vasseur|Guangzhou|Wenzhou|Qingtian|Portneuf|Matin Clair|Lotus Overseas"


class WithoutDocstrings(ast.NodeTransformer):
    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        return ast.Pass() if isinstance(node.value, ast.Constant) else node


def test_no_module_acts_on_a_name_of_the_seeds() -> None:
    """Docstrings may give an example; the code may not."""
    for path in sorted(PACKAGE.rglob("*.py")):
        code = ast.unparse(WithoutDocstrings().visit(tree(path)))
        known = set(re.findall(SEED_NAMES, code, re.IGNORECASE))
        assert not known, f"{path.relative_to(ROOT)} knows {sorted(known)}"


def test_the_order_of_the_articles_does_not_show(parser: SpacyParser, embedder: SentenceEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    rules = load_rules()
    articles = list(read_paths(["seeds"]).articles)
    pages = set()
    for seed in (None, 0, 1):
        if seed is not None:
            random.Random(seed).shuffle(articles)
        report = build_report(articles, rules, parser, embedder)
        pages.add((render_markdown(report), render_json(report)))
    assert len(pages) == 1


def test_the_order_of_the_files_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    files = sorted(str(path) for path in Path("seeds").glob("*.txt"))
    forward, backward = read_paths(files), read_paths(files[::-1])
    assert sorted(forward.articles, key=lambda article: article.id) == sorted(backward.articles, key=lambda article: article.id)
    assert read_paths(["seeds"]).articles == forward.articles
