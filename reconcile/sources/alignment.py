"""Two articles sentence by sentence in, the passages that they share out, and how much of the shorter one stands in the other.

A sentence is shared when its words stand in the other article in the same order (longest common subsequence) and its vector comes near:
words alone miss what was reworded, vectors alone take two reports of one fact for one text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import LCSseq

from reconcile.model import Excerpt, SharedPassage, Span
from reconcile.models.embedder import Embedder
from reconcile.sources.texts import Sentence, word_codes

Pair = tuple[str, str]
Values = npt.NDArray[np.float64]

SENSE = 0.5
"""Weight of the cosine of two sentences in their likeness; the rest is that of their words in order."""
LOW, HIGH = 0.65, 0.8
"""Likeness from which a sentence counts as taken from the other article, and from which it counts in full."""
SHARED = 0.72
"""Likeness from which two sentences are shown as one passage."""
NEAR_COPY = 0.28
"""Share of its own prose that the more dependent of two near-copies has in common with the other (chosen by benchmarks/copies.py)."""
FEWEST_WORDS = 30
"""Words of prose that near-copies share at the least."""
SHORTEST = 8
"""Words in common that make a passage."""
VERBATIM = 0.75
"""Share of its words that a passage has in common where the articles are no near-copies: less is one fact, told twice."""
LONG = 40
"""Words from which a sentence weighs no more."""
STUB = 6
"""Words below which a sentence that stands whole in a longer one says nothing."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """What two articles have in common."""

    share: float
    """Share of the prose of one that stands in the other, of the two the greater one, 0 to 1."""
    words: float
    """Words of prose that stand in both."""
    passages: tuple[SharedPassage, ...]

    @property
    def near_copy(self) -> bool:
        """Return whether one of the two is the other, edited."""
        return self.share >= NEAR_COPY and self.words >= FEWEST_WORDS


def align_all(
    pairs: Sequence[Pair], sentences: Mapping[str, Sequence[Sentence]], texts: Mapping[str, str], embedder: Embedder
) -> dict[Pair, Alignment]:
    """Align pairs of articles, given by id; those that share nothing are left out."""
    codes = word_codes({article: sentences[article] for pair in pairs for article in pair})
    written = {article: _written(sentences[article], codes) for article in {article for pair in pairs for article in pair}}
    found = {}
    for a, b in pairs:
        first, second = sentences[a], sentences[b]
        if not first or not second:
            continue
        vectors = [embedder.embed([sentence.claim.text for sentence in own]) for own in (first, second)]
        likeness, common = compare_sentences(first, second, written[a], written[b], vectors[0] @ vectors[1].T)
        share, words = _copied(first, second, likeness)
        passages = tuple(_passages(first, second, written[a], written[b], likeness, common, (texts[a], texts[b])))
        made = Alignment(round(share, 4), round(words, 1), passages)
        if not made.near_copy:
            made = replace(made, passages=tuple(passage for passage in passages if passage.likeness >= VERBATIM))
        if made.passages or made.near_copy:
            found[a, b] = made
    return found


def _written(own: Sequence[Sentence], codes: Mapping[str, str]) -> list[str]:
    """Write each sentence with one character a word."""
    return ["".join(codes[word] for word in sentence.words) for sentence in own]


def compare_sentences(
    first: Sequence[Sentence], second: Sequence[Sentence], a: Sequence[str], b: Sequence[str], cosines: npt.NDArray[np.float32]
) -> tuple[Values, Values]:
    """Return how alike the sentences of two articles are, each with each, 0 to 1, and how many words they share in order."""
    common = np.asarray(process.cdist(a, b, scorer=LCSseq.similarity, dtype=np.int32), dtype=np.float64)
    long_a, long_b = (np.array([max(1, len(sentence.words)) for sentence in own], dtype=np.float64) for own in (first, second))
    both = 2 * common / (long_a[:, None] + long_b[None, :])
    shorter = common / np.maximum(STUB, np.minimum(long_a[:, None], long_b[None, :]))
    likeness = SENSE * np.clip(cosines, 0, 1) + (1 - SENSE) * (both + shorter) / 2
    return np.round(likeness, 4), common


def _copied(first: Sequence[Sentence], second: Sequence[Sentence], likeness: Values) -> tuple[float, float]:
    """Return which share of its prose the more dependent article has from the other, and how many words."""
    gain = np.clip((likeness - LOW) / (HIGH - LOW), 0, 1)
    prose = [np.array([min(LONG, sentence.prose) for sentence in own], dtype=np.float64) for own in (first, second)]
    taken = gain * np.minimum(prose[0][:, None], prose[1][None, :])
    words = float(taken.max(axis=1).sum()), float(taken.max(axis=0).sum())
    return max((word / max(1.0, float(own.sum())), word) for word, own in zip(words, prose, strict=True))


def _passages(
    first: Sequence[Sentence],
    second: Sequence[Sentence],
    a: Sequence[str],
    b: Sequence[str],
    likeness: Values,
    common: Values,
    texts: tuple[str, str],
) -> Iterator[SharedPassage]:
    """Yield the runs of sentences that stand in both articles in one order, in the order of the first."""
    met = _best_first(likeness, common)
    start = 0
    for end in range(1, len(met) + 1):
        if end == len(met) or met[end] != (met[end - 1][0] + 1, met[end - 1][1] + 1):
            run = met[start:end]
            start = end
            ends = [_shared_words(a[i], b[j]) for i, j in (run[0], run[-1])]
            excerpts = (
                _excerpt(first, texts[0], (run[0][0], ends[0][0][0]), (run[-1][0], ends[-1][0][1])),
                _excerpt(second, texts[1], (run[0][1], ends[0][1][0]), (run[-1][1], ends[-1][1][1])),
            )
            words = sum(len(a[i]) + len(b[j]) for i, j in run)
            yield SharedPassage(*excerpts, round(2 * sum(float(common[i, j]) for i, j in run) / words, 3))


def _best_first(likeness: Values, common: Values) -> list[tuple[int, int]]:
    """Pair sentences one to one, the most alike first; return the pairs in the order of the first article."""
    rows, columns = np.nonzero((likeness >= SHARED) & (common >= SHORTEST))
    ranked = sorted(zip((-likeness[rows, columns]).tolist(), rows.tolist(), columns.tolist(), strict=True))
    taken: tuple[set[int], set[int]] = set(), set()
    met = []
    for _, i, j in ranked:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            met.append((i, j))
    return sorted(met)


def _shared_words(a: str, b: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the first and the last word that two sentences share in order, as places in each."""
    blocks = [code for code in LCSseq.opcodes(a, b) if code.tag == "equal"]
    return (blocks[0].src_start, blocks[-1].src_end - 1), (blocks[0].dest_start, blocks[-1].dest_end - 1)


def _excerpt(own: Sequence[Sentence], text: str, start: tuple[int, int], end: tuple[int, int]) -> Excerpt:
    """Return the words from one word of a sentence to one of another."""
    span = Span(own[start[0]].spans[start[1]].start, own[end[0]].spans[end[1]].end)
    return Excerpt(own[0].claim.article, span, span.of(text))
