"""Claims and articles in, events out: the gate that decides which claims may ever meet.

Two articles tell of one event when a model learned on stories by many outlets says so: it weighs the anchors they share by their rarity,
and looks at the days they speak of, at how alike they read, and at who else is near (`benchmarks/train_events.py`; models/event_gate.md).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from reconcile.anchors import find_anchors
from reconcile.events.groups import group, levels, weave
from reconcile.events.likeness import FEATURES, find_pairs
from reconcile.events.passages import find_strays
from reconcile.events.profiles import Profile, make_profile
from reconcile.model import Article, BlockKind, Claim, Event, Judged
from reconcile.models.embedder import Embedder, Vectors
from reconcile.models.trees import Trees

MODEL = "event_gate"
FEW, RIVALS = 100, 0.35
"""In a pot of fewer articles, by what the gate's answer on two rivals is multiplied: among few, nothing shows how common their words are,
and a false union costs more than a missed one."""
DESCRIBED = 8
"""Anchors by which an event is described."""

Description = tuple[str, tuple[str, ...], tuple[str, ...], str]


Ties = Mapping[tuple[str, str], tuple[float, float]]
"""How probably two articles tell of one event, 0 to 1, by their ids in order: taken by themselves, and with the articles round them.

Pairs that no index found by themselves have 0 there; pairs of different events that none found are not named.
"""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where everything belongs."""

    claims: tuple[Claim, ...]
    """The claims with their event."""
    events: tuple[Event, ...]
    article_events: Mapping[str, tuple[str, ...]]
    """The events of each article, the main one first."""
    ties: Ties


def assign_events(claims: Sequence[Claim], articles: Sequence[Article], embedder: Embedder) -> Placement:
    """Put articles into events, and passages of articles into others where they stray."""
    by_article, told, profiles = _profiles(claims, articles)
    pairs, probabilities = _score(profiles, embed_leads(told, by_article, embedder), _language(told))
    webs = weave(len(told), pairs, probabilities)
    groups = group(webs, load_gate().settings["join"])
    main = {profiles[i].article: number for number, members in enumerate(groups) for i in members}
    cores = [_core([profiles[i] for i in members]) for members in groups]
    described = _describe(groups, profiles, cores, told, by_article)
    openings = {profile.article: profile.opening for profile in profiles}
    stray = find_strays({article: cores[number] for article, number in main.items()}, by_article, openings, embedder)
    events, names = _number(described, stray, by_article)
    key = {claim.id: ("stray", stray[claim.id]) if claim.id in stray else ("main", str(main[claim.article])) for claim in claims}
    placed = tuple(replace(claim, event=names[key[claim.id]]) for claim in claims)
    ties = _ties([article.id for article in told], pairs, probabilities, levels(webs, groups))
    return Placement(placed, events, _article_events(placed, main, names), ties)


