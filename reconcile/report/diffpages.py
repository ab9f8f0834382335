"""A comparison of two articles in, its pages out: two columns for a terminal, Markdown, JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any, Final

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text
from tabulate import tabulate

from reconcile.model import Article, Claim, Severity, Span
from reconcile.report.diff import Alone, Apart, Diff, Difference, Match, Passage
from reconcile.report.json import dump
from reconcile.report.markdown import code, escape
from reconcile.report.worddiff import differing
from reconcile.report.wording import KIND_WORDS, counted, listed, publication, visible

NARROW: Final = 60
"""Below this width the two columns stand one under the other."""
NARROWEST: Final = 20
COLOURS: Final = {
    Severity.CONTRADICTION: "bold red",
    Severity.TENSION: "bold yellow",
    Severity.TERMINOLOGY: "bold cyan",
    Severity.GRANULARITY: "bold cyan",
    Severity.UPDATE: "bold green",
}
ONLY_HERE: Final = ("underline magenta", "underline cyan")
"""How words look that only the left or only the right has: two colours that every eye tells apart."""
NOTHING_SHARED: Final = "The two articles share no event, so nothing in them was compared."


def diff_text(diff: Diff, width: int, color: bool) -> str:
    """Write the comparison in two columns of plain text; with `color`, in a terminal's colours."""
    return _Page(diff, max(width, NARROWEST), color).render()


class _Page:
    """The text page while it is being written."""

    def __init__(self, diff: Diff, width: int, color: bool) -> None:
        self.diff = diff
        self.color = color
        self.stacked = width < NARROW
        self.out = StringIO()
        self.console = Console(
            file=self.out,
            width=width,
            force_terminal=color,
            color_system="standard" if color else None,
            no_color=not color,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
            soft_wrap=False,
        )

    def render(self) -> str:
        """Write all sections and return the text."""
        self._header()
        diff = self.diff
        self._section(1, "Where they differ", len(diff.differences))
        for place, difference in enumerate(diff.differences, 1):
            self._difference(f"1.{place}", difference)
        if diff.inside:
            self._line("Inside one of the two:", "bold")
        for difference in diff.inside:
            self._difference(f"in {self._name(difference.left)}", difference)
        self._section(2, "What both say", len(diff.matches))
        for place, match in enumerate(diff.matches, 1):
            self._match(f"2.{place}", match)
        self._alone(3, diff.names[0], diff.only_left)
        self._alone(4, diff.names[1], diff.only_right)
        self._apart()
        # Cells are padded to their width; nobody wants the blanks in a file.
        return "\n".join(line.rstrip() for line in self.out.getvalue().splitlines()).strip("\n") + "\n"

    def _name(self, passages: Sequence[Passage]) -> str:
        return self.diff.names[0 if passages[0].claim.article == self.diff.left.id else 1]

    def _line(self, text: str, style: str = "", indent: int = 0) -> None:
        self.console.print(Padding(Text(visible(text), style=style, overflow="fold"), (0, 0, 0, indent)))

    def _columns(self, left: Text, right: Text) -> None:
        if self.stacked:
            for label, text in (("A ", left), ("B ", right)):
                self.console.print(Text.assemble((label, "bold"), text, overflow="fold"))
            return
        table = Table.grid(padding=(0, 2), expand=True)
        table.add_column(ratio=1, overflow="fold")
        table.add_column(ratio=1, overflow="fold")
        table.add_row(left, right)
        self.console.print(table)

    def _header(self) -> None:
        diff = self.diff
        heads = [
            Text("\n".join((name, *_about(article, count))), overflow="fold")
            for name, article, count in zip(diff.names, (diff.left, diff.right), diff.counts, strict=True)
        ]
        for head, name in zip(heads, diff.names, strict=True):
            head.stylize("bold", 0, len(name))
        self._columns(*heads)
        self.console.print()
        for sentence in _scope(diff):
            self._line(sentence)

    def _section(self, place: int, title: str, rows: int) -> None:
        self.console.print()
        self.console.print(Line(Text(f"{place}. {title} ({rows})", style="bold"), align="left", characters="─"))
        if not rows:
            self._line("Nothing." if self.diff.shared else NOTHING_SHARED)

    def _difference(self, place: str, difference: Difference) -> None:
        self.console.print()
        head = Text.assemble(
            (f"{visible(place)}  ", "bold"),
            (KIND_WORDS[difference.kind], COLOURS[difference.kind]),
            f"  {visible(difference.finding.point)}",
            overflow="fold",
        )
        self.console.print(head)
        self._columns(_stacked(difference.left), _stacked(difference.right))
        self._line(f"because {_because(difference)}", "italic", 2)

    def _match(self, place: str, match: Match) -> None:
        self.console.print()
        note = f"  {visible(match.point)}" if match.point else ""
        self.console.print(Text.assemble((f"{place}", "bold"), note, _see(match), overflow="fold"))
        self._columns(*_pair(match))

    def _alone(self, section: int, name: str, rows: Sequence[Alone]) -> None:
        self._section(section, f"What only {name} says", len(rows))
        for row in rows:
            text = Text.assemble(_claim_text(row.claim), (_mentions(row), "dim"), overflow="fold")
            self.console.print(Padding(text, (0, 0, 0, 2)))

    def _apart(self) -> None:
        self._section_apart(sum(len(group.claims) for group in self.diff.apart))
        for group in self.diff.apart:
            self._line(_apart_head(group, self.diff), "bold")
            for claim in group.claims:
                self.console.print(Padding(_claim_text(claim), (0, 0, 0, 2)))

    def _section_apart(self, rows: int) -> None:
        self.console.print()
        self.console.print(Line(Text(f"5. Not compared ({rows})", style="bold"), align="left", characters="─"))
        if not self.diff.shared:
            self._line(NOTHING_SHARED)
        elif not rows:
            self._line("Nothing: every claim is about an event that both tell of.")


