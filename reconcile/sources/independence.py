"""Claims with their chains in, whether they have different origins out: never "yes" where an origin is not stated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from reconcile.model import Chain, Claim, Link, Origin, SharedPassage
from reconcile.sources.credits import UNNAMED, Credit
from reconcile.sources.names import core_of, fullest, one_desk, one_origin, words_of

ENDS = frozenset({"speaker", "document", "eyewitness"})
"""Links that a chain may end with; behind a medium stands somebody whom the chain does not name."""
NAMES_SHOWN = 2
"""Names by which one origin is called at most."""


@dataclass(frozen=True, slots=True)
class Ties:
    """What is known of where claims come from: articles that belong together, and the chains and credits of each."""

    outlets: Mapping[str, str]
    near: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The agency behind each two articles that are near-copies ("" where none is named), by their ids in order."""
    passages: Mapping[tuple[str, str], Sequence[SharedPassage]] = field(default_factory=dict)
    """The passages that two articles share, by their ids in order."""
    chains: Mapping[tuple[str, str], Chain] = field(default_factory=dict)
    """By article and claim; a claim without one states no origin."""
    credits: Mapping[str, Sequence[Credit]] = field(default_factory=dict)
    bodies: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    """The words beside the name of a speaker, by article, then by name."""

    def origins(self, claim: Claim) -> tuple[Link, ...]:
        """Return the links of a claim beyond its outlet; what somebody says in a document is theirs, not the document's."""
        chain = self.chains.get((claim.article, claim.id))
        links = chain.links[1:] if chain else ()
        spoken = any(link.kind in {"speaker", "eyewitness"} for link in links)
        return tuple(link for link in links if not (spoken and link.kind == "document"))

    def one_passage(self, a: Claim, b: Claim) -> bool:
        """Return whether two claims of different articles stand in one shared passage."""
        first, second = sorted((a, b), key=lambda claim: claim.article)
        shared = self.passages.get((first.article, second.article), ())
        return any(passage.a.span.overlaps(first.span) and passage.b.span.overlaps(second.span) for passage in shared)


@dataclass(frozen=True, slots=True)
class Independence:
    """Whether claims of several articles have different origins."""

    independent: bool | None
    """True where two origins are known to differ, False where all articles rest on one, None where it cannot be told."""
    reason: str
    origins: tuple[Origin, ...]
    groups: int
    """Articles that do not rest on each other, as far as is known."""


@dataclass(frozen=True, slots=True)
class _Joint:
    """Why articles belong together."""

    articles: tuple[str, ...]
    why: str


def independence(claims: Sequence[Claim], ties: Ties) -> Independence:
    """Tell how many origins stand behind claims that state one thing.

    Articles belong together that are near-copies, share the passage, name one origin, or of which one cites the other.
    """
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        told[claim.article].append(claim)
    articles = sorted(told)
    linked = {article: _distinct(link for claim in told[article] for link in ties.origins(claim)) for article in articles}
    origins = _origins(linked, ties)
    joints = [*_near(articles, ties), *_of_origin(origins, linked, ties), *_of_passage(articles, told, ties)]
    groups = _groups(articles, joints)
    if len(articles) > 1 and len(groups) == 1:
        return Independence(False, f"no: {_reasons(articles, joints, ties)}", origins, 1)
    known = [group for group in groups if any(_identified(link) for article in group for link in linked[article])]
    ending = [group for group in known if any(_identified(link) and link.kind in ENDS for article in group for link in linked[article])]
    counted = ending if len(ending) > 1 else known
    named = f"{len(articles)} articles, {_count(len(counted), 'origin')}: " + "; ".join(_called(g, linked, origins, ties) for g in counted)
    if any(_apart(a, b, linked, ties) for a, b in combinations(counted, 2)):
        rest = f"; none is stated in {_unknown(groups, counted, ties)}" if len(counted) < len(groups) else ""
        return Independence(True, f"yes: {named}{rest}", origins, len(counted))
    return Independence(None, f"cannot be told: {_doubt(groups, known, named, linked, ties)}", origins, len(groups))


