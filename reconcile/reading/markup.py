"""A piece of HTML in, its words out, one line a paragraph: for the bodies of feeds and news items, which hold no page around them."""

from __future__ import annotations

import re

from lxml import etree, html

BREAKS = frozenset(
    "address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol"
    " p pre section table tbody td tfoot th thead tr ul".split()
)
"""Elements that begin a line of their own."""
BARE_MARK = re.compile(r"^-(?:\n\n(?:- ?|(?=\S))|$)", re.MULTILINE)
"""The mark of a bullet whose words begin in an element of their own."""
UNSEEN = ("script", "style", "template", "noscript", "iframe", "object", "svg", "head", "title")


def fragment_text(markup: str) -> str:
    """Return the words of a piece of HTML, or of a text without any."""
    if "<" not in markup and "&" not in markup:
        return markup
    if not markup.strip():
        return ""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.fromstring(f"<div>{markup}</div>".encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
    etree.strip_elements(root, *UNSEEN, with_tail=False)
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in BREAKS:
            parts.append("\n\n")
            if event == "start" and element.tag == "li":
                parts.append("- ")
        parts.append(_words(element.text if event == "start" else element.tail))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return BARE_MARK.sub("- ", "\n\n".join(line for line in lines if line))


def _words(text: str | None) -> str:
    """Return a run of text on one line: line breaks in HTML mean no more than blanks."""
    return (text or "").replace("\n", " ").replace("\r", " ")
