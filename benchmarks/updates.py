"""Are figures that grew told apart from figures that disagree? 40 shootings, drawn at random and read by hand.

    python benchmarks/updates.py [PAIRS] [--json] [--verbose] [--write] [--cache DIR]

The pool are the 44 incidents of ../shared/data/gva of which a regular expression (number_candidates) finds no common figure for the killed
or the injured in two articles of different days; 40 of them were drawn (seed 7), all their figures looked at in the articles, and pairs
written down in updates.jsonl by article, offsets and value: the later figure is an update of the earlier, or the articles disagree, or the
two are not of the same thing (another incident, a part, the attacker counted in, a number that counts nobody). No text is kept.

The tool reads all articles of an incident. For the two values of the two articles it answers "update", "disagreement" (a contradiction or
a tension), "compatible" (a difference of precision) or "nothing". Right is the verdict itself; for what is not of the same thing, anything
but an update and a disagreement. --write notes the answers in the list.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from ecbplus import Json, read_lines
from incidents import DATA, articles_of
from tabulate import tabulate

from reconcile.cache import Cache
from reconcile.model import Comparison, Finding, Outcome, Quantity, Report, Severity
from reconcile.models.embedder import SentenceEmbedder
from reconcile.models.parser import SpacyParser
from reconcile.pipeline import build_report
from reconcile.rules import load_rules
from reconcile.store import Store

PAIRS = Path(__file__).with_suffix(".jsonl")
RULES = {"killed": ("casualties.killed",), "injured": ("casualties.injured", "casualties.shot", "count.shot")}
UPDATE, DISAGREEMENT, APART = "update", "disagreement", "not the same thing"
ANSWERS = (UPDATE, DISAGREEMENT, "compatible", "nothing")
SAID = {
    Severity.UPDATE: UPDATE,
    Severity.CONTRADICTION: DISAGREEMENT,
    Severity.TENSION: DISAGREEMENT,
    Severity.GRANULARITY: "compatible",
    Severity.TERMINOLOGY: "compatible",
}


def answer(pair: Json, report: Report) -> tuple[str, str]:
    """Return what the report says of a pair, and why."""
    for finding in report.findings:
        if (
            finding.rule in RULES[pair["slot"]]
            and finding.outcome is Outcome.CONFLICT
            and finding.severity
            and _holds(finding, pair, report)
        ):
            direct = [c for c in finding.comparisons if _is_pair(c, pair, report)]
            verdicts = [Severity(c.verdict.value) for c in direct if c.verdict.value in set(Severity)]
            gravest = min(verdicts, key=list(Severity).index) if verdicts else finding.severity
            return SAID[gravest], direct[0].reason if direct else f"in one finding, {finding.severity}"
    refused = [f.why for f in report.rejected if f.rule in RULES[pair["slot"]] and any(_is_pair(c, pair, report) for c in f.comparisons)]
    return "nothing", refused[0] if refused else ""


def _holds(finding: Finding, pair: Json, report: Report) -> bool:
    """Return whether a finding has both values of a pair on its sides, each in its article."""
    given = {value for comparison in finding.comparisons for value in _values(comparison, report)}
    return all((pair[end]["article"], pair[end]["value"]) in given for end in ("earlier", "later"))


def _is_pair(comparison: Comparison, pair: Json, report: Report) -> bool:
    return set(_values(comparison, report)) == {(pair[end]["article"], pair[end]["value"]) for end in ("earlier", "later")}


def _values(comparison: Comparison, report: Report) -> Iterator[tuple[str, float]]:
    holder = {claim.id: claim.article for claim in report.claims}
    for field, claim in ((comparison.a, comparison.claim_a), (comparison.b, comparison.claim_b)):
        if isinstance(field.value, Quantity):
            yield holder[claim], field.value.low


def is_right(verdict: str, said: str) -> bool:
    """Return whether an answer is right."""
    return said == verdict if verdict != APART else said not in {UPDATE, DISAGREEMENT}


def figures(rows: Sequence[tuple[str, str]]) -> Json:
    """Return the answers to each verdict, and how good they are."""
    told = Counter(rows)
    loud = [(verdict, said) for verdict, said in rows if said in {UPDATE, DISAGREEMENT}]
    return {
        "pairs": len(rows),
        "answers": {verdict: {said: told[verdict, said] for said in ANSWERS} for verdict in (UPDATE, DISAGREEMENT, APART)},
        "updates and disagreements told apart where one was said": f"{sum(v == s for v, s in loud if v != APART)} of "
        f"{sum(v != APART for v, _ in loud)}",
        "said of what is the same thing": f"{sum(v != APART for v, _ in loud)} of {sum(v != APART for v, _ in rows)}",
        "said of what is not": f"{sum(v == APART for v, _ in loud)} of {sum(v == APART for v, _ in rows)}",
        "right": f"{sum(is_right(v, s) for v, s in rows)} of {len(rows)}",
    }


def main() -> int:
    """Score the tool's answers and print a table, or JSON."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("pairs", nargs="?", type=Path, default=PAIRS)
    arguments.add_argument("--incidents", type=Path, default=DATA / "incidents_dev.jsonl.gz")
    arguments.add_argument("--json", action="store_true", help="print the figures as JSON")
    arguments.add_argument("--verbose", action="store_true", help="also print each answer that is wrong")
    arguments.add_argument("--write", action="store_true", help="note in PAIRS what the tool says")
    arguments.add_argument("--cache", type=Path, metavar="DIR", help="keep what is read there")
    args = arguments.parse_args()
    if not args.incidents.is_file():
        print(f"{args.incidents}: no such file; the articles are not part of this repository", file=sys.stderr)
        return 2
    pairs = read_lines(args.pairs)
    incidents = {incident["incident_id"]: incident for incident in read_lines(args.incidents)}
    rules, parser, embedder = load_rules(), SpacyParser(), SentenceEmbedder()
    cache = Cache(Store(args.cache)) if args.cache else None
    rows = []
    for name in dict.fromkeys(pair["incident"] for pair in pairs):
        report = build_report(articles_of(incidents[name]), rules, parser, embedder, cache=cache)
        for pair in (pair for pair in pairs if pair["incident"] == name):
            pair["said"], why = answer(pair, report)
            rows.append((pair["verdict"], pair["said"]))
            if args.verbose and not is_right(*rows[-1]):
                ends = " and ".join(f"{pair[end]['article'][:8]} {pair[end]['value']}" for end in ("earlier", "later"))
                print(f"{name} {pair['slot']}: {ends}: {pair['verdict']}; said: {pair['said']} ({why})")
    if args.write:
        args.pairs.write_text("".join(json.dumps(pair) + "\n" for pair in pairs), encoding="utf-8")
    found = figures(rows)
    if args.json:
        print(json.dumps(found, indent=2))
        return 0
    print(
        tabulate([(verdict, *said.values()) for verdict, said in found.pop("answers").items()], headers=("", *ANSWERS), tablefmt="github")
    )
    print(*(f"{name}: {value}" for name, value in found.items()), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
