"""The checks of `reconcile doctor`: each adds lines to be read, and counts what is wrong."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import click
from packaging.requirements import Requirement

from reconcile import __version__
from reconcile.cli.settings import COMMANDS, NOT_SETTABLE, Setting, load_settings
from reconcile.errors import ReconcileError

OPTIONAL: Final = {
    "warc": "web archives (.warc) cannot be read",
    "large": "more than 50,000 articles, or claims of one event, cannot be compared",
}
"""What does not work without each optional part."""
GOOD, BAD, LACKING = "ok", "WRONG", "not installed"


@dataclass(slots=True)
class Health:
    """What has been found so far."""

    lines: list[str] = field(default_factory=list)
    wrong: int = 0

    def head(self, text: str) -> None:
        """Begin a section."""
        self.lines += ([""] if self.lines else []) + [text]

    def say(self, state: str, text: str) -> None:
        """Add a line; what is wrong is counted."""
        self.wrong += state == BAD
        self.lines.append(f"  {state}: {text}")


def check_packages(health: Health) -> None:
    """Check the versions of what is needed against what is asked for, and name the optional parts that are not there."""
    health.head(f"reconcile {__version__}, Python {platform.python_version()}, {sys.executable}")
    try:
        asked = [Requirement(line) for line in metadata.requires("reconcile") or []]
    except metadata.PackageNotFoundError:
        health.say(BAD, "reconcile itself is not installed, so nothing says what it needs: pip install -e . in its folder")
        return
    needed = [one for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})]
    wrong = list(_wrong_versions(needed))
    for line in wrong:
        health.say(BAD, line)
    if not wrong:
        health.say(GOOD, f"{len(needed)} packages, each in a version that is asked for")
    for extra, loss in OPTIONAL.items():
        own = [one for one in asked if one.marker and one.marker.evaluate({"extra": extra}) and one not in needed]
        missing = [one.name for one in own if not _version(one.name)]
        if not own:
            continue
        if missing:
            health.say(LACKING, f"{', '.join(missing)}: {loss}; to mend it: pip install 'reconcile[{extra}]'")
        else:
            health.say(GOOD, f"{', '.join(one.name for one in own)} (optional)")


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _wrong_versions(needed: Iterable[Requirement]) -> Iterator[str]:
    for one in needed:
        there = _version(one.name)
        mend = f"to mend it: pip install '{one.name}{one.specifier}'"
        if there is None:
            yield f"{one.name} is not installed; {mend}"
        elif not one.specifier.contains(there.partition("+")[0], prereleases=True):
            yield f"{one.name} is {there}, {one.specifier} is needed; {mend}"


def check_settings(health: Health, path: Path | None) -> None:
    """Say for each option of each command what it is and where that comes from."""
    from reconcile.cli.group import main

    commands = {name: main.commands[name] for name in COMMANDS}
    health.head(
        f"Settings: {path}" if path else "Settings: no reconcile.toml, and no pyproject.toml with [tool.reconcile], in this folder or above"
    )
    try:
        settings = load_settings(path, commands) if path else ()
    except ReconcileError as error:
        for line in str(error).splitlines():
            health.say(BAD, line)
        return
    given = {(setting.command, setting.parameter): setting for setting in settings}
    for name, command in commands.items():
        for parameter in command.params:
            option = max(parameter.opts, key=len).lstrip("-")
            if isinstance(parameter, click.Option) and option not in NOT_SETTABLE:
                health.say(name, f"{option} = {_told(given.get((name, str(parameter.name))), parameter)}")


def _told(setting: Setting | None, option: click.Option) -> str:
    if setting:
        return f"{setting.value!r} ({setting.path}:{setting.line})"
    plain = option.default if isinstance(option.default, str | bool | int) else False if option.is_flag else None
    return f"{'none' if plain is None else repr(plain)} (default)"


def check_rules(health: Health, folders: Sequence[Path]) -> None:
    """Load the rules."""
    from reconcile.rules import default_folder, load_rules

    health.head(f"Rules: {default_folder()}{''.join(f', {folder}' for folder in folders)}")
    try:
        rules = load_rules(folders)
    except ReconcileError as error:
        for line in str(error).splitlines():
            health.say(BAD, line)
        return
    cases = sum(len(rule.cases) for rule in rules.rules)
    health.say(GOOD, f"{len(rules.rules)} rules with {cases:,} cases, all well formed; digest {rules.digest[:12]}")


def check_models(health: Health, embedder: str | None, scorer: str, parsers: Sequence[str]) -> None:
    """Load every model, and name the bytes it is made of."""
    from reconcile.cli.options import OFF
    from reconcile.cli.running import load_embedder, load_parsers, load_scorer
    from reconcile.models.embedder import DEFAULT_EMBEDDER
    from reconcile.models.parser import DEFAULT_PARSER

    health.head("Models")
    try:
        for parser in load_parsers(parsers):
            health.say(GOOD, f"parser {parser.name} for {parser.language}{_digest(parser.name or DEFAULT_PARSER)}")
    except ReconcileError as error:
        health.say(BAD, str(error))
    try:
        health.say(GOOD, f"embedder {load_embedder(embedder).name}{_digest(embedder or DEFAULT_EMBEDDER)}")
    except ReconcileError as error:
        health.say(BAD, str(error))
    _check_shipped(health)
    if scorer == OFF:
        health.say("off", "scorer: only rules find conflicts; name a cross-encoder with --scorer to have one")
        return
    try:
        loaded = load_scorer(scorer)
        health.say(GOOD, f"scorer {loaded.name if loaded else scorer}{_digest(scorer)}")
    except ReconcileError as error:
        health.say(BAD, str(error))


def _check_shipped(health: Health) -> None:
    """Read the two learned models that come with the package."""
    from safetensors import SafetensorError, safe_open

    import reconcile.models

    for path in sorted(Path(reconcile.models.__file__).parent.glob("*.safetensors")):
        try:
            with safe_open(path, framework="numpy") as tensors:
                parts = len(list(tensors.keys()))
            health.say(GOOD, f"{path.stem} with {parts} arrays; digest {_of([path])}")
        except (OSError, SafetensorError) as error:
            health.say(BAD, f"{path} cannot be read ({error}); to mend it: pip install --force-reinstall reconcile")


def _digest(name: str) -> str:
    """Return, in words, the version of a package and the digest of the files that a model is made of."""
    folder = Path(name)
    if not folder.is_dir() and name.isidentifier():
        spec = find_spec(name)
        folder = Path(spec.origin).parent if spec and spec.origin else folder
    if not folder.is_dir():
        return ""
    files = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    version = _version(name) if name.isidentifier() else None
    return f"{f', version {version}' if version else ''}; digest {_of(files)}"


def _of(files: Sequence[Path]) -> str:
    digest = sha256()
    for path in sorted(files):
        digest.update(path.name.encode("utf-8", "surrogateescape") + b"\0")
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()[:12]
