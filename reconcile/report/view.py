"""A report in, the content of an editor's page out: what to show, in which order and in which words, but in no format."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Final, TypeAlias

from reconcile.model import (
    Article,
    Asked,
    Change,
    Claim,
    Comparison,
    EarlierVersion,
    Event,
    Evidence,
    Finding,
    Outcome,
    RemovalReason,
    Report,
    Severity,
    Side,
    Span,
    Standing,
    State,
)
from reconcile.report.matrix import Matrix, build_matrices
from reconcile.report.timeline import Correction, CorrectionKind, Timeline, Told, build_timelines
from reconcile.report.wording import (
    KIND_WORDS,
    REMOVAL_WORDS,
    acceptance_words,
    counted,
    decided,
    listed,
    number,
    opening,
    outlet_names,
    publication,
    short_ids,
    shortened,
    text_files,
    visible,
)

MATRIX_ROWS: Final = 15
MATRIX_COLUMNS: Final = (3, 8)
"""Articles of an event whose matrix fits a page; what two articles say is told by the sections before."""
COPIES: Final = 2
"""Groups of copies that the bottom line names."""
NAMED_COPIES: Final = 6
"""Outlets of a group that are named; more are counted."""
LOUD: Final = (Severity.CONTRADICTION, Severity.TENSION)
LEAST: Final = 3
"""The priority of what is told for completeness."""
QUIET: Final = (Severity.TERMINOLOGY, Severity.GRANULARITY)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of each section a page has room for; what it has not is counted."""

    decide: int
    """Contradictions and tensions in the first section; those after them stand in the second line."""
    second: int
    wording: int
    timeline: int
    agreements: int
    singles: int
    light: int
    """Rows of single claims that those of little weight may fill up."""
    near_misses: int
    events: int
    problems: int
    changes: int
    citations: int
    """Passages per version."""
    versions: int
    """Versions per point."""
    tellers: int
    """Articles per agreement."""


TWO_PAGES: Final = Limits(
    decide=10, second=40, wording=10, timeline=15, agreements=12, singles=10, light=4, near_misses=10,
    events=8, problems=20, changes=12, citations=3, versions=4, tellers=6,
)  # fmt: skip
"""What an editor reads in two minutes."""
_ALL: Final = sys.maxsize
EVERYTHING: Final = Limits(
    decide=10, second=_ALL, wording=_ALL, timeline=_ALL, agreements=_ALL, singles=_ALL, light=_ALL, near_misses=_ALL,
    events=_ALL, problems=_ALL, changes=_ALL, citations=_ALL, versions=_ALL, tellers=_ALL,
)  # fmt: skip
"""For a page that can be searched and filtered."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """The name of an article's source inside a sentence."""

    name: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of an article, with where they stand and who says them."""

    article: str
    """Id of the article."""
    outlet: str
    speaker: str
    """Whom the article cites for it; "" where the outlet itself speaks."""
    quote: str
    before: str
    """What stands before the words in their claim."""
    after: str
    """What stands after them."""
    span: Span
    claim: int
    """Number of the claim in the claim list."""
    whole: bool
    """Whether the words are the whole claim, so that a table may show them with a gap."""
    published: str


Piece: TypeAlias = "str | Outlet | Citation"
Sentence: TypeAlias = "tuple[Piece, ...]"


@dataclass(frozen=True, slots=True)
class Version:
    """One side of a point: who gives it, in which words."""

    label: str
    citations: tuple[Citation, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Item:
    """A conflict, or what looked like one."""

    id: str
    event: str
    field: str
    severity: Severity | None
    """None for what looked like a conflict and is none."""
    point: str
    versions: tuple[Version, ...]
    more: int
    kind: str
    internal: bool
    rule: str
    reason: str
    settle: str
    decided: str
    """What editors decided, in words; "" where the report is shown without decisions."""


@dataclass(frozen=True, slots=True)
class OutdatedRow:
    """A decision about a finding that this report does not hold."""

    point: str
    quotes: tuple[str, ...]
    decided: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event, the articles that tell of it and what was done with them."""

    id: str
    label: str
    outlets: tuple[str, ...]
    claims: int
    compared: str


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """A fact that several articles state."""

    id: str
    event: str
    field: str
    point: str
    fact: str
    whole: bool
    citations: tuple[Citation, ...]
    more: int
    independence: str
    decided: str