def _about(article: Article, claims: int) -> tuple[str, ...]:
    title = visible(article.title)
    return (*([title] if title else []), publication(article), counted(claims, "claim"))


def _scope(diff: Diff) -> Iterator[str]:
    if diff.shared:
        yield f"Both tell of: {'; '.join(visible(label) for label in diff.shared)}."
    else:
        yield NOTHING_SHARED
    if diff.ties:
        yield f"Not independent of each other: {listed([visible(tie) for tie in diff.ties])}."


def _because(difference: Difference) -> str:
    return f"{visible(difference.reason) or 'the rule says so'} [{difference.rule}; finding {difference.finding.id}]"


def _speaker(claim: Claim) -> str:
    return "" if claim.speaker.kind == "outlet" else f"citing {visible(claim.speaker.name)}"


def _see(match: Match) -> str:
    return f"  (they differ in part: see {listed([f'1.{place}' for place in match.see])})" if match.see else ""


def _mentions(row: Alone) -> str:
    return f"  (a value of it: see {listed(row.see)})" if row.see else ""


def _apart_head(group: Apart, diff: Diff) -> str:
    name = diff.names[0 if group.article == diff.left.id else 1]
    about = f"about {visible(group.label)}" if group.label else "about no event that could be made out"
    return f"{name}, {about}: {counted(len(group.claims), 'claim')}"


def _stacked(passages: Sequence[Passage]) -> Text:
    return Text("\n", overflow="fold").join([_passage(passage, last) for passage, last in _with_last(passages)])


def _with_last(passages: Sequence[Passage]) -> Iterator[tuple[Passage, bool]]:
    """Yield each passage and whether it is the last of its sentence, which is then shown once under all of them."""
    for place, passage in enumerate(passages):
        yield passage, all(later.claim != passage.claim for later in passages[place + 1 : place + 2])


def _pair(match: Match) -> tuple[Text, Text]:
    """Show two passages with the words that only one of them has in another colour, and underlined."""
    texts = (_passage(match.left), _passage(match.right))
    runs = differing(visible(match.left.evidence.quote), visible(match.right.evidence.quote))
    for text, own, style in zip(texts, runs, ONLY_HERE, strict=True):
        for start, end in own:
            text.stylize(style, start + 1, end + 1)  # the quotation mark comes first
    return texts


