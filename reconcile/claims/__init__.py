"""Articles in, claims out: one sentence each, with who says it, how firmly, and its parse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from reconcile.claims.attribution import attribute, cited_media
from reconcile.claims.certainty import certainty_of, polarity_of
from reconcile.claims.splitting import Sentence, split_blocks
from reconcile.model import Article, Claim, Span, Speaker, Token, content_id
from reconcile.models.parser import Parser


def extract_claims(articles: Sequence[Article], parser: Parser) -> tuple[Claim, ...]:
    """Return the claims of all articles, article by article in text order; every sentence is parsed once, in one batch."""
    sentences = [(article, sentence) for article in articles for sentence in split_blocks(article)]
    parses = parser.parse([sentence.span.of(article.text) for article, sentence in sentences])
    by_article: dict[str, list[tuple[Sentence, tuple[Token, ...]]]] = defaultdict(list)
    for (article, sentence), tokens in zip(sentences, parses, strict=True):
        by_article[article.id].append((sentence, _shifted(tokens, sentence.span.start)))
    return tuple(claim for article in articles for claim in _claims(article, by_article[article.id]))


def _shifted(tokens: Sequence[Token], start: int) -> tuple[Token, ...]:
    return tuple(replace(token, span=Span(token.span.start + start, token.span.end + start)) for token in tokens)


def _claims(article: Article, parsed: Sequence[tuple[Sentence, tuple[Token, ...]]]) -> list[Claim]:
    kept = [(sentence, tokens) for sentence, tokens in parsed if _says_something(tokens)]
    speakers = attribute(article, [(sentence.span, tokens) for sentence, tokens in kept])
    return [_claim(article, i, sentence, tokens, speakers[i]) for i, (sentence, tokens) in enumerate(kept)]


def _says_something(tokens: Sequence[Token]) -> bool:
    """Return whether a sentence can be a claim: three words at the least, one of them not a mere name or sign."""
    words = [token for token in tokens if token.pos not in {"PUNCT", "SYM", "X", "SPACE"}]
    return len(words) >= 3 and any(token.pos in {"VERB", "AUX", "NOUN", "ADJ", "NUM"} for token in words)


def _claim(article: Article, order: int, sentence: Sentence, tokens: tuple[Token, ...], speaker: Speaker) -> Claim:
    text = sentence.span.of(article.text)
    return Claim(
        id=content_id(article.sha256, sentence.span.start, sentence.span.end, text),
        article=article.id,
        span=sentence.span,
        text=text,
        block=sentence.block,
        order=order,
        speaker=speaker,
        certainty=certainty_of(tokens, speaker),
        polarity=polarity_of(tokens),
        tokens=tokens,
        cited=cited_media(tokens),
    )