@dataclass(frozen=True, slots=True)
class SingleRow:
    """A claim of weight that stands in one article."""

    id: str
    event: str
    field: str
    citation: Citation
    weight: str
    decided: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Words that an earlier version of an article had, and those that stand there now; "" where one lacks them."""

    before: str
    before_span: Span | None
    after: str
    after_span: Span | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """An earlier version of an article that was compared, and what changed since."""

    article: str
    """Id of the article that was compared."""
    about: Sentence
    changes: tuple[ChangeRow, ...]
    more: int


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """What one article said of a point that developed."""

    event: str
    published: str
    article: str
    """Id of the article."""
    outlet: str
    quote: str
    span: Span
    claim: int | None
    """Number of the claim in the claim list; None for words that are no claim, such as a note of correction."""
    about: str


@dataclass(frozen=True, slots=True)
class TextFile:
    """The text of an article as it was read out of a page or a document."""

    outlet: str
    file: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim that the page refers to, in full."""

    number: int
    id: str
    outlet: str
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows that are shown, and how many are not."""

    rows: tuple[Item, ...]
    more: int


@dataclass(frozen=True, slots=True)
class AcceptedRow:
    """A conflict that is no longer counted, and why."""

    item: Item
    why: str


@dataclass(frozen=True, slots=True)
class View:
    """The page, section by section."""

    bottom_line: tuple[Sentence, ...]
    events: tuple[EventRow, ...]
    more_events: int
    decide: Listing
    second: Listing
    wording: Listing
    developing: Listing
    timeline: tuple[TimelineRow, ...]
    more_timeline: int
    versions: tuple[VersionRow, ...]
    agreements: tuple[AgreementRow, ...]
    more_agreements: int
    singles: tuple[SingleRow, ...]
    more_singles: int
    near_misses: Listing
    outdated: tuple[OutdatedRow, ...]
    left_out: tuple[Sentence, ...]
    unchecked: tuple[Sentence, ...]
    matrices: tuple[Matrix, ...]
    """Those that fit a page."""
    more_matrices: int
    claims: tuple[ClaimRow, ...]
    texts: tuple[TextFile, ...]
    version: str
    rules_digest: str
    embedder: str
    accepted: tuple[AcceptedRow, ...] = ()
    stale: tuple[str, ...] = ()
    """Entries of a baseline or of suppressions that nothing answers to any more."""


class Index:
    """What every part of the page looks up in the report."""

    def __init__(self, report: Report, limits: Limits) -> None:
        self.report = report
        self.limits = limits
        self.names = outlet_names(report.articles)
        self.articles: Mapping[str, Article] = {article.id: article for article in report.articles}
        # By article and id: two articles of one text have claims of one id.
        self.claims: Mapping[tuple[str, str], Claim] = {(claim.article, claim.id): claim for claim in report.claims}
        self.numbers: Mapping[tuple[str, str], int] = {key: i for i, key in enumerate(self.claims, 1)}
        self.short = short_ids([finding.id for finding in (*report.findings, *report.rejected)])

    def decided(self, finding: Finding) -> str:
        """Return what editors decided about a finding, in words; "" where the report is shown without decisions, or the finding is none."""
        overlay = self.report.overlay
        if overlay is None or finding.why:
            return ""
        return visible(decided(overlay.standings.get(finding.id, Standing(State.OPEN))))

    def dismissed(self, finding: Finding) -> bool:
        """Return whether the editors are of one mind that a finding needs no attention."""
        standings = self.report.overlay.standings if self.report.overlay else {}
        return finding.id in standings and standings[finding.id].state is State.DISMISSED

    def cite(self, evidence: Evidence) -> Citation:
        """Return the evidence as the page shows it."""
        claim = self.claims[evidence.article, evidence.claim]
        start, end = evidence.span.start - claim.span.start, evidence.span.end - claim.span.start
        inside = claim.span.covers(evidence.span)
        return Citation(
            article=evidence.article,
            outlet=self.names[evidence.article],
            speaker="" if claim.speaker.kind == "outlet" else claim.speaker.name,
            quote=evidence.quote,
            before=claim.text[:start] if inside else "",
            after=claim.text[end:] if inside else "",
            span=evidence.span,
            claim=self.numbers[evidence.article, evidence.claim],
            whole=evidence.span == claim.span,
            published=publication(self.articles[evidence.article]),
        )

    def outlets(self, articles: Iterable[str]) -> tuple[str, ...]:
        """Return the names of articles, each once, in the order given."""
        return tuple(dict.fromkeys(self.names[article] for article in articles))


def build_view(report: Report, limits: Limits = TWO_PAGES) -> View:
    """Choose, order and word what the page shows."""
    index = Index(report, limits)
    conflicts = report.open_conflicts
    loud = sorted((f for f in conflicts if f.severity in LOUD), key=lambda f: (index.dismissed(f), *_gravity(f)))
    quiet = sorted((f for f in conflicts if f.severity in QUIET), key=lambda f: (index.dismissed(f), *_gravity(f)))
    updates = [f for f in conflicts if f.severity is Severity.UPDATE]
    agreed = sorted((f for f in report.findings if f.outcome is Outcome.AGREEMENT), key=_weight)
    single = sorted((f for f in report.findings if f.outcome is Outcome.SINGLE_SOURCE), key=_burden)
    rows = _event_rows(report, index)
    decide, second = _listing(loud, limits.decide, index), _listing(loud[limits.decide :], limits.second, index)
    wording, developing = _listing(quiet, limits.wording, index), _listing(updates, limits.wording, index, by_time=True)
    near_misses = _listing(report.rejected, limits.near_misses, index)
    agreements = tuple(_agreement(finding, index) for finding in agreed[: limits.agreements])
    shown_singles = _shown_singles(single, limits)
    singles = tuple(_single(finding, index) for finding in shown_singles)
    accepted = tuple(_accepted(report, index))
    bottom_line = tuple(_bottom_line(report, conflicts, agreed, single, index))
    timeline = [row for events in build_timelines(report) for row in _timeline_rows(events, index)]
    matrices = build_matrices(report)
    fitting = tuple(matrix for matrix in matrices if MATRIX_COLUMNS[0] <= len(matrix.columns) <= MATRIX_COLUMNS[1])
    shown = chain(
        *(_citations(listing) for listing in (decide, second, wording, developing, near_misses)),
        *(row.citations for row in agreements),
        (row.citation for row in singles),
        (citation for row in accepted for version in row.item.versions for citation in version.citations),
        (piece for sentence in bottom_line for piece in sentence if isinstance(piece, Citation)),
    )
    placed = {citation.claim for citation in shown} | {row.claim for row in timeline[: limits.timeline] if row.claim is not None}
    return View(
        bottom_line=bottom_line,
        events=rows[: limits.events],
        more_events=len(rows[limits.events :]),
        decide=Listing(decide.rows, 0),
        second=second,
        wording=wording,
        developing=developing,
        timeline=tuple(timeline[: limits.timeline]),
        more_timeline=len(timeline[limits.timeline :]),
        versions=tuple(_earlier(version, index) for version in report.earlier),
        agreements=agreements,
        more_agreements=len(agreed[limits.agreements :]),
        singles=singles,
        more_singles=len(single[len(shown_singles) :]),
        near_misses=near_misses,
        outdated=_outdated(report),
        left_out=tuple(_left_out(report, index)),
        unchecked=tuple(_unchecked(report, index)),
        matrices=tuple(replace(matrix, rows=matrix.rows[:MATRIX_ROWS]) for matrix in fitting[: limits.events]),
        more_matrices=sum(len(matrix.columns) >= MATRIX_COLUMNS[0] for matrix in matrices) - len(fitting[: limits.events]),
        claims=_claim_list(placed, index),
        texts=tuple(_texts(report, index)),
        version=report.version,
        rules_digest=report.rules_digest,
        embedder=report.embedder,
        accepted=accepted,
        stale=tuple(map(str, report.stale)),
    )


def _earlier(version: EarlierVersion, index: Index) -> VersionRow:
    """Say which version was set aside and why, and show what changed, reworded claims first."""
    name, earlier = Outlet(index.names[version.article]), version.earlier
    where = f"{earlier.id} ({earlier.path}, {publication(earlier)})"
    if version.same_text:
        whose = "" if earlier.source == index.articles[version.article].source else f", under the name of {earlier.source}"
        return VersionRow(version.article, (name, f" stands for {where}, which has the same text{whose}; it was compared once."), (), 0)
    order = "an earlier version" if version.dated else "another version, of which no date tells whether it is older,"
    changes = sorted(version.changes, key=lambda change: (change.after is None, change.before is None))
    same = "" if changes else "; no claim changed"
    rows = tuple(_change(change) for change in changes[: index.limits.changes])
    return VersionRow(
        version.article, (name, f" was compared; {order} was set aside: {where}{same}."), rows, len(changes[index.limits.changes :])
    )


def _timeline_rows(timeline: Timeline, index: Index) -> list[TimelineRow]:
    """List what was said of the points that developed, hour by hour; what a newer version of a page changed has a section of its own."""
    marks = [(series.point, mark.told) for series in timeline.series for mark in (*series.marks, *series.undated)]
    said = [*marks, *((_corrected(correction), correction.after) for correction in timeline.corrections if correction.after is not None)]
    kept = [(about, told) for about, told in said if about]
    kept.sort(key=lambda item: (item[1].when.isoformat() if item[1].when else "9999", item[1].evidence.article, item[1].evidence.span))
    return [_timeline_row(timeline.event, about, told, index) for about, told in kept]


def _corrected(correction: Correction) -> str:
    if correction.kind is CorrectionKind.NOTE:
        return "a note of correction"
    if correction.kind is CorrectionKind.RESTATED and correction.before is not None:
        before = correction.before
        return f'{correction.point}; the same outlet before ({before.published}): "{before.evidence.quote}"'
    return ""


def _timeline_row(event: str, about: str, told: Told, index: Index) -> TimelineRow:
    claim = index.numbers.get((told.evidence.article, told.evidence.claim))
    return TimelineRow(event, told.published, told.evidence.article, told.outlet, told.evidence.quote, told.evidence.span, claim, about)


def _texts(report: Report, index: Index) -> Iterator[TextFile]:
    files = text_files(report)
    for article in report.articles:
        if article.id in files:
            yield TextFile(index.names[article.id], files[article.id])
    for version in report.earlier:
        if version.earlier.id in files:
            yield TextFile(f"{version.earlier.source} ({version.earlier.id})", files[version.earlier.id])


def _change(change: Change) -> ChangeRow:
    before, after = change.before, change.after
    return ChangeRow(
        before.quote if before else "", before.span if before else None, after.quote if after else "", after.span if after else None
    )


def _accepted(report: Report, index: Index) -> Iterator[AcceptedRow]:
    """Show what is no longer counted, gravest first, with the reason."""
    why = {acceptance.finding: acceptance for acceptance in report.accepted}
    for finding in sorted((finding for finding in report.findings if finding.id in why), key=_gravity):
        yield AcceptedRow(_item(finding, index, by_time=False), acceptance_words(why[finding.id]))


def _gravity(finding: Finding) -> tuple[int, int]:
    severity = list(Severity).index(finding.severity) if finding.severity else len(Severity)
    return severity, finding.priority


def _weight(finding: Finding) -> tuple[bool, int, int, int, float]:
    """Order agreements: those of most independent origins first, then of most articles, the weightier point, the surer match.

    Articles that carry one text or rest on one origin count once.
    """
    return finding.independent is not True, -finding.origin_groups, -len(_articles(finding)), finding.priority, -finding.confidence


def _shown_singles(single: Sequence[Finding], limits: Limits) -> Sequence[Finding]:
    """Return the claims that stand alone, heaviest first, that the page shows: of those with little weight only a few."""
    heavy = sum(finding.priority < LEAST for finding in single)
    return single[: min(limits.singles, max(heavy, limits.light))]


def _burden(finding: Finding) -> tuple[int, int]:
    """Order claims that stand alone: the gravest first, then those on which most hangs."""
    return finding.priority, -len(finding.point.split(", "))


def _articles(finding: Finding) -> tuple[str, ...]:
    return tuple(dict.fromkeys(evidence.article for side in finding.sides for evidence in side.evidence))


def _listing(findings: Sequence[Finding], limit: int, index: Index, *, by_time: bool = False) -> Listing:
    return Listing(tuple(_item(finding, index, by_time) for finding in findings[:limit]), len(findings[limit:]))


def _citations(listing: Listing) -> Iterator[Citation]:
    return (citation for item in listing.rows for version in item.versions for citation in version.citations)


def _item(finding: Finding, index: Index, by_time: bool) -> Item:
    sides = sorted(finding.sides, key=lambda side: _first_time(side, index)) if by_time else finding.sides
    comparison = decisive(finding)
    return Item(
        id=index.short[finding.id],
        event=finding.event,
        field=finding.field,
        severity=finding.severity,
        point=finding.point,
        versions=tuple(_version(side, index) for side in sides[: index.limits.versions]),
        more=len(sides[index.limits.versions :]),
        kind=KIND_WORDS[finding.severity] if finding.severity else "",
        internal=finding.scope == "internal",
        rule=finding.rule,
        reason=finding.why or (comparison.reason if comparison else ""),
        settle=finding.settle,
        decided=index.decided(finding),
    )


def decisive(finding: Finding) -> Comparison | None:
    """Return the comparison that gives a conflict its severity."""
    verdict = None if finding.severity is None else finding.severity.value
    grave = (comparison for comparison in finding.comparisons if comparison.verdict.value == verdict)
    return next(chain(grave, finding.comparisons), None)


def _first_time(side: Side, index: Index) -> str:
    times = (index.articles[evidence.article].instant for evidence in side.evidence)
    return min((time.isoformat() for time in times if time), default="9999")


def _version(side: Side, index: Index) -> Version:
    """Show a version in the words of as many outlets as there is room for, each outlet's first passage before any second."""
    seen: Counter[str] = Counter()
    ranked = []
    for place, evidence in enumerate(side.evidence):
        ranked.append((seen[evidence.article], place, evidence))
        seen[evidence.article] += 1
    chosen = [evidence for _, _, evidence in sorted(ranked, key=lambda entry: entry[:2])]
    return Version(
        side.label, tuple(index.cite(evidence) for evidence in chosen[: index.limits.citations]), len(chosen[index.limits.citations :])
    )


