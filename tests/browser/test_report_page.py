"""The HTML report as an editor uses it: filters, jumps, keys, permalinks, paper, and no script at all."""

from __future__ import annotations

import re
from colorsys import rgb_to_hls

import pytest
from axe_playwright_python.sync_playwright import Axe
from harbour import harbour_report
from hostile import HOSTILE, hostile_report
from playwright.sync_api import Locator, Page, expect

from reconcile.report.html import render_html

PHONE = {"width": 390, "height": 844}
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def report() -> str:
    return render_html(harbour_report())


def shown(page: Page) -> list[str]:
    """Return the numbers of the findings that are not filtered away."""
    return [number[1:] for number in page.locator(".finding:not([hidden]) .number").all_text_contents()]


def seated(page: Page) -> tuple[str, str]:
    """Return the outlets of the articles on the left and on the right."""
    return (page.locator(".text.left h3").inner_text(), page.locator(".text.right h3").inner_text())


def in_view(words: Locator) -> bool:
    """Return whether words can be read: inside the window and inside the pane that scrolls them."""
    return bool(
        words.evaluate(
            """element => {
                const box = element.getBoundingClientRect(), pane = element.closest('.text').getBoundingClientRect();
                return box.height > 0 && box.top >= Math.max(pane.top, 0) && box.bottom <= Math.min(pane.bottom, innerHeight);
            }"""
        )
    )


def current(page: Page) -> str:
    return page.locator(".finding[aria-current] .number").text_content()[1:]


# Jumps


def test_a_click_on_a_finding_brings_both_articles_to_its_words(visit, report):
    page = visit(report, height=420)
    page.locator("[data-kind='update'] h3").click()
    assert seated(page) == ("Harbour Post", "Mail")
    left, right = page.locator(".left mark.at"), page.locator(".right mark.at")
    assert (left.inner_text(), right.inner_text()) == ("Nine people", "Fourteen people")
    assert in_view(left)
    assert in_view(right)
    assert sorted(page.locator("mark.on").all_text_contents()) == ["Fourteen people", "Nine people"]
    assert current(page) == "5"


def test_a_click_on_one_passage_shows_that_passage_and_is_an_address(visit, report):
    page = visit(report, height=420)
    page.locator("#decide ~ .finding >> nth=0").locator("a.place >> nth=1").click()
    assert page.url.endswith("#wave/0-14")
    assert seated(page) == ("Harbour Post", "Daily Wave")
    assert in_view(page.locator(".right mark.at"))


def test_words_in_an_article_lead_to_their_finding_and_to_the_other_article(visit, report):
    page = visit(report)
    page.select_option("#left", label="Daily Wave")
    page.locator(".left mark", has_text="resigned").click()
    assert current(page) == "2"
    assert seated(page) == ("Daily Wave", "Harbour Post")
    assert page.locator(".right mark.at").inner_text() == "was dismissed"


def test_words_of_two_findings_lead_to_one_after_the_other(visit, report):
    page = visit(report)
    words = page.locator(".left mark", has_text="Nine people")
    words.click()
    assert current(page) == "1"
    words.click()
    assert current(page) == "5"


def test_a_finding_inside_one_article_shows_it_on_both_sides(visit, report):
    page = visit(report, height=420)
    page.locator("#f-" + finding_id(page, 3)).locator("h3").click()
    assert seated(page) == ("Harbour Post", "Harbour Post")
    assert page.locator(".left .at").inner_text().startswith("was dismissed")
    assert page.locator(".right .at").inner_text() == "left of his own will"
    assert in_view(page.locator(".right .at"))
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
    assert len(ids) == len(set(ids))
    page.locator("[data-kind='update'] h3").click()
    assert seated(page) == ("Harbour Post", "Mail")
    assert page.locator(".copy").count() == 0


def finding_id(page: Page, number: int) -> str:
    return page.locator(f".finding >> nth={number - 1}").get_attribute("id").removeprefix("f-")


