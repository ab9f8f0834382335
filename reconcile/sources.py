"""Articles and claims in, shared origins out: who copied whom, and whether an agreement is independent."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from rapidfuzz import fuzz

from reconcile.model import Article, Claim, Copy, Finding, Origin, Outcome

SHINGLE = 6
"""Words in a row that make a shingle."""
NEAR_COPY = 0.4
"""Share of the shorter article's shingles that a near-copy has in common with the longer."""
FEWEST_SHINGLES = 15
"""Shingles that a near-copy shares at the least, so that one common quotation in two short texts makes no copy."""
SHARED_QUOTE = 8
"""Words that a quotation needs before two articles that both carry it must have it from one place."""

AGENCIES = {
    "AP": r"\(AP\)|The Associated Press|Associated Press",
    "Reuters": r"\(Reuters\)|\bREUTERS\b|\bReuters\b",
    "AFP": r"\(AFP\)|Agence France-?\s?Presse|\bAFP\b",
    "dpa": r"\(dpa\)|Deutsche Presse[- ]Agentur|\bdpa\b",
    "PA": r"\(PA\)|Press Association",
    "Xinhua": r"\(Xinhua\)|\bXinhua\b",
    "TASS": r"\(TASS\)|\bTASS\b",
    "ANSA": r"\(ANSA\)|\bANSA\b",
    "EFE": r"\(EFE\)",
    "Kyodo": r"\(Kyodo\)|Kyodo News",
    "UPI": r"\(UPI\)",
    "Bloomberg": r"\(Bloomberg\)",
}
CREDIT_ZONE = 160
"""Characters at either end of an article in which a bare agency name is a credit, not a mention."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_QUOTE = re.compile(r"[“\"‘]([^“”\"\n]{30,600})[”\"’]")


@dataclass(frozen=True, slots=True)
class Ties:
    """What is known of where claims come from: articles that belong together, and the credits of each."""

    copies: tuple[Copy, ...]
    credits: Mapping[str, tuple[str, ...]]
    outlets: Mapping[str, str]

    def near_copies(self, articles: Sequence[str]) -> Copy | None:
        """Return a copy that holds two of the articles and is a near-copy, or None."""
        return next((copy for copy in self.copies if copy.near_copy and len(set(copy.articles) & set(articles)) > 1), None)


def find_ties(articles: Sequence[Article], claims: Sequence[Claim]) -> Ties:
    """Find near-copies, common agency credits, cited media and shared quotations."""
    ordered = sorted(articles, key=lambda article: article.id)
    credits = {article.id: tuple(name for name, _ in agency_credits(article)) for article in ordered}
    copies = [*_near_copies(ordered), *_common_credits(ordered), *_common_citations(claims), *_common_quotes(ordered)]
    unique = {(copy.articles, copy.origin, copy.near_copy): copy for copy in reversed(copies)}
    return Ties(tuple(unique[key] for key in sorted(unique)), credits, {article.id: article.source for article in ordered})


def trace_origins(findings: Sequence[Finding], claims: Sequence[Claim], ties: Ties) -> tuple[Finding, ...]:
    """Return the findings with their origins, and the agreements with whether they are independent."""
    told = {claim.id: claim for claim in claims}
    return tuple(_traced(finding, told, ties) for finding in findings)


def _traced(finding: Finding, told: Mapping[str, Claim], ties: Ties) -> Finding:
    behind = [told[evidence.claim] for side in finding.sides for evidence in side.evidence]
    independent, reason, origins = independence(behind, ties)
    if finding.outcome is Outcome.AGREEMENT:
        return replace(finding, independent=independent, independence=reason, origins=origins)
    return replace(finding, origins=origins)


def independence(claims: Sequence[Claim], ties: Ties) -> tuple[bool | None, str, tuple[Origin, ...]]:
    """Return whether claims of several articles have different origins, the reason in words, and the origins known.

    True only where an origin is stated for every article and no two are the same; None where it cannot be told.
    """
    named: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        named[claim.article].update(claim_origins(claim))
    for article in named:
        named[article].update(ties.credits.get(article, ()))
    origins = _origins(named)
    articles = sorted(named)
    if copy := ties.near_copies(articles):
        return False, f"no: {_listing(ties, copy.articles)} carry the same text" + (f" ({copy.origin})" if copy.origin else ""), origins
    shared = [origin for origin in origins if len(origin.articles) > 1]
    if shared:
        return False, f"no: {_listing(ties, shared[0].articles)} rest on {shared[0].name}", origins
    if len(articles) > 1 and all(named[article] for article in articles):
        return True, "yes: " + ", ".join(origin.name for origin in origins), origins
    return None, "cannot be told: no origin is stated in " + _listing(ties, [a for a in articles if not named[a]]), origins


def claim_origins(claim: Claim) -> tuple[str, ...]:
    """Return the media and speakers that a claim gives as its source."""
    spoken = () if claim.speaker.kind == "outlet" else (claim.speaker.name,)
    return tuple(dict.fromkeys([*claim.cited, *spoken]))


def agency_credits(article: Article) -> Iterator[tuple[str, str]]:
    """Yield the agencies that an article credits, with the exact words that say so."""
    credits = [removed.quote for removed in article.removed if len(removed.quote) < 400]
    zones = [article.text[:CREDIT_ZONE], article.text[-CREDIT_ZONE:], *credits]
    for name, pattern in AGENCIES.items():
        found = next((match.group() for zone in zones if (match := re.search(pattern, zone))), None)
        if found:
            yield name, found


def _listing(ties: Ties, articles: Sequence[str]) -> str:
    return " and ".join(dict.fromkeys(ties.outlets.get(article, article) for article in articles))


def _origins(named: Mapping[str, set[str]]) -> tuple[Origin, ...]:
    """Merge origins that are written a little differently ("the police", "police") and list who rests on each."""
    merged: dict[str, set[str]] = {}
    for article in sorted(named):
        for name in sorted(named[article]):
            known = next((key for key in merged if _same_origin(key, name)), name)
            merged.setdefault(known, set()).add(article)
    return tuple(Origin(name, tuple(sorted(merged[name]))) for name in sorted(merged))


def _same_origin(a: str, b: str) -> bool:
    return a.lower() == b.lower() or (min(len(a), len(b)) > 4 and fuzz.token_set_ratio(a.lower(), b.lower()) >= 95)


def _words(text: str) -> list[str]:
    return [match.group().lower().replace("’", "'") for match in _WORD.finditer(text)]


def _kept_text(article: Article) -> str:
    return "\n".join(block.span.of(article.text) for block in article.blocks) or article.text


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _words(text)
    return frozenset(tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def _near_copies(articles: Sequence[Article]) -> Iterator[Copy]:
    shingles = {article.id: _shingles(_kept_text(article)) for article in articles}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for article in articles:
        for shingle in shingles[article.id]:
            holders[shingle].append(article.id)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for group in holders.values():
        for pair in combinations(group, 2):
            shared[pair] += 1
    texts = {article.id: article for article in articles}
    for a, b in sorted(shared):
        shorter = min(len(shingles[a]), len(shingles[b]))
        if shared[a, b] >= max(FEWEST_SHINGLES, NEAR_COPY * shorter):
            credit = [name for name, _ in [*agency_credits(texts[a]), *agency_credits(texts[b])]]
            yield Copy((a, b), credit[0] if credit else "", _longest_common(texts[a], texts[b]), near_copy=True)


def _longest_common(a: Article, b: Article) -> str:
    """Return the longest sentence-like line of one article that stands in the other, in the first article's words."""
    other = " ".join(_words(b.text))
    pieces = [piece.strip() for piece in re.split(r"(?<=[.!?])\s+|\n+", _kept_text(a))]
    shared = [piece for piece in pieces if piece and " ".join(_words(piece)) in other]
    return max(shared, key=lambda piece: (len(piece), piece), default="")