def _agreement(finding: Finding, index: Index) -> AgreementRow:
    """Show each article once, at its first passage; the fact is the shortest whole sentence, or the value."""
    evidence = [passage for side in finding.sides for passage in side.evidence]
    first = list({passage.article: passage for passage in reversed(evidence)}.values())[::-1]
    citations = tuple(index.cite(passage) for passage in first)
    whole = all(citation.whole for citation in citations)
    words = min((citation.quote for citation in citations), key=len) if whole else citations[0].quote
    return AgreementRow(
        id=index.short[finding.id],
        event=finding.event,
        field=finding.field,
        point="" if whole else finding.point,
        fact=words,
        whole=whole,
        citations=citations[: index.limits.tellers],
        more=len(citations[index.limits.tellers :]),
        independence=finding.independence or {True: "yes", False: "no", None: "cannot be told"}[finding.independent],
        decided=index.decided(finding),
    )


def _single(finding: Finding, index: Index) -> SingleRow:
    place = index.cite(finding.sides[0].evidence[0])
    return SingleRow(index.short[finding.id], finding.event, finding.field, place, finding.point, index.decided(finding))


def _outdated(report: Report) -> tuple[OutdatedRow, ...]:
    stale = report.overlay.stale if report.overlay else ()
    return tuple(OutdatedRow(old.point, old.quotes, visible(decided(old.standing))) for old in stale)


