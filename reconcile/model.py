"""The values that the pipeline hands from stage to stage: plain, frozen, and free of any third-party import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Final, Literal, TypeAlias

Value: TypeAlias = "Quantity | Moment | Clock | Place | Name | Label | Quotation"


class Relation(StrEnum):
    """How one value stands to another: the closed vocabulary of `when:` in a rule."""

    SAME = "same"
    ALIAS = "alias"
    CONTAINS = "contains"
    WITHIN = "within"
    OVERLAPS = "overlaps"
    APPROXIMATES = "approximates"
    UPDATES = "updates"
    WEAKER = "weaker"
    STRONGER = "stronger"
    EXCLUSIVE = "exclusive"
    DISJOINT = "disjoint"
    DISTINCT = "distinct"
    NEGATES = "negates"
    MISSING = "missing"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """What a finding says about its claims."""

    AGREEMENT = "agreement"
    CONFLICT = "conflict"
    SINGLE_SOURCE = "single_source"


class Severity(StrEnum):
    """How grave a conflict is; declared from gravest to mildest, and only a contradiction is red."""

    CONTRADICTION = "contradiction"
    TENSION = "tension"
    TERMINOLOGY = "terminology"
    GRANULARITY = "granularity"
    UPDATE = "update"


class Verdict(StrEnum):
    """What a level of a rule may answer: a severity, an agreement, or nothing at all."""

    CONTRADICTION = "contradiction"
    TENSION = "tension"
    TERMINOLOGY = "terminology"
    GRANULARITY = "granularity"
    UPDATE = "update"
    AGREEMENT = "agreement"
    NOTHING = "nothing"


class Certainty(StrEnum):
    """How firmly a claim is put, from bare assertion to denial."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    ALLEGED = "alleged"
    POSSIBLE = "possible"
    DENIED = "denied"
    PLANNED = "planned"


class BlockKind(StrEnum):
    """What a run of an article's text is to its reader."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"


class RemovalReason(StrEnum):
    """Why a run of text is not read as claims."""

    FURNITURE = "furniture"
    CAPTION = "caption"
    RELATED = "related"
    EMBEDDED_ARTICLE = "embedded_article"
    DUPLICATE = "duplicate"


class Act(StrEnum):
    """What an editor does to a finding, or to a step of their own."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    SAME = "same"
    """Dismiss, because two names are one: the rules learn the alias."""
    REOPEN = "reopen"
    ASSIGN = "assign"
    NOTE = "note"
    UNDO = "undo"
    REDO = "redo"


class DismissalReason(StrEnum):
    """Why a finding needs no attention."""

    OTHER_EVENT = "other_event"
    OTHER_ROLE = "other_role"
    ALIAS = "alias"
    UPDATE = "update"
    EXTRACTION_ERROR = "extraction_error"
    NOT_IMPORTANT = "not_important"


class State(StrEnum):
    """What the editors together have made of a finding."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    DISPUTED = "disputed"
    """One editor confirms what another dismisses."""


FIELD_KINDS: Final = (
    "actor", "action", "target", "count", "quantity", "money", "age", "date", "time", "place", "organisation",
    "title", "person_name", "legal_manner", "cause", "status", "modality", "attribution", "object",
)  # fmt: skip


def content_id(*parts: object) -> str:
    """Return twelve hex digits that depend on the parts alone, so that an id survives a re-run and a re-ordered input."""
    return sha256("\x1f".join(str(part) for part in parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open run of characters (Unicode code points) in an article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the exact substring."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Return whether the two runs share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Return whether the other run lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the input that could not be used; the run went on without it."""

    path: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        """Return one line that any terminal can print, whatever the file is called."""
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        line = " ".join(f"{where}: {self.message}".split())
        return "".join(char if char.isprintable() else f"⟨U+{ord(char):04X}⟩" for char in line)


@dataclass(frozen=True, slots=True)
class Removed:
    """A run of an article's text that is not read as claims, and why."""

    span: Span
    quote: str
    reason: RemovalReason


@dataclass(frozen=True, slots=True)
class Block:
    """A run of kept text that reads as one unit: a headline, a subhead, a paragraph (its broken lines joined) or a bullet.

    The run may hold line breaks; they count as blanks.
    """

    span: Span
    kind: BlockKind


