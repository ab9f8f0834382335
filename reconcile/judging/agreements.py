"""Clusters and comparisons in, the facts out that several articles state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from reconcile.compare import compare_values
from reconcile.judging.conflicts import LOUD
from reconcile.judging.evidence import evidence_key, evidence_of, told_when
from reconcile.judging.figures import NUMERIC
from reconcile.judging.ground import Ground
from reconcile.judging.grouping import components
from reconcile.model import (
    Certainty,
    Claim,
    Cluster,
    Comparison,
    Event,
    Field,
    Finding,
    Label,
    Outcome,
    Relation,
    Rule,
    Side,
    Verdict,
    content_id,
)

AGREED = 0.64
"""Likeness from which two claims of different articles may count as saying the same."""
VERY_ALIKE = 0.7
"""Likeness from which two claims may count as saying the same although they give a figure more and less exactly."""
SAME_VALUE = frozenset({Relation.SAME, Relation.ALIAS})
ONE_VALUE = SAME_VALUE | {Relation.APPROXIMATES, Relation.CONTAINS, Relation.WITHIN}
"""Relations of two values that can be one value."""
BESIDES = frozenset({"additional", "per"})
"""Words of a scope that make a count another count."""
STAGE, UNDONE = "act.stage", frozenset({"planned", "attempted"})
"""The rule for how far an act had come, and its labels for acts not done: who "attempted to hold" somebody did not "hold" him."""
TELLING = (NUMERIC, frozenset({"person_name"}), frozenset({"date"}))
"""Kinds of value of which like claims must share one."""
SINGLE_VALUES = frozenset({"count", "quantity", "money", "age", "time", "date", "legal_manner"})
"""Kinds of value whose agreement is worth a line although the sentences round them differ."""


def find_agreements(
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
    whole = [finding for cluster in clusters if (finding := _agreed_cluster(event, cluster, told, disputed, comparisons, ground))]
    covered = {frozenset(pair) for finding in whole for pair in combinations([e.claim for s in finding.sides for e in s.evidence], 2)}
    single = [c for c in comparisons if c.verdict is Verdict.AGREEMENT and told[c.claim_a].article != told[c.claim_b].article]
    loose = [c for c in single if frozenset((c.claim_a, c.claim_b)) not in covered and ground.rules[c.rule].field in SINGLE_VALUES]
    by_rule: dict[str, list[Comparison]] = defaultdict(list)
    for comparison in loose:
        by_rule[comparison.rule].append(comparison)
    values = [
        _agreed_value(event, ground.rules[rule], group, told, ground) for rule in sorted(by_rule) for group in components(by_rule[rule])
    ]
    return [*whole, *values]


def _disputed(conflicts: Sequence[Finding]) -> frozenset[frozenset[str]]:
    """Return the pairs of claims that a red or amber finding sets against each other, in more than how firmly they are put."""
    return frozenset(
        frozenset((comparison.claim_a, comparison.claim_b))
        for finding in conflicts
        for comparison in finding.comparisons
        if comparison.verdict in LOUD and not (finding.field == "modality" and comparison.relation is Relation.DISTINCT)
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
    members = sorted((told[claim] for claim in cluster.claims), key=lambda claim: told_when(claim, ground))
    pairs = [
        (ground.likeness(a.id, b.id), a, b)
        for a, b in combinations(members, 2)
        if a.article != b.article and frozenset((a.id, b.id)) not in disputed and _agree(a, b, ground)
    ]
    if not pairs:
        return None
    best = max(pairs, key=lambda pair: (pair[0], pair[1].id, pair[2].id))
    alike = {claim.id for _, a, b in pairs for claim in (a, b)}
    alike -= {claim for claim in alike if any(frozenset((claim, chosen.id)) in disputed for chosen in best[1:])}
    agreeing = [claim for claim in members if claim.id in alike]
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
        sides=(Side("A", " ".join(shortest.text.split()), tuple(evidence_of(c.span, c.text, c) for c in agreeing)),),
        cluster=cluster.id,
        comparisons=fields,
    )


def _agree(a: Claim, b: Claim, ground: Ground) -> bool:
    """Return whether two like claims say the same: there is no kind of figure or name in which they share nothing.

    Claims that share a figure only more or less ("276", "more than 270") must be the more alike.
    """
    likeness = ground.likeness(a.id, b.id)
    if _undone(a) != _undone(b):
        return False
    if likeness < AGREED or a.polarity != b.polarity or (a.certainty is Certainty.DENIED) != (b.certainty is Certainty.DENIED):
        return False
    return all(_share(a, b, kinds, ONE_VALUE if likeness >= VERY_ALIKE else SAME_VALUE, ground) for kinds in TELLING)


def _undone(claim: Claim) -> frozenset[str]:
    """Return how far what a claim tells of had come where it was not done: planned, or attempted."""
    labels = (field.value.label for field in claim.fields if isinstance(field.value, Label) and field.value.rule == STAGE)
    return UNDONE.intersection(labels)


def _share(a: Claim, b: Claim, kinds: frozenset[str], relations: frozenset[Relation], ground: Ground) -> bool:
    """Return whether two claims have a value of some kinds in common, or one of them has none."""
    first, second = ([field for field in claim.fields if field.kind in kinds] for claim in (a, b))
    return not (first and second) or any(_relation(x, y, ground) in relations for x in first for y in second)


def _relation(a: Field, b: Field, ground: Ground) -> Relation:
    """Return how two values stand to each other, where they are of one kind and part."""
    if a.kind != b.kind or (a.kind == "count" and {*a.scope} & BESIDES != {*b.scope} & BESIDES):
        return Relation.UNKNOWN
    if a.value == b.value:
        return Relation.SAME
    rule = next(iter(ground.rules.for_field(a.kind, a.role)), None)
    if rule is None or (a.role and b.role and a.role != b.role):
        return Relation.UNKNOWN
    return compare_values(a, b, rule)[0]


def _agreed_value(event: Event, rule: Rule, group: Sequence[Comparison], told: Mapping[str, Claim], ground: Ground) -> Finding:
    holder = {field.id: (field, told[claim]) for c in group for field, claim in ((c.a, c.claim_a), (c.b, c.claim_b))}
    stated = sorted(holder.values(), key=lambda pair: (told_when(pair[1], ground), pair[0].span))
    evidence = tuple(evidence_of(field.span, field.raw, claim) for field, claim in stated)
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
