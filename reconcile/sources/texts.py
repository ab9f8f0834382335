"""Articles and claims in, their sentences as rows of words out, each word with the place where it stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reconcile.model import Article, Claim, Span

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
QUOTE = re.compile(r"[“\"‘«„]([^“”\"\n«»]{3,900})[”\"’»]")
_QUOTED = re.compile(
    r"“[^”\n]*”?|\"[^\"\n]*\"?|«[^»\n]*»?|„[^“”\n]*[“”]?|(?<!\w)‘[^\n]*?(?:’(?!\w)|$)|(?<![\w'])'(?=\w)[^\n]{0,900}?[,.!?…]'(?!\w)",
    re.MULTILINE,
)
"""A quotation, to its closing mark or the end of its paragraph: one that goes on in the next paragraph is not closed before."""
FIRST_CODE, CODES = 0x10000, 0x100000
"""Words are numbered from here as characters beyond all that texts use, so that string comparisons compare words."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A claim as a row of words."""

    claim: Claim
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    """Where each word stands in the text of the article."""
    prose: int
    """Words outside quotation marks: what somebody said is everybody's to quote, the words round it are one writer's."""


def make_sentences(articles: Sequence[Article], claims: Sequence[Claim]) -> dict[str, tuple[Sentence, ...]]:
    """Return the sentences of each article in its order."""
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article].append(claim)
    return {
        article.id: tuple(_sentences(article.text, sorted(by_article[article.id], key=lambda claim: claim.order))) for article in articles
    }


def _sentences(text: str, claims: Sequence[Claim]) -> list[Sentence]:
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(text)]
    made = []
    for claim in claims:
        found = [
            (match.group().lower().replace("’", "'"), Span(*match.span()))
            for match in WORD.finditer(text, claim.span.start, claim.span.end)
        ]
        near = [span for span in quoted if span.overlaps(claim.span)]
        prose = sum(not any(span.overlaps(quote) for quote in near) for _, span in found)
        made.append(Sentence(claim, tuple(word for word, _ in found), tuple(span for _, span in found), prose))
    return made


def word_codes(sentences: Mapping[str, Sequence[Sentence]]) -> dict[str, str]:
    """Return a character of its own for each word."""
    words = sorted({word for own in sentences.values() for sentence in own for word in sentence.words})
    return {word: chr(FIRST_CODE + number % CODES) for number, word in enumerate(words)}
