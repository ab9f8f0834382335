from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from ferry import agreement, conflict, make_article, make_claims, make_report

from reconcile.errors import InputError
from reconcile.model import Cluster, Copy, Severity
from reconcile.report.diff import build_diff, render_diff


def test_the_text_has_its_sections_in_order(report):
    text = render_diff(report, "post", "wave", "text")
    assert re.findall(r"^(\d\. [^─(]+) \(", text, re.M) == [
        "1. Where they differ",
        "2. What both say",
        "3. What only Post says",
        "4. What only Wave says",
        "5. Not compared",
    ]


def test_the_header_names_sources_dates_and_claims(report):
    head = render_diff(report, "post", "wave", "text").split("1. Where")[0]
    assert re.search(r"^Post +Wave$", head, re.M)
    assert "2026-03-04 09:00 UTC" in head
    assert "2026-03-04 11:40 UTC" in head
    assert head.count("four claims") == 2
    assert "Both tell of: event E1." in head


def test_a_difference_shows_both_phrases_side_by_side_with_rule_and_reason(report):
    text = render_diff(report, "post", "wave", "text", 120)
    line = next(line for line in text.splitlines() if '"Nine people"' in line)
    assert '"Six passengers" [0–14] citing the company' in line
    assert "1.1  cannot both be true  How many people were injured" in text
    assert "because 9 and 6 share no value [casualties.injured; finding " in text


def test_the_sides_follow_the_order_asked_for(report):
    text = render_diff(report, "wave", "post", "text", 120)
    line = next(line for line in text.splitlines() if '"Nine people"' in line)
    assert line.index("Six passengers") < line.index("Nine people")


def test_pairs_come_most_alike_first_and_disputed_ones_last(report):
    diff = build_diff(report, "post", "wave")
    assert [match.left.claim.order for match in diff.matches] == [2, 1]
    assert diff.matches[0].see == ()
    assert diff.matches[1].see == (1,)


def test_claims_without_a_counterpart_stand_in_text_order(report):
    diff = build_diff(report, "post", "wave")
    assert [row.claim.order for row in diff.only_left] == [0, 3]
    assert [row.claim.order for row in diff.only_right] == [2]


def test_claims_of_another_event_are_not_compared(report):
    (group,) = build_diff(report, "post", "wave").apart
    assert (group.article, group.label) == ("wave", "event E2")
    assert "Wave, about event E2: one claim" in render_diff(report, "post", "wave", "text")


@pytest.mark.parametrize("format", ["text", "unified", "md", "json"])
@pytest.mark.parametrize("width", [24, 60, 100, 200])
def test_no_claim_is_lost(report, format, width):
    page = render_diff(report, "post", "wave", format, width)
    letters = re.sub(r"[\s\\]|\[-|-\]|\{\+|\+\}", "", page)
    for claim in report.claims:
        if claim.article in ("post", "wave") and (format != "text" or width < 60):
            assert re.sub(r"\s", "", claim.text) in letters
        elif claim.article in ("post", "wave"):
            for word in claim.text.split():
                assert word in page


@pytest.mark.parametrize("width", [20, 40, 59, 60, 80, 100, 160])
def test_no_line_is_wider_than_asked(report, width):
    for a, b in (("post", "wave"), ("post", "mail")):
        assert max(len(line) for line in render_diff(report, a, b, "text", width).splitlines()) <= width


def test_plain_text_has_no_ansi_and_colour_has(report):
    plain, coloured = (render_diff(report, "post", "wave", "text", 100, color) for color in (False, True))
    assert "\x1b" not in plain
    assert "\x1b[1;31mcannot both be true" in coloured
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in stripped.splitlines()] == plain.splitlines()


def test_an_article_cannot_drive_the_terminal():
    a = make_article("post", "It was \x1b[2J\x1b]0;evil\x07 \u202eback [bold]here[/bold] :smile:.", source="P\x1b[1most")
    b = make_article("wave", "There were six boats.")
    text = render_diff(make_report([a, b], [*make_claims(a), *make_claims(b)]), "post", "wave", "text")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", text)
    assert "[bold]here[/bold] :smile:" in text


