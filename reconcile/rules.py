"""YAML files in, checked rules out: every error names the file, the line, the wrong value and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from reconcile.errors import RuleError
from reconcile.model import FIELD_KINDS, Case, Level, Relation, Rule, RuleSet, Term, Verdict
from reconcile.yamltext import Location, Sheet, place_of, read_text, read_values

SUFFIXES = frozenset({".yaml", ".yml"})
MOST_LABELS = 20
"""Labels that an error lists as allowed."""
BOTH_WAYS = (
    Relation.UNKNOWN, Relation.EXCLUSIVE, Relation.DISTINCT, Relation.DISJOINT, Relation.OVERLAPS, Relation.APPROXIMATES,
    Relation.ALIAS, Relation.SAME,
)  # fmt: skip
"""Relations that read the same from either side, as what siblings are to each other must."""
KINDS = {
    "string_type": "it must be text; put it in quotation marks",
    "string_too_short": "it must not be empty",
    "list_type": "it must be a list, such as [one, two]",
    "too_short": "it must not be empty",
    "int_parsing": "it must be a whole number",
    "int_type": "it must be a whole number",
    "float_parsing": "it must be a number",
    "float_type": "it must be a number",
    "finite_number": "it must be a number that is not infinite",
    "bool_parsing": "it must be true or false",
    "bool_type": "it must be true or false",
}
"""What the types of pydantic's errors ask for, in words."""


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
    rank: Annotated[float | None, Field(allow_inf_nan=False)] = None
    parent: Text | None = None
    exclusive: Texts = []
    distinct: Texts = []
    decoy: bool = False


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
        raise RuleErrors(sorted(errors, key=place_of))
    return RuleSet(tuple(rules[name] for name in sorted(rules)), digest.hexdigest())


def check_rules(paths: Sequence[Path]) -> list[RuleError]:
    """Return every error in the files and folders, sorted by file and line; an empty list means that all is well."""
    return sorted((error for path in paths for error in _load_place(path)[1]), key=place_of)


def _load_place(place: Path) -> tuple[list[Rule], list[RuleError], bytes]:
    """Load a file or the YAML files of a folder: the rules, the errors, and the bytes that identify them."""
    try:
        files = _files(place)
    except OSError as error:
        return [], [RuleError(str(place), 1, 1, f"cannot be read: {error.strerror or error}")], b""
    except RuleError as error:
        return [], [error], b""
    rules: list[Rule] = []
    errors: list[RuleError] = []
    content = b""
    for path in files:
        try:
            text, raw = read_text(path, RuleError)
            name = path.relative_to(place if place.is_dir() else place.parent).as_posix()
            content += name.encode("utf-8", "surrogateescape") + b"\0" + sha256(raw).digest()
            rules.append(_parse(path, text))
        except RuleErrors as error:
            errors += error.errors
        except RuleError as error:
            errors.append(error)
    return rules, [*errors, *_twice(rules)], content


def _files(place: Path) -> list[Path]:
    """Return the rule files of a place and of the packs in it, which are its folders, sorted by name."""
    if not place.exists():
        raise RuleError(str(place), 1, 1, "no such file or folder; give a folder with .yaml rule files")
    if not place.is_dir():
        return [place]
    inside = list(place.iterdir())
    packs = [path for path in inside if path.is_dir() and path.suffix not in SUFFIXES and not path.name.startswith(".")]
    files = sorted(path for path in [*inside, *(path for pack in packs for path in pack.iterdir())] if path.suffix in SUFFIXES)
    if not files:
        raise RuleError(str(place), 1, 1, "holds no .yaml rule file")
    return files


def _twice(rules: Iterable[Rule]) -> list[RuleError]:
    """Return an error for every rule whose id another file of the same place has already taken."""
    first: dict[str, Rule] = {}
    errors = []
    for rule in rules:
        if rule.id in first:
            errors.append(
                RuleError(
                    rule.path,
                    rule.line,
                    1,
                    f"id {rule.id!r} is already the id of {first[rule.id].path}:{first[rule.id].line}; ids are unique",
                )
            )
        first.setdefault(rule.id, rule)
    return errors


