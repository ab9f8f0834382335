"""A longer invented story as a finished report, with a finding of every kind; made by hand: no model is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from ferry import agreement, conflict, evidence, make_article, make_claims, make_report, single

from reconcile.model import Article, Block, BlockKind, Claim, Finding, RemovalReason, Removed, Report, Severity, Side, Span

POST = (
    "Harbour Post | News\n"
    "Ferry strikes pier in Norhaven\n"
    "Nine people were taken to hospital after the ferry Aurora struck the pier, police said.\n"
    "The captain, Odd Lunde, was dismissed on the spot.\n"
    "What we know\n"
    "The ferry left at 6 a.m.\n"
    "Two lifeboats were launched.\n"
    "Odd Lunde left of his own will, a colleague of his told us.\n"
    "Share this story\n"
    "All rights reserved"
)
WAVE = (
    "Six passengers were injured when the Aurora hit the pier, the company said.\n"
    "The captain, Odd Lunde, resigned.\n"
    "The ferry set out at 6 a.m.\n"
    "Repairs will cost 2 million crowns."
)
MAIL = "The ferry left at 6 a.m., the Daily Wave reported.\nFourteen people were hurt, the hospital said.\nSeveral boats were launched."
BELL = "A lighthouse closed in Sundby.\nIt was built 150 years ago."
KINDS = (BlockKind.HEADLINE, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH, BlockKind.SUBHEAD, BlockKind.PARAGRAPH, BlockKind.BULLET)


def read_as_page(article: Article) -> Article:
    """Mark the first line and the last two as furniture, the others as blocks."""
    spans, start = [], 0
    for line in article.text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    furniture = [Removed(span, span.of(article.text), RemovalReason.FURNITURE) for span in (spans[0], *spans[-2:])]
    kinds = (*KINDS, *[BlockKind.PARAGRAPH] * len(spans))
    blocks = [Block(span, kind) for span, kind in zip(spans[1:-2], kinds, strict=False)]
    return replace(article, blocks=tuple(blocks), removed=tuple(furniture))


def differ(claims: tuple[Claim, Claim], words: tuple[str, str], severity: Severity, point: str, **more: object) -> Finding:
    """Make a conflict about something that is no figure."""
    made = conflict(claims, words, severity, point=point, priority=2)
    return replace(made, settle="the record of the harbour office", **{"field": "legal_manner", "rule": "departure.manner", **more})  # type: ignore[arg-type]


def harbour_articles() -> tuple[Article, ...]:
    post = read_as_page(
        make_article("post", POST, source="Harbour Post", published=datetime(2026, 3, 4, 9, 0, tzinfo=UTC), path="in/post.html")
    )
    wave = make_article("wave", WAVE, source="Daily Wave", published=datetime(2026, 3, 4, 11, 40, tzinfo=UTC))
    mail = make_article("mail", MAIL, source="Mail", published=datetime(2026, 3, 5, 7, 5, tzinfo=UTC))
    bell = make_article("bell", BELL, source="Sundby Bell")
    return bell, mail, post, wave


def harbour_report() -> Report:
    """Make four outlets, three of them on one ferry, with one finding of every kind."""
    articles = harbour_articles()
    bell, mail, post, wave = articles
    b, m, w = make_claims(bell, "E2"), make_claims(mail), make_claims(wave)
    p = make_claims(post)[1:-2]
    update = conflict((p[1], m[1]), ("Nine people", "Fourteen people"), Severity.UPDATE, values=(9, 14), point="How many were hurt")
    findings: Sequence[Finding] = (
        conflict((p[1], w[0]), ("Nine people", "Six passengers")),
        differ((p[2], w[1]), ("was dismissed", "resigned"), Severity.TENSION, "In what manner he left"),
        differ((p[2], p[6]), ("was dismissed on the spot", "left of his own will"), Severity.TENSION, "Whether he was made to go"),
        differ((p[5], m[2]), ("Two lifeboats", "Several boats"), Severity.GRANULARITY, "Which boats", field="count"),
        update,
        agreement((p[4], w[2], m[0]), independent=False, independence="no: Daily Wave and Mail rest on Daily Wave"),
        replace(single(p[2], 1, "a named person accused"), sides=(Side("A", p[2].text, (evidence(p[2]),)),)),
        single(w[3], 2, "a number"),
        replace(single(b[1], 2, "a number"), event="E2"),
    )
    rejected = (conflict((p[4], w[3]), ("6", "2 million"), values=(6, 2e6), why="one is a time, the other a price"),)
    return make_report([*articles], [*b, *m, *p, *w], findings=tuple(findings), rejected=rejected)
