"""One line of the decision log, and what it is about: a finding by its content, not by its id, its event or its articles' names."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from reconcile.model import Act, DismissalReason, content_id

LONGEST_NAME: Final = 80
"""Characters of an editor's name."""
LONGEST_WORDS: Final = 4000
"""Characters of a note or a reason."""
LONGEST_QUOTE: Final = 20_000
"""Characters of a passage that are kept; the sentence's digest tells longer ones apart."""
LONGEST_PHRASE: Final = 400
"""Characters of an alias."""
OF_A_STEP: Final = frozenset({Act.UNDO, Act.REDO})
"""Acts about a step of the editor's own; all others are about a finding."""
VERDICTS: Final = frozenset({Act.CONFIRM, Act.DISMISS, Act.SAME, Act.REOPEN})
"""Acts of which the latest of an editor holds."""

Json = Mapping[str, Any]


def _plain_name(name: str) -> str:
    if not name.strip() or not name.isprintable():
        raise ValueError("it must have a letter or figure and no unprintable character")
    return " ".join(name.split())


def _in_utc(when: str) -> str:
    if datetime.fromisoformat(when).utcoffset() != timedelta(0):
        raise ValueError("it must be a time in UTC, such as 2026-03-04T23:40:00.000Z")
    return when


Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
EditorName = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(_plain_name)]
Time = Annotated[str, Field(max_length=40), AfterValidator(_in_utc)]
Words = Annotated[str, Field(max_length=LONGEST_WORDS)]
Phrase = Annotated[str, Field(min_length=1, max_length=LONGEST_PHRASE)]


def new_id() -> str:
    """Return the id of a new entry or step; chance, not content: the same word said twice is two entries."""
    return secrets.token_hex(16)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Passage(_Frozen):
    """Words in their sentence, wherever that stands: no article, no offset in a text that may grow."""

    sentence: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
    """Digest of the sentence, its blanks evened out."""
    start: Annotated[int, Field(ge=0)]
    """Characters of the sentence before the words."""
    quote: Annotated[str, Field(min_length=1, max_length=LONGEST_QUOTE)]


class SubjectSide(_Frozen):
    """One version: every passage that gives it."""

    passages: Annotated[tuple[Passage, ...], Field(min_length=1)]


class Subject(_Frozen):
    """What a decision is about: the rule that judged and the words it judged."""

    rule: str
    field: str
    outcome: str
    point: str
    """For people to read; a rule may be worded anew and stays the same."""
    sides: Annotated[tuple[SubjectSide, ...], Field(min_length=1)]

    @property
    def key(self) -> str:
        """Return the digest of rule and words, whatever the order of sides and passages."""
        sides = sorted("\x1e".join(sorted(f"{p.sentence}:{p.start}:{p.quote}" for p in side.passages)) for side in self.sides)
        return content_id(self.rule, self.field, self.outcome, *sides)


class Alias(_Frozen):
    """Words that a rule is to take for one of its terms."""

    rule: Phrase
    label: Phrase
    words: Phrase


class Entry(_Frozen):
    """One line of the log: who did what, when, to which finding, and why. Never changed, never removed."""

    id: Id
    step: Id
    """What was done at one stroke shares it, and is undone at one stroke."""
    at: Time
    editor: EditorName
    act: Act
    subject: Subject | None = None
    reason: DismissalReason | None = None
    words: Words = ""
    """The editor's own: why, the note, or who it is assigned to ("" for nobody)."""
    alias: Alias | None = None
    target: Id | None = None
    """The step that is undone or redone."""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        """See that the entry has what its act needs."""
        about_step = self.act in OF_A_STEP
        if about_step != (self.target is not None) or about_step != (self.subject is None):
            raise ValueError(f"{self.act} needs {'a target and no subject' if about_step else 'a subject and no target'}")
        if (self.act in {Act.DISMISS, Act.SAME}) != (self.reason is not None):
            raise ValueError("a reason belongs to dismiss and same, and to nothing else")
        if (self.act is Act.SAME) != (self.alias is not None):
            raise ValueError("an alias belongs to same, and to nothing else")
        if self.act is Act.NOTE and not self.words.strip():
            raise ValueError("a note needs words")
        return self


def subjects_of(report: Json) -> dict[str, Subject]:
    """Return what a decision on each finding of a report.json is about, by the finding's id."""
    claims = {(claim["article"], claim["id"]): claim for claim in report["claims"]}
    return {finding["id"]: _subject(finding, claims) for finding in report["findings"]}


def _subject(finding: Json, claims: Mapping[tuple[str, str], Json]) -> Subject:
    sides = tuple(
        SubjectSide.model_construct(passages=tuple(_passage(evidence, claims) for evidence in side["evidence"]))
        for side in finding["sides"]
    )
    return Subject.model_construct(
        rule=finding["rule"], field=finding["field"], outcome=finding["outcome"], point=finding["point"] or finding["message"], sides=sides
    )


def _passage(evidence: Json, claims: Mapping[tuple[str, str], Json]) -> Passage:
    """Return the words with their sentence; where the report does not hold the sentence, the words are all of it."""
    claim = claims.get((evidence["article"], evidence["claim"]))
    inside = claim is not None and claim["start"] <= evidence["start"]
    sentence = claim["text"] if claim is not None and inside else evidence["quote"]
    before = evidence["start"] - claim["start"] if claim is not None and inside else 0
    return Passage.model_construct(
        sentence=content_id(" ".join(sentence.split())),
        start=len(" ".join(sentence[:before].split())),
        quote=" ".join(evidence["quote"].split())[:LONGEST_QUOTE] or "–",
    )
