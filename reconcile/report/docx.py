"""A report in, the editor's page as a Word document out: the content of the Markdown, with headings, tables and links to the claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reconcile.model import Report, Span
from reconcile.report.matrix import SYMBOLS, Row
from reconcile.report.view import (
    AgreementRow,
    ChangeRow,
    Citation,
    ClaimRow,
    EventRow,
    Item,
    Listing,
    Outlet,
    Sentence,
    SingleRow,
    TimelineRow,
    Version,
    VersionRow,
    View,
    build_view,
)
from reconcile.report.wording import counted, opening, shortened, visible

LONGEST: Final = 160
"""Characters of a whole sentence shown in a table or a line; the full sentence stands in the claim list."""
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""Time of every file in the archive: the first that the format knows."""
FOOT: Final = (
    "Spans count characters of an article's text. Line breaks inside a quote are shown as blanks, and unseen characters as ⟨U+…⟩. "
    "`reconcile explain report.json ID` gives the reasons behind a finding."
)
_NOT_XML = re.compile("[\ufffe\uffff]")
Write = Callable[["_Paragraph"], None]


def render_docx(report: Report) -> bytes:
    """Write the page; the same report gives the same bytes."""
    return docx_page(build_view(report))


def docx_page(view: View) -> bytes:
    """Lay the view out in the order of the Markdown page."""
    page = _Page()
    page.heading("Consistency report", 0)
    page.heading("Bottom line")
    for sentence in view.bottom_line:
        page.paragraph(_sentence(sentence))
    page.heading("What was compared")
    page.table(("Event", "Articles", "Claims", "Compared with"), [_event(row) for row in view.events])
    if view.more_events:
        page.paragraph(_plain(f"And {counted(view.more_events, 'event')} that one article alone tells of."))
    page.heading("Decide before publication")
    page.table(
        ("#", "Point", "Version A", "Version B", "Kind", "Rule", "What would settle it"),
        [_decide(place, item) for place, item in enumerate(view.decide.rows, 1)],
        "No contradiction and no tension was found.",
    )
    if view.second.rows or view.second.more:
        page.heading("Second line", 2)
        page.listing(view.second, "finding", "")
    page.heading("Wording")
    page.listing(view.wording, "difference", "No differences of wording or precision were found.")
    page.heading("Developing figures")
    page.listing(view.developing, "figure", "No later report was found that changes a figure of an earlier one.", developing=True)
    if view.timeline:
        page.heading("Timeline")
        several = len({row.event for row in view.timeline}) > 1
        page.table(("When", "Article", "Said", "Of"), [_timeline(row, several) for row in view.timeline])
        if view.more_timeline:
            page.paragraph(_plain(f"And {counted(view.more_timeline, 'more report')}."))
    if view.versions:
        page.heading("Changed since the earlier version")
        for row in view.versions:
            page.version(row)
    page.heading("What agrees")
    page.table(
        ("Fact", "Articles", "Independent?"), [_agreement(row) for row in view.agreements], "No fact was found that two articles state."
    )
    if view.more_agreements:
        page.paragraph(_plain(f"And {counted(view.more_agreements, 'more agreement')} in report.json."))
    page.heading("One article only")
    page.bullets([_single(row) for row in view.singles], "No claim of weight was found that stands in one article of several.")
    if view.more_singles:
        page.bullets([_plain(f"And {counted(view.more_singles, 'more claim')} in report.json.")], "")
    page.heading("Looked like conflicts, are not")
    page.listing(view.near_misses, "pair", "Nothing.")
    if view.accepted or view.stale:
        page.heading("Known or suppressed")
        page.bullets([_accepted(row.item, row.why) for row in view.accepted], "")
        page.bullets([_plain(f"No longer needed: {line}.") for line in view.stale], "")
    page.heading("Left out")
    page.bullets([_sentence(sentence) for sentence in view.left_out], "Nothing was left out.")
    page.paragraph(_plain("Not checked:"))
    page.bullets([_sentence(sentence) for sentence in view.unchecked], "")
    if view.matrices:
        page.heading("Who says what")
        page.matrices(view)
    page.heading("Claims referred to above")
    page.bullets([_claim(row) for row in view.claims], "None.")
    if view.texts:
        page.paragraph(_plain("The texts that the spans count in, as they were read out of pages and documents:"))
        page.bullets([_plain(f"{text.outlet}: {text.file}") for text in view.texts], "")
    rules = view.rules_digest.removeprefix("sha256:")[:12] or "none"
    page.paragraph(_plain(f"{FOOT} Made by reconcile {view.version}, rules {rules}, model {view.embedder}."))
    return page.save()


