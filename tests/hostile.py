"""Texts that try to be more than text, and a report that holds one of them wherever somebody else's words may stand."""

from __future__ import annotations

from dataclasses import replace

from ferry import agreement, conflict, make_article, make_claims, make_report, single

from reconcile.model import Report

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    "<!-- --> ]]> <![CDATA[",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "\u202eevil\u202c\u2066\u200b\ufeff",
    "\x00\x08\x1b[31m",
    "a" * 10_000,
    "| a | b |\n|---|---|",
    "<svg onload=alert(1)><math><mtext></table></article></main>",
    "<a href=https://example.org/x>y</a>",
)


def hostile_report(words: str) -> Report:
    """Put the words wherever a report holds a text that somebody else wrote."""
    line = words.replace("\n", " ")
    names = {"path": f"in/{words}.txt", "title": f"Title {words}", "author": words, "url": f"https://x/{words}", "language": line[:20]}
    a = make_article("a", f"Nine people were hurt.\n{line}\nThe ferry left at 6.", source=words, **names)
    b = make_article("b", f"Six passengers were hurt.\n{line}\nThe ferry left at 6.", source=f"{words}2", **names)
    p, w = make_claims(a), make_claims(b)
    speaker = replace(p[0].speaker, name=words, kind="named")
    p[0] = replace(p[0], speaker=speaker)
    found = (
        replace(conflict((p[0], w[0]), ("Nine people", "Six passengers"), point=words), rule=words, settle=words, field=words, event="E1"),
        agreement((p[1], w[1]), independent=False, independence=words),
        agreement((p[2], w[2])),
        single(p[1], 1, words),
    )
    made = make_report([a, b], [*p, *w], findings=found, version=words, embedder=words)
    return replace(made, events=tuple(replace(event, label=words) for event in made.events))
