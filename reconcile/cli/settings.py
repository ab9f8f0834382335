"""Settings from a reconcile.toml or a pyproject.toml: the file closest to the working folder, checked key by key, the command line wins."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from reconcile.errors import SettingsError

FILE: Final = "reconcile.toml"
PROJECT: Final = "pyproject.toml"
COMMANDS: Final = ("report", "diff")
"""Commands that can be set, each in a table of its name; a key outside of any table is for all that have the option."""
NOT_SETTABLE: Final = frozenset({"help", "write-baseline", "explain", "unified", "json", "markdown"})
"""Options that do something once, which a file found on the way may not ask for, and other words for --format."""
MODELS: Final = frozenset({"embedder", "parser", "scorer"})
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and where it stands."""

    command: str
    option: str
    parameter: str
    """Name of the option in the code."""
    value: object
    path: str
    line: int


def find_settings(start: Path) -> Path | None:
    """Return the closest file with settings, from a folder upwards."""
    folder = start.absolute()
    for place in (folder, *folder.parents):
        if (place / FILE).is_file():
            return place / FILE
        if (place / PROJECT).is_file() and _has_table(place / PROJECT):
            return place / PROJECT
    return None


def _has_table(path: Path) -> bool:
    try:
        return bool(re.search(r"^\s*\[\s*tool\s*\.\s*reconcile\s*[].]", path.read_text("utf-8", errors="replace"), re.MULTILINE))
    except OSError:
        return False


def load_settings(path: Path, commands: Mapping[str, click.Command]) -> tuple[Setting, ...]:
    """Read and check a file. Raises SettingsError with every error, a line each."""
    shown = _shown(path)
    text = _read(path, shown)
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        rows = text.split("\n")
        line, column = (int(found[1]), int(found[2])) if found else (len(rows), len(rows[-1]) + 1)
        raise SettingsError(
            shown, line, column, f"is not TOML: {re.sub(r' ?[(]at .*[)]$', '', str(error)) or 'nested too deeply'}"
        ) from error
    reader = _Reader(shown, path.parent, text, path.name == PROJECT, commands)
    settings = tuple(reader.read(data.get("tool", {}).get("reconcile", {}) if path.name == PROJECT else data))
    if reader.errors:
        told = "\n".join(str(error) for error in sorted(reader.errors, key=lambda error: (error.line, error.column, str(error))))
        wrong = SettingsError(shown, reader.errors[0].line, reader.errors[0].column, told)
        wrong.args = (told,)
        raise wrong
    return settings


