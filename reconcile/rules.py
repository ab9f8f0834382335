"""YAML files in, checked rules out: every error names the file, the line, the wrong value and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from reconcile.errors import RuleError
from reconcile.model import FIELD_KINDS, Case, Level, Relation, Rule, RuleSet, Term, Verdict

LARGEST_FILE = 1_000_000
"""Bytes that a rule file may have."""
DEEPEST = 12
"""Levels of nesting that a rule file may have."""

Location = tuple[int | str, ...]


class RuleErrors(RuleError):
    """Several errors at once; `errors` has them one by one, sorted by file and line."""

    def __init__(self, errors: Sequence[RuleError]) -> None:
        first = errors[0]
        super().__init__(first.path, first.line, first.column, str(first))
        self.errors = tuple(errors)
        self.args = ("\n".join(str(error) for error in errors),)


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Text = Annotated[str, Field(min_length=1)]
Relations = Annotated[list[Relation], BeforeValidator(_listed), Field(min_length=1)]
Texts = Annotated[list[Text], BeforeValidator(_listed)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Level(_Strict):
    when: Relations
    then: Verdict


class _Term(_Strict):
    label: Text
    words: Texts = []
    rank: float | None = None
    parent: Text | None = None
    exclusive: Texts = []
    distinct: Texts = []


class _Case(_Strict):
    a: Text
    b: Text
    expect: Verdict
    known_miss: bool = False


class _Rule(_Strict):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]
    field: Literal[FIELD_KINDS]  # type: ignore[valid-type]
    about: Text
    role: str = ""
    priority: Annotated[int, Field(ge=1, le=3)] = 2
    meet: Literal["key", "cluster"] = "key"
    subject: Literal["same", "compatible", "any"] = "compatible"
    counts: Literal["patient", "agent"] = "patient"
    settle: str = ""
    siblings: Relation = Relation.UNKNOWN
    terms: list[_Term] = []
    levels: list[_Level] = []
    cases: list[_Case] = []


def default_folder() -> Path:
    """Return the folder of the rules that ship with the tool: beside the package in a checkout, else inside it."""
    beside = Path(__file__).resolve().parent.parent / "rules"
    return beside if (beside.parent / "pyproject.toml").is_file() and beside.is_dir() else Path(__file__).resolve().parent / "_rules"


def load_rules(extra: Sequence[Path] = (), builtin: Path | None = None) -> RuleSet:
    """Load the rules that ship with the tool, then the user's; a user's rule takes the place of one with the same id.

    `extra` holds files or folders. Raises RuleErrors with every error of every file.
    """
    rules: dict[str, Rule] = {}
    digest = sha256()
    errors: list[RuleError] = []
    for place in (builtin or default_folder(), *extra):
        found, wrong, content = _load_place(place)
        errors += wrong
        rules.update({rule.id: rule for rule in found})
        digest.update(content)
    if errors:
        raise RuleErrors(sorted(errors, key=_where))
    return RuleSet(tuple(rules[name] for name in sorted(rules)), digest.hexdigest())


def check_rules(paths: Sequence[Path]) -> list[RuleError]:
    """Return every error in the files and folders, sorted by file and line; an empty list means that all is well."""
    return sorted((error for path in paths for error in _load_place(path)[1]), key=_where)


def _where(error: RuleError) -> tuple[str, int, int]:
    return error.path, error.line, error.column


def _load_place(place: Path) -> tuple[list[Rule], list[RuleError], bytes]:
    """Load a file or the YAML files of a folder: the rules, the errors, and the bytes that identify them."""
    if not place.exists():
        return [], [RuleError(str(place), 1, 1, "no such file or folder; give a folder with .yaml rule files")], b""
    files = sorted(path for path in place.iterdir() if path.suffix in {".yaml", ".yml"}) if place.is_dir() else [place]
    if not files:
        return [], [RuleError(str(place), 1, 1, "holds no .yaml rule file")], b""
    rules: list[Rule] = []
    errors: list[RuleError] = []
    content = b""
    for path in files:
        try:
            text, raw = _read(path)
            content += path.name.encode() + b"\0" + sha256(raw).digest()
            rules.append(_parse(path, text))
        except RuleErrors as error:
            errors += error.errors
        except RuleError as error:
            errors.append(error)
    return rules, [*errors, *_twice(rules)], content


def _twice(rules: Iterable[Rule]) -> list[RuleError]:
    """Return an error for every rule whose id another file of the same place has already taken."""
    first: dict[str, Rule] = {}
    errors = []
    for rule in rules:
        if rule.id in first:
            errors.append(RuleError(rule.path, rule.line, 1, f"id {rule.id!r} is already the id of {first[rule.id].path}; ids are unique"))
        first.setdefault(rule.id, rule)
    return errors


def _read(path: Path) -> tuple[str, bytes]:
    try:
        raw = path.read_bytes()
        if len(raw) > LARGEST_FILE:
            raise RuleError(str(path), 1, 1, f"is larger than {LARGEST_FILE:,} bytes, the most that a rule file may have")
        return raw.decode("utf-8-sig"), raw
    except OSError as error:
        raise RuleError(str(path), 1, 1, f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise RuleError(str(path), 1, 1, f"is not UTF-8 text (byte {error.start})") from error


def _parse(path: Path, text: str) -> Rule:
    """Turn one file's text into a rule, or raise with every error in it."""
    node = _compose(path, text)
    places: dict[Location, tuple[int, int]] = {}
    data = _plain(path, node, (), places, 0)
    if not isinstance(data, dict):
        raise RuleError(str(path), 1, 1, "is not a rule: a rule is a mapping with id, field, about and levels")
    try:
        checked = _Rule.model_validate(data)
    except ValidationError as error:
        raise RuleErrors([_explained(path, detail, places) for detail in error.errors()]) from None
    rule = _rule(checked, path, places)
    if wrong := _inconsistent(rule, places):
        raise RuleErrors(wrong)
    return rule