def _parse(path: Path, text: str) -> Rule:
    """Turn one file's text into a rule, or raise with every error in it."""
    sheet = Sheet(path, RuleError)
    data = read_values(text, sheet)
    if not isinstance(data, dict):
        raise (
            RuleErrors(sheet.sorted())
            if sheet.errors
            else sheet.error((), "is not a rule: a rule is a mapping with id, field, about and levels")
        )
    checked = None
    try:
        checked = _Rule.model_validate(data)
    except ValidationError as error:
        sheet.errors += [_explained(detail, sheet) for detail in error.errors() if not sheet.is_spoilt(detail["loc"])]
    sheet.errors += _inconsistent(data, sheet)
    if sheet.errors or checked is None:
        raise RuleErrors(sheet.sorted())
    return _rule(checked, sheet)


def _explained(detail: ErrorDetails, sheet: Sheet[RuleError]) -> RuleError:
    """Say in words what pydantic found, at the line where it stands."""
    at: Location = tuple(detail["loc"])
    return sheet.error(at, _words(detail, at))


def _words(detail: ErrorDetails, at: Location) -> str:
    name = next((str(part) for part in reversed(at) if isinstance(part, str)), "rule")
    kind, given = detail["type"], _brief(detail["input"])
    if kind == "extra_forbidden":
        return f"unknown key {name!r}{_item(at)}; allowed here are {', '.join(_allowed(at))}"
    if kind == "missing":
        return f"{name!r} is missing"
    if kind in {"enum", "literal_error"}:
        return (
            f"{given} is not allowed for {name!r}; allowed are {str(detail['ctx']['expected']).replace(' or ', ', ').replace(chr(39), '')}"
        )
    if kind in KINDS:
        return f"{name!r} is {given}: {KINDS[kind]}"
    if kind == "model_type":
        return f"{name!r} holds {given}: it must be a mapping with {', '.join(_allowed((*at, '')))}"
    return f"{name!r} is {given}: {detail['msg'].lower()}"


def _item(at: Location) -> str:
    """Return in words which item of a list a place is in: " in level 2"."""
    return f" in {str(at[0]).removesuffix('s')} {int(at[1]) + 1}" if len(at) > 2 else ""


def _brief(value: object) -> str:
    written = repr(value)
    return written if len(written) <= 80 else written[:77] + "…"


def _allowed(at: Location) -> list[str]:
    kinds: dict[str, type[_Strict]] = {"terms": _Term, "levels": _Level, "cases": _Case}
    return list(kinds.get(str(at[0]), _Rule).model_fields if len(at) > 1 else _Rule.model_fields)


def _rule(checked: _Rule, sheet: Sheet[RuleError]) -> Rule:
    return Rule(
        id=checked.id,
        field=checked.field,
        about=checked.about,
        levels=tuple(Level(tuple(level.when), level.then) for level in checked.levels),
        role=checked.role,
        terms=tuple(
            Term(term.label, tuple(term.words), term.rank, term.parent, tuple(term.exclusive), tuple(term.distinct), term.decoy)
            for term in checked.terms
        ),
        siblings=checked.siblings,
        meet=checked.meet,
        subject=checked.subject,
        counts=checked.counts,
        priority=checked.priority,
        settle=checked.settle,
        cases=tuple(
            Case(case.a, case.b, case.expect, case.known_miss, sheet.places.get(("cases", i), (1, 1))[0])
            for i, case in enumerate(checked.cases)
        ),
        path=sheet.path,
        line=sheet.places.get(("id",), (1, 1))[0],
    )