def _common_credits(articles: Sequence[Article]) -> Iterator[Copy]:
    by_agency: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for article in articles:
        for name, cue in agency_credits(article):
            by_agency[name].append((article.id, cue))
    for name, credited in sorted(by_agency.items()):
        if len(credited) > 1:
            yield Copy(tuple(article for article, _ in credited), name, credited[0][1], near_copy=False)


def _common_citations(claims: Sequence[Claim]) -> Iterator[Copy]:
    """Group the articles of one event that cite one medium or one named speaker."""
    by_origin: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for claim in sorted(claims, key=lambda claim: (claim.article, claim.order)):
        named = [claim.speaker.name] if claim.speaker.kind == "named" else []
        for origin in [*claim.cited, *named]:
            by_origin[claim.event, origin].setdefault(claim.article, claim.text)
    for (_, origin), cited in sorted(by_origin.items()):
        if len(cited) > 1:
            yield Copy(tuple(sorted(cited)), origin, cited[min(cited)], near_copy=False)


def _common_quotes(articles: Sequence[Article]) -> Iterator[Copy]:
    """Group the articles that carry one long quotation word for word."""
    holders: dict[str, dict[str, str]] = defaultdict(dict)
    for article in articles:
        for match in _QUOTE.finditer(article.text):
            words = _words(match.group(1))
            if len(words) >= SHARED_QUOTE:
                holders[" ".join(words)].setdefault(article.id, match.group(1))
    for _, cited in sorted(holders.items()):
        if len(cited) > 1:
            first = min(cited)
            yield Copy(tuple(sorted(cited)), "one statement", cited[first], near_copy=False)
