"""A report in, one page for a browser out: nothing is loaded from elsewhere, and nothing that stands in an article can act as markup."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import chain
from typing import Final, TypeAlias

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from reconcile.model import Article, RemovalReason, Report, Severity, Span
from reconcile.report.chart import draw_chart
from reconcile.report.marked import Paragraph, Reference, anchor, mark_article
from reconcile.report.matrix import Matrix, build_matrices
from reconcile.report.timeline import Mark, Timeline, build_timelines
from reconcile.report.view import EVERYTHING, AgreementRow, Citation, EventRow, Item, SingleRow, Version, View, build_view
from reconcile.report.wording import KIND_WORDS, REMOVAL_WORDS, counted, listed, opening, outlet_names, publication, short_ids, visible_part

SENTENCES: Final = 3
"""Passages of a version shown with the sentence around them; the others are named with their place."""
CONTEXT: Final = 200
"""Characters shown on either side of the words in a long sentence."""
EVENTS: Final = 8
"""Events shown before the others are folded away."""
MATRIX_ROWS: Final = 60
MATRIX_COLUMNS: Final = 40
MATRIX_CELLS: Final = 3000
"""Cells of all matrices together; the events that most articles tell of come first."""
REPORTS: Final = 24
"""Reports of a figure that a chart has room for; those that only repeat what stood before are left out first."""
_PLAIN: Final = re.compile(r"[A-Za-z0-9_.-]{1,80}")
_UNFIT: Final = re.compile(r"[^A-Za-z0-9_.-]+")

Row: TypeAlias = "Item | AgreementRow | SingleRow"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding: its name in the page's markup, the sign beside its colour, and what it is called."""

    name: str
    sign: str
    words: str


KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind(Severity.CONTRADICTION.value, "≠", KIND_WORDS[Severity.CONTRADICTION]),
        Kind(Severity.TENSION.value, "?", KIND_WORDS[Severity.TENSION]),
        Kind(Severity.TERMINOLOGY.value, "≈", KIND_WORDS[Severity.TERMINOLOGY]),
        Kind(Severity.GRANULARITY.value, "⊃", KIND_WORDS[Severity.GRANULARITY]),
        Kind(Severity.UPDATE.value, "→", KIND_WORDS[Severity.UPDATE]),
        Kind("agreement", "=", "agree"),
        Kind("single", "◦", "one article only"),
        Kind("near-miss", "∥", "looked like a conflict, is none"),
    )
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding with its number on the page and the page's names of the articles in it."""

    number: int
    kind: Kind
    row: Row
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Words that several passages of a version share, and those passages."""

    quote: str
    whole: bool
    full: tuple[Citation, ...]
    """Passages shown with their sentence."""
    brief: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article as the page shows it."""

    name: str
    """Its name in the page's addresses."""
    outlet: str
    title: str
    about: tuple[str, ...]
    language: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """What of a matrix the page has room for."""

    matrix: Matrix
    columns: tuple[int, ...]
    more_rows: int
    more_columns: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure by the hour of report, drawn."""

    entry: Entry
    update: bool
    drawing: Markup
    more: int
    """Reports left out."""


def render_html(report: Report) -> str:
    """Write the page that an editor opens in a browser, with every article beside the findings."""
    view = build_view(report, EVERYTHING)
    names = page_names(report.articles)
    sections = _sections(view, names)
    entries = tuple(chain.from_iterable(sections.values()))
    numbers = {entry.row.id: entry for entry in entries}
    short = short_ids([finding.id for finding in (*report.findings, *report.rejected)])
    matrices = build_matrices(report)
    grids = tuple(_grids(matrices))
    style, early, late = (_own(name) for name in ("page.css", "early.js", "page.js"))
    page = _template().render(
        view=view,
        sections=sections,
        entries=entries,
        numbers=numbers,
        tally=tuple((kind, sum(entry.kind is kind for entry in entries)) for kind in KINDS.values()),
        kinds=KINDS,
        names=names,
        outlets=outlet_names(report.articles),
        events=view.events[:EVENTS],
        more_events=view.events[EVENTS:],
        fields=sorted({entry.row.field for entry in entries}),
        title=_title(view.events),
        texts=tuple(_texts(report, view, names, entries)),
        grids=grids,
        more_grids=len(matrices) - len(grids),
        timelines=tuple((timeline, tuple(_charts(timeline, numbers, short))) for timeline in build_timelines(report) if timeline.developed),
        style=Markup(style),
        early=Markup(early),
        late=Markup(late),
        policy=_policy(style, (early, late)),
        rules=view.rules_digest.removeprefix("sha256:")[:12] or "none",
    )
    return page.strip() + "\n"


def page_names(articles: Sequence[Article]) -> dict[str, str]:
    """Name each article in the page's addresses: its id where that is plain, else what is plain of it; no two alike."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for article in sorted(articles, key=lambda article: (not _PLAIN.fullmatch(article.id), article.id)):
        stem = article.id if _PLAIN.fullmatch(article.id) else _UNFIT.sub("-", article.id)[:60].strip("-.") or "article"
        name, place = stem, 2
        while name in taken:
            name, place = f"{stem}-{place}", place + 1
        taken.add(name)
        names[article.id] = name
    return names


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("reconcile.report"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
        finalize=_shown,
    )
    environment.filters.update(counted=counted, opening=opening, listed=listed, citations=citations, words=_words, left_out=_left_out)
    environment.filters.update(before=_before, after=_after)
    environment.globals["anchor"] = anchor
    return environment.get_template("consistency.html.j2")