def _inconsistent(data: Mapping[str, object], sheet: Sheet[RuleError]) -> list[RuleError]:
    """Return what no type can say: labels that no term has, parents in a circle, silence made a conflict.

    The data need not be well formed, so that everything wrong with a file is told at once.
    """
    terms = _mappings(data.get("terms"))
    errors = [*_silence(data, sheet), *_patterns(terms, sheet)]
    if not sheet.is_spoilt(("terms",)):
        errors += _unknown_labels(terms, sheet)
    if (siblings := data.get("siblings")) in set(Relation) - set(BOTH_WAYS):
        errors.append(sheet.error(("siblings",), f"{siblings!r} is not allowed for 'siblings'; allowed are {', '.join(BOTH_WAYS)}"))
    return errors


def _mappings(value: object) -> list[tuple[int, dict[str, object]]]:
    items = value if isinstance(value, list) else []
    return [(i, item) for i, item in enumerate(items) if isinstance(item, dict)]


def _strings(value: object) -> list[str]:
    """Return the texts of a value that may be one text or a list of them."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]


def _silence(data: Mapping[str, object], sheet: Sheet[RuleError]) -> Iterator[RuleError]:
    for i, level in _mappings(data.get("levels")):
        then = level.get("then")
        if Relation.MISSING in _strings(level.get("when")) and then in set(Verdict) - {Verdict.NOTHING}:
            yield sheet.error(("levels", i), f"'missing' must give 'nothing', not {then!r}: silence is no conflict")


def _unknown_labels(terms: Sequence[tuple[int, Mapping[str, object]]], sheet: Sheet[RuleError]) -> Iterator[RuleError]:
    """Yield an error for each label given twice, each name that is no label, and each circle of parents."""
    labels: dict[str, int] = {}
    for i, term in terms:
        label = term.get("label")
        if isinstance(label, str):
            if label in labels:
                yield sheet.error(("terms", i), f"label {label!r} stands here twice")
            labels.setdefault(label, i)
    for i, term in terms:
        names = {name for key in ("parent", "exclusive", "distinct") for name in _strings(term.get(key))}
        for name in sorted(names - labels.keys() - {""}):
            yield sheet.error(("terms", i), f"{name!r} is no label of this rule; its labels are {_listing(sorted(labels))}")
    parents = {term["label"]: term.get("parent") for _, term in reversed(terms) if isinstance(term.get("label"), str)}
    for label in sorted(_circling(parents), key=lambda label: labels[label]):
        yield sheet.error(("terms", labels[label]), f"the parents of {label!r} run in a circle")


def _listing(labels: Sequence[str]) -> str:
    more = len(labels) - MOST_LABELS
    return ", ".join(labels[:MOST_LABELS]) + (f" and {more} more" if more > 0 else "")


def _circling(parents: Mapping[Any, object]) -> set[str]:
    """Return the labels that are above themselves; each label is walked once."""
    circling: set[str] = set()
    done: set[object] = set()
    for start in parents:
        walked: dict[object, int] = {}
        label: object = start
        while label in parents and label not in done and label not in walked:
            walked[label] = len(walked)
            label = parents[label]
        if label in walked:
            circling.update(str(name) for name, place in walked.items() if place >= walked[label])
        done.update(walked)
    return circling


def _patterns(terms: Sequence[tuple[int, Mapping[str, object]]], sheet: Sheet[RuleError]) -> Iterator[RuleError]:
    """Yield an error for each word pattern that could not mean what it says."""
    for i, term in terms:
        if term.get("words") == []:
            yield sheet.error(("terms", i, "words"), "'words' is empty; give a pattern, or leave it out")
        for words in _strings(term.get("words")):
            if words and (wrong := _wrong_pattern(words.split())):
                yield sheet.error(("terms", i), f"pattern {_brief(words)} {wrong}")


def _wrong_pattern(parts: Sequence[str]) -> str:
    """Return what is wrong with a pattern, or the empty string."""
    if not any(part.replace("..", "").replace("|", "") for part in parts):
        return "has no word"
    if ".." in (parts[0], parts[-1]):
        return "begins or ends with '..', which skips words between two others"
    for part in parts:
        if part != ".." and ".." in part:
            return "has '..' inside a word; leave a blank on both sides of it"
        if "" in part.split("|"):
            return f"has an empty choice in {part!r}; write a|b"
    return ""