def in_utc(when: datetime | None) -> datetime | None:
    """Return a time in UTC and without a zone, so that any two can be put in order; one without a zone counts as UTC."""
    return when.astimezone(UTC).replace(tzinfo=None) if when and when.tzinfo else when


def is_bare_day(when: datetime) -> bool:
    """Return whether only the day is known: what has no hour stands at midnight."""
    return (when.hour, when.minute, when.second) == (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Article:
    """One text by one outlet. Offsets everywhere are characters of `text`, which is never changed after reading."""

    id: str
    path: str
    text: str
    source: str
    """The outlet that published it."""
    title: str = ""
    """The headline: given in the metadata, or the text of the first headline block. It may or may not stand in `text`."""
    author: str = ""
    url: str | None = None
    published: datetime | None = None
    """When it was published, on the clock of its own zone where that is known: "today" is the day there."""
    published_inferred: bool = False
    source_inferred: bool = False
    """Whether `source` was taken from the text, the address or the name of the file, and not stated as such."""
    modified: datetime | None = None
    """When the text was last changed, where that is known and later than `published`."""
    language: str = "en"
    """ISO 639-1 code of the language that the text is written in."""
    extracted: bool = False
    """Whether `text` was taken out of a page, a document or a feed, so that its offsets cannot be opened in the file itself."""
    blocks: tuple[Block, ...] = ()
    removed: tuple[Removed, ...] = ()

    @property
    def instant(self) -> datetime | None:
        """Return when the article was published, in UTC and without a zone."""
        return in_utc(self.published)

    @property
    def period(self) -> tuple[datetime, datetime] | None:
        """Return the first and the last moment at which the article may have appeared, in UTC; a bare day is the whole of it."""
        given, start = self.published, self.instant
        if given is None or start is None:
            return None
        return start, start + timedelta(days=1) if is_bare_day(given) else start

    def surely_before(self, other: Article) -> bool:
        """Return whether both have a date, and this one appeared before the other at whatever hour of its day."""
        first, second = self.period, other.period
        return first is not None and second is not None and first[1] <= second[0] and first != second

    @property
    def sha256(self) -> str:
        """Return the digest of the text, the article's identity whatever its file is called."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Token:
    """A word as the parser saw it; `head` is an index into the claim's tokens (its own index for a root)."""

    span: Span
    text: str
    lemma: str
    pos: str
    """Universal part of speech: NOUN, VERB, PROPN, NUM …"""
    tag: str
    """Penn Treebank tag: VBD, NNS …"""
    dep: str
    """spaCy's English dependency label: nsubj, nsubjpass, dobj, pobj, amod, nummod …"""
    head: int
    entity: str = ""
    """OntoNotes entity label (PERSON, ORG, GPE, DATE …) or the empty string."""
    entity_start: bool = False
    """Whether the token opens its entity."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the interval the words allow: "at least 12" is [12, inf), "dozens" is [24, 99]."""

    low: float
    high: float
    unit: str | None = None
    """None for plain counts, an ISO 4217 code for money, "%" for percentages, "year" for ages, else a unit's name."""
    bound: Literal["exact", "at_least", "at_most", "about", "vague"] = "exact"
    type: Literal["quantity"] = "quantity"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as the interval of days it may mean (ISO dates, inclusive); both None where it could not be resolved."""

    earliest: str | None
    latest: str | None
    inferred: bool = False
    """True where a relative date was resolved against a publication date that is itself a guess, or a year was supplied."""
    type: Literal["moment"] = "moment"

    @property
    def days(self) -> tuple[date, date] | None:
        """Return the first and the last day that the date may mean, or None where it could not be resolved."""
        if self.earliest is None or self.latest is None:
            return None
        return date.fromisoformat(self.earliest), date.fromisoformat(self.latest)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as an interval in minutes after midnight, local to the event: "about 5 a.m." is [285, 315]."""

    low: int
    high: int
    bound: Literal["exact", "about", "vague"] = "exact"
    type: Literal["clock"] = "clock"


@dataclass(frozen=True, slots=True)
class Place:
    """A place with what the text or the rules say encloses it, innermost first: ("saint-lazare", "paris", "france")."""

    path: tuple[str, ...]
    type: Literal["place"] = "place"


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a person or an organisation: `name` is the fullest form known, `forms` the other forms it was met in."""

    name: str
    forms: tuple[str, ...] = ()
    type: Literal["name"] = "name"


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words of a quotation, without its marks."""

    text: str
    type: Literal["quotation"] = "quotation"


@dataclass(frozen=True, slots=True)
class Label:
    """A term of a rule's vocabulary, such as `persona_non_grata` on the scale `departure.manner`."""

    rule: str
    label: str
    negated: bool = False
    type: Literal["label"] = "label"


@dataclass(frozen=True, slots=True)
class Field:
    """One typed value that a claim states, with its own span and words."""

    id: str
    kind: str
    """One of FIELD_KINDS."""
    span: Span
    raw: str
    value: Value
    role: str = ""
    """What the value is to the act: killed, injured, aboard, expelled … for counts; birth, event … for dates; "" where none is known."""
    subject: str = ""
    """Head lemma, in lower case, of what the value is about ("people", "bridge", "offer"); for a label, of what it is said of."""
    scope: tuple[str, ...] = ()
    """Sorted lower-case lemmas and names that narrow what the value speaks of: other places, other times, the owner."""
    act: str = ""
    """Lemma of the governing verb or event noun ("ram", "crash")."""
    background: bool = False
    """True where the clause itself says that it speaks of another time or place than the news ("last month", "in 2015")."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says a claim; `span` is None where the outlet itself speaks."""

    name: str
    kind: Literal["named", "unnamed", "outlet"]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of one article: what it says, who says it, how firmly."""

    id: str
    article: str
    span: Span
    text: str
    block: BlockKind
    order: int
    """Position among the article's claims, from 0."""
    speaker: Speaker
    certainty: Certainty
    polarity: Literal["+", "-"]
    tokens: tuple[Token, ...] = field(repr=False, default=())
    cited: tuple[str, ...] = ()
    """Media or agencies that the sentence gives as its source ("according to Le Monde")."""
    event: str = ""
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, with the articles that tell of it and the anchors they share."""

    id: str
    label: str
    articles: tuple[str, ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Claims that state the same fact."""

    id: str
    event: str
    claims: tuple[str, ...]
    cohesion: float
    """How well the two claims that fit least fit together, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a learned model said of a pair, and why."""

    probability: float
    """0 to 1."""
    start: float
    """Log-odds before anything is known of the pair."""
    parts: tuple[tuple[str, float, float], ...]
    """Each feature, its value (NaN: not known), and the log-odds that it added; strongest first."""


@dataclass(frozen=True, slots=True)
class PairExplanation:
    """Why two claims were or were not taken for one fact."""

    a: Claim
    b: Claim
    one_event: Judged | None
    """The gate's answer on the two articles; None for claims of one article, or where no index brought the articles together."""
    one_fact: Judged | None
    """The scorer's answer on the two claims; None where they are of two events."""
    likeness: float
    """How closely the two claims say the same, 0 to 1."""
    clustered: bool
    """Whether the two stand in one cluster."""


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a rule's vocabulary: a label and the word patterns that give it.

    A pattern is a blank-separated sequence of lower-case lemmas; `a|b` is a choice, `..` skips up to four words.
    """

    label: str
    words: tuple[str, ...] = ()
    rank: float | None = None
    """Place on an ordered scale; a higher rank is the stronger word."""
    parent: str | None = None
    """The label that includes this one (a truck is a vehicle; a department is part of a ministry)."""
    exclusive: tuple[str, ...] = ()
    """Labels that cannot hold together with this one."""
    distinct: tuple[str, ...] = ()
    """Names that are often mistaken for this one and are not it."""
    decoy: bool = False
    """Whether its words only look like another term's: "ruled out arson" is no arson. What they match says nothing and meets nothing."""


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a rule: the first level whose `when` holds the relation decides."""

    when: tuple[Relation, ...]
    then: Verdict


@dataclass(frozen=True, slots=True)
class Case:
    """Two sentences and what the rule must answer, both ways round."""

    a: str
    b: str
    expect: Verdict
    known_miss: bool = False
    """A case that the tool gets wrong today and says so: it must fail, and is reported when it no longer does."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """How values of one kind are found and compared, with the cases that prove it. Loaded from one YAML file."""

    id: str
    field: str
    about: str
    """What the compared values are, for the report's "point" column: "How many people were injured"."""
    levels: tuple[Level, ...]
    role: str = ""
    """Only fields of this role meet; empty for any."""
    terms: tuple[Term, ...] = ()
    siblings: Relation = Relation.UNKNOWN
    """What two terms under one parent are to each other where nothing else is said."""
    meet: Literal["key", "cluster"] = "key"
    """`key`: claims of one event may meet wherever they stand; `cluster`: only inside one cluster."""
    subject: Literal["same", "compatible", "any"] = "compatible"
    counts: Literal["patient", "agent"] = "patient"
    """For counts: whether the figure counts those to whom the terms' verbs are done, or those who do it."""
    priority: int = 2
    settle: str = ""
    """What would settle a conflict, in a reporter's words."""
    cases: tuple[Case, ...] = ()
    path: str = ""
    line: int = 1

    def term(self, label: str) -> Term | None:
        """Return the vocabulary entry of a label."""
        return next((term for term in self.terms if term.label == label), None)


@dataclass(frozen=True, slots=True, eq=False)
class RuleSet:
    """All rules of a run, sorted by id, and the digest of the files they came from.

    Compared by identity, so that what is made of a rule set can be cached without hashing every rule.
    """

    rules: tuple[Rule, ...]
    digest: str

    def __getitem__(self, rule_id: str) -> Rule:
        return next(rule for rule in self.rules if rule.id == rule_id)

    def get(self, rule_id: str) -> Rule | None:
        """Return the rule with that id, or None."""
        return _by_id(self).get(rule_id)

    def for_field(self, kind: str, role: str = "") -> tuple[Rule, ...]:
        """Return the rules for a field kind: those of the very role, else those without one."""
        return _for_field(self, kind, role)


@lru_cache(maxsize=8)
def _by_id(rules: RuleSet) -> Mapping[str, Rule]:
    return {rule.id: rule for rule in reversed(rules.rules)}


@lru_cache(maxsize=4096)
def _for_field(rules: RuleSet, kind: str, role: str) -> tuple[Rule, ...]:
    of_kind = [rule for rule in rules.rules if rule.field == kind]
    exact = tuple(rule for rule in of_kind if rule.role and rule.role == role)
    return exact or tuple(rule for rule in of_kind if not rule.role)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two fields put side by side: the relation, the reason in words and the verdict of the rule."""

    a: Field
    b: Field
    claim_a: str
    claim_b: str
    rule: str
    relation: Relation
    reason: str
    verdict: Verdict
    confidence: float
    """0 to 1: how sure the tool is that the two values speak of the same thing."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words behind a side of a finding."""

    article: str
    claim: str
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Side:
    """One version: a value and everybody who gives it."""

    label: str
    value: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where claims come from before the outlets that print them: a speaker, a cited medium, an agency."""

    name: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the way that a claim came to its reader."""

    kind: Literal["outlet", "agency", "medium", "speaker", "document", "eyewitness"]
    name: str
    span: Span | None
    """Where the article names it; None where only its metadata does, or a name given elsewhere stands for it."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Where a claim comes from, as far as its article says: the outlet first, who is nearest to the event last."""

    claim: str
    article: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of an article, whatever claims they make."""

    article: str
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A passage that two articles have in common, as each of them prints it."""

    a: Excerpt
    b: Excerpt
    likeness: float
    """Share of the words of the two that stand in both in one order, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry of a record: what the articles give for one slot of an event."""

    slot: str
    """killed, injured, date, place or person."""
    value: str
    """The version that the articles bear out most; no judgement of its truth."""
    versions: tuple[tuple[str, tuple[Evidence, ...]], ...]
    """Each version with its words, the best borne out first."""
    ages: tuple[str, ...] = ()
    """For a person: the ages given, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the articles of an event give for it, slot by slot."""

    event: str
    entries: tuple[Recorded, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """Articles that carry one text or rest on one origin."""

    articles: tuple[str, ...]
    origin: str
    """The agency, medium or speaker behind them; "" where none is named."""
    cue: str
    """Words of one of the articles that show it."""
    near_copy: bool
    """Whether each of the articles carries much of the text of each other."""


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that two versions of an article put differently, or that one of them lacks."""

    before: Evidence | None
    after: Evidence | None


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """An article that was set aside because a newer one stands for it: the same address at another time, or the same text elsewhere."""

    article: str
    """Id of the article that is compared in its place."""
    earlier: Article
    same_text: bool
    dated: bool
    """Whether dates say which of the two is the newer; otherwise the longer one was compared."""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: an agreement, a conflict or a claim that stands in one article only."""

    id: str
    outcome: Outcome
    scope: Literal["cross", "internal"]
    event: str
    field: str
    severity: Severity | None
    priority: int
    confidence: float
    rule: str
    point: str
    """What is compared, in a few words."""
    message: str
    """The whole finding in one sentence."""
    settle: str
    sides: tuple[Side, ...]
    cluster: str | None = None
    independent: bool | None = None
    """None where it cannot be told."""
    independence: str = ""
    """The reason for `independent` in words: "no: both cite Le Monde"."""
    origins: tuple[Origin, ...] = ()
    origin_groups: int = 0
    """For an agreement: its articles, those counted once that carry one text or rest on one origin."""
    comparisons: tuple[Comparison, ...] = ()
    why: str = ""
    """For a rejected near miss: why it is no conflict."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What one editor did to a finding, when, and why."""

    editor: str
    at: str
    """ISO 8601, in UTC."""
    act: Act
    reason: DismissalReason | None = None
    words: str = ""
    """The editor's own: why, the note, or who it is assigned to."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What editors decided about a finding: each editor's latest word, so that two who differ are both heard."""

    state: State
    decisions: tuple[Decision, ...] = ()
    """The verdict of each editor that holds, in the order given."""
    assigned: str = ""
    notes: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class StaleStanding:
    """What was decided about a finding that this report does not hold any more."""

    point: str
    rule: str
    quotes: tuple[str, ...]
    """The words of its sides, one each."""
    standing: Standing


@dataclass(frozen=True, slots=True)
class Overlay:
    """The decisions that are laid over a report when it is shown."""

    standings: Mapping[str, Standing]
    """By the finding's id; a finding that nobody touched is not in it."""
    stale: tuple[StaleStanding, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a language model over the network, and what came of it."""

    name: str
    asked: int
    """Pairs of claims that it was meant to judge."""
    answered: int
    """Pairs that it gave a usable answer to before the ceiling was reached."""
    tokens: int
    """Tokens spent, questions and answers together."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Why a finding is no longer counted: it was known before, or somebody suppressed it. It is shown all the same."""

    finding: str
    kind: Literal["known", "suppressed"]
    reason: str
    by: str = ""
    until: str = ""
    """Last day (ISO) on which a suppression holds; "" for ever."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a renderer needs; sorted, and without a clock."""

    version: str
    rules_digest: str
    embedder: str
    options: Mapping[str, object]
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    clusters: tuple[Cluster, ...]
    findings: tuple[Finding, ...]
    rejected: tuple[Finding, ...]
    copies: tuple[Copy, ...]
    passages: tuple[SharedPassage, ...] = ()
    chains: tuple[Chain, ...] = ()
    problems: tuple[Problem, ...] = ()
    earlier: tuple[EarlierVersion, ...] = ()
    scorer: str | None = None
    """Name of the model that judged pairs of claims beside the rules, if any."""
    judge: Asked | None = None
    """The language model that was asked beside the rules, if any."""
    records: tuple[Record, ...] = ()
    article_events: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    accepted: tuple[Acceptance, ...] = ()
    """Findings that are known or suppressed, by finding."""
    stale: tuple[Problem, ...] = ()
    """Entries of the files of known and suppressed findings that no finding answers to any more."""

    overlay: Overlay | None = None
    """What editors decided; laid on when the report is shown, never by the pipeline."""

    @property
    def open_conflicts(self) -> tuple[Finding, ...]:
        """Return the conflicts that nobody has accepted."""
        taken = {acceptance.finding for acceptance in self.accepted}
        return tuple(finding for finding in self.findings if finding.outcome is Outcome.CONFLICT and finding.id not in taken)