@pytest.mark.parametrize("format", ["text", "md"])
def test_no_shared_event_is_said_plainly(format):
    a, b = make_article("post", "A ferry sank.\nNobody was hurt."), make_article("wave", "A bank closed.")
    made = make_report([a, b], [*make_claims(a, "E1"), *make_claims(b, "E2")])
    page = render_diff(made, "post", "wave", format)
    assert "The two articles share no event, so nothing in them was compared." in page
    assert "Nobody was hurt." in page
    assert "A bank closed." in page


def test_what_ties_the_two_is_said(report):
    near = replace(report, copies=(Copy(("mail", "wave"), "AP", "x", near_copy=True), *report.copies))
    assert "Not independent of each other: both carry the same text (AP) and both rest on Daily Wave." in render_diff(
        near, "mail", "wave", "text", 200
    )


def test_a_conflict_inside_one_article_is_told_apart(report):
    post = [claim for claim in report.claims if claim.article == "post"]
    inner = conflict((post[1], post[3]), ("Nine people", "drinking"), Severity.TENSION)
    diff = build_diff(replace(report, findings=(*report.findings, inner)), "post", "wave")
    assert len(diff.differences) == 1
    assert len(diff.inside) == 1
    text = render_diff(replace(report, findings=(*report.findings, inner)), "post", "wave", "text")
    assert "Inside one of the two:" in text
    assert "in Post  at odds" in text


def test_conflicts_with_a_third_article_stay_out(report):
    diff = build_diff(report, "post", "mail")
    assert diff.differences == ()
    assert len(diff.matches) == 1


def test_the_gravity_is_that_between_the_two_articles(report):
    p, w, m = (next(c for c in report.claims if c.article == a and "ferry" in c.text.lower()) for a in ("post", "wave", "mail"))
    grave = conflict((p, w), ("Ferry", "Six"))
    mild = conflict((p, m), ("Ferry", "6 a.m."), Severity.GRANULARITY)
    both = replace(grave, sides=(*grave.sides, mild.sides[1]), comparisons=(*grave.comparisons, *mild.comparisons))
    made = replace(report, findings=(both,))
    assert build_diff(made, "post", "mail").differences[0].kind is Severity.GRANULARITY
    assert build_diff(made, "post", "wave").differences[0].kind is Severity.CONTRADICTION


def test_word_order_does_not_matter_to_the_pairing():
    a = make_article("post", "The ferry struck the pier on Monday.\nThe harbour was closed by police.")
    b = make_article("wave", "By police the harbour was closed.\nOn Monday the ferry struck the pier.")
    pa, pb = make_claims(a), make_claims(b)
    made = make_report([a, b], [*pa, *pb], clusters=(Cluster("K", "E1", tuple(c.id for c in (*pa, *pb)), 0.5),))
    pairs = [(match.left.claim.order, match.right.claim.order) for match in build_diff(made, "post", "wave").matches]
    assert pairs == [(0, 1), (1, 0)]


def test_a_claim_left_over_in_a_cluster_goes_with_its_likest():
    a = make_article("post", "The ferry struck the pier.\nThe ferry hit a pier.")
    b = make_article("wave", "The ferry struck the pier.")
    pa, pb = make_claims(a), make_claims(b)
    made = make_report([a, b], [*pa, *pb], clusters=(Cluster("K", "E1", tuple(c.id for c in (*pa, *pb)), 0.5),))
    diff = build_diff(made, "post", "wave")
    assert [(match.left.claim.order, match.right.claim.order) for match in diff.matches] == [(0, 0), (1, 0)]
    assert diff.only_left == diff.only_right == ()


