"""Articles in, claims out: one sentence each, with who says it, how firmly, and its parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reconcile.claims.attribution import Parsed, Voice, attribute
from reconcile.claims.certainty import certainty_of, polarity_of
from reconcile.claims.splitting import Sentence, flatten, split_blocks
from reconcile.model import Article, Claim, Span, Token, content_id
from reconcile.models.parser import Parser

NO_WORDS = frozenset({"PUNCT", "SYM", "X", "SPACE"})
FEWEST = 3
"""Words that a sentence without a verb must have to say something."""


def extract_claims(articles: Sequence[Article], parser: Parser) -> tuple[Claim, ...]:
    """Return the claims of all articles, article by article in text order; every sentence is parsed once, in one batch."""
    sentences = [list(split_blocks(article)) for article in articles]
    texts = [flatten(s.span.of(article.text)) for article, own in zip(articles, sentences, strict=True) for s in own]
    parses = iter(parser.parse(texts))
    claims: list[Claim] = []
    for article, own in zip(articles, sentences, strict=True):
        claims.extend(_claims(article, [(sentence, _shifted(next(parses), sentence.span.start)) for sentence in own]))
    return tuple(claims)


def _shifted(tokens: Sequence[Token], start: int) -> tuple[Token, ...]:
    return tuple(replace(token, span=Span(token.span.start + start, token.span.end + start)) for token in tokens)


def _claims(article: Article, parsed: Sequence[tuple[Sentence, tuple[Token, ...]]]) -> list[Claim]:
    kept: list[Parsed] = [(sentence, tokens) for sentence, tokens in parsed if _says_something(tokens)]
    voices = attribute(article, kept)
    digest = article.sha256  # once for all claims: it reads the whole text
    return [_claim(article, digest, i, sentence, tuple(tokens), voices[i]) for i, (sentence, tokens) in enumerate(kept)]


def _says_something(tokens: Sequence[Token]) -> bool:
    """Return whether a sentence can be a claim: a verb with its subject, or three words that are not all names and signs."""
    words = [token for token in tokens if token.pos not in NO_WORDS]
    if any(token.pos in {"VERB", "AUX"} for token in words) and len(words) > 1:
        return True
    return len(words) >= FEWEST and any(token.pos in {"VERB", "AUX", "NOUN", "ADJ", "NUM"} for token in words)


def _claim(article: Article, digest: str, order: int, sentence: Sentence, tokens: tuple[Token, ...], voice: Voice) -> Claim:
    text = sentence.span.of(article.text)
    return Claim(
        id=content_id(digest, sentence.span.start, sentence.span.end, text),
        article=article.id,
        span=sentence.span,
        text=text,
        block=sentence.block,
        order=order,
        speaker=voice.speaker,
        certainty=certainty_of(tokens, voice.speaker),
        polarity=polarity_of(tokens),
        tokens=tokens,
        cited=voice.cited,
    )
