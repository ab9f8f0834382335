"""Clustered claims and rules in, findings out: which values may meet, what each pair amounts to, one finding per disagreement."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from reconcile.compare import compare_values
from reconcile.compare.subjects import subjects_relation
from reconcile.model import (
    Article,
    BlockKind,
    Certainty,
    Claim,
    Cluster,
    Comparison,
    Event,
    Evidence,
    Field,
    Finding,
    Label,
    Moment,
    Outcome,
    Quantity,
    Relation,
    Rule,
    RuleSet,
    Severity,
    Side,
    Span,
    Verdict,
    content_id,
)

Likeness = Callable[[str, str], float]
"""How alike two claims are, by id, from 0 to 1; 0 for claims of different events."""

VERY_NEAR = 0.7
"""Likeness from which two dates in them may be the dates of one act."""
SAME_EVENT_DAYS = timedelta(days=2)
"""Days that may lie between the dates of two figures of one event."""
UNSAID = "?"
"""Subject of a value of which its sentence does not say what it is about."""
LOOSE = frozenset({"count", "quantity"})
"""Kinds of figure that, without a role, say too little of themselves to be told apart when one sentence holds several."""
SIZE_FACTOR = 4
"""Factor between two sums or loose counts beyond which they are not meant for the same thing."""
HEAD_REACH = 2
"""Claims under a headline or subhead that it may be set against."""
SPOKEN = frozenset({"today", "tonight", "yesterday", "tomorrow"})
"""Days that mean another day in every quotation."""
LIGHT = frozenset("be have make do take get give go come see put say tell".split())
"""Verbs that say too little of an act to know it again by."""
NEAR = 0.62
"""Likeness from which two claims may meet field by field although they are in no common cluster."""
AGREED = 0.66
"""Likeness from which two claims of different articles may count as saying the same."""
ALONE = 0.55
"""A claim less like every claim of the other articles than this stands alone."""
PAIR_LIMIT = 400
"""Values of one rule in one event that are compared all with all; beyond it only those of one cluster meet."""
MARKS = {
    "part": "one figure is a part of the other",
    "additional": "one figure comes on top of another",
    "per": "one figure is for each of several",
    "first": "one is about the first of several, the other is not",
}
"""Words of a scope that make a figure another figure, wherever it stands."""
REJECTED_LIMIT = 25
"""Near misses kept per event."""
LOUD = (Verdict.CONTRADICTION, Verdict.TENSION)
CONFLICTS = (Verdict.CONTRADICTION, Verdict.TENSION, Verdict.TERMINOLOGY, Verdict.GRANULARITY, Verdict.UPDATE)
SINGLE_VALUES = frozenset({"count", "quantity", "money", "age", "time", "date", "legal_manner"})
"""Kinds of value whose agreement is worth a line although the sentences round them differ."""
OF_ONE_ACT = frozenset({"date", "time", "place"})
"""Kinds of value that meet only when they are said of one act."""
ACTS, HAPPENED, THINGS, CERTAINTY = "words.acts", "happen", "words.things", "certainty"
"""The rule that lists the words for one act, and its label for words that may stand for any."""
NUMERIC = frozenset({"count", "quantity", "money", "age", "time"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A field where it stands, with the rule that judges it."""

    field: Field
    claim: Claim
    rule: Rule


@dataclass(frozen=True, slots=True)
class Ground:
    """What judging one event needs to know beside the fields."""

    articles: Mapping[str, Article]
    clusters: Mapping[str, frozenset[str]]
    """The clusters that each claim stands in."""
    likeness: Likeness
    rules: RuleSet
    began: date | None
    """The day on which the first article was published."""
    core: frozenset[str]
    """Words of the event's anchors: a scope that names only these does not narrow a figure."""

    def near(self, a: Claim, b: Claim) -> bool:
        """Return whether two claims may speak of one fact."""
        return under_head(a, b) or self.one_cluster(a, b) or self.likeness(a.id, b.id) >= NEAR

    def one_cluster(self, a: Claim, b: Claim) -> bool:
        """Return whether two claims are in one cluster."""
        return not self.clusters.get(a.id, frozenset()).isdisjoint(self.clusters.get(b.id, frozenset()))


