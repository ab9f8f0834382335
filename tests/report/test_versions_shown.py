"""Earlier versions and extracted texts in what is written: the page, report.json and the files beside it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from ferry import POST, evidence, make_article, make_claims
from jsonschema import Draft202012Validator
from lxml import html

from reconcile.model import Change, EarlierVersion
from reconcile.report import render_html, render_json, render_markdown, write_report
from reconcile.report.json import schema_text
from reconcile.report.wording import text_files


@pytest.fixture
def updated(report):
    """Return the ferry report with an earlier version of the Post's article, both taken out of pages."""
    text = POST.replace("Nine", "Seven").replace("\nThe ferry left at 6 a.m.", "")
    old = make_article("post-old", text, source="Post", path="old|post.html", extracted=True)
    post = next(article for article in report.articles if article.id == "post")
    before, after = make_claims(old), [claim for claim in report.claims if claim.article == "post"]
    changes = (Change(evidence(before[1]), evidence(after[1])), Change(None, evidence(after[2])), Change(evidence(before[2]), None))
    others = tuple(article for article in report.articles if article is not post)
    kept = tuple(sorted((*others, replace(post, extracted=True)), key=lambda article: article.id))
    return replace(report, articles=kept, earlier=(EarlierVersion("post", old, False, True, changes),))


def section(page):
    return page.split("## Changed since the earlier version\n", 1)[1].split("\n## ", 1)[0]


def test_what_changed_has_a_section_of_its_own_only_where_there_is_an_earlier_version(report, updated):
    assert "Changed since" not in render_markdown(report)
    page = render_markdown(updated)
    assert page.index("## Developing figures") < page.index("## Changed since the earlier version") < page.index("## What agrees")


def test_the_section_names_both_versions_and_shows_reworded_claims_first(updated):
    lines = [line for line in section(render_markdown(updated)).splitlines() if line]
    assert lines[0] == "*Post* was compared; an earlier version was set aside: post-old (old\\|post.html, no date)."
    assert [line.count("|") for line in lines[1:]] == [3] * 5
    assert '"Seven people were taken to hospital' in lines[3] and '"Nine people were taken to hospital' in lines[3]
    assert lines[4].startswith("| –") and "The ferry left at 6 a.m." in lines[4]
    assert lines[5].rstrip(" |").endswith("–")


def test_the_page_for_a_browser_marks_what_changed_and_links_to_what_stands_there_now(report, updated):
    assert "changed" not in [heading.get("id") for heading in html.document_fromstring(render_html(report)).iter("h2")]
    tree = html.document_fromstring(render_html(updated))
    rows = tree.xpath("//table[@class='changes']/tbody/tr")
    assert [(len(row.xpath(".//del")), len(row.xpath(".//ins"))) for row in rows] == [(1, 1), (0, 1), (1, 0)]
    (link,) = rows[0].xpath(".//a/@href")
    (words,) = tree.xpath(f"//*[@id='{link.removeprefix('#')}']")
    assert words.text_content().startswith("Nine people")


def test_an_undated_version_is_not_called_earlier_and_the_same_text_is_said_to_be_the_same(updated):
    (version,) = updated.earlier
    undated = render_markdown(replace(updated, earlier=(replace(version, dated=False),)))
    assert "another version, of which no date tells whether it is older, was set aside" in section(undated)
    copy = replace(version, same_text=True, changes=(), earlier=replace(version.earlier, source="Wave"))
    assert "which has the same text, under the name of Wave; it was compared once." in section(
        render_markdown(replace(updated, earlier=(copy,)))
    )


def test_an_earlier_version_without_changes_says_so(updated):
    (version,) = updated.earlier
    assert "; no claim changed." in section(render_markdown(replace(updated, earlier=(replace(version, changes=()),))))


def test_only_so_many_changes_are_shown_and_the_rest_is_counted(updated):
    (version,) = updated.earlier
    page = section(render_markdown(replace(updated, earlier=(replace(version, changes=version.changes * 5),))))
    assert "And three more changes in report.json." in page


def test_report_json_holds_every_version_and_follows_the_schema(updated):
    made = json.loads(render_json(updated))
    Draft202012Validator(json.loads(schema_text())).validate(made)
    (version,) = made["earlier_versions"]
    assert (version["article"], version["earlier"]["id"], version["dated"]) == ("post", "post-old", True)
    texts = {"post": POST, "post-old": updated.earlier[0].earlier.text}
    sides = [side for change in version["changes"] for side in (change["before"], change["after"]) if side]
    assert len(sides) == 4
    assert all(texts[side["article"]][side["start"] : side["end"]] == side["quote"] for side in sides)


def test_the_texts_that_offsets_point_into_are_written_beside_the_report(updated, tmp_path):
    files = write_report(updated, tmp_path, ("md", "json"))
    assert files == (tmp_path / "consistency.md", tmp_path / "report.json")
    made = json.loads(files[1].read_text("utf-8"))
    named = {article["id"]: article["text_file"] for article in [*made["articles"], made["earlier_versions"][0]["earlier"]]}
    assert sorted(name for name, file in named.items() if file) == ["post", "post-old"]
    assert (tmp_path / named["post"]).read_bytes() == POST.encode()
    claim = next(claim for claim in made["claims"] if claim["article"] == "post")
    assert (tmp_path / named["post"]).read_text("utf-8")[claim["start"] : claim["end"]] == claim["text"]
    assert f"[{named['post']}]({named['post']})".replace("_", "\\_", 1) in files[0].read_text("utf-8").replace("_", "\\_", 1)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == sorted(
        ["consistency.md", "report.json", *(file.removeprefix("texts/") for file in named.values() if file)]
    )


def test_no_text_is_written_where_the_files_hold_it(report, tmp_path):
    write_report(report, tmp_path, ["json"])
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "..", "a\\b:c", "çé\n", "", ".hidden", "x" * 500, "CON"])
def test_no_name_leads_out_of_the_folder(report, tmp_path, name):
    article = replace(report.articles[0], id=name, extracted=True)
    (file,) = text_files(replace(report, articles=(article,))).values()
    place = (tmp_path / file).resolve()
    assert place.parent == (tmp_path / "texts").resolve()
    assert len(place.name) < 100 and not place.name.startswith(".") and place.suffix == ".txt"


def test_a_file_in_the_way_of_the_texts_is_told_and_nothing_is_written(updated, tmp_path):
    from reconcile.errors import OutputError

    (tmp_path / "texts").write_text("mine")
    with pytest.raises(OutputError, match="a file of that name is in the way"):
        write_report(updated, tmp_path, ["md"])
    assert [path.name for path in tmp_path.iterdir()] == ["texts"]
