"""The stages, in order, once: articles in, report out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from reconcile import __version__, clustering, sources, versions
from reconcile.cache import Cache, identity_of
from reconcile.claims import extract_claims
from reconcile.clustering import Likeness, cluster_claims
from reconcile.errors import InputError
from reconcile.events import assign_events, explain_tie
from reconcile.fields import extract_fields
from reconcile.judging import Witness, compare_event, judge, language_model, pairs_to_score, sole_ground, trained_scorer
from reconcile.model import (
    Article,
    Asked,
    Block,
    BlockKind,
    Case,
    Claim,
    Cluster,
    Comparison,
    EarlierVersion,
    PairExplanation,
    Problem,
    Report,
    RuleSet,
    Span,
    Verdict,
)
from reconcile.models.embedder import Embedder, Remembering
from reconcile.models.judge import Judge, Passage
from reconcile.models.parser import Parser, language_name
from reconcile.models.scorer import Scorer
from reconcile.record import make_records

Progress = Callable[[str, int, int], None]
NO_PARSER = "it was left out: name a spaCy pipeline for it with --parser to have it compared"
STAGES = ("claims", "fields", "embeddings", "events", "clusters", "findings")


def _ignore(stage: str, done: int, total: int) -> None:
    """Tell no progress."""


def build_report(
    articles: Sequence[Article],
    rules: RuleSet,
    parser: Parser,
    embedder: Embedder,
    *,
    scorer: Scorer | None = None,
    jury: Judge | None = None,
    parsers: Sequence[Parser] = (),
    earlier: Sequence[EarlierVersion] = (),
    problems: Sequence[Problem] = (),
    options: Mapping[str, object] | None = None,
    progress: Progress | None = None,
    cache: Cache | None = None,
) -> Report:
    """Run every stage over the articles; the report is the same for any order of them.

    `scorer` is asked of claims of one cluster, and after it `jury`; without them, only rules find conflicts. `parsers` are for articles in
    other languages than that of `parser`; an article that none of them reads is left out, as a problem.
    `earlier` are versions that were set aside: what changed since is told, but they are not compared.
    Raises InputError where no article is left.
    `progress` is called with the name of each stage, its number from 0, and the number of stages.
    `cache` gives back the claims and vectors of earlier runs; the report is the same with and without it.
    """
    step = progress or _ignore
    spoken = {one.language: one for one in reversed((parser, *parsers))}
    ordered, foreign = _readable(sorted(articles, key=lambda article: article.id), spoken)
    if foreign and not ordered:
        raise InputError("\n".join(sorted(map(str, foreign))))
    claims = _claims(ordered, spoken, rules, cache, step)
    _tell(step, 2)
    embedder = Remembering(cache.embedder(embedder) if cache else embedder)
    embedder.embed([claim.text for claim in claims])
    _tell(step, 3)
    placed = assign_events(claims, ordered, embedder)
    claims = placed.claims
    _tell(step, 4)
    likeness = Likeness(claims, embedder, placed.ties, parser.language)
    clusters = cluster_claims(likeness)
    _tell(step, 5)
    witnesses, asked = _witnesses(clusters, claims, scorer, jury)
    judgement = judge(placed.events, claims, clusters, ordered, rules, likeness.of, witnesses)
    ties = sources.find_ties(ordered, claims)
    findings = sources.trace_origins(judgement.findings, claims, ties)
    kept = {article.id for article in ordered}
    earlier = [version for version in earlier if version.article in kept]
    outdated, _ = _readable([version.earlier for version in earlier if not version.same_text], spoken)
    step("done", len(STAGES), len(STAGES))
    return Report(
        version=__version__,
        rules_digest=rules.digest,
        embedder=embedder.name,
        scorer=scorer.name if scorer else None,
        judge=asked,
        options=dict(options or {}),
        articles=ordered,
        claims=tuple(sorted(claims, key=lambda claim: (claim.article, claim.order))),
        events=placed.events,
        clusters=clusters,
        findings=findings,
        rejected=judgement.rejected,
        copies=ties.copies,
        problems=tuple(sorted([*problems, *foreign], key=str)),
        earlier=versions.find_changes(earlier, _claims(outdated, spoken, rules, cache), claims),
        records=make_records(placed.events, claims, ordered, rules),
        article_events=placed.article_events,
    )


def _witnesses(
    clusters: Sequence[Cluster], claims: Sequence[Claim], scorer: Scorer | None, jury: Judge | None
) -> tuple[list[Witness], Asked | None]:
    """Hear the models that there are of the claims of each cluster, and say what was asked over the network."""
    pairs = pairs_to_score(clusters, {claim.id: claim for claim in claims}) if scorer or jury else []
    witnesses = [trained_scorer(_scored(pairs, scorer))] if scorer else []
    if not jury:
        return witnesses, None
    passages = _passages(claims)
    spent = jury.spent
    said = jury.judge([(passages[a.id], passages[b.id]) for a, b in pairs])
    sure = {
        frozenset((a.id, b.id)): verdict.contradict
        for (a, b), verdict in zip(pairs, said, strict=True)
        if verdict and verdict.contradict >= jury.sure.contradict
    }
    asked = Asked(jury.name, len(pairs), sum(verdict is not None for verdict in said), jury.spent - spent)
    return [*witnesses, language_model(jury.name, sure)], asked


def _scored(pairs: Sequence[tuple[Claim, Claim]], scorer: Scorer) -> dict[frozenset[str], float]:
    """Return the pairs that a scorer is sure contradict each other, read either way round."""
    texts = [(" ".join(a.text.split()), " ".join(b.text.split())) for a, b in pairs]
    verdicts = scorer.score([*texts, *((b, a) for a, b in texts)])
    both = zip(pairs, verdicts[: len(pairs)], verdicts[len(pairs) :], strict=True)
    lowest = {frozenset((a.id, b.id)): min(there.contradict, back.contradict) for (a, b), there, back in both}
    return {pair: probability for pair, probability in lowest.items() if probability >= scorer.sure.contradict}


def _passages(claims: Sequence[Claim]) -> dict[str, Passage]:
    """Return each claim with the sentences beside it in its article."""
    ordered = sorted(claims, key=lambda claim: (claim.article, claim.order))
    texts = {(claim.article, claim.order): claim.text for claim in ordered}
    near = ((claim, texts.get((claim.article, claim.order - 1), ""), texts.get((claim.article, claim.order + 1), "")) for claim in ordered)
    return {claim.id: Passage(claim.text, before, after) for claim, before, after in near}


def explain_pair(
    articles: Sequence[Article], words_a: str, words_b: str, parser: Parser, embedder: Embedder, *, parsers: Sequence[Parser] = ()
) -> PairExplanation:
    """Say why the claim of the first article that holds some words, and that of the second, were or were not taken for one fact.

    Raises InputError where no claim of the article holds the words, or no parser reads its language.
    """
    spoken = {one.language: one for one in reversed((parser, *parsers))}
    ordered, foreign = _readable(sorted(articles, key=lambda article: article.id), spoken)
    if foreign:
        raise InputError("\n".join(sorted(map(str, foreign))))
    embedder = Remembering(embedder)
    placed = assign_events(_parsed(ordered, spoken), ordered, embedder)
    a, b = (_claim_with(words, article, placed.claims) for words, article in ((words_a, articles[0]), (words_b, articles[1])))
    tie = explain_tie(placed.claims, ordered, embedder, a.article, b.article)
    likeness = Likeness(placed.claims, embedder, placed.ties, parser.language)
    fact = None
    if a.event == b.event:
        told = sorted(placed.claims, key=lambda claim: claim.id)
        fact = clustering.explain_pair(told, embedder, placed.ties, parser.language, a.id, b.id)
    together = any({a.id, b.id} <= set(cluster.claims) for cluster in cluster_claims(likeness))
    return PairExplanation(a, b, tie, fact, likeness.of(a.id, b.id), together)


def _claim_with(words: str, article: Article, claims: Sequence[Claim]) -> Claim:
    wanted = " ".join(words.lower().split())
    for claim in claims:
        if claim.article == article.id and wanted in " ".join(claim.text.lower().split()):
            return claim
    raise InputError(f"{article.path}: no claim holds the words {words!r}; give words that stand together in one sentence of it")


def _readable(articles: Sequence[Article], spoken: Mapping[str, Parser]) -> tuple[tuple[Article, ...], list[Problem]]:
    """Part the articles that a parser reads from those in other languages; a parser of many languages ("xx") reads all."""
    if "xx" in spoken:
        return tuple(articles), []
    foreign = [article for article in articles if article.language not in spoken]
    problems = [Problem(article.path, f"is in {language_name(article.language)}; {NO_PARSER}") for article in foreign]
    return tuple(article for article in articles if article.language in spoken), problems


def _claims(
    articles: Sequence[Article], spoken: Mapping[str, Parser], rules: RuleSet, cache: Cache | None, step: Progress = _ignore
) -> tuple[Claim, ...]:
    """Read the claims of articles with their fields; with a cache, only those of articles not met before."""
    told = {article.id: article for article in articles}

    def make(names: Sequence[str]) -> dict[str, tuple[Claim, ...]]:
        new = [told[name] for name in names]
        _tell(step, 0)
        parsed = _parsed(new, spoken)
        _tell(step, 1)
        made: dict[str, list[Claim]] = {name: [] for name in names}
        for claim in extract_fields(parsed, new, rules):
            made[claim.article].append(claim)
        return {name: tuple(claims) for name, claims in made.items()}

    identities = {language: identity_of(parser) for language, parser in spoken.items()}
    if cache is None or not all(identities.values()):
        found: Mapping[str, tuple[Claim, ...]] = make(list(told))
    else:
        given = {name: (identities[_read_as(article, spoken)], rules.digest, repr(article)) for name, article in told.items()}
        found = cache.keep_all("claims", given, tuple[Claim, ...], make)
    return tuple(claim for name in sorted(found) for claim in found[name])


def _read_as(article: Article, spoken: Mapping[str, Parser]) -> str:
    return article.language if article.language in spoken else "xx"


def _parsed(articles: Sequence[Article], spoken: Mapping[str, Parser]) -> tuple[Claim, ...]:
    """Read the claims of articles, each with the parser of its language."""
    groups = {language: [article for article in articles if article.language == language] for language in spoken}
    groups["xx"] = [article for article in articles if article.language not in spoken]
    claims = [claim for language, group in groups.items() if group for claim in extract_claims(group, spoken[language])]
    return tuple(sorted(claims, key=lambda claim: (claim.article, claim.order)))


def _tell(progress: Progress, number: int) -> None:
    progress(STAGES[number], number, len(STAGES))


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What a rule answered to one of its cases, read both ways round."""

    rule: str
    case: Case
    got: tuple[Verdict, Verdict]
    passed: bool
    """For a known miss: whether it still fails, as it must."""
    path: str
    line: int


