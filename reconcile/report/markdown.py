"""A report in, the editor's page in Markdown out; nothing that stands in an article can act as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from tabulate import tabulate

from reconcile.model import Report, Span
from reconcile.report.matrix import SYMBOLS, Matrix, Row
from reconcile.report.view import (
    AgreementRow,
    Citation,
    ClaimRow,
    EventRow,
    Item,
    Listing,
    OutdatedRow,
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
_SPECIAL = re.compile(r"[\\`*_{}\[\]~|$#]")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ENTITY = re.compile("[&<>]")


def render_markdown(report: Report) -> str:
    """Write the page an editor reads in two minutes."""
    return markdown_page(build_view(report))


def markdown_page(view: View) -> str:
    """Lay the view out in the order of the template."""
    page = _template().render(
        bottom_line=[_sentence(sentence) for sentence in view.bottom_line],
        compared=_events_table(view.events),
        more_events=counted(view.more_events, "event") if view.more_events else "",
        decide=_decide_table(view.decide.rows),
        second=_lines(view.second, "finding"),
        wording=_lines(view.wording, "difference"),
        versions=[_version_section(row) for row in view.versions],
        developing=_lines(view.developing, "figure", developing=True),
        timeline=_timeline_table(view.timeline),
        more_timeline=counted(view.more_timeline, "more report") if view.more_timeline else "",
        agreements=_agreements_table(view.agreements),
        more_agreements=f"{counted(view.more_agreements, 'more agreement')}" if view.more_agreements else "",
        singles=[*map(_single, view.singles), *_rest(view.more_singles, "claim")],
        near_misses=_lines(view.near_misses, "pair"),
        outdated=[_outdated(row) for row in view.outdated],
        accepted=[f"{_line(row.item, False)} {opening(escape(row.why))}." for row in view.accepted],
        stale=[escape(line) for line in view.stale],
        left_out=[_sentence(sentence) for sentence in view.left_out],
        unchecked=[_sentence(sentence) for sentence in view.unchecked],
        matrices=[(escape(f"{matrix.event} {shortened(matrix.label, LONGEST)}"), _matrix_table(matrix)) for matrix in view.matrices],
        legend=", ".join(f"{symbol} {stance.value}" for stance, symbol in SYMBOLS.items()),
        more_matrices=counted(view.more_matrices, "event") if view.more_matrices else "",
        claims=[_claim(row) for row in view.claims],
        texts=[f"{_outlet(text.outlet)}: [{escape(text.file)}]({text.file})" for text in view.texts],
        version=escape(view.version),
        rules=code(view.rules_digest.removeprefix("sha256:")[:12] or "none"),
        embedder=escape(view.embedder),
    )
    return page.strip() + "\n"


@cache
def _template() -> Template:
    # Every value is escaped for Markdown before it gets here; HTML escaping on top would spoil it.
    environment = Environment(
        loader=PackageLoader("reconcile.report"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    return environment.get_template("consistency.md.j2")


def escape(text: str) -> str:
    """Put a text on one line on which no character is markup, in a table or out of one."""
    flat = _ENTITY.sub(lambda match: _ENTITIES[match.group()], visible(text))
    return _SPECIAL.sub(lambda match: "\\" + match.group(), flat)


def code(text: str) -> str:
    """Write an id as code; a backtick or a pipe in it would end the code or the cell."""
    return "`" + visible(text).replace("`", "'").replace("|", "¦") + "`"


def _outlet(name: str) -> str:
    return f"*{escape(name)}*"


def _sentence(sentence: Sentence) -> str:
    return "".join(_piece(piece) for piece in sentence)


def _piece(piece: str | Outlet | Citation) -> str:
    if isinstance(piece, Outlet):
        return _outlet(piece.name)
    if isinstance(piece, Citation):
        return _cite(piece)
    # The blanks at the ends of a piece part it from its neighbours.
    return " " * piece.startswith(" ") + escape(piece) + " " * piece.endswith(" ")


def _words(citation: Citation) -> str:
    """Quote the words; a whole sentence that is long gets a gap, a phrase never."""
    return '"' + escape(shortened(citation.quote, LONGEST) if citation.whole else citation.quote) + '"'


def _link(citation: Citation) -> str:
    return f"[{citation.span.start}–{citation.span.end}](#c{citation.claim})"


def _cite(citation: Citation, dated: bool = False) -> str:
    about = [f"citing {escape(shortened(citation.speaker, 60))}"] if citation.speaker else []
    about += [escape(citation.published)] if dated else []
    note = f" ({', '.join(about)})" if about else ""
    return f"{_outlet(citation.outlet)}{note}: {_words(citation)} {_link(citation)}"


def _version(version: Version, dated: bool = False) -> str:
    more = f"; and {counted(version.more, 'more passage')}" if version.more else ""
    return "; ".join(_cite(citation, dated) for citation in version.citations) + more


def _table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    body = [list(row) for row in rows]
    return tabulate(body, headers=list(headers), tablefmt="github", disable_numparse=True) if body else ""


def _events_table(rows: Sequence[EventRow]) -> str:
    cells = (
        (escape(f"{row.id} {shortened(row.label, LONGEST)}"), ", ".join(map(_outlet, row.outlets)), f"{row.claims:,}", row.compared)
        for row in rows
    )
    return _table(("Event", "Articles", "Claims", "Compared with"), cells) or "Nothing."


def _decide_table(rows: Sequence[Item]) -> str:
    headers = ("#", "Point", "Version A", "Version B", "Kind", "Rule", "What would settle it")
    return _table(headers, (_decide_row(place, item) for place, item in enumerate(rows, 1)))


def _decide_row(place: int, item: Item) -> tuple[str, ...]:
    first, others = item.versions[0], item.versions[1:]
    other = "<br>".join((f"**{escape(v.label)}** " if len(others) > 1 else "") + _version(v) for v in others)
    more = f"<br>and {counted(item.more, 'more version')}" if item.more else ""
    return (
        f"{place} {code(item.id)}",
        escape(item.point),
        _version(first),
        other + more,
        _kind(item) + (f": {escape(item.reason)}" if item.reason else "") + (f"<br>{_decided(item.decided)}" if item.decided else ""),
        code(item.rule),
        escape(item.settle) or "–",
    )


def _kind(item: Item) -> str:
    return item.kind + (", inside one article" if item.internal and item.kind else "")


def _lines(listing: Listing, noun: str, *, developing: bool = False) -> list[str]:
    return [*(_line(item, developing) for item in listing.rows), *_rest(listing.more, noun)]


def _rest(more: int, noun: str) -> list[str]:
    return [f"And {counted(more, 'more ' + noun)} in report.json."] if more else []


def _line(item: Item, developing: bool) -> str:
    """Write a point in one line: all versions, what they are to each other, why, and the id; figures that develop with their times."""
    versions = [_version(version, developing) for version in item.versions]
    point = f"**{escape(item.point)}**: " if item.point else ""
    more = f" and {counted(item.more, 'more version')}" if item.more else ""
    between = " → " if developing else " — " if item.point else " and "
    reason = ": ".join(part for part in (_kind(item), escape(item.reason)) if part)
    return f"{point}{between.join(versions)}{more}. {opening(reason)}. {code(item.id)}" + _ending(item.decided)


def _decided(words: str) -> str:
    return f"**{escape(opening(words))}**"


def _ending(words: str) -> str:
    """Return what editors decided as the end of a line."""
    return f" — {_decided(words)}" if words else ""


def _outdated(row: OutdatedRow) -> str:
    quotes = " and ".join('"' + escape(shortened(quote, LONGEST)) + '"' for quote in row.quotes)
    return f"{escape(shortened(row.point, LONGEST))}: {quotes}. {_decided(row.decided)}"


def _agreements_table(rows: Sequence[AgreementRow]) -> str:
    return _table(("Fact", "Articles", "Independent?"), map(_agreement_row, rows))


def _agreement_row(row: AgreementRow) -> tuple[str, str, str]:
    words = '"' + escape(shortened(row.fact, LONGEST) if row.whole else row.fact) + '"'
    fact = f"{escape(row.point)}: {words}" if row.point else words
    where = ", ".join(f"{_outlet(citation.outlet)} {_link(citation)}" for citation in row.citations)
    return (
        fact,
        where + (f" and {row.more} more" if row.more else ""),
        escape(row.independence) + (f"<br>{_decided(row.decided)}" if row.decided else ""),
    )


def _single(row: SingleRow) -> str:
    weight = f" — {escape(row.weight)}" if row.weight else ""
    return f"{_cite(row.citation)}{weight}. {code(row.id)}" + _ending(row.decided)


def _timeline_table(rows: Sequence[TimelineRow]) -> str:
    events = {row.event for row in rows}
    return _table(("When", "Article", "Said", "Of"), (_timeline_cells(row, len(events) > 1) for row in rows))


def _timeline_cells(row: TimelineRow, several: bool) -> tuple[str, ...]:
    where = f"{row.span.start}–{row.span.end}"
    link = f"[{where}](#c{row.claim})" if row.claim is not None else f"\\[{where}\\]"
    about = f"{row.event}: {row.about}" if several else row.about
    return escape(row.published), _outlet(row.outlet), f'"{escape(shortened(row.quote, LONGEST))}" {link}', escape(about)


def _matrix_table(matrix: Matrix) -> str:
    headers = ("#", "Point", "Kind", *(_outlet(column.outlet) for column in matrix.columns))
    return _table(headers, (_matrix_cells(row) for row in matrix.rows))


def _matrix_cells(row: Row) -> tuple[str, ...]:
    versions = "; ".join(f'{label} "{words}"' if label else f'"{words}"' for label, words in row.versions if label or words != row.point)
    point = f"{row.point}: {versions}" if versions else row.point
    return code(row.short), escape(shortened(point, LONGEST)), row.kind, *(cell.mark for cell in row.cells)


def _version_section(row: VersionRow) -> tuple[str, str, str]:
    """Return the sentence, the table and the rest of an earlier version."""
    table = _table(
        ("Before", "Now"),
        ((_change(change.before, change.before_span), _change(change.after, change.after_span)) for change in row.changes),
    )
    return _sentence(row.about), table, f"And {counted(row.more, 'more change')} in report.json." if row.more else ""


def _change(words: str, span: Span | None) -> str:
    where = f" \\[{span.start}–{span.end}\\]" if span else ""
    return f'"{escape(shortened(words, 2 * LONGEST))}"{where}' if words else "–"


def _claim(row: ClaimRow) -> str:
    head = f'<a id="c{row.number}"></a>**c{row.number}** {code(row.id)} {_outlet(row.outlet)}'
    return "".join(chain([head, f" \\[{row.span.start}–{row.span.end}\\]: ", '"', escape(row.quote), '"']))