def _compose(path: Path, text: str) -> Node:
    """Parse YAML to nodes, which know their lines; nothing in a rule file is ever constructed from a tag."""
    try:
        node: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise RuleError(str(path), line, column, f"is not YAML: {error.problem or error}") from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise RuleError(str(path), 1, 1, f"is not YAML: {str(error).splitlines()[0] if str(error) else type(error).__name__}") from error
    if node is None:
        raise RuleError(str(path), 1, 1, "is empty: a rule is a mapping with id, field, about and levels")
    return node


def _plain(path: Path, node: Node, at: Location, places: dict[Location, tuple[int, int]], depth: int) -> object:
    """Turn nodes into plain values and note where each stands."""
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    places.setdefault(at, (line, column))
    if depth > DEEPEST:
        raise RuleError(str(path), line, column, f"is nested more than {DEEPEST} levels deep")
    if node.anchor:
        raise RuleError(
            str(path), line, column, f"anchor &{node.anchor}: anchors and aliases are not allowed in rules; write the value out"
        )
    if (node.tag and not str(node.tag).startswith("tag:yaml.org,2002:")) or str(node.tag).startswith("tag:yaml.org,2002:python"):
        written = str(node.tag).replace("tag:yaml.org,2002:", "!!")
        raise RuleError(str(path), line, column, f"tag {written}: tags are not allowed in rules; write the plain value")
    if isinstance(node, MappingNode):
        return _mapping(path, node, at, places, depth)
    if isinstance(node, SequenceNode):
        return [_plain(path, item, (*at, i), places, depth + 1) for i, item in enumerate(node.value)]
    assert isinstance(node, ScalarNode)
    return _scalar(node)


def _mapping(path: Path, node: MappingNode, at: Location, places: dict[Location, tuple[int, int]], depth: int) -> dict[str, object]:
    result: dict[str, object] = {}
    for key, value in node.value:
        line, column = key.start_mark.line + 1, key.start_mark.column + 1
        name = str(key.value)
        if name in result:
            raise RuleError(str(path), line, column, f"key {name!r} stands here twice")
        places[(*at, name)] = (line, column)
        result[name] = _plain(path, value, (*at, name), places, depth + 1)
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


