"""Where the repository is, and stories written in a few lines for tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from reconcile.model import Article, Block, BlockKind, Certainty, Claim, Span, Speaker, content_id
from reconcile.models.parser import Parser

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

# One accident told twice, and its twin: another accident, told in nearly the same sentences.
FERRY_A = [
    "The ferry Northern Star struck the pier in Oban on Tuesday and nine people were hurt.",
    "Police Scotland said the vessel was on its way from Mull.",
    "Captain Ewan Drummond was taken to hospital in Glasgow.",
]
FERRY_B = [
    "Six passengers were injured when the Northern Star hit a pier at Oban, Police Scotland said.",
    "The ferry had left Mull an hour before.",
    "Its captain, Ewan Drummond, is in a Glasgow hospital.",
]
TWIN = [
    "The ferry Southern Cross struck the pier in Ystad on Tuesday and four people were hurt.",
    "Swedish police said the vessel was on its way from Bornholm.",
    "Captain Lars Holm was taken to hospital in Malmo.",
]

Story = Callable[..., tuple[Article, list[Claim]]]


def make_story(
    parser: Parser, name: str, sentences: Sequence[str], *, published: str | None = None, source: str = "", title: str = ""
) -> tuple[Article, list[Claim]]:
    """Make an article of the given sentences, one claim each, spoken by the outlet."""
    text = "\n".join(sentences)
    starts = [sum(len(sentence) + 1 for sentence in sentences[:i]) for i in range(len(sentences))]
    spans = [Span(start, start + len(sentence)) for start, sentence in zip(starts, sentences, strict=True)]
    article = Article(
        id=name,
        path=name,
        text=text,
        source=source or name.title(),
        title=title,
        published=datetime.fromisoformat(published) if published else None,
        blocks=tuple(Block(span, BlockKind.PARAGRAPH) for span in spans),
    )
    return article, [_claim(article, span, i, parser) for i, span in enumerate(spans)]


def _claim(article: Article, span: Span, order: int, parser: Parser) -> Claim:
    text = span.of(article.text)
    tokens = tuple(
        replace(token, span=Span(token.span.start + span.start, token.span.end + span.start)) for token in parser.parse([text])[0]
    )
    return Claim(
        id=content_id(article.sha256, span.start, span.end, text),
        article=article.id,
        span=span,
        text=text,
        block=BlockKind.PARAGRAPH,
        order=order,
        speaker=Speaker(article.source, "outlet"),
        certainty=Certainty.ASSERTED,
        polarity="+",
        tokens=tokens,
    )