def under_head(a: Claim, b: Claim) -> bool:
    """Return whether one claim is a headline or subhead and the other opens what stands under it."""
    first, second = sorted((a, b), key=lambda claim: claim.order)
    heads = {BlockKind.HEADLINE, BlockKind.SUBHEAD}
    return a.article == b.article and first.block in heads and second.block not in heads and second.order - first.order <= HEAD_REACH


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found, and what only looked like a conflict."""

    findings: tuple[Finding, ...]
    rejected: tuple[Finding, ...]


def judge(
    events: Sequence[Event],
    claims: Sequence[Claim],
    clusters: Sequence[Cluster],
    articles: Sequence[Article],
    rules: RuleSet,
    likeness: Likeness,
) -> Judgement:
    """Judge every event by every rule."""
    findings: list[Finding] = []
    rejected: list[Finding] = []
    by_id = {article.id: article for article in articles}
    member = _memberships(clusters)
    for event in events:
        told = sorted((claim for claim in claims if claim.event == event.id), key=lambda claim: (claim.article, claim.order))
        ground = Ground(by_id, member, likeness, rules, _began(told, by_id), _core_words(told, by_id))
        comparisons, refused = compare_event(told, ground)
        conflicts = _conflicts(event, comparisons, told, ground)
        agreements = _agreements(event, comparisons, told, clusters, conflicts, ground)
        findings += [*conflicts, *agreements, *_single_source(event, told, ground)]
        rejected += _near_misses(event, refused, told)
    return Judgement(tuple(sorted(findings, key=_rank)), tuple(sorted(rejected, key=_rank)))


def sole_ground(articles: Sequence[Article], rules: RuleSet) -> Ground:
    """Return the ground for texts that are taken to speak of one fact: every claim is near every other."""
    return Ground({article.id: article for article in articles}, {}, lambda a, b: 1.0, rules, None, frozenset())


def compare_event(claims: Sequence[Claim], ground: Ground) -> tuple[list[Comparison], list[Comparison]]:
    """Compare all values that may meet; return the comparisons made, and those refused with the reason."""
    made: list[Comparison] = []
    refused: list[Comparison] = []
    for entries in _entries(claims, ground.rules):
        for a, b in combinations(entries, 2):
            if a.claim.id == b.claim.id or (len(entries) > PAIR_LIMIT and not ground.one_cluster(a.claim, b.claim)):
                continue
            why = _obstacle(a, b, ground)
            if why is None:
                made.append(_compare(a, b, ground))
            elif why:
                refused.append(_refuse(a, b, why))
    return made, refused


def _entries(claims: Sequence[Claim], rules: RuleSet) -> list[list[Entry]]:
    """Sort the fields by the rule that judges them."""
    grouped: dict[str, list[Entry]] = defaultdict(list)
    for claim in claims:
        for field in claim.fields:
            for rule in _rules_for(field, rules):
                grouped[rule.id].append(Entry(field, claim, rule))
    return [grouped[rule] for rule in sorted(grouped) if grouped[rule][0].rule.levels]


def _rules_for(field: Field, rules: RuleSet) -> tuple[Rule, ...]:
    if isinstance(field.value, Label):
        rule = rules.get(field.value.rule)
        return (rule,) if rule else ()
    return rules.for_field(field.kind, field.role)


def _obstacle(a: Entry, b: Entry, ground: Ground) -> str | None:
    """Return why two values may not meet: None when they may, "" when it is not worth a word, else the reason."""
    rule = a.rule
    if a.field.background != b.field.background and not _one_thing(a.field, b.field):
        return "one speaks of another time or place than the other"
    if a.field.background and not _shared_scope(a.field, b.field) and not ground.near(a.claim, b.claim):
        return ""
    if (rule.meet == "cluster" or not _has_key(a.field, b.field)) and not ground.near(a.claim, b.claim):
        return ""
    if (
        not _of_one_order(a.field, b.field)
        or UNSAID in {a.field.subject, b.field.subject}
        or (rule.field in OF_ONE_ACT and not _one_act(a, b, ground))
    ):
        return ""
    if rule.field in NUMERIC | {"date"} and _says_both(a, b):
        return ""
    if not rule.role and rule.field in LOOSE and not _paired(a, b, ground):
        return ""
    if rule.field in {"date", "time"} and not _plain_times(a, b, ground):
        return ""
    if rule.id == CERTAINTY and not _one_statement(a, b, ground):
        return ""
    if reason := _subject_obstacle(a, b, ground) or _day_obstacle(a, b, ground):
        return reason
    return _scope_obstacle(a.field, b.field, ground)


def _one_act(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether two times or places are of one act: the same word or two words for it, or a mere "happened".

    Dates lie all over a story, so a date needs more: claims that are very alike, or a place that both name.
    """
    first, second = _act(a.field.act, ground.rules), _act(b.field.act, ground.rules)
    if a.rule.field != "date":
        return first == second or HAPPENED in {first, second}
    close = ground.likeness(a.claim.id, b.claim.id) >= VERY_NEAR
    if not first or any(entry.field.raw.lower() in SPOKEN for entry in (a, b)):
        return False
    return first == second and (close or (first not in LIGHT and _shared_scope(a.field, b.field)))