def test_any_two_articles_can_be_put_side_by_side_and_swapped(visit, report):
    page = visit(report)
    page.select_option("#left", label="Sundby Bell")
    page.select_option("#right", label="Mail")
    assert seated(page) == ("Sundby Bell", "Mail")
    page.get_by_label("Swap left and right").click()
    assert seated(page) == ("Mail", "Sundby Bell")
    boxes = [page.locator(f".text.{side}").bounding_box() for side in ("left", "right")]
    assert boxes[0]["x"] < boxes[1]["x"]
    page.select_option("#left", label="Sundby Bell")
    assert seated(page) == ("Sundby Bell", "Sundby Bell")


def test_a_mark_of_the_matrix_shows_the_article_at_those_words(visit, report):
    page = visit(report)
    page.get_by_label("Mail: stated otherwise (B)").first.click()
    assert page.locator(".right .at").inner_text() == "Several boats"
    assert current(page) == "4"


# Addresses


def every_span() -> list[str]:
    made = harbour_report()
    spans = {(claim.article, claim.span) for claim in made.claims}
    spans |= {(e.article, e.span) for f in made.findings for side in f.sides for e in side.evidence}
    return [f"{article}/{span.start}-{span.end}" for article, span in sorted(spans)]


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_every_span_has_an_address_that_opens_at_its_words(visit, report, javascript):
    page = visit(report, javascript=javascript, height=500)
    for address in every_span():
        page.goto(page.url.partition("#")[0] + "#" + address)
        words = page.locator(f"[id='{address}']")
        if javascript:
            expect(words).to_have_class(re.compile(r"\bat\b"))
            assert in_view(words), address
        else:
            expect(words).to_be_in_viewport()


def test_an_address_opens_in_a_new_window(visit, report):
    page = visit(report, hash="#bell/31-58", height=420)
    assert page.locator(".left h3").inner_text() == "Sundby Bell"
    assert in_view(page.locator("[id='bell/31-58'].at"))


def test_an_address_between_the_spans_opens_the_smallest_one_around_it(visit, report):
    page = visit(report, hash="#bell/33-40")
    expect(page.locator("[id='bell/31-58']")).to_have_class(re.compile(r"\bat\b"))


@pytest.mark.parametrize("hash", ["#nobody/0-5", "#post/999-1200", "#post/5-1", "#%E0%A4%A", "#f-000000", "#/", "#post/"])
def test_a_wrong_address_does_no_harm(visit, report, hash):
    page = visit(report, hash=hash)
    assert len(shown(page)) == 10


def test_the_address_of_a_finding_opens_it_even_if_a_filter_hides_it(visit, report):
    page = visit(report)
    name = finding_id(page, 2)
    page.get_by_label("Words").fill("lighthouse")
    assert shown(page) == []
    page.goto(page.url + f"#f-{name}")
    assert current(page) == "2"
    assert len(shown(page)) == 10


def test_back_returns_to_the_passage_before(visit, report):
    page = visit(report)
    page.locator("a.place[href='#post/51-62']").first.click()
    page.locator("a.place[href='#mail/51-66']").first.click()
    page.go_back()
    expect(page.locator("[id='post/51-62']")).to_have_class(re.compile(r"\bat\b"))


# Filters


def test_kinds_are_filtered_by_their_chips(visit, report):
    page = visit(report)
    chip = page.get_by_role("button", name=re.compile("cannot both be true"))
    chip.click()
    assert shown(page) == ["1"]
    assert chip.get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name=re.compile("at odds")).click()
    assert shown(page) == ["1", "2", "3"]
    assert page.locator("#status").inner_text() == "3 of 10 findings shown"
    expect(page.locator("[aria-labelledby='wording'] .none-match")).to_be_visible()
    expect(page.locator("[aria-labelledby='decide'] .none-match")).to_be_hidden()
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("#status")).to_have_text("10 findings")
    assert chip.get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize(
    ("name", "choice", "expected"),
    [
        ("event", "E2 event E2", ["9"]),
        ("field", "legal manner", ["2", "3"]),
        ("article", "Mail", ["4", "5", "6"]),
    ],
)
def test_events_fields_and_articles_are_filtered_by_their_lists(visit, report, name, choice, expected):
    page = visit(report)
    page.locator(f"[name='{name}']").select_option(label=choice)
    assert shown(page) == expected
    rows = page.locator("tr[data-finding]:visible").count()
    assert rows == (0 if name == "event" else len(expected))
    assert page.locator(".chart:visible").count() == (0 if name == "event" else 3)