def _shown(value: object) -> object:
    """Let nothing onto the page that a browser would obey unseen; what is markup already has passed here."""
    return visible_part(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


@cache
def _own(name: str) -> str:
    """Return a file of ours that goes into the page as it is."""
    return files("reconcile.report").joinpath("templates", name).read_text("utf-8")


def _policy(style: str, scripts: Iterable[str]) -> str:
    """Allow the page its own style and scripts and nothing else: no address is ever asked for anything."""
    allowed = " ".join(_digest(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _title(events: Sequence[EventRow]) -> str:
    return events[0].label if events else ""


def _sections(view: View, names: Mapping[str, str]) -> dict[str, tuple[Entry, ...]]:
    """Give each finding its number, in the order of the page."""
    listings: Mapping[str, Sequence[Row]] = {
        "decide": view.decide.rows,
        "second": view.second.rows,
        "wording": view.wording.rows,
        "developing": view.developing.rows,
        "agreements": view.agreements,
        "singles": view.singles,
        "near_misses": view.near_misses.rows,
        "accepted": [replace(row.item, reason=f"{row.item.reason}; {row.why}" if row.item.reason else row.why) for row in view.accepted],
    }
    sections, number = {}, 1
    for section, rows in listings.items():
        sections[section] = tuple(_entry(number + place, row, names) for place, row in enumerate(rows))
        number += len(rows)
    return sections


def _entry(number: int, row: Row, names: Mapping[str, str]) -> Entry:
    return Entry(number, _kind(row), row, tuple(dict.fromkeys(names[citation.article] for citation in citations(row))))


def _kind(row: Row) -> Kind:
    if isinstance(row, Item):
        return KINDS[row.severity.value if row.severity else "near-miss"]
    return KINDS["agreement" if isinstance(row, AgreementRow) else "single"]


def citations(row: Row) -> tuple[Citation, ...]:
    """Return every passage that a finding rests on, in the order in which the page shows them."""
    if isinstance(row, Item):
        return tuple(citation for version in row.versions for citation in version.citations)
    return row.citations if isinstance(row, AgreementRow) else (row.citation,)


def _words(version: Version) -> tuple[Words, ...]:
    """Group the passages of a version by their words."""
    same: dict[str, list[Citation]] = defaultdict(list)
    for citation in version.citations:
        same[citation.quote.casefold()].append(citation)
    grouped, room = [], SENTENCES
    for passages in same.values():
        grouped.append(Words(passages[0].quote, passages[0].whole, tuple(passages[:room]), tuple(passages[room:])))
        room = max(0, room - len(passages))
    return tuple(grouped)


def _before(citation: Citation) -> str:
    """Return the sentence before the words, its beginning left out where it is long."""
    text = citation.before
    return text if len(text) <= CONTEXT else "… " + text[-CONTEXT:].partition(" ")[2]


def _after(citation: Citation) -> str:
    text = citation.after
    return text if len(text) <= CONTEXT else text[:CONTEXT].rpartition(" ")[0] + " …"


def _left_out(reasons: Sequence[RemovalReason]) -> str:
    tally = Counter(reasons)
    return listed([counted(tally[reason], *REMOVAL_WORDS[reason]) for reason in RemovalReason if tally[reason]])


def _texts(report: Report, view: View, names: Mapping[str, str], entries: Sequence[Entry]) -> Iterator[ArticleText]:
    """Yield every article with all that an address may point to: its claims, and all words that the page shows."""
    spans: dict[str, dict[Span, dict[str, Reference]]] = defaultdict(lambda: defaultdict(dict))
    for claim in report.claims:
        spans[claim.article][claim.span] = {}
    for entry in entries:
        for citation in citations(entry.row):
            spans[citation.article][citation.span][entry.row.id] = Reference(entry.number, entry.row.id, entry.kind.name)
    for row in view.timeline:
        spans[row.article].setdefault(row.span, {})
    outlets = outlet_names(report.articles)
    for article in report.articles:
        name = names[article.id]
        marks = {span: tuple(notes.values()) for span, notes in spans[article.id].items()}
        about = (publication(article), article.author, article.url or "", article.path)
        paragraphs = mark_article(article, name, marks)
        headed = article.title in article.text or any(paragraph.kind == "headline" for paragraph in paragraphs)
        yield ArticleText(
            name, outlets[article.id], "" if headed else article.title, tuple(filter(None, about)), article.language, paragraphs
        )


def _grids(matrices: Iterable[Matrix]) -> Iterator[Grid]:
    """Yield as many matrices as there is room for, the first in any case."""
    room = MATRIX_CELLS
    for place, grid in enumerate(map(_grid, matrices)):
        room -= (len(grid.matrix.rows) - grid.more_rows) * len(grid.columns)
        if place and room < 0:
            return
        yield grid


def _grid(matrix: Matrix) -> Grid:
    """Keep the weightiest points, and the articles that say most on them."""
    rows = matrix.rows[:MATRIX_ROWS]
    said = Counter(place for row in rows for place, cell in enumerate(row.cells) if cell.evidence)
    kept = sorted(sorted(range(len(matrix.columns)), key=lambda place: -said[place])[:MATRIX_COLUMNS])
    return Grid(matrix, tuple(kept), len(matrix.rows) - len(rows), len(matrix.columns) - len(kept))


def _charts(timeline: Timeline, numbers: Mapping[str, Entry], short: Mapping[str, str]) -> Iterator[Chart]:
    for series in timeline.series:
        marks = _turns(series.marks)
        # The drawing escapes every text in it.
        drawing = Markup(draw_chart(replace(series, marks=tuple(marks), undated=series.undated[:REPORTS])))
        left_out = len(series.marks) - len(marks) + len(series.undated[REPORTS:])
        yield Chart(numbers[short[series.finding]], series.update, drawing, left_out)


def _turns(marks: Sequence[Mark]) -> Sequence[Mark]:
    """Return all reports of a short series; of a long one the first, the last, and those that give another version than the one before."""
    if len(marks) <= REPORTS:
        return marks
    turns = [mark for place, mark in enumerate(marks) if place in (0, len(marks) - 1) or mark.side != marks[place - 1].side]
    return [*turns[: REPORTS - 1], turns[-1]] if len(turns) > REPORTS else turns
