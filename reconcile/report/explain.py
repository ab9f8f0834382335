"""A report.json and the start of a finding's id in, the reasons behind the finding out, in plain text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import TextWrapper
from typing import Any, Final

from reconcile.errors import InputError
from reconcile.model import RuleSet
from reconcile.report.json import SCHEMA
from reconcile.report.wording import KIND_WORDS, counted, listed, shortened, visible

WIDTH: Final = 100
CANDIDATES: Final = 12
"""Findings named in an error message."""

SCORER: Final = "scorer"
"""Stands for the rule in findings that no rule made."""
RELATION_WORDS: Final[Mapping[str, str]] = {
    "same": "is the same as", "alias": "is another name of", "contains": "includes", "within": "is a part of", "overlaps": "overlaps with",
    "approximates": "is about", "updates": "is later than", "weaker": "says less than", "stronger": "says more than",
    "exclusive": "excludes", "disjoint": "shares no value with", "distinct": "is another one than", "negates": "denies",
    "missing": "has no counterpart in", "unknown": "cannot be compared with",
}  # fmt: skip
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


def render_explanation(report_json: Json, finding_id: str, rules: RuleSet | None = None) -> str:
    """Explain the finding whose id starts so, from the words to the verdict. Raises InputError.

    `rules` are those of now: with them, each level of each rule is shown as it was tried.
    """
    try:
        finding = find_finding(report_json, finding_id)
        return "\n".join(_explain(finding, report_json, rules)) + "\n"
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise InputError(f"the report lacks what the schema demands ({type(error).__name__}: {error}); make it anew") from error


def find_finding(report: Json, prefix: str) -> Json:
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


def _explain(finding: Json, report: Json, rules: RuleSet | None) -> Iterator[str]:
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
    yield from ("", "Why they were set against each other", *_met(finding, report, sources))
    yield from ("", f"Comparisons ({len(finding['comparisons'])})" if finding["comparisons"] else _no_comparison(finding))
    if rules and finding["comparisons"] and rules.digest != report["run"]["rules_digest"]:
        yield from _wrapped("The rules have changed since the report was written: the levels are those of now.", "  ")
    for place, comparison in enumerate(finding["comparisons"], 1):
        yield from _comparison(place, comparison, sources)
        yield from _levels(comparison, rules)
    yield from ("", *_wrapped(_scorer(finding, report)))
    yield from _ending(finding, sources, report)


def _kind(finding: Json) -> str:
    where = "inside one article" if finding["scope"] == "internal" else "between articles"
    if finding.get("why"):
        return f"looked like a conflict {where}, and is not"
    if finding["severity"]:
        return f"{finding['severity']} ({KIND_WORDS.get(finding['severity'], 'conflict')}), {where}, priority {finding['priority']}"
    words = {"agreement": "agreement of several articles", "single_source": "stands in one article only"}
    return words.get(finding["outcome"], "conflict")


def _met(finding: Json, report: Json, sources: Mapping[str, str]) -> Iterator[str]:
    """Say what put the passages beside each other: one event, and one fact or values of one kind."""
    event = next((one for one in report["events"] if one["id"] == finding["event"]), None)
    if event:
        anchors = f"; what they share: {listed([visible(anchor) for anchor in event['anchors'][:CANDIDATES]])}" if event["anchors"] else ""
        told = listed([sources.get(article, visible(article)) for article in event["articles"]])
        yield from _wrapped(f"One event: {event['id']} {visible(event['label'])}, told by {told}{anchors}", "  ")
    cluster = next((one for one in report["clusters"] if one["id"] == finding["cluster"]), None)
    if cluster:
        yield from _cluster(cluster, report, sources)
    elif finding["comparisons"]:
        yield from _wrapped("Not one fact by their sentences: their values are of one kind, and nothing parts what they are about.", "  ")
    fields = {(claim["id"], field["start"], field["end"]): field for claim in report["claims"] for field in claim["fields"]}
    for kind in dict.fromkeys(
        _kind_of(fields[key]) for one in finding["comparisons"] for part in (one["a"], one["b"]) if (key := _key(part)) in fields
    ):
        yield from _wrapped(kind, "  ")


def _key(part: Json) -> tuple[str, int, int]:
    return part["claim"], part["start"], part["end"]


def _kind_of(field: Json) -> str:
    """Name what a value is to the act: "Kind of value: count, role injured, of people; act ram"."""
    parts = [field["kind"], *(f"{name} {field[key]}" for name, key in (("role", "role"), ("of", "subject"), ("act", "act")) if field[key])]
    return visible(f"Kind of value: {', '.join(parts)}" + (f"; narrowed by {field['scope']}" if field["scope"] else ""))


def _cluster(cluster: Json, report: Json, sources: Mapping[str, str]) -> Iterator[str]:
    worst = "" if cluster["cohesion"] is None else f"; the two that fit least fit at {cluster['cohesion']:.2f} of 1"
    yield from _wrapped(f"One fact (cluster {cluster['id']}): {counted(len(cluster['claims']), 'claim')} state it{worst}", "  ")
    members = set(cluster["claims"])
    for claim in [claim for claim in report["claims"] if claim["id"] in members][:CANDIDATES]:
        yield from _wrapped(f'{_place(claim, sources)}: "{visible(claim["text"])}"', "     ")
    yield from _wrapped(
        "`reconcile explain REPORT ID --why-one-fact` asks the models again and gives each reason for and against.", "     "
    )


def _levels(comparison: Json, rules: RuleSet | None) -> Iterator[str]:
    """Show the levels of the rule in the order in which they were tried: the first that names the relation decides."""
    rule = rules.get(comparison["rule"]) if rules else None
    if rule is None:
        if rules:
            yield from _wrapped(f"rule {visible(comparison['rule'])} is not among the rules of now: name its folder with --rules", "     ")
        return
    yield from _wrapped(
        f"relation: a {RELATION_WORDS[comparison['relation']]} b. Levels of {visible(f'{rule.path}:{rule.line}')}:", "     "
    )
    decided = False
    for place, level in enumerate(rule.levels, 1):
        hit = not decided and comparison["relation"] in level.when
        state = "not reached" if decided else "decides" if hit else "no"
        yield f"       {place}  when {', '.join(level.when):<34} then {level.then:<14} {state}"
        decided = decided or hit
        if hit and level.then != comparison["verdict"]:
            yield from _wrapped(f"doubts made {comparison['verdict']} of it: see the reason", "          ")
    if not decided:
        yield f"       none of the {counted(len(rule.levels), 'level')} names the relation: nothing"


def _scorer(finding: Json, report: Json) -> str:
    """Say what a trained model had to do with it."""
    name = report["run"]["scorer"]
    if finding["rule"] == SCORER:
        sure = "" if finding["confidence"] is None else f" It gives {finding['confidence']:.0%} that the two contradict each other."
        return f"Scorer: this finding rests on the trained model {visible(name or '')} alone; no rule compares the two.{sure}"
    if name:
        return f"Scorer: {visible(name)} speaks only where no rule does; this finding does not rest on it."
    return "Scorer: none was used."


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


def _ending(finding: Json, sources: Mapping[str, str], report: Json) -> Iterator[str]:
    for accepted in report.get("accepted", []):
        if accepted["finding"] == finding["id"]:
            by = f" by {accepted['by']}" if accepted["by"] else ""
            until = f" until {accepted['until']}" if accepted["until"] else ""
            yield from ("", *_wrapped(f"No longer counted: {accepted['kind']}{by}{until}: {accepted['reason']}"))
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
