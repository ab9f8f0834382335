"""The page on a terminal: every word of it, at every width."""

from __future__ import annotations

import re

import pytest
from ferry import ferry_report
from harbour import harbour_report

from reconcile.model import Severity
from reconcile.report.markdown import render_markdown
from reconcile.report.terminal import draw_markdown


@pytest.mark.parametrize("made", [ferry_report, harbour_report])
@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_no_word_is_lost_and_no_line_is_too_wide(made, width) -> None:
    page = draw_markdown(render_markdown(made()), width, color=False)
    assert max(map(len, page.splitlines())) <= width
    if width < 120:  # in a list, words stand in their order
        run_together = re.sub(r"\W", "", page)
        for finding in made().findings:
            if finding.severity in (Severity.CONTRADICTION, Severity.TENSION):
                assert all(re.sub(r"\W", "", one.quote) in run_together for side in finding.sides for one in side.evidence)
    assert "…" not in page.replace("⟨U+…⟩", "")


def test_a_wide_table_is_a_list_where_there_is_no_room() -> None:
    page = render_markdown(ferry_report())
    narrow, wide = (draw_markdown(page, width, color=False) for width in (80, 200))
    assert 'Version A: Post (citing police): "Nine people" [31–42, c3]' in narrow
    assert "Version A:" not in wide
    assert "What would settle it" in wide


def test_colours_are_for_those_who_want_them() -> None:
    page = render_markdown(ferry_report())
    assert "\x1b" not in draw_markdown(page, 80, color=False)
    assert "\x1b[1m" in draw_markdown(page, 80, color=True)
