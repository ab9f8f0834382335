"""A YAML text in, plain values and the place of each out: every error names file, line and column, and no tag or anchor is obeyed."""

from __future__ import annotations

from pathlib import Path
from typing import Generic, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from reconcile.errors import FileError

E = TypeVar("E", bound=FileError)

LARGEST_FILE = 1_000_000
"""Bytes that a file may have."""
DEEPEST = 12
"""Levels of nesting that a file may have."""
MOST_ERRORS = 50
"""Errors of one file that are told one by one."""
CORE_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq", "timestamp", "merge"))
"""Tags that YAML itself gives to plain values."""

Location = tuple[int | str, ...]


def place_of(error: FileError) -> tuple[str, int, int]:
    """Order errors by file, line and column."""
    return error.path, error.line, error.column


class Sheet(Generic[E]):
    """What is known of one file while it is read: where each value stands, and what is wrong with it."""

    def __init__(self, path: Path, kind: type[E]) -> None:
        """`kind` is the error that is made of whatever is wrong."""
        self.path, self.kind = str(path), kind
        self.places: dict[Location, tuple[int, int]] = {}
        self.errors: list[E] = []
        self.spoilt: set[Location] = set()

    def error(self, at: Location, message: str) -> E:
        """Return an error at a place, or at the nearest known place that encloses it."""
        where = next((self.places[at[:n]] for n in range(len(at), -1, -1) if at[:n] in self.places), (1, 1))
        return self.kind(self.path, *where, message)

    def spoil(self, at: Location, message: str) -> None:
        """Note that a value cannot be used, so that nothing more is said of it."""
        self.errors.append(self.error(at, message))
        self.spoilt.add(at)

    def is_spoilt(self, at: Location) -> bool:
        """Return whether a value, what encloses it or a part of it cannot be used."""
        return any(at[: len(bad)] == bad or bad[: len(at)] == at for bad in self.spoilt)

    def sorted(self) -> list[E]:
        """Return each error once, by line, the last of very many left out."""
        each = {str(error): error for error in sorted(self.errors, key=place_of)}
        told = list(each.values())
        if len(told) > MOST_ERRORS:
            last = told[MOST_ERRORS]
            more = self.kind(self.path, last.line, last.column, f"{len(told) - MOST_ERRORS} more errors from here on")
            return [*told[:MOST_ERRORS], more]
        return told


def read_text(path: Path, kind: type[E]) -> tuple[str, bytes]:
    """Return a file's text and its bytes."""
    try:
        if not path.is_file():
            raise kind(str(path), 1, 1, "is no file" if path.exists() else "there is no such file")
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
        if len(raw) > LARGEST_FILE:
            raise kind(str(path), 1, 1, f"is larger than {LARGEST_FILE:,} bytes, the most that such a file may have")
        return raw.decode("utf-8-sig"), raw
    except OSError as error:
        raise kind(str(path), 1, 1, f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise kind(str(path), 1, 1, f"is not UTF-8 text (byte {error.start})") from error


def read_values(text: str, sheet: Sheet[E]) -> object:
    """Return what a text holds as plain values; where each stands, and what is not allowed, is noted on the sheet."""
    return _plain(_compose(text, sheet), (), sheet, 0)


def _compose(text: str, sheet: Sheet[E]) -> Node:
    """Parse YAML to nodes, which know their lines; nothing is ever constructed from a tag."""
    try:
        node: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise sheet.kind(sheet.path, line, column, f"is not YAML: {error.problem or error}") from error
    except RecursionError as error:
        raise sheet.error((), f"is nested more than {DEEPEST} levels deep") from error
    except (YAMLError, ValueError) as error:
        raise sheet.error((), f"is not YAML: {str(error).splitlines()[0] if str(error) else type(error).__name__}") from error
    if node is None:
        raise sheet.error((), "is empty")
    return node


def _plain(node: Node, at: Location, sheet: Sheet[E], depth: int) -> object:
    """Turn nodes into plain values and note where each stands; what is not allowed is noted and left out."""
    sheet.places.setdefault(at, (node.start_mark.line + 1, node.start_mark.column + 1))
    if depth > DEEPEST:
        raise sheet.error(at, f"is nested more than {DEEPEST} levels deep")
    if wrong := _forbidden(node):
        sheet.spoil(at, wrong)
        return None
    if isinstance(node, MappingNode):
        return _mapping(node, at, sheet, depth)
    if isinstance(node, SequenceNode):
        return [_plain(item, (*at, i), sheet, depth + 1) for i, item in enumerate(node.value)]
    assert isinstance(node, ScalarNode)
    return _scalar(node)


def _forbidden(node: Node) -> str:
    """Return why a node may not stand in a file, or the empty string."""
    if node.anchor:
        return f"anchor &{node.anchor}: anchors and aliases are not allowed here; write the value out"
    if node.tag and str(node.tag) not in CORE_TAGS:
        return f"tag {str(node.tag).replace('tag:yaml.org,2002:', '!!')}: tags are not allowed here; write the plain value"
    return ""


def _mapping(node: MappingNode, at: Location, sheet: Sheet[E], depth: int) -> dict[str, object]:
    result: dict[str, object] = {}
    for key, value in node.value:
        where = key.start_mark.line + 1, key.start_mark.column + 1
        if not isinstance(key, ScalarNode):
            sheet.errors.append(sheet.kind(sheet.path, *where, "a key must be one word, not a list or a mapping"))
            continue
        name = str(key.value)
        if name in result:
            sheet.errors.append(sheet.kind(sheet.path, *where, f"key {name!r} stands here twice"))
            continue
        sheet.places[(*at, name)] = where
        result[name] = _plain(value, (*at, name), sheet, depth + 1)
    return result


def _scalar(node: ScalarNode) -> object:
    """Read plain scalars as YAML 1.2 does; quoted ones are text."""
    value = str(node.value)
    if node.style is not None:
        return value
    if value in {"", "~", "null"}:
        return None
    if value in {"true", "false"}:
        return value == "true"
    try:
        return int(value) if value.lstrip("-").isdigit() else float(value) if value[:1].isdigit() else value
    except ValueError:
        return value