def _day_obstacle(a: Entry, b: Entry, ground: Ground) -> str:
    """Return why two figures are of different days, or the empty string; a figure without a date is of the event's own days."""
    if a.rule.field not in NUMERIC:
        return ""
    first, second = _days(a), _days(b)
    if first and second:
        gap = max(first[0], second[0]) - min(first[1], second[1])
    elif not (first or second):
        return ""
    elif ground.began is None:
        return "only one of them is dated, and no article says when it was published"
    else:
        gap = ground.began - (first or second or (ground.began, ground.began))[1]
    return "they speak of different days" if gap > SAME_EVENT_DAYS else ""


def _days(entry: Entry) -> tuple[date, date] | None:
    """Return the days that the date nearest to a figure in its claim may mean, or None."""
    dates = [field for field in entry.claim.fields if field.kind == "date" and field.role == "event"]
    for field in sorted(dates, key=lambda field: (abs(field.span.start - entry.field.span.start), field.id)):
        value = field.value
        if isinstance(value, Moment) and value.earliest and value.latest:
            return date.fromisoformat(value.earliest), date.fromisoformat(value.latest)
    return None


def _act(word: str, rules: RuleSet) -> str:
    rule = rules.get(ACTS)
    return next((term.label for term in rule.terms if word in term.words), word) if rule else word


