"""The Word document: what the Markdown says, in headings, tables and links that lead somewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from ferry import ferry_report
from harbour import harbour_report

from reconcile.model import Acceptance
from reconcile.report.docx import EPOCH, render_docx
from reconcile.report.markdown import render_markdown


def opened(report):
    return Document(BytesIO(render_docx(report)))


def words(document) -> str:
    return " ".join("".join(node.text or "" for node in paragraph.iter(qn("w:t"))) for paragraph in document.element.body.iter(qn("w:p")))


@pytest.mark.parametrize("made", [ferry_report, harbour_report])
def test_the_headings_are_those_of_the_markdown(made) -> None:
    heads = [p.text for p in opened(made()).paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert heads == re.findall(r"^#+ (.*)$", render_markdown(made()), re.MULTILINE)


@pytest.mark.parametrize("made", [ferry_report, harbour_report])
def test_every_word_of_the_markdown_is_there(made) -> None:
    page = re.sub(r'<a id="\w+"></a>|<br>|\(#c\d+\)|\]\([^)]*\)', " ", render_markdown(made()).replace("&amp;", "&"))
    missing = set(re.findall(r"\w+", page)) - set(re.findall(r"\w+", words(opened(made()))))
    assert not missing


@pytest.mark.parametrize("made", [ferry_report, harbour_report])
def test_every_link_leads_to_a_claim(made) -> None:
    body = opened(made()).element.body
    marks = [node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))]
    links = {node.get(qn("w:anchor")) for node in body.iter(qn("w:hyperlink"))}
    assert links
    assert links <= set(marks)
    assert len(marks) == len(set(marks))


def test_the_head_of_each_table_is_repeated_on_every_page() -> None:
    for table in opened(ferry_report()).tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_bytes_are_the_same_and_hold_no_clock() -> None:
    report = ferry_report()
    made = render_docx(report)
    assert made == render_docx(report)
    archive = ZipFile(BytesIO(made))
    assert {entry.date_time for entry in archive.infolist()} == {EPOCH}
    assert b"created" not in archive.read("docProps/core.xml")


def test_what_was_accepted_stands_there_with_the_reason() -> None:
    report = ferry_report()
    text = words(opened(replace(report, accepted=(Acceptance(report.findings[0].id, "suppressed", "both are right"),))))
    assert "Known or suppressed" in text
    assert "Suppressed: both are right." in text
