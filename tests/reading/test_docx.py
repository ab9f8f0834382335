import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from reconcile.errors import Unreadable
from reconcile.model import BlockKind
from reconcile.reading import docx as reader
from reconcile.reading.documents import make_article

TITLE = "Library of Velm closes for a year"
FIRST = "The library of Velm closes in May for a year so that its roof can be replaced, the town said on Friday."
SECOND = "Its 90,000 books go to a warehouse in Portneuf, and readers can order them there, the director said."


def packed(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def written(*paragraphs):
    document = docx.Document()
    for paragraph in paragraphs:
        text, style = paragraph if isinstance(paragraph, tuple) else (paragraph, None)
        document.add_paragraph(text, style=style)
    return document


def read_one(document):
    (found,) = reader.read("folder/library.docx", document if isinstance(document, bytes) else packed(document))
    return found


def filled(table, rows):
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def test_paragraphs_are_read_in_order():
    found = read_one(written(FIRST, "", "  ", SECOND))
    assert found.text == f"{FIRST}\n\n{SECOND}"
    assert (found.name, found.path, found.extracted, found.titled) == ("library", "folder/library.docx", True, False)


def test_paragraphs_and_tables_are_read_in_the_order_in_which_they_stand():
    document = written(FIRST)
    filled(document.add_table(2, 2), [["Branch", "Books"], ["Harbour", "12,000"]])
    document.add_paragraph(SECOND)
    assert read_one(document).text.split("\n\n") == [FIRST, "Branch", "Books", "Harbour", "12,000", SECOND]


@pytest.mark.parametrize(("corner", "count"), [((0, 1), 3), ((1, 0), 3), ((1, 1), 1)], ids=["across", "down", "both"])
def test_a_merged_cell_is_read_once(corner, count):
    document = written(FIRST)
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(*corner)).text = "Closed until May."
    for place in {(0, 0), (0, 1), (1, 0), (1, 1)} - {(r, c) for r in range(corner[0] + 1) for c in range(corner[1] + 1)}:
        table.cell(*place).text = "Open."
    lines = read_one(document).text.split("\n\n")
    assert lines.count("Closed until May.") == 1
    assert len(lines) - 1 == count


def test_a_table_in_a_table_is_read():
    document = written(FIRST)
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "Branches"
    cell.add_table(1, 1).cell(0, 0).text = "Harbour"
    assert read_one(document).text.split("\n\n") == [FIRST, "Branches", "Harbour"]


@pytest.mark.parametrize("style", ["List Bullet", "List Number", "List Bullet 2"])
def test_lists_are_read_as_bullets(style):
    document = written(FIRST, ("The roof is old.", style), ("The floor is older.", style))
    found = read_one(document)
    assert found.text.split("\n\n")[1:] == ["- The roof is old.", "- The floor is older."]
    assert [block.kind for block in make_article(found).blocks[1:]] == [BlockKind.BULLET] * 2


def test_the_paragraph_in_the_style_of_a_title_is_the_title():
    found = read_one(written((TITLE, "Title"), FIRST, SECOND))
    assert (found.head.title, found.titled) == (TITLE, True)
    assert found.text == f"{TITLE}\n\n{FIRST}\n\n{SECOND}"
    article = make_article(found)
    assert (article.title, article.blocks[0].kind) == (TITLE, BlockKind.HEADLINE)


def test_a_title_below_a_kicker_goes_on_top():
    assert read_one(written("Culture", (TITLE, "Title"), FIRST)).text == f"{TITLE}\n\nCulture\n\n{FIRST}"


def test_headings_are_kept_in_their_place():
    document = written(FIRST)
    document.add_heading("What happens to the books", 2)
    document.add_paragraph(SECOND)
    assert read_one(document).text.split("\n\n") == [FIRST, "What happens to the books", SECOND]


def test_a_line_break_within_a_paragraph_parts_no_words():
    document = docx.Document()
    document.add_paragraph().add_run("The library closes\nin May,\tthe town said.")
    assert read_one(document).text == "The library closes in May, the town said."


def test_the_words_of_a_link_are_read():
    document = docx.Document()
    paragraph = document.add_paragraph("The library of Velm, says ")
    link = OxmlElement("w:hyperlink")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "the town"
    run.append(text)
    link.append(run)
    paragraph._p.append(link)
    paragraph.add_run(", closes.")
    assert read_one(document).text == "The library of Velm, says the town, closes."


def test_words_that_were_added_while_changes_were_tracked_are_read_and_deleted_ones_are_not():
    document = docx.Document()
    paragraph = document.add_paragraph("The library closes ")
    for mark, name, words in (("w:ins", "w:t", "in May"), ("w:del", "w:delText", "in June")):
        change, run, text = OxmlElement(mark), OxmlElement("w:r"), OxmlElement(name)
        change.set(qn("w:id"), "1")
        text.text = words
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run(", the town said.")
    assert read_one(document).text == "The library closes in May, the town said."


def test_heads_and_feet_of_pages_are_no_words_of_the_article():
    document = written(FIRST)
    document.sections[0].header.paragraphs[0].text = "Harbour Post, draft 3"
    assert read_one(document).text == FIRST


@pytest.mark.parametrize(("author", "read"), [("Ada Holm", "Ada Holm"), ("python-docx", ""), ("", "")])
def test_the_author_is_the_one_in_the_properties(author, read):
    document = written(FIRST)
    document.core_properties.author = author
    assert read_one(document).head.author == read


def test_a_document_that_says_when_it_was_made_is_not_dated_by_it():
    assert read_one(written(FIRST)).head.published is None


@pytest.mark.parametrize("paragraphs", [(), ("", " ")])
def test_a_document_without_text_is_unreadable(paragraphs):
    with pytest.raises(Unreadable, match="no text"):
        reader.read("library.docx", packed(written(*paragraphs)))


def test_a_document_of_a_title_alone_is_unreadable():
    with pytest.raises(Unreadable, match="no text"):
        reader.read("library.docx", packed(written((TITLE, "Title"))))


def archive(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files.items():
            pack.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    "raw",
    [b"The library closes.", b"PK\x03\x04", archive(note="x"), packed(docx.Document())[:-40], packed(docx.Document())[:400]],
    ids=["text", "head", "zip", "cut", "scrap"],
)
def test_what_is_no_word_document_is_unreadable(raw):
    with pytest.raises(Unreadable) as error:
        reader.read("library.docx", raw)
    assert "\n" not in str(error.value) and "save" in str(error.value)


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    with pytest.raises(Unreadable, match="unpack"):
        reader.read("library.docx", archive(a=b"\0" * 70_000_000))


def test_an_archive_of_too_many_files_is_refused(monkeypatch):
    monkeypatch.setattr(reader, "MOST_FILES", 3)
    with pytest.raises(Unreadable, match="unpack"):
        reader.read("library.docx", packed(written(FIRST)))