def _score(profiles: Sequence[Profile], leads: Vectors, language: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of neighbouring articles (rows of two positions) and how probably each tells of one event."""
    if len(profiles) < 2:
        return np.zeros((0, 2), dtype=np.int64), np.zeros(0)
    pairs, rows = find_pairs(profiles, leads, language)
    found = load_gate().predict(rows)
    if len(profiles) < FEW:
        found[[row for row, (a, b) in enumerate(pairs.tolist()) if rivals(profiles[a], profiles[b])]] *= RIVALS
    return pairs, np.round(found, 6)


def rivals(a: Profile, b: Profile) -> bool:
    """Return whether two articles share at most places, and each leads with a third of names new to the other: the mark of twins."""
    shared = a.traits["names"].keys() & b.traits["names"].keys()
    unknown = a.lead - b.traits["names"].keys(), b.lead - a.traits["names"].keys()
    apart = all(unknown) and 3 * len(unknown[0]) >= len(a.lead) and 3 * len(unknown[1]) >= len(b.lead)
    return not shared - (a.places & b.places) and apart and sum(map(len, unknown)) > 2


def _ties(ids: Sequence[str], pairs: np.ndarray, probabilities: np.ndarray, around: Mapping[tuple[int, int], float]) -> Ties:
    """Return the ties of articles, by their ids, from those of their positions."""
    alone = {(min(a, b), max(a, b)): float(p) for (a, b), p in zip(pairs.tolist(), probabilities, strict=True)}
    ties = {}
    for a, b in sorted(alone.keys() | around.keys()):
        first, second = sorted((ids[a], ids[b]))
        ties[first, second] = (alone.get((a, b), 0.0), around.get((a, b), 0.0))
    return ties


def explain_tie(claims: Sequence[Claim], articles: Sequence[Article], embedder: Embedder, a: str, b: str) -> Judged | None:
    """Return what the gate said of two articles, by id, among all, and why; None where no index brought them together."""
    by_article, told, profiles = _profiles(claims, articles)
    if len(profiles) < 2:
        return None
    pairs, rows = find_pairs(profiles, embed_leads(told, by_article, embedder), _language(told))
    for (x, y), row in zip(pairs.tolist(), rows, strict=True):
        if {profiles[x].article, profiles[y].article} == {a, b}:
            judged = load_gate().explain(row)
            twins = len(profiles) < FEW and rivals(profiles[x], profiles[y])
            return _held_back(judged) if twins else judged
    return None


def _held_back(judged: Judged) -> Judged:
    """Return the gate's answer on two rivals, with what that takes from its log-odds as one more part."""
    odds = [float(np.log(p / (1 - p))) for p in (judged.probability, judged.probability * RIVALS)]
    return Judged(judged.probability * RIVALS, judged.start, (("rivals: only places in common", 1.0, odds[1] - odds[0]), *judged.parts))


@cache
def load_gate() -> Trees:
    """Load the learned gate. Raises ModelError."""
    gate = Trees.load(MODEL)
    gate.require(FEATURES)
    return gate


def embed_leads(articles: Sequence[Article], by_article: Mapping[str, Sequence[Claim]], embedder: Embedder) -> Vectors:
    """Embed each article's headline with its first sentences."""
    leads = []
    for article in articles:
        sentences = [claim.text for claim in by_article[article.id] if claim.block is not BlockKind.HEADLINE][:3]
        leads.append(" ".join([article.title, *sentences]).replace("\n", " ").strip())
    return embedder.embed(leads)


def _language(articles: Sequence[Article]) -> str:
    """Return the language that most of the articles are in."""
    spoken = Counter(article.language for article in articles)
    return min(spoken, key=lambda language: (-spoken[language], language), default="en")


def _profiles(claims: Sequence[Claim], articles: Sequence[Article]) -> tuple[dict[str, list[Claim]], list[Article], list[Profile]]:
    """Return the claims of each article, the articles that make any, and the profile of each of those."""
    by_article = _by_article(claims)
    told = [article for article in articles if by_article.get(article.id)]
    return by_article, told, [make_profile(article, by_article[article.id]) for article in told]


def _by_article(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    grouped: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        grouped[claim.article].append(claim)
    return {article: sorted(members, key=lambda claim: claim.order) for article, members in grouped.items()}


def _core(profiles: Sequence[Profile]) -> frozenset[str]:
    """Return the anchors that make an event: those of the leads, and those that two of its articles share."""
    count = Counter(anchor for profile in profiles for anchor in profile.traits["names"])
    leads = frozenset[str]().union(*(profile.lead for profile in profiles))
    return leads | {anchor for anchor, n in count.items() if n > 1}


def _describe(
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
        weight: dict[str, float] = defaultdict(float)
        for i in members:
            for anchor, count in profiles[i].traits["names"].items():
                weight[anchor] += (1 + float(np.log(count))) * (anchor in cores[number])
        strongest = sorted((anchor for anchor in weight if weight[anchor]), key=lambda anchor: (-round(weight[anchor], 6), anchor))
        wording = _wording([claim for article in ids for claim in by_article[article]])
        anchors = tuple(wording[anchor] for anchor in strongest[:DESCRIBED])
        first = min((articles[i] for i in members), key=lambda a: (a.instant.isoformat() if a.instant else "9999", a.id))
        label = first.title or by_article[first.id][0].text
        described.append((str(number), ids, anchors, " ".join(label.split())[:120]))
    return described


def _wording(claims: Sequence[Claim]) -> dict[str, str]:
    """Return the commonest wording of each anchor."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        for anchor, words, _ in find_anchors(claim.tokens):
            seen[anchor][words] += 1
    return {anchor: min(words, key=lambda w: (-words[w], w)) for anchor, words in seen.items()}


def _number(
    described: Sequence[Description], stray: Mapping[str, str], by_article: Mapping[str, Sequence[Claim]]
) -> tuple[tuple[Event, ...], dict[tuple[str, str], str]]:
    """Give events their numbers: those told by most articles first, passages of single articles last."""
    ordered = sorted(described, key=lambda item: (-len(item[1]), item[1]))
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
        events.append(Event(name, " ".join(members[0].text.split())[:120], (members[0].article,), tuple(anchors[:DESCRIBED])))
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


__all__ = ["Placement", "assign_events", "embed_leads", "explain_tie", "load_gate"]