def _passage(passage: Passage, context: bool = True) -> Text:
    """Show the words, where they stand, who says them and, where they are a part of it, their sentence."""
    span = passage.evidence.span
    text = Text.assemble((f'"{visible(passage.evidence.quote)}"', "bold"), (f" [{span.start}–{span.end}]", "dim"), overflow="fold")
    if speaker := _speaker(passage.claim):
        text.append(f" {speaker}", "dim")
    if context and not passage.whole:
        text.append("\n  in: ", "dim")
        text.append_text(_sentence(passage))
    return text


def _sentence(passage: Passage) -> Text:
    """Show a sentence with the words that count standing out."""
    sentence, words = visible(passage.claim.text), visible(passage.evidence.quote)
    before = visible(passage.claim.text[: passage.evidence.span.start - passage.claim.span.start])
    text = Text(sentence, style="dim", overflow="fold")
    # Blanks were joined, so the words stand at the end of what stands before them, or one blank later.
    if (start := sentence.find(words, max(0, len(before)))) >= 0:
        text.stylize("not dim bold", start, start + len(words))
    return text


def _claim_text(claim: Claim) -> Text:
    return Text.assemble((f"[{claim.span.start}–{claim.span.end}] ", "dim"), visible(claim.text), overflow="fold")


def diff_markdown(diff: Diff) -> str:
    """Write the comparison as Markdown."""
    return "\n".join(_markdown(diff)).strip("\n") + "\n"


def _markdown(diff: Diff) -> Iterator[str]:
    left, right = (f"*{escape(name)}*" for name in diff.names)
    yield from (f"# {left} and {right}", "")
    rows = [
        (name, escape(article.title) or "–", publication(article), f"{count:,}")
        for name, article, count in zip((left, right), (diff.left, diff.right), diff.counts, strict=True)
    ]
    yield from (_table(("Source", "Title", "Published", "Claims"), rows), "")
    for sentence in _scope(diff):
        yield from (escape(sentence), "")
    yield from (f"## 1. Where they differ ({len(diff.differences)})", "")
    yield from _differences_table(diff, diff.differences, (left, right), numbered=True)
    if diff.inside:
        yield from ("### Inside one of the two", "")
        yield from _differences_table(diff, diff.inside, ("Version A", "Other versions"), numbered=False)
    yield from (f"## 2. What both say ({len(diff.matches)})", "")
    pairs = [
        (f"2.{place}", _md_passage(match.left), _md_passage(match.right), escape((match.point + _see(match)).strip()))
        for place, match in enumerate(diff.matches, 1)
    ]
    yield from (_table(("#", left, right, "Note"), pairs) or _none(diff), "")
    for section, name, alone in ((3, left, diff.only_left), (4, right, diff.only_right)):
        yield from (f"## {section}. What only {name} says ({len(alone)})", "")
        yield from (
            (f"- {_md_claim(row.claim)}{escape(_mentions(row)) and ' ' + escape(_mentions(row))}" for row in alone)
            if alone
            else (_none(diff),)
        )
        yield ""
    yield from (f"## 5. Not compared ({sum(len(group.claims) for group in diff.apart)})", "")
    yield from _md_apart(diff)


def _none(diff: Diff) -> str:
    return "Nothing." if diff.shared else NOTHING_SHARED


def _differences_table(diff: Diff, rows: Sequence[Difference], heads: tuple[str, str], *, numbered: bool) -> Iterator[str]:
    cells = [
        (
            f"1.{place}" if numbered else f"*{escape(diff.names[0 if row.left[0].claim.article == diff.left.id else 1])}*",
            escape(row.finding.point),
            _md_stacked(row.left),
            _md_stacked(row.right),
            f"{KIND_WORDS[row.kind]}: {escape(row.reason) or 'the rule says so'}",
            f"{code(row.rule)} {code(row.finding.id)}",
        )
        for place, row in enumerate(rows, 1)
    ]
    yield from (_table(("#", "Point", *heads, "Kind", "Rule, finding"), cells) or _none(diff), "")


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return tabulate([list(row) for row in rows], headers=list(headers), tablefmt="github", disable_numparse=True) if rows else ""