def test_words_are_searched_everywhere_in_a_finding(visit, report):
    page = visit(report)
    page.get_by_label("Words").fill("LUNDE resigned")
    assert shown(page) == ["2"]
    page.get_by_label("Words").fill("departure.manner")
    assert shown(page) == ["2", "3", "4"]
    page.get_by_label("Words").fill(".*[")
    assert shown(page) == []


def test_filters_add_up(visit, report):
    page = visit(report)
    page.locator("[name='article']").select_option(label="Mail")
    page.get_by_role("button", name=re.compile("agree")).click()
    assert shown(page) == ["6"]


# Keys


def test_j_and_k_step_through_the_findings_that_are_shown(visit, report):
    page = visit(report)
    for key, expected in (("j", "1"), ("j", "2"), ("k", "1"), ("k", "1")):
        page.keyboard.press(key)
        assert current(page) == expected
    page.locator("[name='article']").select_option(label="Mail")
    page.locator("body").press("j")
    assert current(page) == "4"
    for _ in range(5):
        page.keyboard.press("j")
    assert current(page) == "6"
    expect(page.locator(".finding[aria-current] .number")).to_be_focused()
    expect(page.locator(".finding[aria-current]")).to_be_in_viewport()
    assert page.locator("#announce").inner_text() == "Finding 6, agree"


def test_letters_typed_into_a_box_or_switched_off_do_nothing(visit, report):
    page = visit(report)
    page.keyboard.press("/")
    expect(page.get_by_label("Words")).to_be_focused()
    page.keyboard.type("jk")
    assert page.get_by_label("Words").input_value() == "jk"
    assert page.locator("[aria-current]").count() == 0
    page.get_by_role("button", name="Clear").click()
    page.get_by_label("Letter keys").uncheck()
    page.keyboard.press("j")
    page.keyboard.press("Control+j")
    assert page.locator("[aria-current]").count() == 0


def test_everything_is_reached_by_the_tab_key_and_seen_to_be(visit, report):
    page = visit(report)
    reached = []
    for _ in range(400):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => {
                const element = document.activeElement, style = getComputedStyle(element);
                if (element === document.body) return null;
                element.dataset.reached = '1';
                return [element.tagName, element.className, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1];
            }"""
        )
        if here is None:
            break
        reached.append(here)
    assert reached[0][:2] == ["A", "skip"]
    unseen = [one for one in reached if not one[2]]
    assert not unseen
    missed = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, select, input, summary, .text.left, .text.right')]
            .filter(element => element.checkVisibility() && !element.dataset.reached).map(element => element.outerHTML.slice(0, 120))"""
    )
    assert missed == []


def test_enter_opens_the_sheet_of_articles_and_escape_closes_it(visit, report):
    page = visit(report, **PHONE)
    expect(page.locator("#articles")).to_be_hidden()
    page.keyboard.press("j")
    expect(page.locator("#articles")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("#articles")).to_be_visible()
    assert in_view(page.locator(".left mark.at"))
    assert in_view(page.locator(".right mark.at"))
    expect(page.locator(".finding[aria-current] h3")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#articles")).to_be_hidden()


# Looks


WIDE, MIDDLE = {"width": 1440, "height": 900}, {"width": 1000, "height": 700}


@pytest.mark.parametrize(
    ("size", "scheme"),
    [(WIDE, "light"), (WIDE, "dark"), (MIDDLE, "light"), (PHONE, "dark")],
    ids=["wide", "wide-dark", "middle", "phone-dark"],
)
def test_axe_finds_no_fault(visit, report, size, scheme):
    page = visit(report, color_scheme=scheme, **size)
    show_all(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert faults(page) == []


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "dark"), (PHONE, "light")], ids=["wide-dark", "phone"])
def test_axe_finds_no_fault_without_scripts(visit, report, size, scheme):
    """As axe is a script, they are taken out of the page and not switched off."""
    page = visit(re.sub(r"<script>.*?</script>", "", report, flags=re.DOTALL), color_scheme=scheme, **size)
    show_all(page)
    assert faults(page) == []