def _event_rows(report: Report, index: Index) -> tuple[EventRow, ...]:
    """List events that several articles tell first, then the rest, each by its number of claims."""
    told = Counter(claim.event for claim in report.claims)
    ordered = sorted(report.events, key=lambda event: (len(event.articles) < 2, -told[event.id], event.id))
    return tuple(
        EventRow(event.id, event.label, index.outlets(event.articles), told[event.id], _compared_with(len(event.articles)))
        for event in ordered
    )


def _compared_with(articles: int) -> str:
    if articles < 2:
        return "nothing: one article only"
    return "each other" if articles == 2 else f"each other ({articles * (articles - 1) // 2} pairs)"


def _bottom_line(
    report: Report, conflicts: Sequence[Finding], agreed: Sequence[Finding], single: Sequence[Finding], index: Index
) -> Iterator[Sentence]:
    yield _scope_sentence(report, index)
    yield from _conflict_sentences(conflicts)
    yield from _copies_sentences(report, index)
    if agreed:
        yield _independence_sentence(agreed)
    yield from _second_source_sentences(single, index)
    if n := len(report.accepted):
        verb = "is" if n == 1 else "are"
        yield (f"{opening(counted(n, 'further conflict'))} {verb} known or suppressed: see below.",)
    yield (_left_out_summary(report),)