class _Page:
    """The document while it is being written."""

    def __init__(self) -> None:
        from docx import Document
        from docx.enum.section import WD_ORIENT
        from docx.shared import Cm, Pt

        self.document: Any = Document()
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.8)
        self.document.styles["Normal"].font.size = Pt(10)
        core = self.document.core_properties
        core.title, core.author, core.comments = "Consistency report", "reconcile", ""
        for element in list(core._element):  # when a document was made is nobody's business but a clock's
            if element.tag.endswith(("}created", "}modified", "}lastModifiedBy", "}revision")):
                core._element.remove(element)

    def heading(self, text: str, level: int = 1) -> None:
        self.document.add_heading(text, level)

    def paragraph(self, write: Write, style: str | None = None) -> None:
        write(_Paragraph(self.document.add_paragraph(style=style)))

    def bullets(self, lines: Iterable[Write], otherwise: str) -> None:
        each = list(lines)
        for line in each:
            self.paragraph(line, "List Bullet")
        if not each and otherwise:
            self.paragraph(_plain(otherwise))

    def listing(self, listing: Listing, noun: str, otherwise: str, *, developing: bool = False) -> None:
        """Write the rows of a section, then how many more there are."""
        self.bullets([_line(item, developing) for item in listing.rows], "" if listing.more else otherwise)
        if listing.more:
            self.bullets([_plain(f"And {counted(listing.more, 'more ' + noun)} in report.json.")], "")

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[Write]], otherwise: str = "Nothing.") -> None:
        """Write a table whose first row is repeated on every page."""
        if not rows:
            self.paragraph(_plain(otherwise))
            return
        table = self.document.add_table(rows=1 + len(rows), cols=len(headers), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, headers, strict=True):
            _Paragraph(cell.paragraphs[0]).text(text, bold=True)
        table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", {"w:val": "true"}))
        for row, cells in zip(table.rows[1:], rows, strict=True):
            for cell, write in zip(row.cells, cells, strict=True):
                write(_Paragraph(cell.paragraphs[0]))

    def matrices(self, view: View) -> None:
        """Write what the marks mean, then the matrix of each event."""
        marks = ", ".join(f"{symbol} {stance.value}" for stance, symbol in SYMBOLS.items())
        self.paragraph(
            _plain(
                f"{marks}. The letters are those of the versions; A is the one told first, which makes it no truer. "
                "Silence is no disagreement."
            )
        )
        for matrix in view.matrices:
            self.paragraph(_plain(f"{matrix.event} {shortened(matrix.label, LONGEST)}"))
            heads = ("#", "Point", "Kind", *(column.outlet for column in matrix.columns))
            self.table([clean(head) for head in heads], [_matrix(row) for row in matrix.rows])
        if view.more_matrices:
            self.paragraph(
                _plain(
                    f"{opening(counted(view.more_matrices, 'event'))} with too many articles for a page: "
                    "`reconcile report --format csv` writes matrix.csv."
                )
            )

    def version(self, row: VersionRow) -> None:
        """Write the sentence, the table and the rest of an earlier version."""
        self.paragraph(_sentence(row.about))
        if row.changes:
            self.table(("Before", "Now"), [_change(change) for change in row.changes])
        if row.more:
            self.paragraph(_plain(f"And {counted(row.more, 'more change')} in report.json."))

    def save(self) -> bytes:
        """Return the archive with the time of every file fixed."""
        made, fixed = BytesIO(), BytesIO()
        self.document.save(made)
        with ZipFile(made) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
            for name in source.namelist():
                entry = ZipInfo(name, EPOCH)
                entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
                target.writestr(entry, source.read(name))
        return fixed.getvalue()


