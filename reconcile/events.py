"""Claims and articles in, events out: the gate that decides which claims may ever meet.

Two articles tell of one event when their leads are alike *and* they share at least two anchors (people, organisations, places,
nationalities, dates, rare numbers) that set their stories apart; likeness alone is not enough, because twin events read alike.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from sklearn.cluster import AgglomerativeClustering

from reconcile import syntax
from reconcile.model import Article, BlockKind, Claim, Event, Token, content_id
from reconcile.models.embedder import Embedder, Vectors

Description = tuple[str, tuple[str, ...], tuple[str, ...], str]

ANCHORS = ("PERSON", "ORG", "FAC", "LOC", "GPE", "NORP", "EVENT", "PRODUCT")
"""Kinds of name (OntoNotes labels) that can be anchors."""
LEAD_CLAIMS = 4
"""Claims that make an article's lead: the headline, where there is one, and the first sentences."""
JOIN_LIKENESS = 0.3
"""Average likeness (0 to 1) that articles need to be joined."""
LEAD_WEIGHT = 0.7
"""Share of the likeness that comes from the embedded leads; the rest comes from shared anchors."""
MIN_SHARED_ANCHORS = 2
"""Anchors that an article must share with another of its event."""
PRINCIPAL = 4
"""Anchors on which a story is taken to turn."""
FAR_APART, MONTHS_APART = timedelta(days=45), timedelta(days=180)
FEW_ANCHORS, RIVAL_LEADS, ONLY_PLACES, LONG_AFTER, MUCH_LATER = 0.6, 0.6, 0.5, 0.85, 0.5
"""What the likeness of two articles is multiplied by: when they share too few anchors; when each turns on what the other does not
know; when they share nothing but places and nationalities while each lead names more; when weeks, or many months, lie between them."""
STRAY_LIKENESS = 0.25
"""A passage less like the lead than this, with none of its anchors, belongs to another event."""
STRAY_LENGTH = 3
"""Claims that a passage needs before it can be an event of its own."""

CALENDAR = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
DEMONYMS = {
    "french": "france", "frenchman": "france", "dutch": "netherlands", "the netherlands": "netherlands", "swiss": "switzerland",
    "british": "britain", "britons": "britain", "uk": "britain", "united kingdom": "britain", "greek": "greece", "danish": "denmark",
    "spanish": "spain", "polish": "poland", "thai": "thailand", "filipino": "philippines", "iraqi": "iraq", "israeli": "israel",
    "us": "america", "u.s.": "america", "united states": "america", "american": "america", "americans": "america",
    "belgian": "belgium", "norwegian": "norway", "irish": "ireland", "turkish": "turkey", "welsh": "wales",
}  # fmt: skip
"""Adjectives that share too little with the name of their country to be found by their stem."""
LEGAL_FORMS = frozenset("inc ltd corp co plc llc ag sa nv gmbh company corporation group".split())


@dataclass(frozen=True, slots=True)
class Profile:
    """What tells one article's story from another's."""

    article: str
    lead: frozenset[str]
    """Anchors of the headline and the first sentences."""
    anchors: Mapping[str, float]
    """All anchors of the article, weighted by how often they stand there."""
    principal: frozenset[str]
    """The anchors of the lead that the article names most often."""
    places: frozenset[str]
    """Anchors that are places and nationalities: hundreds of events share those."""
    published: date | None


def assign_events(
    claims: Sequence[Claim], articles: Sequence[Article], embedder: Embedder
) -> tuple[tuple[Claim, ...], tuple[Event, ...], dict[str, tuple[str, ...]]]:
    """Return the claims with their event, the events, and the events of each article (its main one first)."""
    by_article = _by_article(claims)
    told = [article for article in articles if by_article.get(article.id)]
    profiles = [_profile(article, by_article[article.id]) for article in told]
    groups = _group(profiles, _lead_vectors(told, by_article, embedder)) if told else []
    main = {profiles[i].article: group for group, members in enumerate(groups) for i in members}
    cores = [_core([profiles[i] for i in members]) for members in groups]
    labelled = _label(groups, profiles, cores, told, by_article)
    stray = _strays({article: cores[group] for article, group in main.items()}, by_article, embedder)
    events, names = _number(labelled, stray, by_article)
    key = {claim.id: ("stray", stray[claim.id]) if claim.id in stray else ("main", str(main[claim.article])) for claim in claims}
    placed = tuple(replace(claim, event=names[key[claim.id]]) for claim in claims)
    return placed, events, _article_events(placed, main, names)