def _scope_sentence(report: Report, index: Index) -> Sentence:
    total = len(report.articles)
    shared = [event for event in report.events if len(event.articles) > 1]
    if not total:
        return ("No article could be read.",)
    if total == 1:
        return ("Only one article was read, ", Outlet(index.names[report.articles[0].id]), ": it was checked against itself alone.")
    if not shared:
        return (f"{opening(counted(total, 'article'))} were read, and they share no event: nothing was compared between articles.",)
    start = f"{opening(counted(total, 'article'))} were compared, about {counted(len(shared), 'event')}"
    alone = _unshared(report, shared)
    if not alone:
        return (start + ".",)
    if len(alone) > 3:
        return (f"{start}; {counted(len(alone), 'article')} share no event with the others.",)
    names = _outlets_in_words(index.outlets(alone))
    return (start + "; ", *names, f" {'shares' if len(names) == 1 else 'share'} no event with the others.")


def _unshared(report: Report, shared: Sequence[Event]) -> tuple[str, ...]:
    within = {article for event in shared for article in event.articles}
    return tuple(article.id for article in report.articles if article.id not in within)


def _outlets_in_words(names: Sequence[str]) -> Sentence:
    pieces: list[Piece] = []
    for i, name in enumerate(names):
        pieces += [*([" and " if i == len(names) - 1 else ", "] if i else []), Outlet(name)]
    return tuple(pieces)