def _explained(path: Path, detail: ErrorDetails, places: Mapping[Location, tuple[int, int]]) -> RuleError:
    """Say in words what pydantic found, at the line where it stands."""
    at: Location = tuple(detail["loc"])
    where = next((places[at[:n]] for n in range(len(at), -1, -1) if at[:n] in places), (1, 1))
    return RuleError(str(path), *where, _words(detail, at))


def _words(detail: ErrorDetails, at: Location) -> str:
    name, kind = (str(at[-1]) if at else "rule"), detail["type"]
    if kind == "extra_forbidden":
        return f"unknown key {name!r}; allowed here are {', '.join(_allowed(at))}"
    if kind == "missing":
        return f"{name!r} is missing"
    if kind in {"enum", "literal_error"}:
        return f"{detail['input']!r} is not allowed for {name!r}; allowed are {str(detail['ctx']['expected']).replace(' or ', ', ')}"
    return f"{name!r} is {detail['input']!r}: {detail['msg'].lower()}"


def _allowed(at: Location) -> list[str]:
    kinds: dict[str, type[_Strict]] = {"terms": _Term, "levels": _Level, "cases": _Case}
    return list(kinds.get(str(at[0]), _Rule).model_fields if len(at) > 1 else _Rule.model_fields)


def _rule(checked: _Rule, path: Path, places: Mapping[Location, tuple[int, int]]) -> Rule:
    return Rule(
        id=checked.id,
        field=checked.field,
        about=checked.about,
        levels=tuple(Level(tuple(level.when), level.then) for level in checked.levels),
        role=checked.role,
        terms=tuple(
            Term(term.label, tuple(term.words), term.rank, term.parent, tuple(term.exclusive), tuple(term.distinct))
            for term in checked.terms
        ),
        siblings=checked.siblings,
        meet=checked.meet,
        subject=checked.subject,
        counts=checked.counts,
        priority=checked.priority,
        settle=checked.settle,
        cases=tuple(
            Case(case.a, case.b, case.expect, case.known_miss, places.get(("cases", i), (1, 1))[0]) for i, case in enumerate(checked.cases)
        ),
        path=str(path),
        line=places.get(("id",), (1, 1))[0],
    )


def _inconsistent(rule: Rule, places: Mapping[Location, tuple[int, int]]) -> list[RuleError]:
    """Return what no type can say: labels that no term has, parents in a circle, silence made a conflict."""
    labels = {term.label for term in rule.terms}
    errors = []
    for i, level in enumerate(rule.levels):
        if Relation.MISSING in level.when and level.then is not Verdict.NOTHING:
            errors.append(
                RuleError(
                    rule.path, *places[("levels", i)], f"'missing' must give 'nothing', not {level.then.value!r}: silence is no conflict"
                )
            )
    seen: set[str] = set()
    for i, term in enumerate(rule.terms):
        place = places[("terms", i)]
        if term.label in seen:
            errors.append(RuleError(rule.path, *place, f"label {term.label!r} stands here twice"))
        seen.add(term.label)
        for name in sorted({*term.exclusive, *term.distinct, *([term.parent] if term.parent else [])} - labels):
            errors.append(RuleError(rule.path, *place, f"{name!r} is no label of this rule; its labels are {', '.join(sorted(labels))}"))
        if _circular(rule, term):
            errors.append(RuleError(rule.path, *place, f"the parents of {term.label!r} run in a circle"))
        errors += [
            RuleError(rule.path, *place, f"pattern {words!r} has no word")
            for words in term.words
            if not words.replace("..", "").replace("|", "").strip()
        ]
    return errors


def _circular(rule: Rule, term: Term) -> bool:
    met = {term.label}
    parent = term.parent
    while parent is not None:
        if parent in met:
            return True
        met.add(parent)
        above = rule.term(parent)
        parent = above.parent if above else None
    return False