def _distinct(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple({(link.kind, link.name): link for link in links}.values())


def _identified(link: Link) -> bool:
    """Return whether a link says who it is: "officials" and "witnesses" may be anybody."""
    return link.name != UNNAMED and (link.kind in {"agency", "medium"} or bool(core_of(link.name)))


def _origins(linked: Mapping[str, Sequence[Link]], ties: Ties) -> tuple[Origin, ...]:
    """Merge origins that are written a little differently ("the police", "police") and list who rests on each."""
    merged: list[tuple[dict[tuple[str, frozenset[str]], None], set[str]]] = []
    for article in sorted(linked):
        for link in linked[article]:
            written = link.name, ties.bodies.get(article, {}).get(link.name, frozenset())
            known = next((group for group in merged if _holds(group[0], written)), None)
            if known is None:
                known = ({}, set())
                merged.append(known)
            known[0][written] = None
            known[1].add(article)
    named = [Origin(fullest(sorted({name for name, _ in names})), tuple(sorted(articles))) for names, articles in merged]
    return tuple(sorted(named, key=lambda origin: (origin.name, origin.articles)))


def _holds(names: Mapping[tuple[str, frozenset[str]], None], written: tuple[str, frozenset[str]]) -> bool:
    """Return whether one of the names of an origin is the same origin as another name, or the same name for nobody in particular."""
    name, beside = written
    return written in names or any(
        known.lower() == name.lower() or one_origin(known, name, known_beside, beside) for known, known_beside in names
    )


def _near(articles: Sequence[str], ties: Ties) -> Iterator[_Joint]:
    near = [(pair, ties.near[pair]) for pair in combinations(articles, 2) if pair in ties.near]
    for group in _groups(articles, [_Joint(pair, "") for pair, _ in near]):
        if len(group) > 1:
            agencies = dict.fromkeys(agency for pair, agency in near if agency and set(pair) <= set(group))
            yield _Joint(group, "carry the same text" + (f" ({', '.join(agencies)})" if agencies else ""))


def _of_passage(articles: Sequence[str], told: Mapping[str, Sequence[Claim]], ties: Ties) -> Iterator[_Joint]:
    pairs = [
        (a, b)
        for a, b in combinations(articles, 2)
        if (a, b) not in ties.near and any(ties.one_passage(x, y) for x in told[a] for y in told[b])
    ]
    yield from (_Joint(group, "print one passage") for group in _groups(articles, [_Joint(pair, "") for pair in pairs]) if len(group) > 1)


def _of_origin(origins: Sequence[Origin], linked: Mapping[str, Sequence[Link]], ties: Ties) -> Iterator[_Joint]:
    for origin in origins:
        if len(origin.articles) > 1 and core_of(origin.name) and origin.name != UNNAMED:
            yield _Joint(origin.articles, f"rest on {origin.name}")
    outlets: dict[str, list[str]] = defaultdict(list)
    for article in sorted(linked):
        outlets[ties.outlets.get(article, article)].append(article)
    media = {link.name for links in linked.values() for link in links if link.kind in {"agency", "medium"}}
    cited = {medium: [outlet for outlet in outlets if one_origin(medium, outlet)] for medium in sorted(media)}
    for article in sorted(linked):
        for outlet in dict.fromkeys(outlet for link in linked[article] for outlet in cited.get(link.name, ())):
            if article not in outlets[outlet]:
                yield _Joint((article, *outlets[outlet]), f"rest on {outlet}")


def _groups(articles: Sequence[str], joints: Sequence[_Joint]) -> list[tuple[str, ...]]:
    group = {article: {article} for article in articles}
    for joint in joints:
        whole = set().union(*(group[article] for article in joint.articles))
        for article in whole:
            group[article] = whole
    return sorted({tuple(sorted(members)) for members in group.values()})


def _apart(a: Sequence[str], b: Sequence[str], linked: Mapping[str, Sequence[Link]], ties: Ties) -> bool:
    """Return whether two groups are known to have different origins.

    A medium may have it from the very speaker that the other names, so a chain that ends with a medium only stands beside another such.
    """
    kinds = [{link.kind in ENDS for article in group for link in linked[article] if _identified(link)} for group in (a, b)]
    if one_desk(*(_words(group, linked, ties) for group in (a, b))):
        return False
    in_part = [{credit.agency for article in group for credit in ties.credits.get(article, ())} for group in (a, b)]
    return (True in kinds[0]) == (True in kinds[1]) and not in_part[0] & in_part[1]


def _words(group: Sequence[str], linked: Mapping[str, Sequence[Link]], ties: Ties) -> frozenset[str]:
    """Return the words of the names of a group's origins, and of what any of its articles puts beside them."""
    names = {link.name for article in group for link in linked[article] if _identified(link)}
    told = [pair for article in group for pair in ties.bodies.get(article, {}).items()]
    beside = [words for name, words in told if any(one_origin(name, known) for known in names)]
    return frozenset().union(*map(words_of, names), *beside)


def _reasons(articles: Sequence[str], joints: Sequence[_Joint], ties: Ties) -> str:
    whole = next((joint for joint in joints if set(joint.articles) == set(articles)), None)
    if whole is not None:
        return f"{_listing(whole.articles, ties)} {whole.why}"
    told = dict.fromkeys(f"{_listing(joint.articles, ties)} {joint.why}" for joint in joints)
    return f"{len(articles)} articles, 1 origin: " + "; ".join(told)


def _doubt(
    groups: Sequence[tuple[str, ...]], known: Sequence[tuple[str, ...]], named: str, linked: Mapping[str, Sequence[Link]], ties: Ties
) -> str:
    """Say what is missing before two origins could be told apart."""
    if len(known) < len(groups):
        return f"{named}; none is stated in {_unknown(groups, known, ties)}" if known else "none of them states an origin"
    media = {link.name for group in known for article in group for link in linked[article] if link.kind not in ENDS and _identified(link)}
    if media and not all(any(link.kind in ENDS for article in group for link in linked[article]) for group in known):
        return f"{named}; whom {_and(sorted(media))} had it from is not stated"
    return f"{named}; they may be one"


def _unknown(groups: Sequence[tuple[str, ...]], known: Sequence[tuple[str, ...]], ties: Ties) -> str:
    return _listing([article for group in groups if group not in known for article in group], ties)


def _called(group: Sequence[str], linked: Mapping[str, Sequence[Link]], origins: Sequence[Origin], ties: Ties) -> str:
    """Name the origins of a group, nearest to the event first, with the outlets that rest on them."""
    ends = {link.name: link.kind in ENDS for article in group for link in linked[article] if _identified(link)}
    inside = [origin for origin in origins if set(origin.articles) & set(group) and _names(origin, ends)]
    ranked = sorted(
        inside,
        key=lambda origin: (not any(ends[name] for name in _names(origin, ends)), -len(set(origin.articles) & set(group)), origin.name),
    )
    return f"{_and([origin.name for origin in ranked[:NAMES_SHOWN]])} ({', '.join(dict.fromkeys(ties.outlets.get(a, a) for a in group))})"


def _names(origin: Origin, known: Mapping[str, bool]) -> list[str]:
    return [name for name in known if name == origin.name or one_origin(name, origin.name)]


def _listing(articles: Sequence[str], ties: Ties) -> str:
    return _and(list(dict.fromkeys(ties.outlets.get(article, article) for article in articles)))


def _and(names: Sequence[str]) -> str:
    return " and ".join([*([", ".join(names[:-1])] if len(names) > 1 else []), *names[-1:]])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
