"""What judging one event needs to know beside the fields: its articles, clusters, likeness and rules."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from reconcile.judging.foreign import find_foreign
from reconcile.judging.statements import stated_key, stated_values, tell_of_fallen, tell_of_several
from reconcile.model import Article, BlockKind, Claim, Cluster, Field, Rule, RuleSet

Likeness = Callable[[str, str], float]
"""How alike two claims are, by id, from 0 to 1; 0 for claims of different events."""
HEADS = frozenset({BlockKind.HEADLINE, BlockKind.SUBHEAD})
HEAD_REACH = 2
"""Claims under a headline or subhead that it may be set against."""
NEAR = 0.62
"""Likeness from which two claims may meet field by field although they are in no common cluster."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A field where it stands, with the rule that judges it."""

    field: Field
    claim: Claim
    rule: Rule


@dataclass(frozen=True, slots=True)
class Ground:
    """What judging one event needs to know beside the fields."""

    articles: Mapping[str, Article]
    clusters: Mapping[str, frozenset[str]]
    """The clusters that each claim stands in."""
    likeness: Likeness
    rules: RuleSet
    began: date | None
    """The day on which the first article was published."""
    core: frozenset[str]
    """Words of the event's anchors: a scope that names only these does not narrow a figure."""
    foreign: frozenset[str] = frozenset()
    """The claims that tell of another event."""
    stated: Mapping[tuple[object, ...], frozenset[object]] = field(default_factory=dict)
    """The figures that an article gives; see `statements`."""
    fallen: frozenset[str] = frozenset()
    """The articles that say that those who did it are among the dead."""
    several: frozenset[str] = frozenset()
    """The articles that open with several occasions: what they go on to tell may be of any of them."""

    def figures(self, claim: Claim, figure: Field) -> frozenset[object]:
        """Return all figures of the kind that the article of a claim gives, of its own event or of the other that it tells of."""
        return self.stated.get(stated_key(claim, figure, self.foreign), frozenset())

    def reports(self, claim: Claim, figure: Field) -> Iterator[tuple[Article, frozenset[object]]]:
        """Yield each article that gives figures of the kind of one, with all of them."""
        sort = stated_key(claim, figure, self.foreign)[1:]
        yield from ((self.articles[str(article)], values) for (article, *rest), values in self.stated.items() if tuple(rest) == sort)

    def near(self, a: Claim, b: Claim) -> bool:
        """Return whether two claims may speak of one fact."""
        return self.one_cluster(a, b) or self.likeness(a.id, b.id) >= NEAR or under_head(a, b)

    def knows(self, a: Entry, b: Entry) -> bool:
        """Return whether the article of one figure also gives the other, for the same things."""
        return b.field.value in self.figures(a.claim, a.field)

    def one_cluster(self, a: Claim, b: Claim) -> bool:
        """Return whether two claims are in one cluster."""
        return not self.clusters.get(a.id, frozenset()).isdisjoint(self.clusters.get(b.id, frozenset()))


def under_head(a: Claim, b: Claim) -> bool:
    """Return whether one claim is a headline or subhead and the other opens what stands under it."""
    if a.article != b.article:
        return False
    first, second = (a, b) if a.order <= b.order else (b, a)
    return first.block in HEADS and second.block not in HEADS and second.order - first.order <= HEAD_REACH


def sole_ground(articles: Sequence[Article], rules: RuleSet) -> Ground:
    """Return the ground for texts that are taken to speak of one fact: every claim is near every other."""
    return Ground({article.id: article for article in articles}, {}, lambda a, b: 1.0, rules, None, frozenset())


def event_ground(
    claims: Sequence[Claim], clusters: Sequence[Cluster], articles: Mapping[str, Article], rules: RuleSet, likeness: Likeness
) -> Ground:
    """Return the ground for the claims of one event."""
    began = _began(claims, articles)
    foreign = find_foreign(claims, articles, began)
    return Ground(
        articles,
        _memberships(clusters),
        likeness,
        rules,
        began,
        _core_words(claims, articles),
        foreign,
        stated_values(claims, foreign),
        tell_of_fallen(claims),
        tell_of_several(claims),
    )


def _memberships(clusters: Sequence[Cluster]) -> dict[str, frozenset[str]]:
    """Return the clusters of each claim: one that carries two facts stands in two."""
    found: dict[str, set[str]] = defaultdict(set)
    for cluster in clusters:
        for claim in cluster.claims:
            found[claim].add(cluster.id)
    return {claim: frozenset(ids) for claim, ids in found.items()}


def _began(claims: Sequence[Claim], articles: Mapping[str, Article]) -> date | None:
    days = [published.date() for claim in claims if (published := articles[claim.article].published)]
    return min(days, default=None)


def _core_words(claims: Sequence[Claim], articles: Mapping[str, Article]) -> frozenset[str]:
    """Return the words that every figure of an event is about anyway: those of a headline, and those of most first sentences."""
    first = {claim.article: claim for claim in reversed(claims)}
    seen = Counter(word for claim in first.values() for word in {token.text.lower() for token in claim.tokens})
    common = {word for word, count in seen.items() if 2 * count > len(first)}
    return frozenset(common | {word for name in first for word in re.findall(r"\w+", articles[name].title.lower())})
