"""Articles and claims in, shared origins out: who copied whom, where each claim comes from, and whether an agreement is independent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reconcile.model import Article, Chain, Claim, Copy, Finding, Outcome, SharedPassage
from reconcile.models.embedder import Embedder
from reconcile.sources.alignment import align_all
from reconcile.sources.candidates import find_candidates
from reconcile.sources.chains import bodies_of, trace_chains
from reconcile.sources.copies import agency_behind, common_citations, common_credits, common_quotes, distinct, near_copies
from reconcile.sources.credits import agency_credits
from reconcile.sources.independence import Independence, Ties, independence
from reconcile.sources.texts import make_sentences

__all__ = ["Independence", "Sources", "Ties", "agency_credits", "find_sources", "independence", "trace_origins"]


@dataclass(frozen=True, slots=True)
class Sources:
    """Who copied whom, and where each claim comes from."""

    copies: tuple[Copy, ...]
    passages: tuple[SharedPassage, ...]
    chains: tuple[Chain, ...]
    ties: Ties


def find_sources(articles: Sequence[Article], claims: Sequence[Claim], embedder: Embedder) -> Sources:
    """Find near-copies and shared passages, credits, cited media and shared quotations, and the chain of each claim."""
    ordered = sorted(articles, key=lambda article: article.id)
    told = sorted(claims, key=lambda claim: (claim.article, claim.order))
    credits = {article.id: found for article in ordered if (found := agency_credits(article))}
    chains = trace_chains(ordered, told, credits)
    by_claim = {(chain.article, chain.claim): chain for chain in chains}
    bodies = bodies_of(told)
    sentences = make_sentences(ordered, told)
    aligned = align_all(find_candidates(sentences, embedder), sentences, {article.id: article.text for article in ordered}, embedder)
    copies = [
        *near_copies(aligned, credits),
        *common_credits(ordered, credits),
        *common_citations(told, by_claim),
        *common_quotes(ordered, told),
    ]
    passages = tuple(passage for pair in sorted(aligned) for passage in aligned[pair].passages)
    ties = Ties(
        outlets={article.id: article.source for article in ordered},
        near={pair: agency_behind(pair, credits) for pair, found in aligned.items() if found.near_copy},
        passages=_by_pair(passages),
        chains=by_claim,
        credits=credits,
        bodies=bodies,
    )
    return Sources(distinct(copies), passages, chains, ties)


def _by_pair(passages: Sequence[SharedPassage]) -> Mapping[tuple[str, str], Sequence[SharedPassage]]:
    found: dict[tuple[str, str], list[SharedPassage]] = defaultdict(list)
    for passage in passages:
        found[passage.a.article, passage.b.article].append(passage)
    return found


def trace_origins(findings: Sequence[Finding], claims: Sequence[Claim], ties: Ties) -> tuple[Finding, ...]:
    """Return the findings with their origins, and the agreements with whether they are independent."""
    told = {(claim.article, claim.id): claim for claim in claims}
    return tuple(_traced(finding, told, ties) for finding in findings)


def _traced(finding: Finding, told: Mapping[tuple[str, str], Claim], ties: Ties) -> Finding:
    behind = [told[evidence.article, evidence.claim] for side in finding.sides for evidence in side.evidence]
    known = independence(behind, ties)
    if finding.outcome is not Outcome.AGREEMENT:
        return replace(finding, origins=known.origins)
    return replace(finding, independent=known.independent, independence=known.reason, origins=known.origins, origin_groups=known.groups)
