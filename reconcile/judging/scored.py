"""Pairs of claims that a model calls contradictions in, findings out: a tension at most, and said to rest on the model alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from reconcile.judging.evidence import evidence_key, evidence_of, told_when
from reconcile.judging.ground import Ground
from reconcile.judging.grouping import joined
from reconcile.model import Claim, Cluster, Event, Finding, Outcome, Severity, Side, content_id

POINT = "Whether both can be true"
SETTLE = "both passages, read in full"

Contradictions = Mapping[frozenset[str], float]
"""For pairs of claims, by id, that a model is sure of: how probably they contradict each other."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A model that is heard beside the rules, and what it is sure of."""

    rule: str
    """Stands for the rule in findings that no rule made."""
    reason: str
    contradictions: Contradictions


SCORER = "scorer"
JUDGE = "judge"


def trained_scorer(contradictions: Contradictions) -> Witness:
    """Return the witness for a scorer that runs on this machine."""
    reason = "A trained model takes the two for a contradiction; no rule compares them, so read both before anything else."
    return Witness(SCORER, reason, contradictions)


def language_model(name: str, contradictions: Contradictions) -> Witness:
    """Return the witness for a language model that was asked over the network."""
    reason = f"The language model {name} takes the two for a contradiction; no rule compares them, so read both before anything else."
    return Witness(JUDGE, reason, contradictions)


def pairs_to_score(clusters: Sequence[Cluster], claims: Mapping[str, Claim]) -> list[tuple[Claim, Claim]]:
    """Return the pairs of claims of two articles that stand in one cluster, each once."""
    pairs = {
        tuple(sorted((a, b)))
        for cluster in clusters
        for a, b in combinations(cluster.claims, 2)
        if claims[a].article != claims[b].article and claims[a].text != claims[b].text
    }
    return [(claims[a], claims[b]) for a, b in sorted(pairs)]


def find_scored(event: Event, claims: Sequence[Claim], conflicts: Sequence[Finding], witness: Witness, ground: Ground) -> list[Finding]:
    """Return a finding for each group of claims that a model sets against each other and that nothing before has set against each other."""
    told = {claim.id: claim for claim in claims}
    known = {frozenset((c.claim_a, c.claim_b)) for finding in conflicts for c in finding.comparisons}
    known |= {frozenset(e.claim for side in finding.sides for e in side.evidence) for finding in conflicts if not finding.comparisons}
    pairs = sorted(tuple(sorted(pair)) for pair in witness.contradictions if pair <= told.keys() and pair not in known)
    order = sorted({claim for pair in pairs for claim in pair})
    place = {claim: i for i, claim in enumerate(order)}
    labels = joined([(place[a], place[b]) for a, b in pairs], len(order)) if pairs else []
    groups: dict[int, list[tuple[str, str]]] = {}
    for a, b in pairs:
        groups.setdefault(labels[place[a]], []).append((a, b))
    return [_finding(event, group, told, witness, ground) for _, group in sorted(groups.items())]


def _finding(event: Event, pairs: Sequence[tuple[str, str]], told: Mapping[str, Claim], witness: Witness, ground: Ground) -> Finding:
    """Make a finding of the pair that the model is surest of; the other claims of the group would only repeat its sides."""
    first, second = max(pairs, key=lambda pair: (witness.contradictions[frozenset(pair)], pair))
    sides = tuple(
        Side(label, " ".join(claim.text.split()), (evidence_of(claim.span, claim.text, claim),))
        for label, claim in zip("AB", sorted((told[first], told[second]), key=lambda claim: told_when(claim, ground)), strict=True)
    )
    outlets = "; ".join(f'{ground.articles[side.evidence[0].article].source}: "{side.value}"' for side in sides)
    clusters = ground.clusters.get(first, frozenset()) & ground.clusters.get(second, frozenset())
    return Finding(
        id=content_id("scored", witness.rule, *(evidence_key(evidence, ground) for side in sides for evidence in side.evidence)),
        outcome=Outcome.CONFLICT,
        scope="cross",
        event=event.id,
        field="action",
        severity=Severity.TENSION,
        priority=2,
        confidence=round(witness.contradictions[frozenset((first, second))], 3),
        rule=witness.rule,
        point=POINT,
        message=f"{POINT}: {outlets}. {witness.reason}",
        settle=SETTLE,
        sides=sides,
        cluster=min(clusters, default=None),
    )
