"""Articles and claims in, groups of articles out that carry one text, credit one agency, cite one origin or print one quotation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from reconcile.model import Article, Chain, Claim, Copy, SharedPassage
from reconcile.sources.alignment import Alignment
from reconcile.sources.credits import UNNAMED, Credit
from reconcile.sources.names import core_of, fullest, one_origin, search_words
from reconcile.sources.texts import QUOTE, WORD

Pair = tuple[str, str]

ONE_TEXT = 0.9
"""Copied share from which two articles count as one where a third is set beside them."""
SHARED_QUOTE = 8
"""Words in a row that two quotations share which must be one statement."""
QUOTE_START = 60
"""Characters by which a quotation is known in a claim: the claim may end before it does."""
ONE_STATEMENT = "one statement"
"""What the report calls the origin of a quotation whose speaker the articles do not agree on."""


def distinct(copies: Sequence[Copy]) -> tuple[Copy, ...]:
    """Drop a group that says of fewer articles what another says of more, and sort the rest."""
    ranked = sorted(copies, key=lambda copy: (-len(copy.articles), copy.articles, copy.origin, -len(copy.cue), copy.cue))
    kept: dict[tuple[str, bool], list[Copy]] = defaultdict(list)
    for copy in ranked:
        same = kept[copy.origin, copy.near_copy]
        if not any(set(copy.articles) <= set(other.articles) for other in same):
            same.append(copy)
    return tuple(sorted((copy for same in kept.values() for copy in same), key=lambda copy: (copy.articles, copy.origin, copy.near_copy)))


def near_copies(alignments: Mapping[Pair, Alignment], credits: Mapping[str, Sequence[Credit]]) -> Iterator[Copy]:
    """Group the articles that are all near-copies of each other; one that holds two texts stands in the group of each."""
    near = {pair: found for pair, found in alignments.items() if found.near_copy}
    partners: dict[str, list[Pair]] = defaultdict(list)
    for pair in near:
        partners[pair[0]].append(pair)
    for group in group_pairs({pair: found.share for pair, found in near.items()}):
        inside = [near[pair] for article in group for pair in partners[article] if pair[1] in group]
        longest = max((passage for found in inside for passage in found.passages), key=_length, default=None)
        yield Copy(group, agency_behind(group, credits), longest.a.quote if longest else "", near_copy=True)


def agency_behind(group: Sequence[str], credits: Mapping[str, Sequence[Credit]]) -> str:
    """Return the agencies that the articles credit for the whole of their text, else those that they credit for parts, or ""."""
    named = [credit for article in group for credit in credits.get(article, ()) if credit.agency != UNNAMED]
    whole = [credit for credit in named if credit.whole]
    return ", ".join(sorted({credit.agency for credit in whole or named}))


def _length(passage: SharedPassage) -> tuple[int, str]:
    return len(passage.a.quote), passage.a.quote


def group_pairs(shares: Mapping[Pair, float]) -> list[tuple[str, ...]]:
    """Cover linked pairs with groups in which all are linked; articles of one text stand for each other."""
    twin = _twins([pair for pair, share in shares.items() if share >= ONE_TEXT])
    members: dict[str, set[str]] = defaultdict(set)
    links: dict[str, set[str]] = defaultdict(set)
    for a, b in shares:
        first, second = twin.get(a, a), twin.get(b, b)
        members[first].add(a)
        members[second].add(b)
        if first != second:
            links[first].add(second)
            links[second].add(first)
    groups = [{one} for one in members if len(members[one]) > 1 and not links[one]]
    covered: set[frozenset[str]] = set()
    for a, b in sorted((one, other) for one in links for other in links[one] if one < other):
        if frozenset((a, b)) not in covered:
            group = [a, b]
            for other in sorted(links[a] & links[b]):
                if all(other in links[one] for one in group):
                    group.append(other)
            covered |= {frozenset((x, y)) for x in group for y in group}
            groups.append(set(group))
    return sorted(tuple(sorted(article for one in group for article in members[one])) for group in groups)


def _twins(pairs: Collection[Pair]) -> dict[str, str]:
    """Return the first of all articles of one text, by article."""
    first: dict[str, str] = {}

    def find(article: str) -> str:
        while first.get(article, article) != article:
            article = first[article]
        return article

    for a, b in sorted(pairs):
        x, y = sorted((find(a), find(b)))
        first.setdefault(x, x)
        first[y] = x
    return {article: find(article) for article in first}


def common_credits(articles: Sequence[Article], credits: Mapping[str, Sequence[Credit]]) -> Iterator[Copy]:
    """Group the articles that credit one agency."""
    by_agency: dict[str, dict[str, str]] = defaultdict(dict)
    for article in articles:
        for credit in credits.get(article.id, ()):
            if credit.agency != UNNAMED:
                by_agency[credit.agency].setdefault(article.id, credit.cue)
    for agency, credited in sorted(by_agency.items()):
        if len(credited) > 1:
            yield Copy(tuple(sorted(credited)), agency, credited[min(credited)], near_copy=False)


def common_citations(claims: Sequence[Claim], chains: Mapping[Pair, Chain]) -> Iterator[Copy]:
    """Group the articles of one event that name one origin, however each writes it."""
    told: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for claim in sorted(claims, key=lambda claim: (claim.article, claim.order)):
        chain = chains.get((claim.article, claim.id))
        for link in chain.links[1:] if chain else ():
            if core_of(link.name) and link.kind != "document":
                told[claim.event][link.name].setdefault(claim.article, claim.text)
    for event in sorted(told):
        for names in _one_origin_each(told[event]):
            cited: dict[str, str] = {}
            for name in names:
                for article, words in told[event][name].items():
                    cited.setdefault(article, words)
            if len(cited) > 1:
                yield Copy(tuple(sorted(cited)), fullest(names), cited[min(cited)], near_copy=False)


def _one_origin_each(names: Collection[str]) -> list[list[str]]:
    """Group names that are one origin: each joins the first group of which it may be every member; the fullest names lead."""
    groups: list[list[str]] = []
    holding: dict[str, list[int]] = defaultdict(list)
    for name in sorted(names, key=lambda name: (-len(core_of(name)), name)):
        near = sorted({number for word in search_words(name) for number in holding[word]})
        number = next((number for number in near if all(one_origin(name, other) for other in groups[number])), len(groups))
        if number == len(groups):
            groups.append([])
        groups[number].append(name)
        for word in search_words(name):
            holding[word].append(number)
    return groups


def common_quotes(articles: Sequence[Article], claims: Sequence[Claim]) -> Iterator[Copy]:
    """Group the articles that print eight words of one quotation in a row."""
    first: dict[int, str] = {}
    shared: set[int] = set()
    for article in articles:
        for run, _ in _quoted_runs(article):
            if first.setdefault(run, article.id) != article.id:
                shared.add(run)
    holders: dict[int, dict[str, str]] = defaultdict(dict)
    for article in articles:
        for run, quote in _quoted_runs(article):
            if run in shared:
                holders[run].setdefault(article.id, quote)
    longest: dict[tuple[str, ...], str] = {}
    for held in holders.values():
        group = tuple(sorted(held))
        longest[group] = max(longest.get(group, ""), held[group[0]], key=lambda quote: (len(quote), quote))
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article].append(claim)
    for group, quote in sorted(longest.items()):
        named = {name for article in group for name in _who_says(quote, by_article[article])}
        agreed = named and all(one_origin(a, b) for a in named for b in named)
        yield Copy(group, fullest(named) if agreed else ONE_STATEMENT, quote, near_copy=False)


def _quoted_runs(article: Article) -> Iterator[tuple[int, str]]:
    """Yield a number for each eight words in a row of each quotation, with the quotation: numbers alone, for there are many."""
    for match in QUOTE.finditer(article.text):
        words = [word.lower().replace("’", "'") for word in WORD.findall(match.group(1))]
        for start in range(len(words) - SHARED_QUOTE + 1):
            yield hash(tuple(words[start : start + SHARED_QUOTE])), match.group(1)


def _who_says(quote: str, claims: Sequence[Claim]) -> Iterator[str]:
    """Yield the named speakers of the claims of one article that hold the words of a quotation."""
    yield from (claim.speaker.name for claim in claims if claim.speaker.kind == "named" and quote[:QUOTE_START] in claim.text)
