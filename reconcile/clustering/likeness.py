"""Pairs of claims in, all that speaks for and against their stating one fact out, in numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reconcile import syntax
from reconcile.anchors import CALENDAR, claim_anchors
from reconcile.clustering.references import borrowed_names
from reconcile.model import BlockKind, Claim, Token
from reconcile.models.bags import SHARED, Rows, Values, weigh
from reconcile.models.embedder import Embedder, Vectors

KINDS = ("words", "names", "acts", "subjects", "objects", "days", "figures")
LIGHT = frozenset("say be have do tell report announce add go make take get give come other more one new".split())
"""Lemmas that every news sentence may hold."""
SENTENCE_LENGTH = 20
"""Words of a claim."""
BEST = 3
"""Claims of the other article that a claim is set against, to see how near it comes to that article at all."""
AT_ONCE = 512
"""Pairs whose verbs are compared at a time."""
SURE = 0.999
"""Highest probability that two articles are taken to tell of one event."""

Ties = Mapping[tuple[str, str], tuple[float, float]]
"""How probably two articles tell of one event, 0 to 1, by their ids in order: taken by themselves, and with the articles round them."""

FEATURES: tuple[str, ...] = (
    *(f"{kind}: {feature}" for kind in KINDS for feature in SHARED),
    "embedding: cosine",
    "embedding: margin",
    "embedding: better margin",
    "embedding: reach",
    "embedding: better reach",
    "embedding: ground",
    "acts: closest",
    "acts: aligned",
    "articles: one event",
    "articles: one event, with those round them",
    "place: earlier",
    "place: later",
    "headlines",
    "names borrowed",
    "shorter length",
    "longer length",
)
"""What a pair of claims is judged by, in the order of the columns.

Margin: how far the pair's cosine is behind the best that either claim has in the other's article; reach: the mean of the three best;
ground: the mean over that article. Acts are verbs against verbs and nouns, embedded one by one, so that "expelled" meets "expulsion".
"""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a claim says, taken apart."""

    claim: Claim
    terms: Mapping[str, Counter[str]]
    borrowed: bool
    """Whether a pronoun or a definite noun stands for its names."""
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]


def make_statements(claims: Sequence[Claim]) -> list[Statement]:
    """Take claims apart; the claims of an article help to tell whom its pronouns mean."""
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article].append(claim)
    borrowed: dict[str, frozenset[str]] = {}
    for members in by_article.values():
        ordered = sorted(members, key=lambda claim: claim.order)
        borrowed.update(zip((claim.id for claim in ordered), borrowed_names(ordered), strict=True))
    return [_statement(claim, borrowed[claim.id]) for claim in claims]


def _statement(claim: Claim, borrowed: frozenset[str]) -> Statement:
    tokens = claim.tokens
    verbs = [token.lemma for token in tokens if token.pos == "VERB" and token.lemma not in LIGHT]
    heads = {"subjects": syntax.SUBJECTS, "objects": syntax.OBJECTS | {"pobj", "nsubjpass"}}
    roles = {kind: Counter(token.lemma for token in tokens if token.dep in deps and token.pos != "PRON") for kind, deps in heads.items()}
    terms = {
        "words": Counter(content_words(tokens)),
        "names": Counter(claim_anchors(tokens).keys() | borrowed),
        "acts": Counter(verbs),
        "days": Counter(token.text.lower() for token in tokens if token.text.lower() in CALENDAR),
        "figures": Counter(token.text.lower().replace(",", "") for token in tokens if token.pos == "NUM"),
        **roles,
    }
    nouns = [token.lemma for token in tokens if token.pos == "NOUN"]
    return Statement(claim, terms, bool(borrowed), tuple(dict.fromkeys(verbs)), tuple(dict.fromkeys(nouns)))


