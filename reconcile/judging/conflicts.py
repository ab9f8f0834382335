"""Comparisons in, one finding per disagreement out, with all versions lined up as its sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from reconcile.judging.evidence import evidence_key, evidence_of, told_when
from reconcile.judging.ground import Ground
from reconcile.judging.grouping import components, joined
from reconcile.model import Claim, Comparison, Event, Field, Finding, Outcome, Rule, Severity, Side, Verdict, content_id

LOUD = (Verdict.CONTRADICTION, Verdict.TENSION)
CONFLICTS = (Verdict.CONTRADICTION, Verdict.TENSION, Verdict.TERMINOLOGY, Verdict.GRANULARITY, Verdict.UPDATE)


def find_conflicts(event: Event, comparisons: Sequence[Comparison], claims: Sequence[Claim], ground: Ground) -> list[Finding]:
    """Line up all versions of each disputed point as the sides of one finding."""
    told = {claim.id: claim for claim in claims}
    by_rule: dict[str, list[Comparison]] = defaultdict(list)
    for comparison in comparisons:
        if comparison.verdict is not Verdict.NOTHING:
            by_rule[comparison.rule].append(comparison)
    found = []
    for rule in sorted(by_rule):
        for group in components(by_rule[rule]):
            if any(comparison.verdict in CONFLICTS for comparison in group):
                found.append(_conflict(event, ground.rules[rule], group, told, ground))
    return found


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


def _priority(rule: Rule, severity: Severity) -> int:
    return min(3, rule.priority + (severity in {Severity.TERMINOLOGY, Severity.GRANULARITY}))


def _sides(group: Sequence[Comparison], told: Mapping[str, Claim], ground: Ground) -> tuple[Side, ...]:
    """Gather equal values on one side each, earliest version first."""
    holder = {field.id: (field, told[claim]) for c in group for field, claim in ((c.a, c.claim_a), (c.b, c.claim_b))}
    order = sorted(holder)
    place = {field: i for i, field in enumerate(order)}
    equal = [(place[c.a.id], place[c.b.id]) for c in group if c.verdict is Verdict.AGREEMENT]
    apart = {frozenset((c.a.id, c.b.id)) for c in group if c.verdict in CONFLICTS}
    same = [(x, y) for x, y in combinations(order, 2) if holder[x][0].value == holder[y][0].value]
    equal += [(place[x], place[y]) for x, y in same if frozenset((x, y)) not in apart]
    labels = joined(equal, len(order)) if equal else list(range(len(order)))
    gathered: dict[int, list[tuple[Field, Claim]]] = defaultdict(list)
    for field in order:
        gathered[labels[place[field]]].append(holder[field])
    versions = [sorted(version, key=lambda pair: told_when(pair[1], ground)) for version in gathered.values()]
    versions.sort(key=lambda version: told_when(version[0][1], ground))
    return tuple(
        Side(chr(ord("A") + min(i, 25)), version[0][0].raw, tuple(evidence_of(field.span, field.raw, claim) for field, claim in version))
        for i, version in enumerate(versions)
    )


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
