"""Two versions that are one thing in, the change to a rule file that says so out; it is shown first, checked, and then written whole."""

from __future__ import annotations

import contextlib
import io
import os
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Final

from ruamel.yaml import YAML

from reconcile.decisions import Alias
from reconcile.errors import InputError, OutputError
from reconcile.model import Rule
from reconcile.review.docket import Json
from reconcile.rules import check_rules, default_folder, load_rules

NAMING: Final = frozenset({"organisation", "place", "object", "title", "actor", "target", "person_name"})
"""Fields whose values name something; of those that say how or how far, two words are never one thing."""
MOST_WORDS: Final = 8
"""Words of an alias: what is longer is a sentence, not a name."""
_ID = re.compile(r"""^id:[ \t]*["']?([\w.]+)""", re.MULTILINE)
_WORD = re.compile(r"[^\W_][\w'’&-]*")


@dataclass(frozen=True, slots=True)
class Offer:
    """An alias that a finding suggests: the words of one version for the term of another."""

    alias: Alias
    words_of: str
    """Label of the version whose words they are."""
    term_of: str
    """Label of the version whose term they are to mean."""
    meant: str
    """The words of that version."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What would be written, and what holds now."""

    name: str
    """The file inside the folder of rules; nobody who looks at a page needs to know where that is."""
    new: bool
    """Whether the file would be made, as a copy of a rule that came with the tool."""
    before: str
    after: str

    @property
    def digest(self) -> str:
        """Return what tells whether the rule is still the one that was shown."""
        return sha256(self.before.encode()).hexdigest()

    @property
    def lines(self) -> list[str]:
        """Return the change as a diff."""
        return list(unified_diff(self.before.splitlines(), self.after.splitlines(), self.name, self.name, n=2, lineterm=""))[2:]


class AliasFolder:
    """The user's folder of rules, which learns aliases; made when the first is written."""

    def __init__(self, folder: Path, others: Sequence[Path] = ()) -> None:
        self.folder = folder
        self._others = tuple(others)
        self._lock = Lock()

    @property
    def name(self) -> str:
        """Return the folder's own name."""
        return self.folder.resolve().name

    def offers(self, finding: Json, claims: Mapping[tuple[str, str], Json]) -> tuple[Offer, ...]:
        """Return the aliases that would make the versions of a conflict one; none where its rule has no such terms."""
        if finding["outcome"] != "conflict" or finding["field"] not in NAMING:
            return ()
        rule = self._rule(finding["rule"])
        return tuple(_offers(rule, finding, claims)) if rule and rule.terms else ()

    def change(self, alias: Alias, *, away: bool = False) -> RuleChange:
        """Return the rule with the alias in it, or without it. Raises InputError where there is nothing to change."""
        rule = self._rule(alias.rule)
        if rule is None:
            raise InputError(f"there is no rule {alias.rule} any more")
        before = Path(rule.path).read_text("utf-8")
        own = self._own(rule)
        after = _edited(before, alias, away)
        return RuleChange(own.relative_to(self.folder.resolve()).as_posix(), not own.is_file(), before, after)

    def write(self, alias: Alias, digest: str | None = None, *, away: bool = False) -> RuleChange:
        """Write the change, if the rule is still the one that was shown and passes `rules check` afterwards.

        Raises InputError or RuleError, with the old file untouched, and OutputError.
        """
        with self._lock:
            change = self.change(alias, away=away)
            if digest is not None and digest != change.digest:
                raise InputError("the rule was changed meanwhile; look at the change once more")
            _check(change)
            _replace(self.folder.resolve() / change.name, change.after)
            return change

    def _rule(self, name: str) -> Rule | None:
        """Load one rule, the user's before ours; all of them would keep an editor waiting. Raises RuleError."""
        places = (self.folder, *reversed(self._others), default_folder())
        path = next((path for place in places for path in _files(place) if _id_of(path, path.stat().st_mtime_ns) == name), None)
        return load_rules((), builtin=path).get(name) if path else None

    def _own(self, rule: Rule) -> Path:
        """Return the user's file of a rule: the one there is, or the one to make."""
        place, folder = Path(rule.path).resolve(), self.folder.resolve()
        return place if place.is_relative_to(folder) else folder / place.name


def _files(place: Path) -> list[Path]:
    return sorted(place.rglob("*.y*ml")) if place.is_dir() else [place] if place.is_file() else []


@lru_cache(maxsize=4096)
def _id_of(path: Path, changed: int) -> str:
    """Return the id that a rule file gives itself, as it was when it was changed last."""
    found = _ID.search(path.read_text("utf-8", errors="replace"))
    return found[1] if found else ""


def _offers(rule: Rule, finding: Json, claims: Mapping[tuple[str, str], Json]) -> Iterator[Offer]:
    sides = [(side["label"], side["evidence"]) for side in finding["sides"]]
    terms = [next(filter(None, (_term(e, finding["field"], claims, rule) for e in evidence)), "") for _, evidence in sides]
    for i, (words_of, evidence) in enumerate(sides):
        words = _pattern(evidence[0]["quote"])
        for j, (term_of, others) in enumerate(sides):
            if i != j and words and terms[j] and terms[i] != terms[j]:
                yield Offer(Alias(rule=rule.id, label=terms[j], words=words), words_of, term_of, others[0]["quote"])


def _term(evidence: Json, kind: str, claims: Mapping[tuple[str, str], Json], rule: Rule) -> str:
    """Return the term of the rule that a passage was read as, "" where it was read as none."""
    claim = claims.get((evidence["article"], evidence["claim"]))
    for field in claim["fields"] if claim else ():
        if field["kind"] == kind and (field["start"], field["end"]) == (evidence["start"], evidence["end"]):
            label = field["value"].get("label") or field["value"].get("name")
            if isinstance(label, str) and rule.term(label):
                return label
    return ""


def _pattern(quote: str) -> str:
    """Return the words as a rule spells them, "" where they hold a sign that it cannot spell."""
    words = quote.lower().split()
    return " ".join(words) if 0 < len(words) <= MOST_WORDS and all(_WORD.fullmatch(word) for word in words) else ""


def _edited(text: str, alias: Alias, away: bool) -> str:
    """Put the words among those of the term, or take them away, and leave everything else as it stands."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    data = yaml.load(text)
    term = next((term for term in data["terms"] if term["label"] == alias.label), None)
    if term is None:
        raise InputError(f"rule {alias.rule} has no term {alias.label} any more")
    words = term.get("words")
    words = [words] if isinstance(words, str) else words if words is not None else []
    if away == (alias.words not in words):
        raise InputError(f'"{alias.words}" is {"not " if away else ""}among the words of {alias.label} already')
    if away:
        words.remove(alias.words)
    else:
        words.append(alias.words)
    if words:
        term["words"] = words
    else:
        del term["words"]
    page = io.StringIO()
    yaml.dump(data, page)
    return page.getvalue()


def _check(change: RuleChange) -> None:
    """See that the file as it would be passes `rules check`. Raises RuleError."""
    with TemporaryDirectory() as place:
        candidate = Path(place) / Path(change.name).name
        candidate.write_text(change.after, "utf-8")
        if errors := check_rules([candidate]):
            raise InputError(f"the rule would be wrong afterwards, so it was left alone: {str(errors[0]).removeprefix(place + os.sep)}")


def _replace(path: Path, text: str) -> None:
    """Write the file beside its place and rename it: the old one or the new one, never half of either."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("x", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise OutputError(f"{path.name} cannot be written ({error.strerror or type(error).__name__}); nothing was changed") from error
