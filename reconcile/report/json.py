"""A report in, the public contract report.json (version 1) out; its JSON Schema lies beside this module."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from importlib.resources import files
from json.encoder import encode_basestring
from typing import Any, Final, assert_never

from reconcile.model import (
    Acceptance,
    Article,
    Chain,
    Claim,
    Clock,
    Cluster,
    Comparison,
    Copy,
    Decision,
    EarlierVersion,
    Event,
    Evidence,
    Excerpt,
    Field,
    Finding,
    Label,
    Moment,
    Name,
    Origin,
    Overlay,
    Place,
    Problem,
    Quantity,
    Quotation,
    Record,
    Report,
    SharedPassage,
    Side,
    Span,
    Standing,
    Value,
)
from reconcile.report.wording import text_files

SCHEMA: Final = "reconcile.report/1"
Json = dict[str, Any]
_scalar = json.JSONEncoder(allow_nan=False).encode
_SURROGATE = re.compile("[\ud800-\udfff]")


def render_json(report: Report) -> str:
    """Write the report as JSON: the same report gives the same characters."""
    return dump(report_object(report))


def dump(value: object) -> str:
    """Write a JSON text that ends in a newline; a lone surrogate, which UTF-8 cannot hold, is written as an escape."""
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", _indented(value, "\n")) + "\n"


def _indented(value: object, gap: str) -> str:
    """Write what json.dumps(…, ensure_ascii=False, allow_nan=False, indent=2) writes, in a third of the time; `gap` begins a line."""
    if isinstance(value, str):
        return encode_basestring(value)
    inner = gap + "  "
    if isinstance(value, dict) and value:
        return "{" + inner + f",{inner}".join([f"{encode_basestring(key)}: {_indented(value[key], inner)}" for key in value]) + gap + "}"
    if isinstance(value, (list, tuple)) and value:
        return "[" + inner + f",{inner}".join([_indented(part, inner) for part in value]) + gap + "]"
    return _scalar(value)


def schema_text() -> str:
    """Return the JSON Schema of report.json as it ships with the package."""
    return files("reconcile.report").joinpath("schema.json").read_text(encoding="utf-8")


def report_object(report: Report) -> Json:
    """Return the report as plain dicts and lists in the order of the contract."""
    texts = text_files(report)
    holder = {claim.id: claim.article for claim in report.claims}
    chains = {(chain.article, chain.claim): chain for chain in report.chains}
    return {
        "schema": SCHEMA,
        "run": {
            "version": report.version,
            "rules_digest": report.rules_digest,
            "embedder": report.embedder,
            "scorer": report.scorer,
            "judge": asdict(report.judge) if report.judge else None,
            "options": _plain(report.options),
        },
        "articles": [_article(article, report.article_events.get(article.id, ()), texts) for article in report.articles],
        "claims": [_claim(claim, chains.get((claim.article, claim.id))) for claim in report.claims],
        "events": [_event(event) for event in report.events],
        "records": [_record(record) for record in report.records],
        "clusters": [_cluster(cluster) for cluster in report.clusters],
        "findings": [_finding(finding, holder) for finding in report.findings],
        "rejected": [{**_finding(finding, holder), "why": finding.why} for finding in report.rejected],
        "copies": [_copy(copy) for copy in report.copies],
        "shared_passages": [_passage(passage) for passage in report.passages],
        "earlier_versions": [_version(version, texts) for version in report.earlier],
        "problems": [_problem(problem) for problem in report.problems],
        "accepted": [_acceptance(acceptance) for acceptance in report.accepted],
        "stale": [_problem(problem) for problem in report.stale],
        **({"decisions": _overlay(report.overlay)} if report.overlay else {}),
    }


def _plain(value: object) -> object:
    """Return an option as JSON knows it; mappings by key, anything strange as its text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, (set, frozenset)):
        return sorted(str(part) for part in value)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return _number(value) if isinstance(value, float) else str(value)