def claim_anchors(tokens: Sequence[Token]) -> Counter[str]:
    """Return the anchors of a claim by name, with how often each stands there."""
    return Counter(anchor for anchor, _, _ in _anchors(tokens))


def _anchors(tokens: Sequence[Token]) -> Iterator[tuple[str, str, str]]:
    """Yield each anchor of a claim with the words that gave it and the kind of name the parser took it for.

    The kind is no part of the anchor: the parser takes a town for a person too often for that.
    """
    for indexes in syntax.entities(tokens, *ANCHORS):
        kept = [i for i in indexes if tokens[i].pos not in {"DET", "PUNCT", "PART", "ADP"}]
        kept = [i for i in kept if tokens[i].text.lower() not in CALENDAR and not tokens[i].text.isdigit()]
        if kept:
            words = [tokens[i].text for i in kept]
            if len(words) > 1 and words[-1].lower().rstrip(".") in LEGAL_FORMS:
                words.pop()
            person = tokens[indexes[0]].entity == "PERSON" and len(words) > 1
            yield (words[-1].lower() if person else _stem(" ".join(words).lower())), " ".join(words), tokens[indexes[0]].entity
    for token in tokens:
        if _rare_number(token):
            yield token.text.replace(",", ""), token.text, "NUMBER"


def _stem(name: str) -> str:
    """Cut a country and its adjective down to what they share: germany and german, russia and russians."""
    if name in DEMONYMS:
        return DEMONYMS[name]
    for ending in ("anistan", "istanis", "istani", "istan", "ians", "ian", "any", "ans", "an", "ese", "ish", "ia", "a", "s"):
        if name.endswith(ending) and len(name) - len(ending) >= 4:
            return name[: -len(ending)]
    return name


def _rare_number(token: Token) -> bool:
    digits = token.text.replace(",", "")
    return digits.isdigit() and len(digits) >= 3 and not re.fullmatch(r"(19|20)\d\d", digits)


