"""A figure as it was reported hour by hour in, a plain SVG chart out: no script, no style from outside, every text escaped.

Each report has a line of its own; the versions stand one above the other, the highest at the top, so that a growing figure climbs.
Shapes and letters tell the versions apart, not colours. A report without a date stands in a column of its own, one of which only the day
is known is a bar over that day, and an inferred date has an open mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from reconcile.report.timeline import Mark, Series
from reconcile.report.wording import counted, listed, moment, shortened, visible

WIDTH, LEFT, RIGHT, UNDATED = 760, 150, 170, 90
"""Width of the whole, of the versions' names, of the outlets' names beside the last mark, and of the column of reports without a date."""
LINE, GAP, TOP, FOOT = 22, 8, 14, 40
"""Height of a report's line, space between versions, and the space above and below."""
SIZE: Final = 5
LONGEST_VALUE, LONGEST_NAME = 22, 26
COLOURS: Final = ("#0b5394", "#b45f06", "#38761d", "#741b47", "#444444")
SHAPES: Final = (
    ((0, -1), (1, 1), (-1, 1)),
    ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    ((-1, -1), (1, -1), (0, 1)),
)
"""Corners of the marks of the second version, the third …; the first has a disc, and the shapes come round again."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The span of time of a chart, and the room for it."""

    first: datetime
    last: datetime
    left: float
    right: float

    def x(self, when: datetime) -> float:
        """Return where a time stands."""
        whole = (self.last - self.first) / timedelta(seconds=1)
        part = (when - self.first) / timedelta(seconds=1) / whole if whole else 0.5
        return round(self.left + part * (self.right - self.left), 1)


def draw_chart(series: Series) -> str:
    """Draw a series as an SVG element with a title, a description and text labels."""
    rows = _rows(series)
    height = TOP + sum(LINE * len(group) + GAP for _, group in rows) + FOOT
    name = f"chart-{series.finding}"
    svg = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "role": "img",
            "viewBox": f"0 0 {WIDTH} {height}",
            "width": "100%",
            "font-family": "sans-serif",
            "font-size": "12",
            "aria-labelledby": f"{name}-title {name}-text",
        },
    )
    _text(SubElement(svg, "title", {"id": f"{name}-title"}), series.point)
    _text(SubElement(svg, "desc", {"id": f"{name}-text"}), describe(series))
    axis = _axis(series)
    letters = sorted({mark.side for _, group in rows for mark in group})
    y = TOP
    for value, group in rows:
        _label(svg, 4, y + LINE / 2, shortened(value, LONGEST_VALUE), {"font-weight": "bold"})
        for mark in group:
            _draw(svg, mark, axis, y + LINE / 2, letters.index(mark.side))
            y += LINE
        SubElement(svg, "line", {"x1": "0", "x2": str(WIDTH), "y1": str(y + GAP / 2), "y2": str(y + GAP / 2), "stroke": "#cccccc"})
        y += GAP
    _scale(svg, series, axis, y)
    return tostring(svg, encoding="unicode")


def describe(series: Series) -> str:
    """Say in words what the chart shows, for those who do not see it."""
    said = [f"{mark.told.published}, {mark.told.outlet}: {mark.told.evidence.quote}" for mark in series.marks]
    said += [f"without a date, {mark.told.outlet}: {mark.told.evidence.quote}" for mark in series.undated]
    return visible("; ".join(said) + ".")


def _rows(series: Series) -> list[tuple[str, list[Mark]]]:
    """Gather the reports of each version, the highest version first, each in the order of time and those without a date last."""
    marks = [*series.marks, *series.undated]
    top = {side: max(mark.high if mark.high != float("inf") else mark.low for mark in marks if mark.side == side) for side in _sides(marks)}
    ordered = sorted(enumerate(marks), key=lambda item: (-top[item[1].side], item[1].side, item[0]))
    groups = groupby((mark for _, mark in ordered), key=lambda mark: mark.side)
    return [(f"{side} {members[0].value}", members) for side, group in groups if (members := list(group))]


def _sides(marks: Sequence[Mark]) -> set[str]:
    return {mark.side for mark in marks}


def _axis(series: Series) -> Axis:
    periods = [period for mark in series.marks if (period := mark.told.period)]
    right = WIDTH - RIGHT - (UNDATED if series.undated else 0)
    return Axis(min(start for start, _ in periods), max(end for _, end in periods), LEFT, right)


def _draw(svg: Element, mark: Mark, axis: Axis, y: float, place: int) -> None:
    """Draw one report: a mark at its time, a bar where only the day is known, the outlet's name beside it."""
    colour, period = COLOURS[place % len(COLOURS)], mark.told.period
    if period is None:
        x = float(WIDTH - RIGHT - UNDATED / 2)
        end = x
    else:
        x, end = axis.x(period[0]), axis.x(period[1])
        if mark.told.day_only:
            bar = {"x": str(x), "y": str(y - 2), "width": str(round(end - x, 1)), "height": "4", "fill": colour, "opacity": "0.4"}
            SubElement(svg, "rect", bar)
            x = round((x + end) / 2, 1)
    _shape(svg, x, y, place, colour, hollow=mark.told.inferred)
    name = shortened(visible(mark.told.outlet), LONGEST_NAME)
    _label(svg, max(end, x) + SIZE + 4, y, f"{mark.side} {name}" + (" (date inferred)" if mark.told.inferred else ""))


def _shape(svg: Element, x: float, y: float, place: int, colour: str, *, hollow: bool) -> None:
    paint = {"fill": "none" if hollow else colour, "stroke": colour, "stroke-width": "1.5"}
    kind = place % (len(SHAPES) + 1)
    if not kind:
        SubElement(svg, "circle", {"cx": str(x), "cy": str(y), "r": str(SIZE), **paint})
        return
    corners = " ".join(f"{round(x + SIZE * dx, 1)},{round(y + SIZE * dy, 1)}" for dx, dy in SHAPES[kind - 1])
    SubElement(svg, "polygon", {"points": corners, **paint})


def _scale(svg: Element, series: Series, axis: Axis, y: float) -> None:
    """Write the first and the last time under the chart, and what stands apart from it."""
    SubElement(svg, "line", {"x1": str(axis.left), "x2": str(axis.right), "y1": str(y), "y2": str(y), "stroke": "#444444"})
    _label(svg, axis.left, y + 16, moment(axis.first), {})
    _label(svg, axis.right, y + 16, moment(axis.last), {"text-anchor": "end"})
    if series.undated:
        _label(svg, WIDTH - RIGHT - UNDATED / 2, y + 16, "no date", {"text-anchor": "middle"})
    notes = ["times in UTC"] if any(not mark.told.day_only for mark in series.marks) else []
    notes += ["a bar: only the day is known"] if any(mark.told.day_only for mark in series.marks) else []
    notes += [counted(len(series.undated), "report") + " without a date"] if series.undated else []
    _label(svg, axis.left, y + 32, listed(notes), {"fill": "#444444"})


def _label(svg: Element, x: float, y: float, words: str, more: dict[str, str] | None = None) -> None:
    look = {"x": str(round(x, 1)), "y": str(round(y, 1)), "dominant-baseline": "middle", "fill": "#111111", **(more or {})}
    _text(SubElement(svg, "text", look), words)


def _text(element: Element, words: str) -> None:
    """Put a text into an element; characters that XML forbids are shown by their number."""
    element.text = visible(words)