def content_words(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the lemmas that carry the meaning of a claim."""
    return frozenset(syntax.content_lemmas(tokens, LIGHT))


def describe_pairs(
    statements: Sequence[Statement],
    vectors: Vectors,
    pairs: Rows,
    ties: Ties,
    embedder: Embedder,
    language: str,
) -> Values:
    """Return the features of pairs of claims (rows of two positions); NaN where a claim does not say.

    Pairs of one article count as surely of one event.
    """
    if not len(pairs):
        return np.zeros((0, len(FEATURES)))
    first, second = pairs[:, 0], pairs[:, 1]
    bags = {kind: weigh([one.terms[kind] for one in statements], language, SENTENCE_LENGTH) for kind in KINDS}
    columns = [column for kind in KINDS for column in bags[kind].shared(first, second)]
    columns += _standing(statements, vectors, first, second)
    columns += _acts(statements, pairs, embedder)
    couples = [(statements[a], statements[b]) for a, b in pairs.tolist()]
    columns += [np.array(column, dtype=np.float64) for column in zip(*(_facts(a, b, ties) for a, b in couples), strict=True)]
    return np.asarray(np.round(np.stack(columns, axis=1), 6), dtype=np.float64)


def _standing(statements: Sequence[Statement], vectors: Vectors, first: Rows, second: Rows) -> list[Values]:
    """Return the columns of the embeddings: how the pair stands among all pairs of the two articles."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(statements):
        rows[one.claim.article].append(row)
    met: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, (a, b) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        met[statements[a].claim.article, statements[b].claim.article].append(place)
    columns = np.zeros((6, len(first)))
    for (left, right), places in met.items():
        inside = {row: i for i, row in enumerate(rows[left])}, {row: i for i, row in enumerate(rows[right])}
        cosines: Values = np.asarray(np.round(vectors[rows[left]] @ vectors[rows[right]].T, 6), dtype=np.float64)
        a = [inside[0][row] for row in first[places].tolist()]
        b = [inside[1][row] for row in second[places].tolist()]
        found = cosines[a, b]
        margins = found - cosines.max(axis=1)[a], found - cosines.max(axis=0)[b]
        reach = _best_mean(cosines)[a], _best_mean(cosines.T)[b]
        ground = (cosines.mean(axis=1)[a] + cosines.mean(axis=0)[b]) / 2
        columns[:, places] = (found, np.minimum(*margins), np.maximum(*margins), np.minimum(*reach), np.maximum(*reach), ground)
    return list(columns)


def _best_mean(cosines: Values) -> Values:
    best = -np.sort(-cosines, axis=1)[:, :BEST]
    return np.asarray(best.mean(axis=1))


def _acts(statements: Sequence[Statement], pairs: Rows, embedder: Embedder) -> list[Values]:
    """Return how near the verbs of two claims come to a verb or noun of the other: at their closest, and on the whole."""
    lemmas = sorted({lemma for one in statements for lemma in (*one.verbs, *one.nouns)})
    vectors = embedder.embed(lemmas) if lemmas else np.zeros((0, 1), dtype=np.float32)
    place = {lemma: i for i, lemma in enumerate(lemmas)}
    verbs = [[place[lemma] for lemma in one.verbs] for one in statements]
    words = [[*own, *(place[lemma] for lemma in one.nouns)] for own, one in zip(verbs, statements, strict=True)]
    tables = _table(verbs, len(lemmas)), _table(words, len(lemmas))
    parts = [_align(vectors, *tables, pairs[start : start + AT_ONCE]) for start in range(0, len(pairs), AT_ONCE)]
    return [np.round(column, 6) for column in np.concatenate(parts, axis=1)] if parts else [np.zeros(0), np.zeros(0)]


def _table(rows: Sequence[Sequence[int]], filling: int) -> Rows:
    """Return rows of one width, the shorter ones filled up."""
    table = np.full((len(rows), max(map(len, rows), default=0)), filling, dtype=np.int64)
    for row, places in zip(table, rows, strict=True):
        row[: len(places)] = places
    return table


def _align(vectors: Vectors, verbs: Rows, words: Rows, pairs: Rows) -> Values:
    """Return for each pair the closest that a verb of one claim comes to a word of the other, and the mean of both; NaN without verbs."""
    used = np.unique(words[np.unique(pairs)])
    used = used[used < len(vectors)]
    cosines = np.full((len(used) + 1, len(used) + 1), -np.inf, dtype=np.float32)
    cosines[:-1, :-1] = vectors[used] @ vectors[used].T
    near = [_nearest(cosines, used, verbs[a], words[b]) for a, b in (pairs.T, pairs.T[::-1])]
    counts = np.stack([np.isfinite(one).sum(axis=1) for one in near])
    sums = np.stack([np.where(np.isfinite(one), one, 0).sum(axis=1, dtype=np.float64) for one in near])
    ways = (counts > 0).sum(axis=0)
    means = (sums / np.maximum(1, counts)).sum(axis=0) / np.maximum(1, ways)
    closest = np.max([one.max(axis=1, initial=-np.inf) for one in near], axis=0)
    return np.where(ways > 0, np.stack([closest, means]), np.nan)


def _nearest(cosines: Vectors, used: Rows, verbs: Rows, words: Rows) -> Vectors:
    """Return for each verb of each row the cosine of the word that comes nearest to it, minus infinity where there is none."""
    here, there = (
        np.searchsorted(used, table[:, : (table <= used[-1]).any(axis=0).sum()] if len(used) else table[:, :0]) for table in (verbs, words)
    )
    return np.asarray(cosines[here[:, :, None], there[:, None, :]].max(axis=2, initial=-np.inf))


def _facts(a: Statement, b: Statement, ties: Ties) -> tuple[float, ...]:
    """Return the remaining features of one pair."""
    first, second = sorted((a.claim.article, b.claim.article))
    tie = ties.get((first, second), (0.0, 0.0)) if first != second else (1.0, 1.0)
    orders = sorted((a.claim.order, b.claim.order))
    heads = sum(one.claim.block is BlockKind.HEADLINE for one in (a, b))
    lengths = sorted(len(one.terms["words"]) for one in (a, b))
    odds = (float(np.log(p / (1 - p))) for p in (min(SURE, max(1 - SURE, p)) for p in tie))
    return (*odds, *map(float, orders), float(heads), float(a.borrowed + b.borrowed), *map(float, lengths))