class _Paragraph:
    """A paragraph of runs; whatever text comes in is text and nothing else."""

    def __init__(self, paragraph: Any) -> None:  # noqa: ANN401 - python-docx has no types
        self.paragraph = paragraph

    def text(self, text: str, *, bold: bool = False, italic: bool = False, mono: bool = False) -> None:
        """Add words."""
        if not text:
            return
        run = self.paragraph.add_run(clean(text))
        run.bold, run.italic = bold or None, italic or None
        if mono:
            run.font.name = "Consolas"

    def link(self, text: str, anchor: str) -> None:
        """Add words that lead to a bookmark of this document."""
        run = self.paragraph.add_run(clean(text))
        run.font.underline = True
        link = _element("w:hyperlink", {"w:anchor": anchor, "w:history": "1"})
        link.append(run._r)
        self.paragraph._p.append(link)

    def bookmark(self, name: str, number: int) -> None:
        """Make this place one that links can lead to."""
        self.paragraph._p.append(_element("w:bookmarkStart", {"w:id": str(number), "w:name": name}))
        self.paragraph._p.append(_element("w:bookmarkEnd", {"w:id": str(number)}))

    def cite(self, citation: Citation, dated: bool = False) -> None:
        """Add an outlet, whom it cites, its words and where they stand."""
        self.text(citation.outlet, italic=True)
        about = [f"citing {shortened(citation.speaker, 60)}"] if citation.speaker else []
        about += [citation.published] if dated else []
        words = shortened(citation.quote, LONGEST) if citation.whole else citation.quote
        self.text(f'{" (" + ", ".join(about) + ")" if about else ""}: "{visible(words)}" ')
        self.link(_where(citation.span), f"c{citation.claim}")

    def version(self, version: Version, dated: bool = False) -> None:
        """Add one side of a point."""
        for place, citation in enumerate(version.citations):
            self.text("; " if place else "")
            self.cite(citation, dated)
        self.text(f"; and {counted(version.more, 'more passage')}" if version.more else "")


def clean(text: str) -> str:
    """Return a text that XML can hold, with a blank where it began or ended with one."""
    shown = _NOT_XML.sub(lambda match: f"⟨U+{ord(match.group()):04X}⟩", visible(text))
    if not shown:
        return " " if text else ""
    return " " * text[0].isspace() + shown + " " * text[-1].isspace()


def _element(tag: str, attributes: dict[str, str]) -> Any:  # noqa: ANN401 - lxml has no types
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element


def _where(span: Span) -> str:
    return f"[{span.start}–{span.end}]"


def _plain(text: str) -> Write:
    return lambda paragraph: paragraph.text(text)


def _code(text: str) -> Write:
    return lambda paragraph: paragraph.text(text, mono=True)


def _sentence(sentence: Sentence) -> Write:
    def write(paragraph: _Paragraph) -> None:
        for piece in sentence:
            if isinstance(piece, Outlet):
                paragraph.text(piece.name, italic=True)
            elif isinstance(piece, Citation):
                paragraph.cite(piece)
            else:
                paragraph.text(piece)

    return write


def _event(row: EventRow) -> tuple[Write, ...]:
    return (
        _plain(f"{row.id} {shortened(row.label, LONGEST)}"),
        _plain(", ".join(row.outlets)),
        _plain(f"{row.claims:,}"),
        _plain(row.compared),
    )


def _kind(item: Item) -> str:
    return item.kind + (", inside one article" if item.internal and item.kind else "")