def _conflict_sentences(conflicts: Sequence[Finding]) -> Iterator[Sentence]:
    red = [finding for finding in conflicts if finding.severity is Severity.CONTRADICTION]
    across = sum(finding.scope == "cross" for finding in red)
    tensions = sum(finding.severity is Severity.TENSION for finding in conflicts)
    mild = sum(finding.severity not in LOUD for finding in conflicts)
    parts = [f"{counted(across, 'flat contradiction')} between articles"] if across else []
    if inside := len(red) - across:
        parts.append(f"{number(inside) if across else counted(inside, 'flat contradiction')} inside a single article")
    further = " further" if red else ""
    at_odds = f"{counted(tensions, further.strip() + ' point' if red else 'point')} {'is' if tensions == 1 else 'are'} at odds"
    if red:
        verb = "is" if (across or inside) == 1 else "are"
        yield (f"There {verb} {listed(parts)}" + (f"; {at_odds}." if tensions else "."),)
    elif tensions:
        yield (f"There is no flat contradiction, but {at_odds}.",)
    else:
        quiet = f"; {counted(mild, 'point')} {'differs' if mild == 1 else 'differ'} in wording, precision or time only" if mild else ""
        yield (f"Nothing that was compared conflicts{quiet}.",)
        yield ("That covers only what could be compared: what was not checked stands at the end of this page.",)