def show_all(page: Page) -> None:
    """Let the browser draw what is out of sight as well, so that its contrast can be measured."""
    page.evaluate("for (const card of document.querySelectorAll('.finding')) card.style.contentVisibility = 'visible'")


def faults(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page, options=AXE).response["violations"]
    return [(fault["id"], node["html"][:160] + node["failureSummary"]) for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("width", [320, 390, 768, 1152, 1440, 2200])
def test_nothing_runs_out_of_the_window(visit, report, width):
    page = visit(report, width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_only_a_contradiction_is_red(visit, report, scheme):
    page = visit(report, color_scheme=scheme)
    tones = page.evaluate(
        """() => [...document.querySelectorAll('[class*="k-"]')].map(element => {
            const probe = element.appendChild(document.createElement('i'));
            probe.style.color = 'var(--tone)';
            const tone = getComputedStyle(probe).color;
            probe.remove();
            return [element.className.match(/k-([a-z-]+)/)[1], tone];
        })"""
    )
    seen = dict(tones)
    assert len(seen) == 8
    red = seen.pop("contradiction")
    assert is_red(red)
    assert not [kind for kind, tone in seen.items() if is_red(tone)]


def is_red(tone: str) -> bool:
    """Return whether a colour's hue lies within 20 degrees of red."""
    red, green, blue = (int(part) / 255 for part in re.findall(r"\d+", tone)[:3])
    hue, _, saturation = rgb_to_hls(red, green, blue)
    return saturation > 0.3 and min(hue, 1 - hue) < 20 / 360


def test_the_switch_changes_to_dark_and_the_choice_is_kept(visit, report):
    page = visit(report)
    before = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    switch = page.get_by_role("button", name="Dark")
    switch.click()
    assert switch.get_attribute("aria-pressed") == "true"
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert dark != before
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == dark
    switch.click()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == before


def test_motion_is_smooth_only_for_those_who_want_it(visit, report):
    moving, still = (visit(report, reduced_motion=wish) for wish in ("no-preference", "reduce"))
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    assert (moving.evaluate(behaviour), still.evaluate(behaviour)) == ("smooth", "auto")


# Without scripts, and on paper


def test_without_scripts_all_findings_and_articles_can_be_read(visit, report):
    page = visit(report, javascript=False)
    for article in page.locator(".text").all():
        assert article.is_visible()
    assert page.locator(".finding:visible").count() == 10
    assert page.locator("form, button, select, input").locator("visible=true").count() == 0
    page.locator(".note[href]", has_text="≠1").first.click()
    expect(page.locator(".finding >> nth=0")).to_be_in_viewport()
    page.locator(".finding >> nth=0").locator("a.place").first.click()
    expect(page.locator("[id='post/51-62']")).to_be_in_viewport()


def test_paper_holds_everything_and_nothing_to_press(visit, report):
    page = visit(report, color_scheme="dark")
    page.keyboard.press("j")
    page.emulate_media(media="print")
    assert page.locator(".text:visible").count() == 4
    assert page.locator(".finding:visible").count() == 10
    for control in page.locator("button, select, input, nav, .skip").all():
        assert not control.is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(27, 25, 23)"
    assert page.evaluate("[...document.querySelectorAll('.text')].every(text => text.scrollHeight <= text.clientHeight + 1)")


def test_paper_says_when_a_filter_was_on(visit, report):
    page = visit(report)
    page.get_by_label("Words").fill("resigned")
    page.emulate_media(media="print")
    expect(page.locator("#status")).to_be_visible()
    assert page.locator("#status").inner_text() == "1 of 10 findings shown"
    assert page.locator(".filters select:visible").count() == 0


# Hostile text


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words[:24]))
def test_hostile_text_runs_nothing_and_breaks_nothing(visit, words):
    """What it asks for, throws or says on the console fails the test by itself."""
    page = visit(render_html(hostile_report(words)), width=800)
    page.on("dialog", lambda dialog: pytest.fail(f"said {dialog.message}"))
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert current(page) == "1"
    assert page.locator(".finding:visible").count() == len(shown(page)) == 4
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("mark").first.hover()
