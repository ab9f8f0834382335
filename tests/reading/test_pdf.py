import io

import pytest
from pypdf import PdfReader, PdfWriter

from reconcile.errors import Unreadable
from reconcile.model import Article
from reconcile.reading import documents, pdf
from reconcile.reading.documents import make_article

TITLE = "Velm votes for a tram to the harbour"
STORY = (
    "The council of Velm voted on Monday for a tram from the station to the harbour, which is to open in four years.",
    "The line costs 210 million, of which the state pays half, the mayor said after the vote on Monday evening.",
    "Nine members voted against it because they want more buses for the villages around the town instead of rails.",
    "Work begins next spring with the bridge over the Lune, the longest of the three that the line has to cross.",
)


def drawn(lines, encode):
    shown = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines)
    return b"BT /F1 10 Tf 14 TL 50 780 Td " + b" ".join(b"(" + encode(line) + b") Tj T*" for line in shown) + b" ET"


def make_pdf(*pages, info=""):
    """Return a PDF with the given lines on each page, set in Helvetica."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for i, lines in enumerate(pages):
        stream = drawn(lines, lambda line: line.encode("cp1252"))
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents {5 + 2 * i} 0 R >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
    objects.append(f"<< {info} >>".encode())
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode() + trailer.encode()


def locked(raw, password, owner="owner"):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(raw)))
    writer.encrypt(password, owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def read_one(raw):
    (document,) = pdf.read("folder/tram.pdf", raw)
    return document


def article_of(raw):
    article = make_article(read_one(raw))
    assert isinstance(article, Article)
    return article


def paragraphs(article):
    return [" ".join(block.span.of(article.text).split()) for block in article.blocks]


def test_the_lines_of_all_pages_are_read_in_order():
    document = read_one(make_pdf([TITLE, "", *STORY[:2]], [*STORY[2:]]))
    assert document.text.split("\n")[0] == TITLE
    assert document.text.split() == " ".join([TITLE, *STORY]).split()
    assert (document.name, document.path, document.extracted) == ("tram", "folder/tram.pdf", True)


def test_letters_beyond_ascii_are_read():
    line = "The café “Zum Gröner” pays 900 € – the mayor’s brother owns it, she said on Monday."
    assert read_one(make_pdf([line])).text == line


def test_heads_and_feet_that_run_through_three_pages_are_dropped():
    pages = [
        ["Harbour Post", "Grane and the coast", *STORY, f"Extra line {text}.", f"Page {n} of 3"]
        for n, text in ((1, "a"), (2, "b"), (3, "c"))
    ]
    text = read_one(make_pdf(*pages)).text
    assert "Harbour Post" not in text and "Grane and the coast" not in text and "Page" not in text
    assert [text.count(story) for story in STORY] == [3] * 4
    assert [text.count(f"Extra line {letter}.") for letter in "abc"] == [1, 1, 1]


def test_a_head_with_the_number_of_the_page_in_it_is_dropped():
    pages = [[f"{n} Harbour Post {n}", story, *STORY[:1]] for n, story in enumerate(STORY[1:], 1)]
    assert "Harbour Post" not in read_one(make_pdf(*pages)).text


def test_a_line_that_comes_again_on_two_pages_is_kept():
    assert read_one(make_pdf(["Harbour Post", *STORY[:2]], ["Harbour Post", *STORY[2:]])).text.count("Harbour Post") == 2


def test_a_line_that_comes_again_in_the_middle_of_the_pages_is_kept():
    pages = [
        [f"{word} first.", f"{word} second.", "The vote was close.", f"{word} third.", f"{word} fourth."] for word in ("Aa", "Bb", "Cc")
    ]
    assert read_one(make_pdf(*pages)).text.count("The vote was close.") == 3


def test_sentences_that_differ_only_in_their_figures_are_kept_at_the_edge_of_pages():
    facts = [f"In year {n} the tram is to carry {n * 3700} people a day." for n in (1, 2, 3)]
    text = read_one(make_pdf(*[[fact, story] for fact, story in zip(facts, STORY, strict=False)])).text
    assert [fact for fact in facts if fact not in text] == []


def test_words_that_were_parted_at_the_end_of_a_line_are_joined():
    raw = make_pdf(["The council of Velm voted for a new sta-", "tion at the har-", "bour, the mayor said on Monday."])
    assert "new station at the harbour, the mayor" in read_one(raw).text


def test_words_that_were_parted_at_the_end_of_a_page_are_joined():
    raw = make_pdf(["The council of Velm voted for a new sta-"], ["tion, the mayor said on Monday."])
    assert "a new station, the mayor" in read_one(raw).text


@pytest.mark.parametrize(
    "lines", [("The council voted for a Velm-", "Portneuf line on Monday."), ("It takes 10-", "20 minutes, she said.")]
)
def test_a_hyphen_of_a_name_or_a_range_is_kept(lines):
    assert read_one(make_pdf(list(lines))).text == "".join(lines)


def test_a_sentence_that_runs_over_a_page_is_one_block():
    first = ["The council of Velm voted on Monday for a tram from the station", "to the harbour, which"]
    second = ["is to open in four years, the mayor said."]
    assert paragraphs(article_of(make_pdf([TITLE, *first], second)))[-1] == " ".join([*first, *second])


def test_a_sentence_that_runs_over_a_page_with_running_heads_is_one_block():
    pages = [
        ["Harbour Post", "The council of Velm voted on Monday for a tram from", "Page 1"],
        ["Harbour Post", "the station to the harbour. The line costs 210 million, of", "Page 2"],
        ["Harbour Post", "which the state pays half, the mayor said after the vote.", "Page 3"],
    ]
    assert paragraphs(article_of(make_pdf(*pages))) == [" ".join(page[1] for page in pages)]


def test_the_title_in_the_properties_counts_where_the_first_page_has_it():
    raw = make_pdf([TITLE, *STORY], info=f"/Title ({TITLE}) /Author (Ada Holm)")
    assert (read_one(raw).head.title, read_one(raw).head.author) == (TITLE, "Ada Holm")
    assert article_of(raw).text.count(TITLE) == 1


@pytest.mark.parametrize("name", ["Microsoft Word - tram_v3.doc", "untitled", ""])
def test_a_title_that_does_not_stand_on_the_page_is_none(name):
    assert read_one(make_pdf([TITLE, *STORY], info=f"/Title ({name})")).head.title == ""


def test_a_title_that_was_broken_over_two_lines_is_that_of_the_article():
    article = article_of(make_pdf(["Velm votes for a tram", "to the harbour", *STORY], info=f"/Title ({TITLE})"))
    assert article.title == TITLE
    assert article.text.count("tram\nto the harbour") + article.text.count(TITLE) == 1


def test_a_pdf_without_properties_is_read():
    assert read_one(make_pdf(list(STORY)).replace(b"/Info 6 0 R", b"")).text.split() == " ".join(STORY).split()


def test_a_pdf_that_is_locked_with_a_password_is_unreadable():
    with pytest.raises(Unreadable, match="password"):
        pdf.read("tram.pdf", locked(make_pdf(list(STORY)), "tern"))


def test_a_pdf_that_anybody_may_open_is_read_though_it_is_encrypted():
    assert read_one(locked(make_pdf(list(STORY)), "")).text.split() == " ".join(STORY).split()


@pytest.mark.parametrize("pages", [[[]], [[" "], [""]]], ids=["no-line", "blank-lines"])
def test_a_pdf_without_text_is_unreadable(pages):
    with pytest.raises(Unreadable, match="no text"):
        pdf.read("tram.pdf", make_pdf(*pages))


@pytest.mark.parametrize(
    "raw",
    [b"The council voted.", b"%PDF-1.4\n", b"%PDF-1.4\n%%EOF\n", make_pdf(list(STORY))[:120], b"\0" * 200],
    ids=["text", "head", "empty", "cut", "zeros"],
)
def test_what_is_no_pdf_is_unreadable(raw):
    with pytest.raises(Unreadable) as error:
        pdf.read("tram.pdf", raw)
    assert "\n" not in str(error.value) and "save" in str(error.value)


def test_a_pdf_of_too_many_pages_is_unreadable(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    assert read_one(make_pdf(["One."], ["Two."])).text == "One.\n\nTwo."
    with pytest.raises(Unreadable, match="2 pages"):
        pdf.read("tram.pdf", make_pdf(["One."], ["Two."], ["Three."]))


def test_a_pdf_of_too_much_text_is_unreadable(monkeypatch):
    monkeypatch.setattr(pdf, "LONGEST_ARTICLE", 50)
    assert documents.LONGEST_ARTICLE > 50
    with pytest.raises(Unreadable, match="50 characters"):
        pdf.read("tram.pdf", make_pdf(list(STORY)))
