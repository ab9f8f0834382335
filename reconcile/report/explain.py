"""A report.json and the start of a finding's id in, the reasons behind the finding out, in plain text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import TextWrapper
from typing import Any, Final

from reconcile.errors import InputError
from reconcile.report.json import SCHEMA
from reconcile.report.wording import KIND_WORDS, counted, listed, shortened, visible

WIDTH: Final = 100
CANDIDATES: Final = 12
"""Findings named in an error message."""

Json = dict[str, Any]


def load_report(path: str | Path) -> Json:
    """Read a report.json. Raises InputError where it is none."""
    try:
        report = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or type(error).__name__})") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: is not JSON ({visible(str(error))}); give the report.json that `reconcile report` wrote") from error
    if not isinstance(report, dict) or report.get("schema") != SCHEMA:
        raise InputError(f'{path}: is not a report: its "schema" is not "{SCHEMA}"; give the report.json that `reconcile report` wrote')
    return report


def render_explanation(report_json: Json, finding_id: str) -> str:
    """Explain the finding whose id starts so: every version, every comparison with its rule and reason. Raises InputError."""
    try:
        finding = _find(report_json, finding_id)
        return "\n".join(_explain(finding, report_json)) + "\n"
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise InputError(f"the report lacks what the schema demands ({type(error).__name__}: {error}); make it anew") from error


def _find(report: Json, prefix: str) -> Json:
    """Return the one finding whose id is given or starts with what is given."""
    findings: list[Json] = [*report["findings"], *report["rejected"]]
    wanted = prefix.strip().lower()
    exact = [finding for finding in findings if finding["id"] == wanted]
    matches = exact or [finding for finding in findings if wanted and finding["id"].startswith(wanted)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise InputError(f'"{visible(prefix)}" begins the id of {counted(len(matches), "finding")}: {_candidates(matches)}')
    if not findings:
        raise InputError(f'there is no finding "{visible(prefix)}": the report has no findings')
    raise InputError(f'there is no finding "{visible(prefix)}"; the report has {_candidates(findings)}')


def _candidates(findings: Sequence[Json]) -> str:
    named = [f"{finding['id']} ({visible(shortened(finding['point'] or finding['message'], 50))})" for finding in findings[:CANDIDATES]]
    rest = len(findings) - len(named)
    return listed([*named, f"{rest} more"] if rest else named)


def _explain(finding: Json, report: Json) -> Iterator[str]:
    sources = {article["id"]: visible(article["source"] or article["id"]) for article in report["articles"]}
    texts = {claim["id"]: claim for claim in report["claims"]}
    yield f"Finding {finding['id']}: {_kind(finding)}"
    yield from _wrapped(finding["point"] or finding["message"])
    if finding["point"] and finding["message"] not in ("", finding["point"]):
        yield from ("", *_wrapped(finding["message"]))
    yield from ("", "Versions")
    for side in finding["sides"]:
        yield from _wrapped(f'{side["label"]}  "{visible(side["value"])}"', "  ")
        for evidence in side["evidence"]:
            yield from _passage(evidence, sources, texts, "     ")
    yield from ("", f"Comparisons ({len(finding['comparisons'])})" if finding["comparisons"] else _no_comparison(finding))
    for place, comparison in enumerate(finding["comparisons"], 1):
        yield from _comparison(place, comparison, sources)
    yield from _ending(finding, sources)


def _kind(finding: Json) -> str:
    where = "inside one article" if finding["scope"] == "internal" else "between articles"
    if finding.get("why"):
        return f"looked like a conflict {where}, and is not"
    if finding["severity"]:
        return f"{finding['severity']} ({KIND_WORDS.get(finding['severity'], 'conflict')}), {where}, priority {finding['priority']}"
    words = {"agreement": "agreement of several articles", "single_source": "stands in one article only"}
    return words.get(finding["outcome"], "conflict")


def _no_comparison(finding: Json) -> str:
    if finding["outcome"] == "agreement":
        return "No values were compared: the sentences as wholes say the same."
    return "No values were compared."


def _passage(evidence: Json, sources: Mapping[str, str], texts: Mapping[str, Json], indent: str) -> Iterator[str]:
    """Show the words with where they stand, and the sentence around them where they are not all of it."""
    yield from _wrapped(f'{_place(evidence, sources)}: "{visible(evidence["quote"])}"', indent)
    claim = texts.get(evidence["claim"])
    if claim and claim["text"] != evidence["quote"]:
        yield from _wrapped(f'in: "{visible(claim["text"])}"', indent + "  ")
    if claim and claim["speaker"]["kind"] != "outlet":
        yield from _wrapped(f"said by {visible(claim['speaker']['name'])}; {claim['certainty']}", indent + "  ")


def _place(evidence: Json, sources: Mapping[str, str]) -> str:
    article = evidence["article"]
    source = sources.get(article, article)
    return f"{source}{'' if source == article else f' ({visible(article)})'} [{evidence['start']}–{evidence['end']}]"


def _comparison(place: int, comparison: Json, sources: Mapping[str, str]) -> Iterator[str]:
    a, b = comparison["a"], comparison["b"]
    sure = "" if comparison["confidence"] is None else f", confidence {comparison['confidence']:.2f}"
    yield from _wrapped(f"{place}. rule {visible(comparison['rule'])}: {comparison['relation']} → {comparison['verdict']}{sure}", "  ")
    for label, part in (("a", a), ("b", b)):
        yield from _wrapped(f'{label}  {_place(part, sources)}: "{visible(part["quote"])}"', "     ")
    yield from _wrapped(f"because {visible(comparison['reason']) or 'the rule says so'}", "     ")


def _ending(finding: Json, sources: Mapping[str, str]) -> Iterator[str]:
    if finding.get("why"):
        yield from ("", *_wrapped(f"Why it is no conflict: {visible(finding['why'])}"))
    if finding["settle"]:
        yield from ("", *_wrapped(f"What would settle it: {visible(finding['settle'])}"))
    if finding["independence"]:
        yield from ("", *_wrapped(f"Independent? {visible(finding['independence'])}"))
    if finding["origins"]:
        named = [f"{visible(o['name'])} ({listed([sources.get(a, visible(a)) for a in o['articles']])})" for o in finding["origins"]]
        yield from ("", *_wrapped(f"Origins: {'; '.join(named)}"))


def _wrapped(text: str, indent: str = "") -> list[str]:
    """Break a text into lines; words longer than a line stay whole, so that nothing is lost."""
    wrapper = TextWrapper(WIDTH, initial_indent=indent, subsequent_indent=indent + "   ", break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(visible(text)) or [indent]