def _by_article(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    grouped: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        grouped[claim.article].append(claim)
    return {article: sorted(group, key=lambda claim: claim.order) for article, group in grouped.items()}


def _profile(article: Article, claims: Sequence[Claim]) -> Profile:
    total: Counter[str] = Counter()
    for claim in claims:
        total.update(claim_anchors(claim.tokens))
    lead: set[str] = set()
    for claim in _opening(claims):
        lead.update(claim_anchors(claim.tokens))
    lead.update(_in_title(article.title, total))
    weights = {anchor: 1.0 + float(np.log(count)) for anchor, count in sorted(total.items())}
    often = sorted(lead, key=lambda anchor: (-total[anchor], anchor))[:PRINCIPAL]
    return Profile(
        article.id, frozenset(lead), weights, frozenset(often), _places(claims), article.published.date() if article.published else None
    )


def _places(claims: Sequence[Claim]) -> frozenset[str]:
    """Return the anchors that were mostly taken for a place or a nationality."""
    kinds: dict[str, Counter[bool]] = defaultdict(Counter)
    for claim in claims:
        for anchor, _, kind in _anchors(claim.tokens):
            kinds[anchor][kind in {"GPE", "NORP", "LOC"}] += 1
    return frozenset(anchor for anchor, seen in kinds.items() if seen[True] > seen[False])


def _in_title(title: str, anchors: Mapping[str, int]) -> set[str]:
    """Return the article's anchors that its headline names as well."""
    words = {_stem(word) for word in re.findall(r"\w+", title.lower())}
    return {anchor for anchor in anchors if anchor in words}


def _opening(claims: Sequence[Claim]) -> Sequence[Claim]:
    """Return the claims that open an article: not more than half of a short one."""
    return claims[: max(2, min(LEAD_CLAIMS, len(claims) // 2))]


def _lead_vectors(articles: Sequence[Article], by_article: Mapping[str, Sequence[Claim]], embedder: Embedder) -> Vectors:
    """Embed each article's headline with its first sentences."""
    leads = []
    for article in articles:
        sentences = [claim.text for claim in by_article[article.id] if claim.block is not BlockKind.HEADLINE][:3]
        leads.append(" ".join([article.title, *sentences]).replace("\n", " ").strip())
    return embedder.embed(leads)


def _group(profiles: Sequence[Profile], vectors: Vectors) -> list[list[int]]:
    """Cluster articles by average likeness, then let only those stay together that share anchors."""
    if len(profiles) == 1:
        return [[0]]
    likeness = _likeness(profiles, vectors)
    labels = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - JOIN_LIKENESS
    ).fit_predict(1 - likeness)
    groups: dict[int, list[int]] = defaultdict(list)
    for i, label in enumerate(labels):
        groups[int(label)].append(i)
    return sorted(part for members in groups.values() for part in _gated(members, profiles))


def _gated(members: list[int], profiles: Sequence[Profile]) -> list[list[int]]:
    """Put out of a group each article that shares too few anchors with all the others."""
    kept = [i for i in members if any(i != j and _anchored(profiles[i], profiles[j]) for j in members)]
    return [*([kept] if kept else []), *([i] for i in members if i not in kept)]


def _likeness(profiles: Sequence[Profile], vectors: Vectors) -> np.ndarray:
    """Return the matrix of article likeness: embedded leads and weighted shared anchors, cut where the stories drift apart."""
    combined = LEAD_WEIGHT * np.clip(vectors @ vectors.T, 0, 1).astype(float)
    rarity = _rarity(profiles)
    for i, a in enumerate(profiles):
        for j in range(i + 1, len(profiles)):
            likeness = (combined[i, j] + (1 - LEAD_WEIGHT) * _shared(a, profiles[j], rarity)) * _distance(a, profiles[j])
            combined[i, j] = combined[j, i] = min(likeness, 1.0)
    np.fill_diagonal(combined, 1.0)
    return np.asarray(combined)


def _distance(a: Profile, b: Profile) -> float:
    """Return the factor, 0 to 1, by which anchors and dates pull two articles apart."""
    factor = 1.0 if _anchored(a, b) else FEW_ANCHORS
    if _strangers(a, b) and _strangers(b, a):
        factor *= RIVAL_LEADS
    elif not (a.anchors.keys() & b.anchors.keys()) - (a.places & b.places) and a.lead - b.anchors.keys() and b.lead - a.anchors.keys():
        factor *= ONLY_PLACES
    if a.published and b.published and abs(a.published - b.published) > FAR_APART:
        factor *= MUCH_LATER if abs(a.published - b.published) > MONTHS_APART else LONG_AFTER
    return factor


def _strangers(a: Profile, b: Profile) -> bool:
    """Return whether half of what one article's story turns on is unknown to the other: the mark of twin events."""
    return 2 * len(a.principal - b.anchors.keys()) >= max(1, len(a.principal))


def _anchored(a: Profile, b: Profile) -> bool:
    """Return whether two articles share enough anchors to tell of one event."""
    return len(a.anchors.keys() & b.anchors.keys()) >= MIN_SHARED_ANCHORS


def _rarity(profiles: Sequence[Profile]) -> dict[str, float]:
    """Weigh anchors down when many articles of a large set share them; in a small set every anchor counts in full."""
    documents = Counter(anchor for profile in profiles for anchor in profile.anchors)
    floor = max(20, len(profiles) / 5)
    return {anchor: min(1.0, floor / count) for anchor, count in documents.items()}


def _shared(a: Profile, b: Profile, rarity: Mapping[str, float]) -> float:
    """Return the weighted cosine of two articles' anchors."""
    common = sum(a.anchors[x] * b.anchors[x] * rarity[x] ** 2 for x in sorted(a.anchors.keys() & b.anchors.keys()))
    length = [sum((w * rarity[x]) ** 2 for x, w in sorted(p.anchors.items())) for p in (a, b)]
    return float(common / np.sqrt(length[0] * length[1])) if common else 0.0


def _core(profiles: Sequence[Profile]) -> frozenset[str]:
    """Return the anchors that make an event: those of the leads, and those that two of its articles share."""
    count = Counter(anchor for profile in profiles for anchor in profile.anchors)
    leads = frozenset().union(*(profile.lead for profile in profiles))
    return leads | {anchor for anchor, n in count.items() if n > 1}


def _strays(cores: Mapping[str, frozenset[str]], by_article: Mapping[str, Sequence[Claim]], embedder: Embedder) -> dict[str, str]:
    """Return the passages that belong to another event than their article: claim id -> passage id."""
    strays: dict[str, str] = {}
    for article in sorted(by_article):
        run: list[Claim] = []
        lead = embedder.embed([claim.text for claim in _opening(by_article[article])])
        vectors = embedder.embed([claim.text for claim in by_article[article]])
        near = (vectors @ lead.T).max(axis=1)
        for claim, likeness in [*zip(by_article[article], near, strict=True), (None, 1.0)]:
            anchors = claim_anchors(claim.tokens) if claim else Counter()
            foreign = claim is not None and likeness < STRAY_LIKENESS and not anchors.keys() & cores[article]
            if claim is not None and foreign:
                run.append(claim)
                continue
            named = {anchor for stray in run for anchor in claim_anchors(stray.tokens)}
            if len(run) >= STRAY_LENGTH and len(named) >= MIN_SHARED_ANCHORS:
                strays.update({stray.id: content_id(article, run[0].id) for stray in run})
            run = []
    return strays


def _label(
    groups: Sequence[Sequence[int]],
    profiles: Sequence[Profile],
    cores: Sequence[frozenset[str]],
    articles: Sequence[Article],
    by_article: Mapping[str, Sequence[Claim]],
) -> list[Description]:
    """Describe each group: key, article ids, strongest anchors, and the headline of the first article."""
    described = []
    for number, members in enumerate(groups):
        ids = tuple(sorted(profiles[i].article for i in members))
        weight: Counter[str] = Counter()
        for i in members:
            weight.update({anchor: value for anchor, value in profiles[i].anchors.items() if anchor in cores[number]})
        strongest = sorted(weight.items(), key=lambda item: (-item[1], item[0]))[:8]
        wording = _wording([claim for article in ids for claim in by_article[article]])
        anchors = tuple(wording[anchor] for anchor, _ in strongest)
        first = min((articles[i] for i in members), key=lambda a: (a.instant.isoformat() if a.instant else "9999", a.id))
        label = first.title or by_article[first.id][0].text
        described.append((str(number), ids, anchors, " ".join(label.split())[:120]))
    return described


def _wording(claims: Sequence[Claim]) -> dict[str, str]:
    """Return the commonest wording of each anchor."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        for anchor, words, _ in _anchors(claim.tokens):
            seen[anchor][words] += 1
    return {anchor: min(words, key=lambda w: (-words[w], w)) for anchor, words in seen.items()}


def _number(
    labelled: Sequence[Description], stray: Mapping[str, str], by_article: Mapping[str, Sequence[Claim]]
) -> tuple[tuple[Event, ...], dict[tuple[str, str], str]]:
    """Give events their numbers: those told by most articles first, passages of single articles last."""
    ordered = sorted(labelled, key=lambda item: (-len(item[1]), item[1]))
    names = {("main", key): f"E{n}" for n, (key, *_) in enumerate(ordered, 1)}
    events = [Event(names[("main", key)], label, ids, anchors) for key, ids, anchors, label in ordered]
    passages: dict[str, list[Claim]] = defaultdict(list)
    for article in sorted(by_article):
        for claim in by_article[article]:
            if claim.id in stray:
                passages[stray[claim.id]].append(claim)
    for passage, members in sorted(passages.items(), key=lambda item: (item[1][0].article, item[1][0].order)):
        name = f"E{len(events) + 1}"
        names[("stray", passage)] = name
        anchors = sorted(_wording(members).values())
        events.append(Event(name, " ".join(members[0].text.split())[:120], (members[0].article,), tuple(anchors[:8])))
    return tuple(events), names


def _article_events(claims: Sequence[Claim], main: Mapping[str, int], names: Mapping[tuple[str, str], str]) -> dict[str, tuple[str, ...]]:
    """Return the events of each article, the main one first."""
    told: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        told[claim.article].add(claim.event)
    return {
        article: (first := names[("main", str(main[article]))], *sorted(events - {first}, key=lambda e: int(e[1:])))
        for article, events in sorted(told.items())
    }