def _copies_sentences(report: Report, index: Index) -> Iterator[Sentence]:
    """Name the articles that carry one text, the largest groups first."""
    copies = sorted((copy for copy in report.copies if copy.near_copy), key=lambda copy: (-len(copy.articles), copy.articles))
    for copy in copies[:COPIES]:
        names = index.outlets(copy.articles)
        whose = f" of {copy.origin}" if copy.origin else ""
        count = counted(len(copy.articles), "article") if len(names) > NAMED_COPIES else ""
        who = (f"{opening(count)}",) if count else _outlets_in_words(names)
        yield (*who, f" carry much the same text{whose}: they are one source, not {number(len(copy.articles))}.")
    if rest := len(copies[COPIES:]):
        yield (f"So do the articles of {counted(rest, 'more group')}, listed in report.json.",)


def _independence_sentence(agreed: Sequence[Finding]) -> Sentence:
    dependent = [finding for finding in agreed if finding.independent is False]
    unknown = sum(finding.independent is None for finding in agreed)
    total = len(agreed)
    whole = f"{number(total)} agreements" if total > 1 else "only agreement"
    if total == 1:
        state = {True: "rests on different origins", False: "is not independent", None: "may or may not be independent"}[
            agreed[0].independent
        ]
        return (f"The {whole} {state}" + _ties(dependent) + ".",)
    tail = f"; for {number(unknown)} it cannot be told" if unknown else ""
    if not dependent:
        return (f"None of the {whole} is known to rest on one origin{tail}.",)
    verb = "is" if len(dependent) == 1 else "are"
    return (f"{opening(number(len(dependent)))} of the {whole} {verb} not independent{_ties(dependent)}{tail}.",)


def _ties(dependent: Sequence[Finding]) -> str:
    """Say why agreements are not independent, the two commonest reasons at most."""
    reasons = Counter(shortened(finding.independence.removeprefix("no: "), 100) for finding in dependent if finding.independence)
    common = sorted(reasons, key=lambda reason: (-reasons[reason], reason))[:2]
    return f" ({'; '.join(common)})" if common else ""


def _second_source_sentences(single: Sequence[Finding], index: Index) -> Iterator[Sentence]:
    """Name what stands in one article only and would hurt if it were wrong."""
    gravest = [finding for finding in single if finding.priority == 1]
    if not gravest:
        weighty = sum(finding.priority == 2 for finding in single)
        if n := weighty or len(single):
            verb, them = ("stands", "it") if n == 1 else ("stand", "them")
            claims = opening(counted(n, "claim")) + (" of weight" if weighty else "")
            yield (f"{claims} {verb} in one article only: get a second source before printing {them}.",)
        return
    pieces: list[Piece] = ["Not to be printed without a second source: "]
    for i, finding in enumerate(gravest[:2]):
        pieces += [*(["; "] if i else []), index.cite(finding.sides[0].evidence[0])]
    rest = len(gravest) - 2
    yield (*pieces, f"; and {counted(rest, 'more claim')}." if rest > 0 else ".")


def _left_out_summary(report: Report) -> str:
    removed = [part.reason for article in report.articles for part in article.removed]
    embedded = removed.count(RemovalReason.EMBEDDED_ARTICLE)
    parts = []
    if plain := len(removed) - embedded:
        parts.append(f"{counted(plain, 'passage')} outside the news text (page furniture, captions, links)")
    if embedded:
        parts.append(counted(embedded, *REMOVAL_WORDS[RemovalReason.EMBEDDED_ARTICLE]))
    if report.problems:
        parts.append(f"{counted(len(report.problems), 'part')} of the input that could not be used")
    if apart := _told_once(report):
        parts.append(f"{counted(apart, 'claim')} about events that one article alone tells of")
    return f"Left out of the comparison: {listed(parts)}." if parts else "Nothing was left out of the comparison."