def _md_stacked(passages: Sequence[Passage]) -> str:
    return "<br>".join(_md_passage(passage, last) for passage, last in _with_last(passages))


def _md_passage(passage: Passage, context: bool = True) -> str:
    words = escape(passage.evidence.quote)
    speaker = _speaker(passage.claim)
    tail = f" ({escape(speaker)})" if speaker else ""
    sentence = f"<br>in: {escape(passage.claim.text)}" if context and not passage.whole else ""
    return f'"{words}" {_md_span(passage.evidence.span)}{tail}{sentence}'


def _md_claim(claim: Claim) -> str:
    return f'{_md_span(claim.span)} "{escape(claim.text)}"'


def _md_span(span: Span) -> str:
    return f"\\[{span.start}–{span.end}\\]"


def _md_apart(diff: Diff) -> Iterator[str]:
    if not diff.shared:
        yield from (NOTHING_SHARED, "")
    elif not diff.apart:
        yield "Nothing: every claim is about an event that both tell of."
    for group in diff.apart:
        yield from (f"{escape(_apart_head(group, diff))}", "")
        yield from (f"- {_md_claim(claim)}" for claim in group.claims)
        yield ""


def diff_json(diff: Diff) -> str:
    """Write the comparison as JSON."""
    return dump(
        {
            "schema": "reconcile.diff/1",
            "a": _json_article(diff, 0),
            "b": _json_article(diff, 1),
            "shared_events": list(diff.shared),
            "ties": list(diff.ties),
            "differ": [_json_difference(difference) for difference in diff.differences],
            "inside": [_json_difference(difference) for difference in diff.inside],
            "both": [_json_match(match) for match in diff.matches],
            "only_a": [_json_alone(row) for row in diff.only_left],
            "only_b": [_json_alone(row) for row in diff.only_right],
            "not_compared": [
                {"article": group.article, "event": group.label or None, "claims": [_json_claim(claim) for claim in group.claims]}
                for group in diff.apart
            ],
        }
    )


def _json_article(diff: Diff, place: int) -> dict[str, Any]:
    article = (diff.left, diff.right)[place]
    return {
        "id": article.id,
        "source": article.source,
        "title": article.title,
        "published": None if article.published is None else article.published.isoformat().replace("+00:00", "Z"),
        "published_inferred": article.published_inferred,
        "claims": diff.counts[place],
    }


def _json_difference(difference: Difference) -> dict[str, Any]:
    finding = difference.finding
    return {
        "finding": finding.id,
        "field": finding.field,
        "point": finding.point,
        "severity": difference.kind.value,
        "rule": difference.rule,
        "reason": difference.reason,
        "settle": finding.settle,
        "a": [_json_passage(passage) for passage in difference.left],
        "b": [_json_passage(passage) for passage in difference.right],
    }


def _json_match(match: Match) -> dict[str, Any]:
    return {
        "point": match.point or None,
        "likeness": match.likeness,
        "a": _json_passage(match.left),
        "b": _json_passage(match.right),
        "differ": list(match.see),
    }


def _json_passage(passage: Passage) -> dict[str, Any]:
    span = passage.evidence.span
    return {
        "article": passage.evidence.article,
        "claim": passage.claim.id,
        "start": span.start,
        "end": span.end,
        "quote": passage.evidence.quote,
        "sentence": passage.claim.text,
        "speaker": passage.claim.speaker.name,
        "certainty": passage.claim.certainty.value,
    }


def _json_claim(claim: Claim) -> dict[str, Any]:
    return {"claim": claim.id, "start": claim.span.start, "end": claim.span.end, "quote": claim.text}


def _json_alone(row: Alone) -> dict[str, Any]:
    return {**_json_claim(row.claim), "see": list(row.see)}
