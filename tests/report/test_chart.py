"""The chart: well-formed, with its texts, harmless, and apart from colours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from xml.etree.ElementTree import fromstring

from ferry import ferry_report

from reconcile.report.chart import describe, draw_chart
from reconcile.report.timeline import Series, build_timelines

SVG = "{http://www.w3.org/2000/svg}"


def series() -> Series:
    return build_timelines(ferry_report())[0].series[0]


def test_a_chart_has_a_title_a_description_and_a_label_for_each_report() -> None:
    svg = fromstring(draw_chart(series()))
    assert svg.find(f"{SVG}title").text == "How many people were injured"  # type: ignore[union-attr]
    assert svg.find(f"{SVG}desc").text == describe(series())  # type: ignore[union-attr]
    labels = [text.text for text in svg.iter(f"{SVG}text")]
    assert {"A Nine people", "B Six passengers", "A Post", "B Wave", "2026-03-04 09:00", "2026-03-04 11:40"} <= set(labels)
    ids = {element.get("id") for element in svg.iter()} - {None}
    assert set((svg.get("aria-labelledby") or "").split()) == ids


def test_the_higher_version_stands_above_and_the_later_report_to_the_right() -> None:
    svg = fromstring(draw_chart(series()))
    places = {text.text: (float(text.get("x") or 0), float(text.get("y") or 0)) for text in svg.iter(f"{SVG}text")}
    assert places["A Post"][1] < places["B Wave"][1]
    assert places["A Post"][0] < places["B Wave"][0]


def test_versions_differ_in_shape() -> None:
    svg = fromstring(draw_chart(series()))
    assert len(list(svg.iter(f"{SVG}circle"))) == len(list(svg.iter(f"{SVG}polygon"))) == 1


def test_hostile_text_stays_text() -> None:
    nasty = '</text><script>alert("x")</script>\x00\u202e'
    shown = series()
    marks = tuple(replace(mark, value=nasty, told=replace(mark.told, outlet=nasty)) for mark in shown.marks)
    page = draw_chart(replace(shown, point=nasty, marks=marks))
    assert "<script" not in page and "\x00" not in page and "\u202e" not in page
    assert not list(fromstring(page).iter(f"{SVG}script"))


def test_a_report_without_a_date_stands_apart_and_a_bare_day_is_a_bar() -> None:
    shown = series()
    first, second = shown.marks
    undated = replace(second, told=replace(second.told, when=None, period=None, published="no date"))
    day = datetime(2026, 3, 4), datetime(2026, 3, 5)
    page = draw_chart(replace(shown, marks=(replace(first, told=replace(first.told, period=day, day_only=True)),), undated=(undated,)))
    labels = [text.text for text in fromstring(page).iter(f"{SVG}text")]
    assert "no date" in labels and len(list(fromstring(page).iter(f"{SVG}rect"))) == 1
    assert "without a date, Wave" in describe(replace(shown, undated=(undated,)))


def test_an_inferred_date_has_an_open_mark_and_says_so() -> None:
    shown = series()
    guessed = tuple(replace(mark, told=replace(mark.told, inferred=True)) for mark in shown.marks)
    svg = fromstring(draw_chart(replace(shown, marks=guessed)))
    assert [circle.get("fill") for circle in svg.iter(f"{SVG}circle")] == ["none"]
    assert "A Post (date inferred)" in [text.text for text in svg.iter(f"{SVG}text")]