def _told_once(report: Report) -> int:
    """Count the claims that had nothing to meet, where there was more than one article."""
    shared = {event.id for event in report.events if len(event.articles) > 1}
    return sum(claim.event not in shared for claim in report.claims) if len(report.articles) > 1 else 0


def _left_out(report: Report, index: Index) -> Iterator[Sentence]:
    for article in report.articles:
        if article.removed:
            tally = Counter(part.reason for part in article.removed)
            parts = [counted(tally[reason], *REMOVAL_WORDS[reason]) for reason in RemovalReason if tally[reason]]
            size = sum(part.span.end - part.span.start for part in article.removed)
            yield (Outlet(index.names[article.id]), f": {listed(parts)} ({size:,} of {len(article.text):,} characters).")
    told = Counter(claim.article for claim in report.claims)
    for article in report.articles:
        if not told[article.id]:
            yield (Outlet(index.names[article.id]), ": no claim could be read from it.")
    shared = {event.id for event in report.events if len(event.articles) > 1}
    if len(report.articles) > 1:
        apart = Counter(claim.article for claim in report.claims if claim.event not in shared)
        told_apart = [article for article in report.articles if apart[article.id]]
        if told_apart:
            counts = (f" {apart[article.id]:,}" for article in told_apart)
            names = _outlets_in_words([index.names[article.id] for article in told_apart])
            numbered = chain.from_iterable((piece, next(counts)) if isinstance(piece, Outlet) else (piece,) for piece in names)
            yield ("Claims about events that no other article tells of: ", *numbered, ".")
    yield from ((f"Not used: {problem}.",) for problem in islice(report.problems, index.limits.problems))
    if rest := len(report.problems[index.limits.problems :]):
        yield (f"Not used: {counted(rest, 'more part')} of the input.",)


def _unchecked(report: Report, index: Index) -> Iterator[Sentence]:
    bare, total = sum(not claim.fields for claim in report.claims), len(report.claims)
    if bare:
        verb, was = ("holds", "it was") if bare == 1 else ("hold", "they were")
        share = f"{opening(number(bare))} of {counted(total, 'claim')}"
        yield (f"{share} {verb} no value that a rule could compare; {was} compared by the sense of the sentence alone.",)
    for article in report.articles:
        name = Outlet(index.names[article.id])
        if article.published is None:
            yield (name, ' carries no date of publication, so "yesterday" and the like could not be placed in it.')
        if article.language and not article.language.lower().startswith("en"):
            yield (name, f' is in another language ("{article.language}") than the English that the rules read.')
    if guessed := index.outlets(article.id for article in report.articles if article.published_inferred and article.published):
        yield ("The date of publication of ", *_outlets_in_words(guessed), " is inferred.")
    if unnamed := index.outlets(article.id for article in report.articles if article.source_inferred):
        yield ("No source is stated for ", *_outlets_in_words(unnamed), "; the name was taken from the text, the address or the file.")
    if report.judge:
        yield (_asked(report.judge),)
    yield ("Pictures, film and linked pages; and whether what the articles agree on is true.",)


def _asked(judge: Asked) -> str:
    """Mark that a language model outside this machine was asked, and how far it came."""
    left = judge.asked - judge.answered
    pairs = f"{counted(judge.asked, 'pair')} of sentences of one fact"
    rest = f"; {counted(left, 'pair')} got no answer and {'was' if left == 1 else 'were'} not judged" if left else ""
    return (
        f"The language model {judge.name}, outside this tool, was sent {pairs}{rest}. "
        "What rests on it alone names the rule judge, and is at odds at most."
    )


def _claim_list(wanted: Set[int], index: Index) -> tuple[ClaimRow, ...]:
    return tuple(
        ClaimRow(place, claim.id, index.names[claim.article], claim.span, claim.text)
        for key, claim in index.claims.items()
        if (place := index.numbers[key]) in wanted
    )