def _paired(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether two figures without a role are meant for the same: told of one act by two articles, and each the only such one."""
    if not _told_twice(a, b, ground):
        return False
    if a.rule.field == "count" and any(subjects_relation(e.field.subject, "", ground.rules) is Relation.SAME for e in (a, b)):
        return False  # "people" alone may be any people
    return all(_only_one(entry, ground) for entry in (a, b))


def _says_both(a: Entry, b: Entry) -> bool:
    """Return whether a claim also states the value that the other is to be set against: "in April and May", "rose from 25 to 27"."""
    return a.field.value != b.field.value and (_states(a.claim, b.field) or _states(b.claim, a.field))


def _states(claim: Claim, field: Field) -> bool:
    return any(own.kind == field.kind and own.role == field.role and own.value == field.value for own in claim.fields)


def _told_twice(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether two articles tell of one act."""
    return a.claim.article != b.claim.article and _act(a.field.act, ground.rules) == _act(b.field.act, ground.rules)


def _plain_times(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether two dates or times can be set against each other: each alone in its claim, and told by two articles.

    Inside one article only dates written out ("April 14, 2016") are compared; "tonight" and "Friday" are of many things.
    """
    if a.claim.article == b.claim.article:
        written = all(re.search(r"\d", entry.field.raw) for entry in (a, b))
        return a.rule.field == "date" and written and all(_only_one(entry, ground) for entry in (a, b))
    return all(_only_one(entry, ground) for entry in (a, b)) or _shared_scope(a.field, b.field)


def _one_statement(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether two claims say one thing with different firmness: two articles, one act, nearly the same words."""
    if not _told_twice(a, b, ground):
        return False
    return a.field.act not in LIGHT and ground.likeness(a.claim.id, b.claim.id) >= VERY_NEAR


def _only_one(entry: Entry, ground: Ground) -> bool:
    """Return whether a claim holds no second figure of the kind, of the same things or the same unit, that stands on its own."""
    own = entry.field
    rivals = [
        field
        for field in entry.claim.fields
        if field.kind == own.kind and field.id != own.id and field.role == own.role and not set(field.scope) & MARKS.keys()
    ]
    return not any(_alike_in_kind(own, field, ground) for field in rivals)


def _alike_in_kind(a: Field, b: Field, ground: Ground) -> bool:
    first, second = a.value, b.value
    if not isinstance(first, Quantity) or not isinstance(second, Quantity):
        return a.role == b.role and type(first) is type(second)
    if first.unit or second.unit:
        return first.unit == second.unit
    return subjects_relation(a.subject, b.subject, ground.rules) is Relation.SAME


def _of_one_order(a: Field, b: Field) -> bool:
    """Return whether two figures without a role are near enough in size to be meant for the same.

    A price a share is no price of a company, and the jobs of a month are not those of a year.
    """
    first, second = a.value, b.value
    if a.kind not in {"money", "count"} or a.role or not (isinstance(first, Quantity) and isinstance(second, Quantity)):
        return True
    low, high = sorted((first.low, second.low))
    return high <= SIZE_FACTOR * low


def _one_thing(a: Field, b: Field) -> bool:
    """Return whether two sums are for one thing at whatever time they are told: the first offer, the bid for one target."""
    return a.kind == b.kind == "money" and _shared_scope(a, b)


def _has_key(a: Field, b: Field) -> bool:
    """Return whether two fields say enough of themselves to meet outside a cluster."""
    return bool(a.role and b.role) or bool(a.act and a.act == b.act) or _shared_scope(a, b)


def _subject_obstacle(a: Entry, b: Entry, ground: Ground) -> str:
    """Return why the two values are not said of one subject, or the empty string."""
    rule, first, second = a.rule, a.field, b.field
    if rule.subject == "any" or (isinstance(first.value, Label) and under_head(a.claim, b.claim)):
        return ""
    relation = subjects_relation(first.subject, second.subject, ground.rules)
    if rule.subject == "same":
        known = relation is Relation.SAME and first.subject
        return "" if known else "they are said of different things"
    if relation in {Relation.UNKNOWN, Relation.DISTINCT}:
        return f'one speaks of "{first.subject}", the other of "{second.subject}"'
    if relation in {Relation.CONTAINS, Relation.WITHIN} and isinstance(first.value, Quantity) and isinstance(second.value, Quantity):
        whole, part = (first.value, second.value) if relation is Relation.CONTAINS else (second.value, first.value)
        if part.low < whole.low:
            return "the smaller figure counts a part of the larger"
    return ""


def _scope_obstacle(a: Field, b: Field, ground: Ground) -> str | None:
    """Return why two figures have different scopes, or None."""
    first, second = (set(field.scope) - _words_for(field.subject, ground.rules) for field in (a, b))
    for mark, reason in MARKS.items():
        if (mark in first) != (mark in second):
            return reason
    only_first, only_second = first - second - ground.core, second - first - ground.core
    if only_first and only_second and not (first & second):
        return f"one is about {_list(only_first)}, the other about {_list(only_second)}"
    if (only_first or only_second) and not (first & second):
        return f"only one of the two is narrowed to {_list(only_first | only_second)}"
    return None


def _shared_scope(a: Field, b: Field) -> bool:
    return bool((set(a.scope) & set(b.scope)) - (MARKS.keys() - {"first"}))


def _words_for(subject: str, rules: RuleSet) -> frozenset[str]:
    """Return all words for the thing that a figure measures: they narrow nothing ("acquisition offer")."""
    rule = rules.get(THINGS)
    terms = [term for term in rule.terms if subject in term.words] if rule else []
    return frozenset(word for term in terms for word in term.words)


def _list(words: set[str]) -> str:
    return ", ".join(f'"{word}"' for word in sorted(words))


def _began(claims: Sequence[Claim], articles: Mapping[str, Article]) -> date | None:
    days = [published.date() for claim in claims if (published := articles[claim.article].published)]
    return min(days, default=None)


def _core_words(claims: Sequence[Claim], articles: Mapping[str, Article]) -> frozenset[str]:
    """Return the words that every figure of an event is about anyway: those of a headline, and those of most first sentences."""
    first = {claim.article: claim for claim in reversed(claims)}
    seen = Counter(word for claim in first.values() for word in {token.text.lower() for token in claim.tokens})
    common = {word for word, count in seen.items() if 2 * count > len(first)}
    return frozenset(common | {word for name in first for word in re.findall(r"\w+", articles[name].title.lower())})


def _compare(a: Entry, b: Entry, ground: Ground) -> Comparison:
    relation, reason = compare_values(a.field, b.field, a.rule)
    relation, reason = _as_update(a, b, relation, reason, ground)
    verdict = next((level.then for level in a.rule.levels if relation in level.when), Verdict.NOTHING)
    if verdict is Verdict.CONTRADICTION and _falls(a, b, ground):
        verdict, reason = Verdict.TENSION, reason + "; the later report has the lower figure"
    likeness = ground.likeness(a.claim.id, b.claim.id)
    confidence = max(likeness, 0.75 if a.rule.meet == "key" else 0.0)
    return Comparison(a.field, b.field, a.claim.id, b.claim.id, a.rule.id, relation, reason, verdict, round(confidence, 3))


def _as_update(a: Entry, b: Entry, relation: Relation, reason: str, ground: Ground) -> tuple[Relation, str]:
    """Turn a difference of figures into an update where the rule allows it.

    A toll grows: the later report with the higher figure knows more. A price or a share does not; it is of another hour, or it differs.
    """
    allowed = any(Relation.UPDATES in level.when for level in a.rule.levels)
    first, second = a.field.value, b.field.value
    if (
        not allowed
        or relation not in {Relation.DISJOINT, Relation.OVERLAPS}
        or not (isinstance(first, Quantity) and isinstance(second, Quantity))
    ):
        return relation, reason
    if not a.rule.role:
        return (Relation.UPDATES, reason + "; they are of different hours") if _other_hours(a.claim, b.claim) else (relation, reason)
    if _rises(a, b, ground):
        return Relation.UPDATES, reason + "; the later report has the higher figure"
    return relation, reason


def _rises(a: Entry, b: Entry, ground: Ground) -> bool | None:
    """Return whether the later of two reports has the higher figure; None where the hours or the figures do not tell."""
    times = [ground.articles[entry.claim.article].instant for entry in (a, b)]
    first, second = a.field.value, b.field.value
    if not (isinstance(first, Quantity) and isinstance(second, Quantity)) or first.low == second.low:
        return None
    if times[0] is None or times[1] is None or times[0] == times[1]:
        return None
    return (times[0] < times[1]) == (first.low < second.low)


def _falls(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether a toll falls from one report to a later one: an older figure told late, perhaps, and no contradiction yet."""
    cumulative = bool(a.rule.role) and any(Relation.UPDATES in level.when for level in a.rule.levels)
    return cumulative and _rises(a, b, ground) is False


def _other_hours(a: Claim, b: Claim) -> bool:
    """Return whether two claims give different times of day for what they say."""
    first, second = ({field.value for field in claim.fields if field.kind == "time"} for claim in (a, b))
    return bool(first and second and not first & second)


def _refuse(a: Entry, b: Entry, why: str) -> Comparison:
    relation, _ = compare_values(a.field, b.field, a.rule)
    return Comparison(a.field, b.field, a.claim.id, b.claim.id, a.rule.id, relation, why, Verdict.NOTHING, 0.0)


def _conflicts(event: Event, comparisons: Sequence[Comparison], claims: Sequence[Claim], ground: Ground) -> list[Finding]:
    """Line up all versions of each disputed point as the sides of one finding."""
    told = {claim.id: claim for claim in claims}
    by_rule: dict[str, list[Comparison]] = defaultdict(list)
    for comparison in comparisons:
        if comparison.verdict is not Verdict.NOTHING:
            by_rule[comparison.rule].append(comparison)
    found = []
    for rule in sorted(by_rule):
        for group in _components(by_rule[rule]):
            if any(comparison.verdict in CONFLICTS for comparison in group):
                found.append(_conflict(event, ground.rules[rule], group, told, ground))
    return found


def _components(comparisons: Sequence[Comparison]) -> list[list[Comparison]]:
    """Split comparisons into groups that share no field."""
    fields = sorted({field.id for comparison in comparisons for field in (comparison.a, comparison.b)})
    place = {field: i for i, field in enumerate(fields)}
    labels = _joined([(place[c.a.id], place[c.b.id]) for c in comparisons], len(fields))
    groups: dict[int, list[Comparison]] = defaultdict(list)
    for comparison in comparisons:
        groups[labels[place[comparison.a.id]]].append(comparison)
    return [groups[label] for label in sorted(groups)]


def _joined(pairs: Sequence[tuple[int, int]], size: int) -> list[int]:
    """Return the component number of each of `size` nodes."""
    rows, columns = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    _, labels = connected_components(coo_matrix((np.ones(len(pairs)), (rows, columns)), shape=(size, size)), directed=False)
    return [int(label) for label in labels]


def _conflict(event: Event, rule: Rule, group: Sequence[Comparison], told: Mapping[str, Claim], ground: Ground) -> Finding:
    sides = _sides(group, told, ground)
    clashes = [comparison for comparison in group if comparison.verdict in CONFLICTS]
    severity = Severity(min((c.verdict.value for c in clashes), key=[s.value for s in Severity].index))
    decisive = [comparison for comparison in clashes if comparison.verdict.value == severity.value]
    articles = {evidence.article for side in sides for evidence in side.evidence}
    confidence = max(comparison.confidence for comparison in decisive)
    return Finding(
        id=content_id("conflict", rule.id, *(evidence_key(e, ground) for side in sides for e in side.evidence)),
        outcome=Outcome.CONFLICT,
        scope="internal" if len(articles) == 1 else "cross",
        event=event.id,
        field=rule.field,
        severity=severity,
        priority=_priority(rule, severity),
        confidence=round(confidence, 3),
        rule=rule.id,
        point=rule.about,
        message=_message(rule, sides, decisive[0], told, ground),
        settle=rule.settle,
        sides=sides,
        cluster=_common_cluster(sides, ground),
        comparisons=tuple(sorted(group, key=lambda c: (c.verdict not in CONFLICTS, c.a.id, c.b.id))),
    )


def evidence_key(evidence: Evidence, ground: Ground) -> str:
    """Identify evidence by content, so that a finding keeps its id when a file is renamed."""
    return f"{ground.articles[evidence.article].sha256}:{evidence.span.start}:{evidence.span.end}"


def _priority(rule: Rule, severity: Severity) -> int:
    return min(3, rule.priority + (severity in {Severity.TERMINOLOGY, Severity.GRANULARITY}))


def _sides(group: Sequence[Comparison], told: Mapping[str, Claim], ground: Ground) -> tuple[Side, ...]:
    """Gather equal values on one side each, earliest version first."""
    holder = {field.id: (field, told[claim]) for c in group for field, claim in ((c.a, c.claim_a), (c.b, c.claim_b))}
    order = sorted(holder)
    place = {field: i for i, field in enumerate(order)}
    equal = [(place[c.a.id], place[c.b.id]) for c in group if c.verdict is Verdict.AGREEMENT]
    labels = _joined(equal, len(order)) if equal else list(range(len(order)))
    gathered: dict[int, list[tuple[Field, Claim]]] = defaultdict(list)
    for field in order:
        gathered[labels[place[field]]].append(holder[field])
    versions = [sorted(version, key=lambda pair: _when(pair[1], ground)) for version in gathered.values()]
    versions.sort(key=lambda version: _when(version[0][1], ground))
    return tuple(
        Side(chr(ord("A") + min(i, 25)), version[0][0].raw, tuple(_evidence(field.span, field.raw, claim) for field, claim in version))
        for i, version in enumerate(versions)
    )


def _when(claim: Claim, ground: Ground) -> tuple[str, str, int]:
    published = ground.articles[claim.article].instant
    return (published.isoformat() if published else "9999", claim.article, claim.order)


def _evidence(span: Span, quote: str, claim: Claim) -> Evidence:
    return Evidence(claim.article, claim.id, span, quote)


def _memberships(clusters: Sequence[Cluster]) -> dict[str, frozenset[str]]:
    """Return the clusters of each claim: one that carries two facts stands in two."""
    found: dict[str, set[str]] = defaultdict(set)
    for cluster in clusters:
        for claim in cluster.claims:
            found[claim].add(cluster.id)
    return {claim: frozenset(ids) for claim, ids in found.items()}


def _common_cluster(sides: Sequence[Side], ground: Ground) -> str | None:
    shared = [ground.clusters.get(evidence.claim, frozenset()) for side in sides for evidence in side.evidence]
    return min(frozenset.intersection(*shared), default=None) if shared else None


def _message(rule: Rule, sides: Sequence[Side], decisive: Comparison, told: Mapping[str, Claim], ground: Ground) -> str:
    """Say the finding in one sentence: the point, each version with its outlets, and the reason."""
    versions = []
    for side in sides[:4]:
        outlets = dict.fromkeys(ground.articles[evidence.article].source for evidence in side.evidence)
        versions.append(f'{", ".join(outlets)}: "{" ".join(side.value.split())}"')
    more = f" (and {len(sides) - 4} more)" if len(sides) > 4 else ""
    return f"{rule.about}: {'; '.join(versions)}{more}. {_sentence(decisive.reason)}{_speakers(decisive, told)}"


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:] + "."


def _speakers(comparison: Comparison, told: Mapping[str, Claim]) -> str:
    """Say so when two outlets differ through the people they quote."""
    a, b = told[comparison.claim_a].speaker, told[comparison.claim_b].speaker
    if "outlet" in {a.kind, b.kind} or a.name.lower() == b.name.lower():
        return ""
    return f" The two versions come from different speakers: {a.name}, and {b.name}."


def _agreements(
    event: Event,
    comparisons: Sequence[Comparison],
    claims: Sequence[Claim],
    clusters: Sequence[Cluster],
    conflicts: Sequence[Finding],
    ground: Ground,
) -> list[Finding]:
    """List the facts that several articles state: whole claims of a cluster, and values that agree outside one."""
    told = {claim.id: claim for claim in claims}
    disputed = _disputed(conflicts)
    whole = [
        finding
        for cluster in clusters
        if cluster.event == event.id and (finding := _agreed_cluster(event, cluster, told, disputed, comparisons, ground))
    ]
    covered = {frozenset(pair) for finding in whole for pair in combinations([e.claim for s in finding.sides for e in s.evidence], 2)}
    single = [c for c in comparisons if c.verdict is Verdict.AGREEMENT and told[c.claim_a].article != told[c.claim_b].article]
    loose = [c for c in single if frozenset((c.claim_a, c.claim_b)) not in covered and ground.rules[c.rule].field in SINGLE_VALUES]
    by_rule: dict[str, list[Comparison]] = defaultdict(list)
    for comparison in loose:
        by_rule[comparison.rule].append(comparison)
    values = [
        _agreed_value(event, ground.rules[rule], group, told, ground) for rule in sorted(by_rule) for group in _components(by_rule[rule])
    ]
    return [*whole, *values]


def _disputed(conflicts: Sequence[Finding]) -> frozenset[frozenset[str]]:
    """Return the pairs of claims that a red or amber finding sets against each other."""
    return frozenset(
        frozenset((comparison.claim_a, comparison.claim_b))
        for finding in conflicts
        for comparison in finding.comparisons
        if comparison.verdict in LOUD
    )


def _agreed_cluster(
    event: Event,
    cluster: Cluster,
    told: Mapping[str, Claim],
    disputed: frozenset[frozenset[str]],
    comparisons: Sequence[Comparison],
    ground: Ground,
) -> Finding | None:
    """Return the agreement of the claims of a cluster that say the same, or None."""
    members = sorted((told[claim] for claim in cluster.claims), key=lambda claim: _when(claim, ground))
    pairs = [
        (ground.likeness(a.id, b.id), a, b)
        for a, b in combinations(members, 2)
        if a.article != b.article and frozenset((a.id, b.id)) not in disputed and _agree(a, b, ground)
    ]
    if not pairs:
        return None
    alike = {claim.id for _, a, b in pairs for claim in (a, b)}
    agreeing = [claim for claim in members if claim.id in alike]
    best = max(pairs, key=lambda pair: (pair[0], pair[1].id, pair[2].id))
    shortest = min((best[1], best[2]), key=lambda claim: (len(claim.text), claim.id))
    fields = tuple(c for c in comparisons if c.verdict is Verdict.AGREEMENT and {c.claim_a, c.claim_b} <= alike)
    return Finding(
        id=content_id("agreement", *(claim.id for claim in agreeing)),
        outcome=Outcome.AGREEMENT,
        scope="cross",
        event=event.id,
        field="action",
        severity=None,
        priority=2,
        confidence=round(best[0], 3),
        rule="cluster",
        point=" ".join(shortest.text.split()),
        message=" ".join(shortest.text.split()),
        settle="",
        sides=(Side("A", " ".join(shortest.text.split()), tuple(_evidence(c.span, c.text, c) for c in agreeing)),),
        cluster=cluster.id,
        comparisons=fields,
    )


def _agree(a: Claim, b: Claim, ground: Ground) -> bool:
    """Return whether two like claims say the same: there is no kind of figure or name in which they share nothing."""
    if (
        ground.likeness(a.id, b.id) < AGREED
        or a.polarity != b.polarity
        or (a.certainty is Certainty.DENIED) != (b.certainty is Certainty.DENIED)
    ):
        return False
    for kinds in (NUMERIC, {"person_name"}, {"date"}):
        first = {_comparable(field) for field in a.fields if field.kind in kinds}
        second = {_comparable(field) for field in b.fields if field.kind in kinds}
        if first and second and not first & second:
            return False
    return True


def _comparable(field: Field) -> str:
    return f"{field.kind}:{replace(field.value, bound='exact') if isinstance(field.value, Quantity) else field.value}"


def _agreed_value(event: Event, rule: Rule, group: Sequence[Comparison], told: Mapping[str, Claim], ground: Ground) -> Finding:
    holder = {field.id: (field, told[claim]) for c in group for field, claim in ((c.a, c.claim_a), (c.b, c.claim_b))}
    stated = sorted(holder.values(), key=lambda pair: (_when(pair[1], ground), pair[0].span))
    evidence = tuple(_evidence(field.span, field.raw, claim) for field, claim in stated)
    value = stated[0][0].raw
    return Finding(
        id=content_id("agreement", rule.id, *(evidence_key(e, ground) for e in evidence)),
        outcome=Outcome.AGREEMENT,
        scope="cross",
        event=event.id,
        field=rule.field,
        severity=None,
        priority=min(3, rule.priority + 1),
        confidence=round(max(c.confidence for c in group), 3),
        rule=rule.id,
        point=rule.about,
        message=f'{rule.about}: "{" ".join(value.split())}"',
        settle="",
        sides=(Side("A", value, evidence),),
        comparisons=tuple(group),
    )


def _single_source(event: Event, claims: Sequence[Claim], ground: Ground) -> list[Finding]:
    """List the claims that carry weight and have no like in another article; an event told once has none."""
    if len({claim.article for claim in claims}) < 2:
        return []
    found = []
    for claim in claims:
        others = [other for other in claims if other.article != claim.article]
        reasons = _weight(claim)
        if not reasons or any(ground.likeness(claim.id, other.id) >= ALONE or ground.one_cluster(claim, other) for other in others):
            continue
        found.append(_single(event, claim, reasons))
    return found


def _weight(claim: Claim) -> list[str]:
    """Return what hangs on a claim: an accusation against a named person, a legal term, a number, a headline."""
    kinds = {field.kind for field in claim.fields if not (isinstance(field.value, Quantity) and field.value.high == 0)}
    reasons = []
    if "person_name" in kinds and (claim.certainty is Certainty.ALLEGED or "legal_manner" in kinds):
        reasons.append("a named person accused")
    if "legal_manner" in kinds:
        reasons.append("a legal term")
    if kinds & {"count", "money", "quantity"}:
        reasons.append("a number")
    if claim.certainty is Certainty.ALLEGED:
        reasons.append("an allegation")
    if claim.block in {BlockKind.HEADLINE, BlockKind.SUBHEAD}:
        reasons.append("a headline")
    return reasons


def _single(event: Event, claim: Claim, reasons: Sequence[str]) -> Finding:
    text = " ".join(claim.text.split())
    return Finding(
        id=content_id("single", claim.id),
        outcome=Outcome.SINGLE_SOURCE,
        scope="cross",
        event=event.id,
        field="action",
        severity=None,
        priority=1 if "accused" in reasons[0] else 2 if len(reasons) > 1 or "legal" in reasons[0] else 3,
        confidence=1.0,
        rule="single_source",
        point=", ".join(reasons),
        message=text,
        settle="",
        sides=(Side("A", text, (_evidence(claim.span, claim.text, claim),)),),
    )


def _near_misses(event: Event, refused: Sequence[Comparison], claims: Sequence[Claim]) -> list[Finding]:
    """Keep the refused comparisons that a careless reader would have called conflicts, one per pair of wordings."""
    told = {claim.id: claim for claim in claims}
    seen: set[tuple[str, ...]] = set()
    kept = []
    telling = {Relation.DISJOINT, Relation.EXCLUSIVE, Relation.DISTINCT, Relation.NEGATES}
    for comparison in sorted(refused, key=lambda c: (c.rule, c.a.id, c.b.id)):
        key = (comparison.rule, *sorted((comparison.a.raw.lower(), comparison.b.raw.lower())))
        if comparison.relation not in telling or key in seen:
            continue
        seen.add(key)
        kept.append(_near_miss(event, comparison, told))
    return kept[:REJECTED_LIMIT]


def _near_miss(event: Event, comparison: Comparison, told: Mapping[str, Claim]) -> Finding:
    a, b = told[comparison.claim_a], told[comparison.claim_b]
    sides = (
        Side("A", comparison.a.raw, (_evidence(comparison.a.span, comparison.a.raw, a),)),
        Side("B", comparison.b.raw, (_evidence(comparison.b.span, comparison.b.raw, b),)),
    )
    return Finding(
        id=content_id("rejected", comparison.rule, comparison.a.id, comparison.b.id),
        outcome=Outcome.CONFLICT,
        scope="internal" if a.article == b.article else "cross",
        event=event.id,
        field=comparison.a.kind,
        severity=None,
        priority=3,
        confidence=0.0,
        rule=comparison.rule,
        point="",
        message=f'"{" ".join(comparison.a.raw.split())}" and "{" ".join(comparison.b.raw.split())}": {comparison.reason}',
        settle="",
        sides=sides,
        why=comparison.reason,
        comparisons=(comparison,),
    )


def _rank(finding: Finding) -> tuple[object, ...]:
    """Order findings for the report: outcome, severity, priority, number of articles, id."""
    severity = list(Severity).index(finding.severity) if finding.severity else len(Severity)
    articles = len({evidence.article for side in finding.sides for evidence in side.evidence})
    outcome = (Outcome.CONFLICT, Outcome.AGREEMENT, Outcome.SINGLE_SOURCE).index(finding.outcome)
    return (outcome, severity, finding.priority, -articles, finding.id)
