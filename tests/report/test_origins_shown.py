"""Origins on the page and in report.json: copies count as one source, and what several origins state stands first."""

from __future__ import annotations

import json
from dataclasses import replace

from ferry import agreement, ferry_report, make_article, make_claims, make_report
from jsonschema import Draft202012Validator

from reconcile.model import Chain, Copy, Excerpt, Link, SharedPassage, Span
from reconcile.report import render_json, render_markdown
from reconcile.report.json import schema_text


def test_the_bottom_line_names_who_carries_one_text() -> None:
    report = ferry_report()
    copies = (Copy(("mail", "post", "wave"), "AP", "x", near_copy=True), *report.copies)
    page = render_markdown(replace(report, copies=copies))
    assert "*Mail*, *Post* and *Wave* carry much the same text of AP: they are one source, not three." in page
    assert "carry much the same text" not in render_markdown(report)


def test_many_copies_are_counted_and_further_groups_told() -> None:
    articles = [make_article(f"paper{i}", "A ferry sank.") for i in range(9)]
    ids = [article.id for article in articles]
    groups = (Copy(tuple(ids), "", "x", near_copy=True), *(Copy((ids[i], ids[i + 1]), "", "x", near_copy=True) for i in range(3)))
    page = render_markdown(make_report(articles, [claim for article in articles for claim in make_claims(article)], copies=groups))
    assert "Nine articles carry much the same text: they are one source, not nine." in page
    assert "So do the articles of two more groups, listed in report.json." in page


def test_what_most_origins_state_stands_first() -> None:
    text = "\n".join(f"Boat {i} sank." for i in range(4))
    papers = [make_article(name, text) for name in ("post", "wave", "mail")]
    claims = [make_claims(paper) for paper in papers]
    three_of_one = replace(agreement((claims[0][0], claims[1][0], claims[2][0]), independent=False), origin_groups=1)
    unknown = replace(agreement((claims[0][1], claims[1][1])), origin_groups=2)
    two = replace(agreement((claims[0][2], claims[1][2]), independent=True), origin_groups=2)
    three = replace(agreement((claims[0][3], claims[1][3], claims[2][3]), independent=True), origin_groups=3)
    made = make_report(papers, [c for own in claims for c in own], findings=(three_of_one, unknown, two, three))
    page = render_markdown(made).split("## What agrees")[1].split("## ")[0]
    places = [page.index(f"Boat {i} sank") for i in (3, 2, 1, 0)]
    assert places == sorted(places)


def test_passages_and_chains_stand_in_the_report_as_the_schema_says() -> None:
    report = ferry_report()
    claim = report.claims[2]
    passage = SharedPassage(Excerpt("mail", Span(0, 9), "The ferry"), Excerpt("wave", Span(75, 84), "The ferry"), 1.0)
    chain = Chain(claim.id, claim.article, (Link("outlet", "Post", None), Link("speaker", "police", Span(90, 96))))
    found = json.loads(render_json(replace(report, passages=(passage,), chains=(chain,))))
    Draft202012Validator(json.loads(schema_text())).validate(found)
    (shared,) = found["shared_passages"]
    assert shared["a"] == {"article": "mail", "start": 0, "end": 9, "quote": "The ferry"}
    assert shared["likeness"] == 1
    chains = {told["id"]: told["chain"] for told in found["claims"]}
    assert chains[claim.id] == [
        {"kind": "outlet", "name": "Post", "start": None, "end": None},
        {"kind": "speaker", "name": "police", "start": 90, "end": 96},
    ]
    assert sum(map(bool, chains.values())) == 1