def _shown(path: Path) -> str:
    """Return a path as it is shortest to read from the working folder."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith(f"..{os.sep}..{os.sep}..") else relative


def _read(path: Path, shown: str) -> str:
    from reconcile.yamltext import read_text

    try:
        return read_text(path, SettingsError)[0]
    except SettingsError as error:
        raise SettingsError(shown, error.line, error.column, str(error).partition(": ")[2]) from error


def defaults(settings: Sequence[Setting]) -> dict[str, dict[str, object]]:
    """Return the settings as click wants them: by command and parameter."""
    made: dict[str, dict[str, object]] = {}
    for setting in settings:
        made.setdefault(setting.command, {})[setting.parameter] = setting.value
    return made


class _Reader:
    """One file while it is read."""

    def __init__(self, shown: str, folder: Path, text: str, project: bool, commands: Mapping[str, click.Command]) -> None:
        self.shown, self.folder, self.lines, self.project, self.commands = shown, folder, text.splitlines(), project, commands
        self.errors: list[SettingsError] = []

    def read(self, table: object) -> Iterator[Setting]:
        """Yield what is set for all commands, then what is set for one, which so wins."""
        if not isinstance(table, dict):
            self._error("", "", "must be a table: [tool.reconcile]")
            return
        shared = {key: value for key, value in table.items() if not (key in self.commands and isinstance(value, dict))}
        known = {option for command in self.commands for option in self._options(command)}
        for key in shared:
            if key not in known:
                self._unknown("", key, [*sorted(known), *(f"[{name}]" for name in self.commands)])
        own: dict[str, Table] = {name: table[name] for name in self.commands if isinstance(table.get(name), dict)}
        for command in self.commands:
            options = self._options(command)
            for key, value in shared.items():
                if key in options:
                    yield from self._setting(command, "", key, value, options[key])
            for key, value in own.get(command, {}).items():
                if key in options:
                    yield from self._setting(command, command, key, value, options[key])
                else:
                    self._unknown(command, key, sorted(options))

    def _options(self, command: str) -> dict[str, click.Option]:
        options = [parameter for parameter in self.commands[command].params if isinstance(parameter, click.Option)]
        named = {max(option.opts, key=len).lstrip("-"): option for option in options}
        return {name: option for name, option in named.items() if name not in NOT_SETTABLE}

    def _unknown(self, table: str, key: str, allowed: Sequence[str]) -> None:
        self._error(table, key, f"unknown key {key!r}; allowed here: {', '.join(allowed)}")

    def _error(self, table: str, key: str, message: str) -> None:
        error = SettingsError(self.shown, *self._place(table, key), message)
        if str(error) not in {str(known) for known in self.errors}:
            self.errors.append(error)

    def _place(self, table: str, key: str) -> tuple[int, int]:
        """Return where a key stands: TOML readers do not say, so its table's head and then the key are looked for."""
        head = ["tool", "reconcile", *([table] if table else [])] if self.project else [table] if table else []
        at = (1, 1)
        current: list[str] | None = None if head else []
        for number, line in enumerate(self.lines, 1):
            if found := re.match(r"\s*\[([^\[\]]+)\]\s*(#.*)?$", line):
                current = [part.strip().strip("\"'") for part in found[1].split(".")]
                at = (number, 1) if current == head else at
            elif current == head and (found := re.match(rf"(\s*)[\"']?{re.escape(key)}[\"']?\s*[.=]", line)):
                return number, len(found[1]) + 1
        return at

    def _setting(self, command: str, table: str, key: str, value: object, option: click.Option) -> Iterator[Setting]:
        try:
            made = _value(key, value, option, self.folder)
        except click.BadParameter as error:
            self._error(table, key, f"{key!r} {error.message}")
            return
        assert option.name is not None
        yield Setting(command, key, option.name, made, self.shown, self._place(table, key)[0])


def _value(key: str, value: object, option: click.Option, folder: Path) -> object:
    """Check a value against its option; a path is taken from the file's folder. Raises click.BadParameter."""
    if option.is_flag:
        if not isinstance(value, bool):
            raise click.BadParameter(f"is {value!r}: write true or false")
        return value
    if option.multiple:
        items = value if isinstance(value, list) else [value]
        return [_single(key, item, option, folder) for item in items]
    if key == "format" and isinstance(value, list):
        value = ",".join(map(str, value))
    return _single(key, value, option, folder)


def _single(key: str, value: object, option: click.Option, folder: Path) -> object:
    number = isinstance(option.type, click.types.IntParamType)
    if not isinstance(value, int if number else str) or isinstance(value, bool):
        raise click.BadParameter(f"is {value!r}: write {'a whole number' if number else 'text in quotation marks'}")
    if isinstance(value, str) and "\0" in value:
        raise click.BadParameter("holds a null character")
    if key in MODELS:
        _trusted(str(value))
    if isinstance(option.type, click.Path):
        return str(Path(os.path.relpath(folder)) / str(value))
    converted = option.type.convert(value, option, None)
    if option.callback and key == "format":
        option.callback(click.Context(click.Command("report")), option, value)
    return converted


def _trusted(name: str) -> None:
    """Let a file name a model only if it is installed: a folder that came along with the file might hold anything. Raises BadParameter."""
    from importlib.metadata import packages_distributions

    if name in {"off", "contradiction"} or name in packages_distributions():
        return
    raise click.BadParameter(
        f"is {name!r}, which is no installed package: a model from a folder can be named on the command line only, "
        "since loading it may run what came with it"
    )
