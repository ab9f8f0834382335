"""The words that tell where a claim comes from, as they stand in origins.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What origins.yaml lists."""

    agencies: Mapping[str, str]
    """The name of an agency by each form that credits write."""
    roles: frozenset[str]
    bodies: frozenset[str]
    state: frozenset[str]
    mouthpieces: frozenset[str]
    media: frozenset[str]
    witnesses: frozenset[str]
    documents: frozenset[str]
    publishing: frozenset[str]

    @property
    def any_agency(self) -> str:
        """Return a pattern of all forms of all agencies, the longest first."""
        return "|".join(re.escape(form) for form in sorted(self.agencies, key=lambda form: (-len(form), form)))


@cache
def vocabulary() -> Vocabulary:
    """Load the vocabulary that ships with the package."""
    given = YAML(typ="safe").load(files("reconcile.sources").joinpath("origins.yaml").read_text(encoding="utf-8"))
    words = {key: frozenset(value.split()) for key, value in given.items() if isinstance(value, str)}
    return Vocabulary({form: agency["name"] for agency in given["agencies"] for form in agency["forms"]}, **words)


def agency_named(name: str) -> str:
    """Return the agency that a name stands for, or the empty string."""
    known = vocabulary().agencies
    return known.get(name) or known.get(re.sub(r"^(?:the |news agency )", "", name, flags=re.IGNORECASE), "")
