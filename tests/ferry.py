"""A small invented story as a finished report, made by hand: no model is loaded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from reconcile.model import (
    Article,
    BlockKind,
    Certainty,
    Claim,
    Cluster,
    Comparison,
    Copy,
    Event,
    Evidence,
    Field,
    Finding,
    Origin,
    Outcome,
    Problem,
    Quantity,
    Record,
    Recorded,
    Relation,
    RemovalReason,
    Removed,
    Report,
    Severity,
    Side,
    Span,
    Speaker,
    Verdict,
    content_id,
)

POST = (
    "Ferry strikes pier in Norhaven\nNine people were taken to hospital after the ferry struck the pier, police said.\n"
    "The ferry left at 6 a.m.\nThe captain, Odd Lunde, is accused of drinking.\nShare this story"
)
WAVE = (
    "Six passengers were injured when the ferry hit the pier, the company said.\nThe ferry set out at 6 a.m.\n"
    "Repairs will cost 2 million crowns.\nA lighthouse closed in Sundby."
)
MAIL = "The ferry left at 6 a.m., the Daily Wave reported."


def make_article(name: str, text: str, **more: object) -> Article:
    values: dict[str, object] = {"path": f"{name}.txt", "source": name.title(), **more}
    return Article(id=name, text=text, **values)  # type: ignore[arg-type]


def make_claims(article: Article, event: str = "E1") -> list[Claim]:
    """Make one claim per line, spoken by the outlet unless it names police or the company."""
    claims, start = [], 0
    for order, line in enumerate(article.text.split("\n")):
        span = Span(start, start + len(line))
        start = span.end + 1
        name = next((speaker for speaker in ("police", "the company") if f"{speaker} said" in line), "")
        where = line.find(name)
        speaker = (
            Speaker(name, "unnamed", Span(span.start + where, span.start + where + len(name)))
            if name
            else Speaker(article.source, "outlet")
        )
        claims.append(
            Claim(
                id=content_id(article.sha256, span.start, span.end),
                article=article.id,
                span=span,
                text=line,
                block=BlockKind.PARAGRAPH,
                order=order,
                speaker=speaker,
                certainty=Certainty.REPORTED if name else Certainty.ASSERTED,
                polarity="+",
                event=event,
            )
        )
    return claims


def evidence(claim: Claim, words: str = "") -> Evidence:
    words = words or claim.text
    start = claim.span.start + claim.text.index(words)
    return Evidence(claim.article, claim.id, Span(start, start + len(words)), words)


def count_field(claim: Claim, words: str, low: float, high: float | None = None, **more: object) -> Field:
    part = evidence(claim, words)
    bound = "exact" if high is None else "at_least"
    value = Quantity(low, low if high is None else high, bound=bound)
    return Field(content_id(claim.id, words), "count", part.span, words, value, role="injured", subject="people", **more)  # type: ignore[arg-type]


def conflict(
    claims: tuple[Claim, Claim],
    words: tuple[str, str],
    severity: Severity = Severity.CONTRADICTION,
    *,
    point: str = "How many people were injured",
    values: tuple[float, float] = (9, 6),
    name: str = "",
    priority: int = 1,
    why: str = "",
) -> Finding:
    """Make a finding of two sides with the comparison that made it."""
    fields = [count_field(claim, phrase, value) for claim, phrase, value in zip(claims, words, values, strict=True)]
    reason = f"{values[0]:g} and {values[1]:g} share no value"
    verdict = Verdict.NOTHING if why else Verdict(severity.value)
    return Finding(
        id=name or content_id("conflict", *(field.id for field in fields)),
        outcome=Outcome.CONFLICT,
        scope="internal" if claims[0].article == claims[1].article else "cross",
        event="E1",
        field="count",
        severity=None if why else severity,
        priority=priority,
        confidence=0.93,
        rule="casualties.injured",
        point="" if why else point,
        message=f'{point}: "{words[0]}" and "{words[1]}"',
        settle="" if why else "the hospital's count, with the hour",
        sides=tuple(Side(label, phrase, (evidence(claim, phrase),)) for label, phrase, claim in zip("AB", words, claims, strict=True)),
        comparisons=(
            Comparison(fields[0], fields[1], claims[0].id, claims[1].id, "casualties.injured", Relation.DISJOINT, reason, verdict, 0.93),
        ),
        why=why,
    )


def agreement(claims: tuple[Claim, ...], name: str = "", independent: bool | None = None, independence: str = "") -> Finding:
    return Finding(
        id=name or content_id("agreement", *(claim.id for claim in claims)),
        outcome=Outcome.AGREEMENT,
        scope="cross",
        event="E1",
        field="action",
        severity=None,
        priority=2,
        confidence=0.9,
        rule="cluster",
        point=claims[0].text,
        message=claims[0].text,
        settle="",
        sides=(Side("A", claims[0].text, tuple(evidence(claim) for claim in claims)),),
        cluster="K2",
        independent=independent,
        independence=independence,
        origins=(Origin("Daily Wave", tuple(claim.article for claim in claims)),),
    )


def single(claim: Claim, priority: int = 1, weight: str = "a named person accused", name: str = "") -> Finding:
    return Finding(
        id=name or content_id("single", claim.id),
        outcome=Outcome.SINGLE_SOURCE,
        scope="cross",
        event="E1",
        field="action",
        severity=None,
        priority=priority,
        confidence=1.0,
        rule="single_source",
        point=weight,
        message=claim.text,
        settle="",
        sides=(Side("A", claim.text, (evidence(claim),)),),
    )


def make_report(articles: list[Article], claims: list[Claim], **more: object) -> Report:
    told = sorted({claim.event for claim in claims if claim.event})
    events = tuple(Event(e, f"event {e}", tuple(sorted({c.article for c in claims if c.event == e})), ("pier", "ferry")) for e in told)
    values: dict[str, object] = {
        "version": "0.0.1",
        "rules_digest": "0123456789abcdef",
        "embedder": "test",
        "options": {},
        "events": events,
        "clusters": (),
        "findings": (),
        "rejected": (),
        "copies": (),
        "article_events": {a.id: tuple(e.id for e in events if a.id in e.articles) for a in articles},
    }
    return Report(articles=tuple(articles), claims=tuple(claims), **{**values, **more})  # type: ignore[arg-type]


def ferry_record(post: list[Claim], wave: list[Claim]) -> Record:
    """Make the record of the ferry: two figures of the injured, one place, and the captain with two ages."""
    injured = Recorded("injured", "9", (("9", (evidence(post[1], "Nine people"),)), ("6", (evidence(wave[0], "Six passengers"),))))
    place = Recorded("place", "norhaven", (("norhaven", (evidence(post[0], "Norhaven"),)),))
    captain = Recorded("person", "Odd Lunde", (("Odd Lunde", (evidence(post[3], "Odd Lunde"),)),), ("51", "15"))
    return Record("E1", (injured, place, captain))


def ferry_report() -> Report:
    """Make three outlets on one ferry: a contradiction, an agreement from one origin, an accusation in one article, a near miss."""
    post = make_article("post", POST, title="Ferry strikes pier in Norhaven", published=datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
    furniture = Span(POST.index("Share"), len(POST))
    post = replace(post, removed=(Removed(furniture, furniture.of(POST), RemovalReason.FURNITURE),))
    wave = make_article("wave", WAVE, published=datetime(2026, 3, 4, 11, 40, tzinfo=UTC))
    mail = make_article("mail", MAIL)
    p, w, m = make_claims(post)[:-1], make_claims(wave), make_claims(mail)
    w[3] = replace(w[3], event="E2")
    p[1] = replace(p[1], fields=(count_field(p[1], "Nine people", 9),))
    w[0] = replace(w[0], fields=(count_field(w[0], "Six passengers", 6, float("inf"), scope=("ferry", "pier")),))
    findings = (
        conflict((p[1], w[0]), ("Nine people", "Six passengers")),
        agreement((p[2], w[1], m[0]), independent=False, independence="no: Wave and Mail rest on Daily Wave"),
        single(p[3]),
        single(w[2], 2, "a number"),
    )
    rejected = (conflict((p[2], w[2]), ("6", "2 million"), values=(6, 2e6), why="one is a time, the other a price"),)
    return make_report(
        [mail, post, wave],
        [*m, *p, *w],
        clusters=(Cluster("K1", "E1", (p[1].id, w[0].id), 0.7), Cluster("K2", "E1", (p[2].id, w[1].id, m[0].id), 0.9)),
        findings=findings,
        rejected=rejected,
        copies=(Copy(("mail", "wave"), "Daily Wave", MAIL, near_copy=False),),
        problems=(Problem("in/empty.txt", "is empty"), Problem("in/x.jsonl", "is not JSON", 3)),
        records=(ferry_record(p, w),),
    )
