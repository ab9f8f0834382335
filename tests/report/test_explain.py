from __future__ import annotations

import json
from dataclasses import replace

import pytest
from ferry import ferry_report

from reconcile.errors import InputError
from reconcile.model import Level, Relation, Rule, RuleSet, Verdict
from reconcile.report.explain import load_report, render_explanation
from reconcile.report.json import render_json


@pytest.fixture
def written() -> dict:
    return json.loads(render_json(ferry_report()))


def test_an_explanation_gives_rule_relation_reason_and_quotes(written):
    text = render_explanation(written, written["findings"][0]["id"])
    assert "contradiction (cannot both be true), between articles, priority 1" in text
    assert "1. rule casualties.injured: disjoint → contradiction, confidence 0.93" in text
    assert 'Post (post) [31–42]: "Nine people"' in text
    assert 'Wave (wave) [0–14]: "Six passengers"' in text
    assert "because 9 and 6 share no value" in text
    assert "said by police; reported" in text
    assert "What would settle it: the hospital's count, with the hour" in text
    assert text.endswith("\n")


@pytest.mark.parametrize("length", [1, 4, 6, 12])
def test_the_beginning_of_an_id_is_enough(written, length):
    for place, finding in enumerate(written["findings"] + written["rejected"]):
        finding["id"] = f"{place}{finding['id'][1:]}"
    assert render_explanation(written, written["findings"][0]["id"][:length].upper()).startswith("Finding 0")


def test_an_ambiguous_beginning_lists_the_candidates(written):
    for finding in written["findings"][:2]:
        finding["id"] = "aaaa" + finding["id"][4:]
    with pytest.raises(InputError, match="begins the id of two findings") as error:
        render_explanation(written, "aaaa")
    assert all(finding["id"] in str(error.value) for finding in written["findings"][:2])
    assert "\n" not in str(error.value)


def test_an_exact_id_wins_over_longer_ones(written):
    written["findings"][0]["id"] = "aaaa"
    written["findings"][1]["id"] = "aaaabbbb"
    assert render_explanation(written, "aaaa").startswith("Finding aaaa:")


@pytest.mark.parametrize("wanted", ["zzz", "", "   "])
def test_an_unknown_id_lists_what_there_is(written, wanted):
    with pytest.raises(InputError, match="there is no finding") as error:
        render_explanation(written, wanted)
    assert written["findings"][0]["id"] in str(error.value)


def test_a_report_without_findings_says_so(written):
    with pytest.raises(InputError, match="the report has no findings"):
        render_explanation({**written, "findings": [], "rejected": []}, "a")


def test_near_misses_and_agreements_are_explained_too(written):
    assert "Why it is no conflict: one is a time, the other a price" in render_explanation(written, written["rejected"][0]["id"])
    text = render_explanation(written, written["findings"][1]["id"])
    assert "No values were compared: the sentences as wholes say the same." in text
    assert "Independent? no: Wave and Mail rest on Daily Wave" in text
    assert "Origins: Daily Wave (Post, Wave and Mail)" in text
    assert "stands in one article only" in render_explanation(written, written["findings"][2]["id"])


def test_a_report_with_holes_is_refused_in_one_line(written):
    del written["findings"][0]["sides"]
    with pytest.raises(InputError, match="lacks what the schema demands"):
        render_explanation(written, written["findings"][0]["id"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "is not a report"),
        ('{"schema": "x"}', "is not a report"),
    ],
)
def test_files_that_are_no_report_are_named(tmp_path, text, message):
    path = tmp_path / "r.json"
    path.write_text(text)
    with pytest.raises(InputError, match=message) as error:
        load_report(path)
    assert str(path) in str(error.value)


def test_missing_and_binary_files_are_named(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        load_report(tmp_path / "none.json")
    (tmp_path / "b").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="is not JSON"):
        load_report(tmp_path / "b")


def test_the_terminal_is_safe(report):
    finding = replace(report.findings[0], point="evil \x1b[2J", settle="x\u202ey")
    text = render_explanation(json.loads(render_json(replace(report, findings=(finding,)))), finding.id)
    assert "\x1b" not in text
    assert "\u202e" not in text


RULES = RuleSet(
    (
        Rule(
            "casualties.injured",
            "count",
            "How many",
            (
                Level((Relation.SAME,), Verdict.AGREEMENT),
                Level((Relation.DISJOINT,), Verdict.CONTRADICTION),
                Level((Relation.WITHIN,), Verdict.NOTHING),
            ),
            path="rules/x.yaml",
        ),
    ),
    "0123456789abcdef",
)


def test_the_levels_of_the_rule_are_shown_in_the_order_in_which_they_were_tried(written):
    text = render_explanation(written, written["findings"][0]["id"], RULES)
    assert "relation: a shares no value with b. Levels of rules/x.yaml:1:" in text
    states = [line.split()[-1] for line in text.splitlines() if line.strip()[:1].isdigit() and " then " in line]
    assert states == ["no", "decides", "reached"]
    assert "The rules have changed" not in text
    assert "The rules have changed" in render_explanation(written, written["findings"][0]["id"], replace(RULES, digest="x"))


def test_a_verdict_softer_than_its_level_says_so(written):
    written["findings"][0]["comparisons"][0]["verdict"] = "tension"
    assert "doubts made tension of it: see the reason" in render_explanation(written, written["findings"][0]["id"], RULES)


def test_a_rule_that_is_gone_is_named(written):
    text = render_explanation(written, written["findings"][0]["id"], replace(RULES, rules=()))
    assert "rule casualties.injured is not among the rules of now: name its folder with --rules" in text


def test_an_explanation_says_why_the_passages_met(written):
    text = render_explanation(written, written["findings"][0]["id"])
    assert "One event: E1 event E1, told by Mail, Post and Wave; what they share: pier and ferry" in text
    assert "Kind of value: count, role injured, of people" in text
    written["findings"][0]["cluster"] = "K1"
    text = render_explanation(written, written["findings"][0]["id"])
    assert "One fact (cluster K1): two claims state it; the two that fit least fit at 0.70 of 1" in text


def test_what_rests_on_the_scorer_alone_says_so(written):
    finding = written["findings"][0]
    assert "Scorer: none was used." in render_explanation(written, finding["id"])
    written["run"]["scorer"] = "judge"
    assert "Scorer: judge speaks only where no rule does" in render_explanation(written, finding["id"])
    finding.update(rule="scorer", comparisons=[])
    text = render_explanation(written, finding["id"])
    assert "this finding rests on the trained model judge alone" in " ".join(text.split())
    assert "93% that the two contradict" in " ".join(text.split())


def test_what_was_accepted_is_explained(written):
    finding = written["findings"][0]["id"]
    written["accepted"] = [{"finding": finding, "kind": "suppressed", "reason": "both are right", "by": "AB", "until": None}]
    assert "No longer counted: suppressed by AB: both are right" in render_explanation(written, finding)