def test_an_agreement_outside_a_cluster_is_a_match_by_its_phrase(report):
    post = [claim for claim in report.claims if claim.article == "post"]
    wave = [claim for claim in report.claims if claim.article == "wave"]
    base = agreement((post[3], wave[2]))
    diff = build_diff(replace(report, findings=(base,), clusters=()), "post", "wave")
    assert len(diff.matches) == 1
    assert post[3].id not in {row.claim.id for row in diff.only_left}


def test_json_holds_everything_with_offsets(report):
    value = json.loads(render_diff(report, "post", "wave", "json"))
    assert list(value) == [
        "schema", "a", "b", "shared_events", "ties", "differ", "inside", "both", "only_a", "only_b", "not_compared",
    ]  # fmt: skip
    texts = {article.id: article.text for article in report.articles}
    passages = [
        part
        for row in value["differ"] + value["both"]
        for side in "ab"
        for part in (row[side] if isinstance(row[side], list) else [row[side]])
    ]
    assert passages
    for part in passages:
        assert texts[part["article"]][part["start"] : part["end"]] == part["quote"]
    assert value["differ"][0]["severity"] == "contradiction"
    assert value["differ"][0]["rule"] == "casualties.injured"


def test_markdown_is_escaped():
    a = make_article("post", "It was <b>a | b</b> `x`."), make_article("wave", "There were six boats.")
    pa, pb = make_claims(a[0]), make_claims(a[1])
    page = render_diff(make_report(list(a), [*pa, *pb], findings=(conflict((pa[0], pb[0]), ("a | b", "six boats")),)), "post", "wave", "md")
    assert "&lt;b&gt;a \\| b&lt;/b&gt; \\`x\\`" in page


def test_unknown_or_equal_articles_are_refused(report):
    with pytest.raises(InputError, match='no article "nope"; there are mail, post, wave'):
        render_diff(report, "post", "nope", "text")
    with pytest.raises(InputError, match="two are needed"):
        render_diff(report, "post", "post", "text")


def test_two_articles_of_one_text_say_the_same():
    a, b = make_article("post", "A ferry sank.\nNobody was hurt."), make_article("wave", "A ferry sank.\nNobody was hurt.")
    made = make_report([a, b], [*make_claims(a), *make_claims(b)])
    diff = build_diff(made, "post", "wave")
    assert [(match.left.claim.article, match.right.claim.article, match.likeness) for match in diff.matches] == [("post", "wave", 1.0)] * 2
    assert diff.only_left == diff.only_right == ()


def test_the_words_that_differ_are_underlined_in_pairs(report):
    coloured = render_diff(report, "post", "wave", "text", 120, True)
    assert "\x1b[1;4;35mleft\x1b[0m" in coloured
    assert "\x1b[1;4;36mset out\x1b[0m" in coloured


def test_the_unified_page_has_a_line_for_each_passage(report):
    lines = render_diff(report, "post", "wave", "unified").splitlines()
    assert lines[0].startswith("--- Post: Ferry strikes pier in Norhaven (2026-03-04 09:00 UTC), four claims")
    assert lines[1].startswith("+++ Wave (2026-03-04 11:40 UTC), four claims")
    head = lines.index("@@ 1.1 cannot both be true: How many people were injured @@")
    assert lines[head + 1].startswith("-[31–42] [-Nine people-] were taken to hospital")
    assert lines[head + 2].startswith("+[0–14] {+Six passengers+} were injured")
    assert lines[head + 3].startswith("# because 9 and 6 share no value [casualties.injured; finding ")
    assert "-[112–136] The ferry [-left-] at 6 a.m." in lines
    assert "+[75–102] The ferry {+set out+} at 6 a.m." in lines
    assert not any("\x1b" in line for line in lines)


def test_what_stands_word_for_word_in_both_is_one_line():
    a, b = make_article("post", "A ferry sank."), make_article("wave", "A ferry sank.")
    lines = render_diff(make_report([a, b], [*make_claims(a), *make_claims(b)]), "post", "wave", "unified").splitlines()
    assert " [0–13] A ferry sank." in lines
