"""Clustered claims and rules in, findings out: which values may meet, what each pair amounts to, one finding per disagreement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reconcile.judging.agreements import find_agreements
from reconcile.judging.conflicts import find_conflicts
from reconcile.judging.evidence import evidence_key
from reconcile.judging.ground import Ground, Likeness, event_ground, sole_ground
from reconcile.judging.meetings import compare_event
from reconcile.judging.near_misses import find_near_misses
from reconcile.judging.scored import Witness, find_scored, language_model, pairs_to_score, trained_scorer
from reconcile.judging.single_source import find_single_source
from reconcile.model import Article, Claim, Cluster, Event, Finding, Outcome, RuleSet, Severity

__all__ = [
    "Ground",
    "Judgement",
    "Likeness",
    "Witness",
    "compare_event",
    "evidence_key",
    "judge",
    "language_model",
    "pairs_to_score",
    "sole_ground",
    "trained_scorer",
]


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
    witnesses: Sequence[Witness] = (),
) -> Judgement:
    """Judge every event by every rule, and by what models are sure of, one after another, where there are any."""
    findings: list[Finding] = []
    rejected: list[Finding] = []
    by_id = {article.id: article for article in articles}
    told_of, clusters_of = defaultdict[str, list[Claim]](list), defaultdict[str, list[Cluster]](list)
    for claim in sorted(claims, key=lambda claim: (claim.article, claim.order)):
        told_of[claim.event].append(claim)
    for cluster in clusters:
        clusters_of[cluster.event].append(cluster)
    for event in events:
        told, own = told_of[event.id], clusters_of[event.id]
        ground = event_ground(told, own, by_id, rules, likeness)
        comparisons, refused = compare_event(told, ground)
        conflicts = find_conflicts(event, comparisons, told, ground)
        for witness in witnesses:
            conflicts += find_scored(event, told, conflicts, witness, ground)
        agreements = find_agreements(event, comparisons, told, own, conflicts, ground)
        findings += [*conflicts, *agreements, *find_single_source(event, told, ground)]
        rejected += find_near_misses(event, refused, told)
    return Judgement(tuple(sorted(findings, key=_rank)), tuple(sorted(rejected, key=_rank)))


def _rank(finding: Finding) -> tuple[object, ...]:
    """Order findings for the report: outcome, severity, priority, number of articles, id."""
    severity = list(Severity).index(finding.severity) if finding.severity else len(Severity)
    articles = len({evidence.article for side in finding.sides for evidence in side.evidence})
    outcome = (Outcome.CONFLICT, Outcome.AGREEMENT, Outcome.SINGLE_SOURCE).index(finding.outcome)
    return (outcome, severity, finding.priority, -articles, finding.id)