def _article(article: Article, events: tuple[str, ...], texts: Mapping[str, str]) -> Json:
    return {
        "id": article.id,
        "path": article.path,
        "url": article.url,
        "source": article.source,
        "source_inferred": article.source_inferred,
        "title": article.title,
        "author": article.author,
        "published": _time(article.published),
        "published_inferred": article.published_inferred,
        "modified": _time(article.modified),
        "language": article.language,
        "sha256": article.sha256,
        "chars": len(article.text),
        "text_file": texts.get(article.id),
        "events": list(events),
        "removed": [{**_span(part.span), "quote": part.quote, "reason": part.reason.value} for part in article.removed],
    }


def _version(version: EarlierVersion, texts: Mapping[str, str]) -> Json:
    return {
        "article": version.article,
        "same_text": version.same_text,
        "dated": version.dated,
        "earlier": _article(version.earlier, (), texts),
        "changes": [
            {"before": change.before and _evidence(change.before), "after": change.after and _evidence(change.after)}
            for change in version.changes
        ],
    }


def _time(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat().replace("+00:00", "Z")


def _span(span: Span | None) -> Json:
    return {"start": None, "end": None} if span is None else {"start": span.start, "end": span.end}


def _claim(claim: Claim, chain: Chain | None) -> Json:
    return {
        "id": claim.id,
        "article": claim.article,
        **_span(claim.span),
        "text": claim.text,
        "block": claim.block.value,
        "order": claim.order,
        "event": claim.event or None,
        "speaker": {"name": claim.speaker.name, **_span(claim.speaker.span), "kind": claim.speaker.kind},
        "cited": list(claim.cited),
        "chain": [{"kind": link.kind, "name": link.name, **_span(link.span)} for link in (chain.links if chain else ())],
        "certainty": claim.certainty.value,
        "polarity": claim.polarity,
        "fields": [_field(field) for field in claim.fields],
    }


def _field(field: Field) -> Json:
    return {
        "id": field.id,
        "kind": field.kind,
        "role": field.role,
        "subject": field.subject,
        "scope": ", ".join(field.scope),
        "act": field.act,
        "background": field.background,
        **_span(field.span),
        "raw": field.raw,
        "value": value_object(field.value),
    }


def value_object(value: Value) -> Json:
    """Return a value with its type first; an open end of an interval is null."""
    if isinstance(value, Quantity):
        ends = {"low": _number(value.low), "high": _number(value.high)}
        return {"type": value.type, **ends, "unit": value.unit, "bound": value.bound}
    if isinstance(value, Moment):
        return {"type": value.type, "earliest": value.earliest, "latest": value.latest, "inferred": value.inferred}
    if isinstance(value, Quotation):
        return {"type": value.type, "text": value.text}
    if isinstance(value, Clock):
        return {"type": value.type, "low": value.low, "high": value.high, "bound": value.bound}
    if isinstance(value, Place):
        return {"type": value.type, "path": list(value.path)}
    if isinstance(value, Name):
        return {"type": value.type, "name": value.name, "forms": list(value.forms)}
    if isinstance(value, Label):
        return {"type": value.type, "rule": value.rule, "label": value.label, "negated": value.negated}
    assert_never(value)


def _number(value: float) -> float | int | None:
    """Return whole numbers without a point, and null for what is no finite number."""
    if not math.isfinite(value):
        return None
    return int(value) if value == int(value) else float(value)


def _event(event: Event) -> Json:
    return {"id": event.id, "label": event.label, "articles": list(event.articles), "anchors": list(event.anchors)}


def _record(record: Record) -> Json:
    return {
        "event": record.event,
        "entries": [
            {
                "slot": entry.slot,
                "value": entry.value,
                "ages": list(entry.ages),
                "versions": [{"value": value, "evidence": [_evidence(one) for one in evidence]} for value, evidence in entry.versions],
            }
            for entry in record.entries
        ],
    }


def _cluster(cluster: Cluster) -> Json:
    return {"id": cluster.id, "event": cluster.event or None, "claims": list(cluster.claims), "cohesion": _share(cluster.cohesion)}


def _share(value: float) -> float | int | None:
    return _number(round(float(value), 3)) if math.isfinite(value) else None


def _finding(finding: Finding, holder: Mapping[str, str]) -> Json:
    return {
        "id": finding.id,
        "outcome": finding.outcome.value,
        "scope": finding.scope,
        "event": finding.event or None,
        "cluster": finding.cluster,
        "field": finding.field,
        "severity": None if finding.severity is None else finding.severity.value,
        "priority": finding.priority,
        "confidence": _share(finding.confidence),
        "rule": finding.rule,
        "point": finding.point,
        "message": finding.message,
        "settle": finding.settle,
        "sides": [_side(side) for side in finding.sides],
        "independent": finding.independent,
        "independence": finding.independence,
        "origins": [_origin(origin) for origin in finding.origins],
        "origin_groups": finding.origin_groups,
        "comparisons": [_comparison(comparison, holder) for comparison in finding.comparisons],
    }


def _side(side: Side) -> Json:
    return {"label": side.label, "value": side.value, "evidence": [_evidence(evidence) for evidence in side.evidence]}


def _evidence(evidence: Evidence) -> Json:
    return {"article": evidence.article, "claim": evidence.claim, **_span(evidence.span), "quote": evidence.quote}


def _origin(origin: Origin) -> Json:
    return {"name": origin.name, "articles": list(origin.articles)}


def _comparison(comparison: Comparison, holder: Mapping[str, str]) -> Json:
    return {
        "rule": comparison.rule,
        "relation": comparison.relation.value,
        "reason": comparison.reason,
        "verdict": comparison.verdict.value,
        "confidence": _share(comparison.confidence),
        "a": _compared(comparison.a, comparison.claim_a, holder),
        "b": _compared(comparison.b, comparison.claim_b, holder),
    }


def _compared(field: Field, claim: str, holder: Mapping[str, str]) -> Json:
    return {"article": holder[claim], "claim": claim, **_span(field.span), "quote": field.raw}


def _copy(copy: Copy) -> Json:
    return {"articles": list(copy.articles), "origin": copy.origin, "cue": copy.cue, "near_copy": copy.near_copy}


def _passage(passage: SharedPassage) -> Json:
    return {"a": _excerpt(passage.a), "b": _excerpt(passage.b), "likeness": _share(passage.likeness)}


def _excerpt(excerpt: Excerpt) -> Json:
    return {"article": excerpt.article, **_span(excerpt.span), "quote": excerpt.quote}


def _problem(problem: Problem) -> Json:
    return {"path": problem.path, "line": problem.line, "message": problem.message}


def _overlay(overlay: Overlay) -> Json:
    return {
        "findings": [{"finding": name, **_standing(overlay.standings[name])} for name in sorted(overlay.standings)],
        "stale": [{"point": old.point, "rule": old.rule, "quotes": list(old.quotes), **_standing(old.standing)} for old in overlay.stale],
    }


def _standing(standing: Standing) -> Json:
    return {
        "state": standing.state.value,
        "assigned": standing.assigned or None,
        "verdicts": [_decision(decision) for decision in standing.decisions],
        "notes": [_decision(note) for note in standing.notes],
    }


def _decision(decision: Decision) -> Json:
    reason = None if decision.reason is None else decision.reason.value
    return {"editor": decision.editor, "at": decision.at, "act": decision.act.value, "reason": reason, "words": decision.words}


def _acceptance(acceptance: Acceptance) -> Json:
    return {
        "finding": acceptance.finding,
        "kind": acceptance.kind,
        "reason": acceptance.reason,
        "by": acceptance.by or None,
        "until": acceptance.until or None,
    }
