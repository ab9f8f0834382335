"""A report and two of its articles in, the two side by side out: where they differ, what both say, what only one says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from rapidfuzz import fuzz

from reconcile.errors import InputError
from reconcile.model import Article, Claim, Comparison, Evidence, Finding, Outcome, Report, Severity, Verdict
from reconcile.report.wording import outlet_names

Format: TypeAlias = Literal["text", "unified", "md", "json"]
LOUD: Final = (Verdict.CONTRADICTION, Verdict.TENSION)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one of the two articles and the claim they stand in; the words are the claim where all of it is meant."""

    evidence: Evidence
    claim: Claim

    @property
    def whole(self) -> bool:
        """Return whether the words are the whole claim."""
        return self.evidence.span == self.claim.span


@dataclass(frozen=True, slots=True)
class Difference:
    """A point on which the articles, or two passages of one of them, differ."""

    finding: Finding
    kind: Severity
    rule: str
    reason: str
    left: tuple[Passage, ...]
    right: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What both articles say: two claims, or two phrases of one value; `see` numbers the differences inside the pair."""

    left: Passage
    right: Passage
    likeness: float
    point: str
    see: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """A claim without a counterpart; `see` names the sections in which a value of it stands, such as "1.2"."""

    claim: Claim
    see: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """Claims of one article about an event that the other does not tell of."""

    article: str
    label: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """Two articles compared, ready to be shown."""

    left: Article
    right: Article
    names: tuple[str, str]
    counts: tuple[int, int]
    shared: tuple[str, ...]
    """Labels of the events that both tell of."""
    ties: tuple[str, ...]
    """Why the two are not independent."""
    differences: tuple[Difference, ...]
    inside: tuple[Difference, ...]
    matches: tuple[Match, ...]
    only_left: tuple[Alone, ...]
    only_right: tuple[Alone, ...]
    apart: tuple[Apart, ...]


def render_diff(report: Report, a: str, b: str, format: Format, width: int = 100, color: bool = False) -> str:
    """Render two articles, given by id, side by side; `width` and `color` are for a terminal. Raises InputError."""
    from reconcile.report import diffpages, diffunified

    diff = build_diff(report, a, b)
    if format == "json":
        return diffpages.diff_json(diff)
    if format == "md":
        return diffpages.diff_markdown(diff)
    if format == "unified":
        return diffunified.diff_unified(diff, color)
    return diffpages.diff_text(diff, width, color)


def build_diff(report: Report, a: str, b: str) -> Diff:
    """Sort what the report knows of two articles into the sections of the comparison."""
    left, right = _article(report, a), _article(report, b)
    if left is right:
        raise InputError(f'"{a}" is one article: two are needed')
    claims = _told(report)
    names = outlet_names((left, right))
    shared = {event.id for event in report.events if {a, b} <= set(event.articles)} | _met(report, a, b)
    differences = tuple(_differences(report, claims, a, b))
    matches = tuple(_matches(report, claims, a, b, differences))
    paired = _paired(report, claims, a, b, matches)
    marks = _marks(differences, matches)
    told = [claim for claim in report.claims if claim.article in (a, b)]
    only = [claim for claim in sorted(told, key=lambda claim: claim.order) if claim.event in shared and claim.id not in paired]
    return Diff(
        left=left,
        right=right,
        names=(names[a], names[b]),
        counts=(sum(claim.article == a for claim in told), sum(claim.article == b for claim in told)),
        shared=tuple(event.label for event in report.events if event.id in shared),
        ties=tuple(_ties(report, a, b)),
        differences=differences,
        inside=tuple(_inside(report, claims, a, b)),
        matches=matches,
        only_left=tuple(Alone(claim, marks[claim.id]) for claim in only if claim.article == a),
        only_right=tuple(Alone(claim, marks[claim.id]) for claim in only if claim.article == b),
        apart=tuple(_apart(report, told, shared, a, b)),
    )


def _article(report: Report, name: str) -> Article:
    found = next((article for article in report.articles if article.id == name), None)
    if found is None:
        raise InputError(f'there is no article "{name}"; there are {", ".join(article.id for article in report.articles) or "none"}')
    return found


def _met(report: Report, a: str, b: str) -> set[str]:
    """Return the events of which both articles have claims."""
    events = [{claim.event for claim in report.claims if claim.article == article and claim.event} for article in (a, b)]
    return events[0] & events[1]


@dataclass(frozen=True, slots=True)
class _Told:
    """The claims of a report, by id and by article and id: two articles of one text have claims of one id."""

    by_id: Mapping[str, Claim]
    placed: Mapping[tuple[str, str], Claim]

    def passages(self, evidence: Iterable[Evidence], article: str) -> tuple[Passage, ...]:
        """Return the evidence from one article with its claims."""
        return tuple(Passage(part, self.placed[article, part.claim]) for part in evidence if part.article == article)

    def of(self, ids: Iterable[str], article: str) -> list[Claim]:
        """Return those claims of an article that have one of the ids."""
        return [self.placed[article, name] for name in ids if (article, name) in self.placed]


def _told(report: Report) -> _Told:
    return _Told({claim.id: claim for claim in report.claims}, {(claim.article, claim.id): claim for claim in report.claims})


def _differences(report: Report, claims: _Told, a: str, b: str) -> Iterator[Difference]:
    """Yield the conflicts in which the two articles stand on different sides, gravest first."""
    found = []
    for finding in report.findings:
        if finding.outcome is not Outcome.CONFLICT or finding.severity is None:
            continue
        sides = [({part.article for part in side.evidence}, side) for side in finding.sides]
        if not any(a in first and b in second for i, (first, _) in enumerate(sides) for j, (second, _) in enumerate(sides) if i != j):
            continue
        evidence = [part for side in finding.sides for part in side.evidence]
        kind, comparison = _grounds(finding, claims, {a, b})
        found.append(
            Difference(
                finding,
                kind,
                comparison.rule if comparison else finding.rule,
                comparison.reason if comparison else "",
                claims.passages(evidence, a),
                claims.passages(evidence, b),
            )
        )
    order = list(Severity)
    yield from sorted(found, key=lambda difference: (order.index(difference.kind), difference.finding.priority))


def _grounds(finding: Finding, claims: _Told, articles: set[str]) -> tuple[Severity, Comparison | None]:
    """Return the gravest comparison between the articles, and how grave it is; a finding may be graver through a third article."""
    assert finding.severity is not None
    between = [c for c in finding.comparisons if {claims.by_id[c.claim_a].article, claims.by_id[c.claim_b].article} == articles]
    for severity in Severity:
        for comparison in between:
            if comparison.verdict.value == severity.value:
                return severity, comparison
    return finding.severity, next((c for c in finding.comparisons if c.verdict.value == finding.severity.value), None)


def _inside(report: Report, claims: _Told, a: str, b: str) -> Iterator[Difference]:
    """Yield the conflicts inside one of the two articles, each passage on the right after the first version on the left."""
    for finding in report.findings:
        articles = {part.article for side in finding.sides for part in side.evidence}
        if finding.outcome is Outcome.CONFLICT and finding.severity and len(articles) == 1 and articles <= {a, b}:
            article = articles.pop()
            kind, comparison = _grounds(finding, claims, {article})
            rest = [part for side in finding.sides[1:] for part in side.evidence]
            yield Difference(
                finding,
                kind,
                comparison.rule if comparison else finding.rule,
                comparison.reason if comparison else "",
                claims.passages(finding.sides[0].evidence, article),
                claims.passages(rest, article),
            )


def _matches(report: Report, claims: _Told, a: str, b: str, differences: Sequence[Difference]) -> Iterator[Match]:
    """Yield the pairs of claims that say the same, most alike first, then single values that agree elsewhere."""
    disputed: dict[frozenset[str], list[int]] = defaultdict(list)
    loud: set[frozenset[str]] = set()
    for place, difference in enumerate(differences, 1):
        for comparison in difference.finding.comparisons:
            pair = frozenset((comparison.claim_a, comparison.claim_b))
            if comparison.verdict not in (Verdict.AGREEMENT, Verdict.NOTHING) and place not in disputed[pair]:
                disputed[pair].append(place)
            if comparison.verdict in LOUD:
                loud.add(pair)
    clustered = {member for cluster in report.clusters for member in cluster.claims}
    # Word for word the same text in both articles needs no cluster to belong together.
    equal = [(claim.id,) for claim in report.claims if claim.article == a and claim.id not in clustered]
    groups = [*(cluster.claims for cluster in report.clusters), *equal]
    # Two claims that carry two facts may meet in two clusters: once is enough.
    pairs = list({(pair[1].id, pair[2].id): pair for group in groups for pair in _pairs_of(group, claims, a, b)}.values())
    pairs.sort(key=lambda pair: (frozenset((pair[1].id, pair[2].id)) in loud, -pair[0], pair[1].order, pair[2].order))
    for likeness, left, right in pairs:
        see = tuple(disputed.get(frozenset((left.id, right.id)), ()))
        yield Match(_whole(left), _whole(right), likeness, "", see)
    covered = {frozenset((left.id, right.id)) for _, left, right in pairs}
    yield from _value_matches(report, claims, a, b, covered)


def _pairs_of(members: Sequence[str], claims: _Told, a: str, b: str) -> list[tuple[float, Claim, Claim]]:
    """Pair the claims of a cluster one to one, likest first; a claim left over goes with its likest counterpart."""
    lefts, rights = claims.of(members, a), claims.of(members, b)
    # The likeness of words, in any order, ranks the pairs; that they belong together the cluster has decided.
    ranked = sorted(
        ((round(fuzz.token_sort_ratio(_flat(x), _flat(y)) / 100, 3), x, y) for x in lefts for y in rights),
        key=lambda pair: (-pair[0], pair[1].order, pair[2].order),
    )
    taken: set[str] = set()
    chosen = []
    for pair in ranked:
        if not taken & {pair[1].id, pair[2].id}:
            taken |= {pair[1].id, pair[2].id}
            chosen.append(pair)
    for pair in ranked:
        if not {pair[1].id, pair[2].id} <= taken:
            taken |= {pair[1].id, pair[2].id}
            chosen.append(pair)
    return chosen


def _flat(claim: Claim) -> str:
    return " ".join(claim.text.lower().split())


def _whole(claim: Claim) -> Passage:
    return Passage(Evidence(claim.article, claim.id, claim.span, claim.text), claim)


def _value_matches(report: Report, claims: _Told, a: str, b: str, covered: set[frozenset[str]]) -> Iterator[Match]:
    """Yield agreements of which no pair of claims stands in a cluster of both articles."""
    for finding in report.findings:
        if finding.outcome is not Outcome.AGREEMENT:
            continue
        evidence = [part for side in finding.sides for part in side.evidence]
        lefts, rights = claims.passages(evidence, a), claims.passages(evidence, b)
        if not lefts or not rights or any(frozenset((x.claim.id, y.claim.id)) in covered for x in lefts for y in rights):
            continue
        point = "" if lefts[0].whole and rights[0].whole else finding.point
        yield Match(lefts[0], rights[0], finding.confidence, point, ())


def _paired(report: Report, claims: _Told, a: str, b: str, matches: Sequence[Match]) -> set[str]:
    """Return the claims that have a counterpart in the other article."""
    paired = {passage.claim.id for match in matches for passage in (match.left, match.right) if passage.whole}
    for cluster in report.clusters:
        if claims.of(cluster.claims, a) and claims.of(cluster.claims, b):
            paired.update(cluster.claims)
    return paired


def _marks(differences: Sequence[Difference], matches: Sequence[Match]) -> dict[str, tuple[str, ...]]:
    """Return, per claim, the numbered places in which a value of it stands."""
    marks: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for section, rows in (
        (1, [(*difference.left, *difference.right) for difference in differences]),
        (2, [(match.left, match.right) for match in matches]),
    ):
        for place, passages in enumerate(rows, 1):
            for claim in dict.fromkeys(passage.claim.id for passage in passages):
                marks[claim] = (*marks[claim], f"{section}.{place}")
    return marks


def _apart(report: Report, told: Sequence[Claim], shared: set[str], a: str, b: str) -> Iterator[Apart]:
    """Yield the claims that had nothing to meet, by article and event, in the order of the text."""
    labels = {event.id: event.label for event in report.events}
    for article in (a, b):
        by_event: dict[str, list[Claim]] = defaultdict(list)
        for claim in sorted(told, key=lambda claim: claim.order):
            if claim.article == article and claim.event not in shared:
                by_event[claim.event].append(claim)
        for event, claims in by_event.items():
            yield Apart(article, labels.get(event, ""), tuple(claims))


def _ties(report: Report, a: str, b: str) -> Iterator[str]:
    """Yield in words what ties the two articles to one origin, strongest first and each once."""
    both = [copy for copy in report.copies if {a, b} <= set(copy.articles)]
    if near := next((copy for copy in both if copy.near_copy), None):
        yield "both carry the same text" + (f" ({near.origin})" if near.origin else "")
    for origin in dict.fromkeys(copy.origin for copy in both if copy.origin and not copy.near_copy):
        yield f"both rest on {origin}"
