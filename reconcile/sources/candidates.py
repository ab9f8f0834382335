"""Sentences in, the pairs of articles that may share text out, in a time that grows with the number of articles.

Two roads: MinHash of word shingles finds one text under any event (Broder 1997; bands after Leskovec, Rajaraman and Ullman, ch. 3);
the vectors of sentences find a text that was reworded, inside one event.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from datasketch import MinHash, MinHashLSH

from reconcile.models.embedder import Embedder
from reconcile.models.index import nearest
from reconcile.sources.texts import Sentence

SHINGLE = 3
"""Words in a row that make a shingle."""
PERMUTATIONS, BANDS, ROWS = 128, 64, 2
"""Of two texts that share a fifth of their shingles, 93 in 100 meet in a band; of two that share a hundredth, one in 150."""
WIDTH = 10
"""Neighbours of a sentence within its event that are looked at."""
ALIKE = 0.6
"""Cosine from which two sentences may be one sentence, reworded."""
FEWEST = 2
"""Sentences that two articles must seem to share."""
PARTNERS = 20
"""Other articles that an article is set against at most: those that seem to share most."""

Pair = tuple[str, str]


def find_candidates(sentences: Mapping[str, Sequence[Sentence]], embedder: Embedder) -> tuple[Pair, ...]:
    """Return the pairs of articles to align, by id and in order."""
    votes = _same_words(sentences)
    votes.update(_same_sense(sentences, embedder))
    best: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (a, b), number in votes.items():
        best[a].append((-number, b))
        best[b].append((-number, a))
    return tuple(sorted({(min(a, b), max(a, b)) for a, others in best.items() for _, b in sorted(others)[:PARTNERS]}))


def _same_words(sentences: Mapping[str, Sequence[Sentence]]) -> Counter[Pair]:
    """Count, in hundredths, the shingles that articles share as their MinHashes tell."""
    hashes = {article: made for article, own in sorted(sentences.items()) if (made := _min_hash(own)) is not None}
    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
    found: Counter[Pair] = Counter()
    for article, made in hashes.items():
        for other in index.query(made):
            found[other, article] = round(100 * made.jaccard(hashes[other]))
        index.insert(article, made)
    return Counter({pair: share for pair, share in found.items() if share >= FEWEST})


def _min_hash(own: Sequence[Sentence]) -> MinHash | None:
    shingles = {" ".join(sentence.words[i : i + SHINGLE]) for sentence in own for i in range(len(sentence.words) - SHINGLE + 1)}
    if not shingles:
        return None
    made = MinHash(num_perm=PERMUTATIONS)
    made.update_batch([shingle.encode("utf-8", "surrogatepass") for shingle in sorted(shingles)])
    return made


def _same_sense(sentences: Mapping[str, Sequence[Sentence]], embedder: Embedder) -> Counter[Pair]:
    """Count the sentences of one article that come near one of another article of their event."""
    events: dict[str, list[Sentence]] = defaultdict(list)
    for article in sorted(sentences):
        for sentence in sentences[article]:
            events[sentence.claim.event].append(sentence)
    found: Counter[Pair] = Counter()
    for _, told in sorted(events.items()):
        if len({sentence.claim.article for sentence in told}) > 1:
            found.update(_votes(told, embedder))
    return Counter({pair: number for pair, number in found.items() if number >= FEWEST})


def _votes(told: Sequence[Sentence], embedder: Embedder) -> Counter[Pair]:
    met = nearest(embedder.embed([sentence.claim.text for sentence in told]), WIDTH)
    votes: set[tuple[Pair, int]] = set()
    for row, places in enumerate(np.where(met.cosines >= ALIKE, met.rows, -1).tolist()):
        for place in places:
            a, b = told[row].claim.article, told[place].claim.article
            if place >= 0 and a != b:
                votes.add(((min(a, b), max(a, b)), row if a < b else place))
    return Counter(pair for pair, _ in votes)
