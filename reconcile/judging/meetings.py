"""The claims of one event in, the comparisons out that were made, and those that were refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from reconcile.compare import compare_values
from reconcile.judging.doubts import find_doubt
from reconcile.judging.firmness import firmness_reason
from reconcile.judging.ground import Entry, Ground
from reconcile.judging.nouns import noun_reason
from reconcile.judging.obstacles import find_obstacle
from reconcile.judging.times import span_excuse
from reconcile.judging.updates import as_update, excuse
from reconcile.model import Claim, Comparison, Field, Label, Rule, RuleSet, Verdict

PAIR_LIMIT = 400
"""Values of one rule in one event that are compared all with all; beyond it only those of one cluster meet."""

AT_ODDS = frozenset({Verdict.CONTRADICTION, Verdict.TENSION, Verdict.UPDATE})
"""Verdicts that say of two values that they differ."""


def compare_event(claims: Sequence[Claim], ground: Ground) -> tuple[list[Comparison], list[Comparison]]:
    """Compare all values that may meet; return the comparisons made, and those refused with the reason."""
    made: list[Comparison] = []
    refused: list[Comparison] = []
    for entries in _entries(claims, ground.rules):
        for a, b in combinations(entries, 2):
            if a.claim.id == b.claim.id or (len(entries) > PAIR_LIMIT and not ground.one_cluster(a.claim, b.claim)):
                continue
            why = find_obstacle(a, b, ground)
            comparison = _compare(a, b, ground) if why is None else None
            if comparison is not None and comparison.verdict in AT_ODDS:
                why = find_doubt(a, b, ground)
            if comparison is not None and not why:
                made.append(comparison)
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


def _compare(a: Entry, b: Entry, ground: Ground) -> Comparison:
    relation, reason = compare_values(a.field, b.field, a.rule)
    relation, reason = as_update(a, b, relation, noun_reason(a, b, firmness_reason(a, b, reason)), ground)
    verdict = next((level.then for level in a.rule.levels if relation in level.when), Verdict.NOTHING)
    if verdict is Verdict.CONTRADICTION and (why := excuse(a, b, ground) or span_excuse(a, b)):
        verdict, reason = Verdict.TENSION, f"{reason}; {why}"
    likeness = ground.likeness(a.claim.id, b.claim.id)
    confidence = max(likeness, 0.75 if a.rule.meet == "key" else 0.0)
    return Comparison(a.field, b.field, a.claim.id, b.claim.id, a.rule.id, relation, reason, verdict, round(confidence, 3))


def _refuse(a: Entry, b: Entry, why: str) -> Comparison:
    relation, _ = compare_values(a.field, b.field, a.rule)
    return Comparison(a.field, b.field, a.claim.id, b.claim.id, a.rule.id, relation, why, Verdict.NOTHING, 0.0)