def _decide(place: int, item: Item) -> tuple[Write, ...]:
    first, others = item.versions[0], item.versions[1:]

    def number(paragraph: _Paragraph) -> None:
        paragraph.text(f"{place} ")
        paragraph.text(item.id, mono=True)

    def rest(paragraph: _Paragraph) -> None:
        for number, version in enumerate(others):
            if number:
                paragraph.paragraph.add_run().add_break()
            if len(others) > 1:
                paragraph.text(f"{version.label} ", bold=True)
            paragraph.version(version)
        paragraph.text(f"; and {counted(item.more, 'more version')}" if item.more else "")

    reason = f": {item.reason}" if item.reason else ""
    return (
        number,
        _plain(item.point),
        lambda paragraph: paragraph.version(first),
        rest,
        _plain(_kind(item) + reason),
        _code(item.rule),
        _plain(item.settle or "–"),
    )


def _line(item: Item, developing: bool, after: str = "") -> Write:
    """Write a point in one line, as the Markdown does."""

    def write(paragraph: _Paragraph) -> None:
        if item.point:
            paragraph.text(item.point, bold=True)
            paragraph.text(": ")
        for place, version in enumerate(item.versions):
            paragraph.text((" → " if developing else " — " if item.point else " and ") if place else "")
            paragraph.version(version, developing)
        reason = opening(": ".join(part for part in (_kind(item), item.reason) if part))
        paragraph.text(f" and {counted(item.more, 'more version')}" if item.more else "")
        paragraph.text(f". {reason}. ")
        paragraph.text(item.id, mono=True)
        paragraph.text(f" {after}" if after else "")

    return write


def _accepted(item: Item, why: str) -> Write:
    return _line(item, False, f"{opening(why)}.")


def _agreement(row: AgreementRow) -> tuple[Write, ...]:
    words = f'"{visible(shortened(row.fact, LONGEST) if row.whole else row.fact)}"'

    def where(paragraph: _Paragraph) -> None:
        for place, citation in enumerate(row.citations):
            paragraph.text(", " if place else "")
            paragraph.text(citation.outlet, italic=True)
            paragraph.text(" ")
            paragraph.link(_where(citation.span), f"c{citation.claim}")
        paragraph.text(f" and {row.more} more" if row.more else "")

    return _plain(f"{row.point}: {words}" if row.point else words), where, _plain(row.independence)


def _timeline(row: TimelineRow, several: bool) -> tuple[Write, ...]:
    def said(paragraph: _Paragraph) -> None:
        paragraph.text(f'"{visible(shortened(row.quote, LONGEST))}" ')
        if row.claim is None:
            paragraph.text(_where(row.span))
        else:
            paragraph.link(_where(row.span), f"c{row.claim}")

    return _plain(row.published), _plain(row.outlet), said, _plain(f"{row.event}: {row.about}" if several else row.about)


def _matrix(row: Row) -> tuple[Write, ...]:
    versions = "; ".join(f'{label} "{words}"' if label else f'"{words}"' for label, words in row.versions if label or words != row.point)
    point = shortened(f"{row.point}: {versions}" if versions else row.point, LONGEST)
    return _code(row.short), _plain(point), _plain(row.kind), *(_plain(cell.mark) for cell in row.cells)


def _single(row: SingleRow) -> Write:
    def write(paragraph: _Paragraph) -> None:
        paragraph.cite(row.citation)
        paragraph.text(f" — {row.weight}. " if row.weight else ". ")
        paragraph.text(row.id, mono=True)

    return write


def _change(change: ChangeRow) -> tuple[Write, Write]:
    return _changed(change.before, change.before_span), _changed(change.after, change.after_span)


def _changed(words: str, span: Span | None) -> Write:
    return _plain(f'"{visible(shortened(words, 2 * LONGEST))}"{" " + _where(span) if span else ""}' if words else "–")


def _claim(row: ClaimRow) -> Write:
    def write(paragraph: _Paragraph) -> None:
        paragraph.bookmark(f"c{row.number}", row.number)
        paragraph.text(f"c{row.number} ", bold=True)
        paragraph.text(f"{row.id} ", mono=True)
        paragraph.text(row.outlet, italic=True)
        paragraph.text(f' {_where(row.span)}: "{visible(row.quote)}"')

    return write