def test_rules(rules: RuleSet, parser: Parser) -> tuple[CaseResult, ...]:
    """Run every case of every rule both ways round, as if its two sentences spoke of one fact."""
    return tuple(_run_case(rule.id, case, rule.path, rules, parser) for rule in rules.rules for case in rule.cases)


test_rules.__test__ = False  # type: ignore[attr-defined]  # not a test of ours, whatever pytest makes of its name


def _run_case(rule: str, case: Case, path: str, rules: RuleSet, parser: Parser) -> CaseResult:
    got = (_verdict(rule, case.a, case.b, rules, parser), _verdict(rule, case.b, case.a, rules, parser))
    right = all(verdict is case.expect for verdict in got)
    return CaseResult(rule, case, got, right is not case.known_miss, path, case.line)


def _verdict(rule: str, a: str, b: str, rules: RuleSet, parser: Parser) -> Verdict:
    """Return the gravest verdict of one rule on two texts."""
    given = {comparison.verdict for comparison in judge_texts(a, b, rules, parser) if comparison.rule == rule}
    return next((verdict for verdict in Verdict if verdict in given), Verdict.NOTHING)


def judge_texts(a: str, b: str, rules: RuleSet, parser: Parser) -> tuple[Comparison, ...]:
    """Compare two texts as if they spoke of one fact: no gate, no clusters, no dates of publication."""
    articles = tuple(_text_article(name, text) for name, text in (("a", a), ("b", b)))
    claims = extract_fields(extract_claims(articles, parser), articles, rules)
    claims = tuple(replace(claim, event="E1") for claim in claims)
    made, _ = compare_event(claims, sole_ground(articles, rules))
    told: dict[str, Claim] = {claim.id: claim for claim in claims}
    return tuple(c for c in made if told[c.claim_a].article != told[c.claim_b].article)


def _text_article(name: str, text: str) -> Article:
    block = Block(Span(0, len(text)), BlockKind.PARAGRAPH)
    return Article(id=name, path=name, text=text, source=name.upper(), blocks=(block,))
