import pytest

from reconcile.reading.markup import fragment_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Velm opens a hall.", "Velm opens a hall."),
        ("First line.\nSecond line.", "First line.\nSecond line."),
        ("", ""),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One.<br>Two.<br/>Three.", "One.\n\nTwo.\n\nThree."),
        ("<p>A <b>new</b> <i>hall</i>.</p>", "A new hall."),
        ("<p>half<b>way</b></p>", "halfway"),
        ("<p>broken\n   over\r\nlines</p>", "broken over lines"),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n\n- Two"),
        ("<ul><li><p>One</p></li></ul>", "- One"),
        ("<ul><li></li><li>Two</li></ul>", "- Two"),
        ("Grane &amp; Sons &lt;Velm&gt; caf&eacute; &#8211; 5&nbsp;m", "Grane & Sons <Velm> café – 5 m"),
        ("<p>One<!-- hidden -->.</p><script>x()</script><style>p{}</style> Two.", "One.\n\nTwo."),
        ("<iframe src='x'>no frames</iframe>One.", "One."),
        ("<table><tr><td>Tern</td><td>84</td></tr></table>", "Tern\n\n84"),
        ("<p>Unclosed <b>bold", "Unclosed bold"),
        ("<p></p>", ""),
        ("<>", "<>"),
        ("Rates < 3 percent & falling", "Rates < 3 percent & falling"),
        ("<p>Zürich – “Grönland” 😀</p>", "Zürich – “Grönland” 😀"),
        ("<html><head><title>T</title></head><body><p>One.</p></body></html>", "One."),
        ('<img alt="A pier" src="x.jpg">One.', "One."),
    ],
)
def test_markup_becomes_its_words_one_line_a_paragraph(markup, text):
    assert fragment_text(markup) == text


def test_deep_markup_does_no_harm():
    assert "Velm" in fragment_text("<b>" * 200 + "Velm" + "</b>" * 200)
    assert isinstance(fragment_text("<div>" * 50_000 + "Velm"), str)


def test_a_stray_end_loses_no_words():
    text = fragment_text("</p></div>One.</div> Two.")
    assert "One." in text and "Two." in text


def test_half_a_surrogate_pair_does_no_harm():
    assert fragment_text("<p>One \ud83d two.</p>") in {"One ? two.", "One \ufffd two."}
