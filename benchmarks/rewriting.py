"""Sentences of an article in, the article as another desk would print it out: cut, put in another order, reworded by rule, mixed with more.

Every choice comes from the random generator that is passed in, so that one seed gives one text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from reconcile import syntax
from reconcile.model import BlockKind, Claim, Token


@dataclass(frozen=True, slots=True)
class Level:
    """How hard a text is rewritten; shares from 0 to 1."""

    kept: tuple[float, float]
    """Share of the sentences that stay, from and to."""
    words: float
    """Share of the words with a known synonym that are replaced."""
    syntax: float
    """Share of the sentences whose build is changed."""
    foreign: tuple[float, float]
    """Share of the result that comes from another outlet's article about the event, from and to."""
    moved: float
    """Share of the sentences that are put elsewhere."""


LEVELS: Final = {
    "light": Level((0.6, 0.9), 0.25, 0.15, (0.0, 0.0), 0.0),
    "medium": Level((0.5, 0.8), 0.6, 0.5, (0.1, 0.25), 0.2),
    "heavy": Level((0.35, 0.65), 0.95, 0.9, (0.33, 0.5), 0.6),
}
FEWEST: Final = 4
"""Sentences that are kept at the least."""

SYNONYMS: Final = """
said: stated noted declared remarked | says: states notes declares | told: informed | saying: stating noting
announced: made_public unveiled | according_to: as_stated_by | killed: slain | died: lost_their_lives perished | dead: deceased
injured: hurt wounded | wounded: injured hurt | arrested: detained took_into_custody | charged: accused | attack: assault strike
attacks: assaults strikes | attacked: assaulted | police: officers | officials: authorities | authorities: officials
government: administration | president: head_of_state | began: started commenced | started: began | begin: start
ended: finished came_to_an_end | end: close finish | help: assist aid | helped: assisted | show: indicate reveal
shows: indicates reveals | showed: indicated revealed | found: discovered | find: discover | think: believe | want: wish
wants: wishes seeks | wanted: wished sought | need: require | needs: requires | needed: required | use: employ | used: employed
get: obtain | got: obtained | give: provide | gave: provided | given: provided | make: produce | made: produced | take: accept
took: accepted | big: large major | large: big sizeable | small: minor little | new: fresh recent | old: former | major: significant
important: significant key | several: a_number_of various | many: numerous | more_than: over upwards_of | over: more_than
about: around roughly | around: about roughly | nearly: almost close_to | almost: nearly | least: minimum | also: as_well too
however: nevertheless | but: yet though | while: whereas | after: following | before: prior_to | during: in_the_course_of
because: since as | although: though | against: opposed_to | near: close_to | people: persons individuals | man: male | woman: female
men: males | women: females | children: youngsters kids | child: youngster | house: home residence | home: house | car: vehicle automobile
cars: vehicles | plane: aircraft | ship: vessel | city: town | country: nation | countries: nations | state: government | world: globe
company: firm corporation | companies: firms | workers: employees staff | money: funds cash | job: post position | jobs: posts positions
plan: scheme proposal | plans: schemes proposals | planned: intended | law: legislation statute | laws: statutes
bill: measure legislation | vote: ballot | votes: ballots | voted: cast_ballots | voters: the_electorate | election: poll ballot
campaign: drive race | candidate: contender | candidates: contenders hopefuls | support: backing | supported: backed | supporters: backers
opposed: resisted objected_to | opponents: critics foes | critics: detractors | leader: chief head | leaders: chiefs
lawmakers: legislators | senator: lawmaker | decision: ruling choice | decided: chose resolved | issue: matter question | issues: matters
problem: difficulty | problems: difficulties | increase: rise growth | increased: rose grew | rise: increase | rose: climbed went_up
fell: dropped declined | cut: reduced trimmed | cuts: reductions | reduce: lower cut | raised: lifted | pay: compensation | cost: price
costs: expenses | tax: levy | taxes: levies | deal: agreement accord | agreement: deal accord | agreed: consented | talks: negotiations
meeting: gathering session | met: held_talks | speech: address | spoke: talked | speak: talk | asked: requested | called: described
call: appeal | calls: appeals | report: account study | reports: accounts | reported: recounted | statement: declaration | news: word
released: published issued | issued: released | sent: dispatched | show: display | accused: charged blamed
allegations: accusations claims | claimed: asserted alleged | claims: assertions | denied: rejected disputed
rejected: turned_down dismissed | investigation: inquiry probe | investigators: detectives | investigating: looking_into probing
court: tribunal | judge: magistrate | lawyer: attorney | lawyers: attorneys | trial: proceedings | prison: jail | jail: prison
evidence: proof | victims: casualties | victim: casualty | suspect: alleged_perpetrator | shooting: gun_attack | shot: gunned_down
gun: firearm weapon | guns: firearms weapons | fire: blaze | explosion: blast | blast: explosion | bomb: explosive_device
crash: accident collision | crashed: came_down | storm: tempest | hospital: medical_centre clinic | soldiers: troops
troops: soldiers forces | military: armed_forces army | war: conflict | border: frontier | fight: battle struggle | fighting: combat
week: seven_days | year: twelve_months | early: at_an_early_hour | later: afterwards subsequently | recently: lately of_late
now: at_present currently | still: to_this_day even_now | already: by_now | often: frequently | likely: probable
possible: conceivable potential | clear: evident plain | difficult: hard tough | hard: tough difficult | strong: robust powerful
good: positive solid | bad: poor | high: elevated | low: modest | across: throughout | including: among_them | between: amid
within: inside | without: lacking | like: such_as | such_as: like | white_house: president's_office | would: was_to | could: might
should: ought_to | must: has_to | expected: anticipated | expects: anticipates | believe: think hold | believes: thinks holds
believed: thought held | know: be_aware | known: recognised | seen: viewed | saw: witnessed | held: staged kept | hold: keep stage
kept: held retained | left: departed | leave: depart | came: arrived | come: arrive | went: travelled | going: heading | moved: shifted
move: step | turned: switched | run: operate manage | running: operating | led: headed guided | lead: guide | won: secured captured
win: victory | lost: forfeited | lose: forfeit | win: secure | put: placed | set: fixed | set_up: established | allow: permit let
allowed: permitted let | allows: permits | stop: halt | stopped: halted | continue: go_on carry_on | continued: went_on carried_on
try: attempt seek | tried: attempted sought | trying: attempting seeking | working: labouring | work: labour | worked: laboured
change: shift alter | changes: shifts alterations | changed: altered shifted | build: construct | built: constructed
create: form establish | created: formed established | open: launch | opened: launched | close: shut | closed: shut | buy: purchase
bought: purchased | sold: disposed_of | part: portion section | group: band organisation | groups: bands organisations
members: participants | area: region zone | areas: regions zones | place: spot location | street: road | school: educational_institution
students: pupils | family: relatives kin | friends: acquaintances | night: evening | morning: early_hours | first: initial
last: final latest | next: following coming | former: one-time ex- | top: leading senior | senior: high-ranking top | foreign: overseas
local: regional area | federal: national | public: popular | private: personal | recent: latest
"""
NUMBERS: Final = "zero one two three four five six seven eight nine ten eleven twelve".split()
_PAIR = re.compile(r"([^:|\n]+):([^|\n]+)")
_WORD = re.compile(r"[A-Za-z]+(?:[-'’][A-Za-z]+)?")
_DIGITS = re.compile(r"(?<![\d.,$£€:/-])\b([2-9]|1[0-2])\b(?![\d.,:%/-]|\s*(?:p\.m|a\.m|percent))")
_TABLE: Final = {
    pair[1].strip().replace("_", " "): [word.replace("_", " ") for word in pair[2].split()] for pair in _PAIR.finditer(SYNONYMS)
}
_PHRASES = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _TABLE), key=len, reverse=True)) + r")\b", re.IGNORECASE)


def rewrite(article: Sequence[Claim], other: Sequence[Claim], level: Level, rng: random.Random) -> tuple[str, str]:
    """Return the headline and the text of a rewritten copy of an article; sentences of the other one are mixed in."""
    body = [claim for claim in article if claim.block is not BlockKind.HEADLINE]
    kept = _cut(body, level, rng)
    made = [reword(claim, level, rng) for claim in kept]
    share = rng.uniform(*level.foreign)
    wanted = round(len(made) * share / (1 - share))
    added = [reword(claim, level, rng) for claim in _run([c for c in other if c.block is not BlockKind.HEADLINE], wanted, rng)]
    made = _mixed(_moved(made, level, rng), added, rng)
    headline = reword(rng.choice(kept[:3]), LEVELS["heavy"], rng).rstrip(".")
    return " ".join(headline.split()[:11]), "\n".join(_paragraphs(made, rng))


def _cut(body: Sequence[Claim], level: Level, rng: random.Random) -> list[Claim]:
    """Cut from the end, as papers do, and here and there before it."""
    wanted = max(FEWEST, round(len(body) * rng.uniform(*level.kept)))
    head = list(body[: max(wanted, round((wanted + len(body)) / 2))])
    while len(head) > wanted:
        head.pop(rng.randrange(len(head)))
    return head


def _run(body: Sequence[Claim], wanted: int, rng: random.Random) -> Sequence[Claim]:
    start = rng.randrange(max(1, len(body) - wanted + 1))
    return body[start : start + wanted]


def _moved(sentences: Sequence[str], level: Level, rng: random.Random) -> list[str]:
    order = list(sentences)
    for _ in range(round(level.moved * len(order))):
        order.insert(rng.randrange(len(order)), order.pop(rng.randrange(len(order))))
    return order


def _mixed(made: Sequence[str], added: Sequence[str], rng: random.Random) -> list[str]:
    """Put what is added in between in two or three runs."""
    mixed = list(made)
    cuts = sorted(rng.randrange(len(added) + 1) for _ in range(2)) if added else []
    for start, end in zip([0, *cuts], [*cuts, len(added)], strict=True):
        place = rng.randrange(len(mixed) + 1)
        mixed[place:place] = added[start:end]
    return mixed


def _paragraphs(sentences: Sequence[str], rng: random.Random) -> list[str]:
    made, start = [], 0
    while start < len(sentences):
        size = rng.randint(1, 3)
        made.append(" ".join(sentences[start : start + size]))
        start += size
    return made


def reword(claim: Claim, level: Level, rng: random.Random) -> str:
    """Return a sentence with another build and other words."""
    text = " ".join(claim.text.split())
    tokens = parse_of(claim)
    if rng.random() < level.syntax:
        for change in rng.sample(CHANGES, len(CHANGES)):
            if (changed := change(tokens)) is not None:
                text = changed
                break
    if rng.random() < level.syntax:
        text = _unquoted(_numbers(text))
    return _synonyms(text, level.words, rng)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence with its parse; `words` are the texts of the tokens with the blank that follows each."""

    tokens: tuple[Token, ...]
    words: tuple[str, ...]

    def text(self, places: Sequence[int]) -> str:
        """Return the words at some places."""
        return "".join(self.words[i] for i in places).strip(" ,;")

    def subtree(self, head: int) -> list[int]:
        """Return the places of a word and of all that hangs on it."""
        return sorted(syntax.subtree(self.tokens, head))

    def root(self) -> int | None:
        """Return the place of the main verb."""
        return next((i for i, token in enumerate(self.tokens) if token.dep == "ROOT" and token.pos in {"VERB", "AUX"}), None)

    def child(self, head: int, *deps: str) -> int | None:
        """Return the first child with one of some dependencies."""
        return next((i for i in syntax.children(self.tokens, head) if self.tokens[i].dep in deps), None)


def parse_of(claim: Claim) -> Parsed:
    """Return a claim's tokens with the text between them."""
    tokens = claim.tokens
    starts = [token.span.start - claim.span.start for token in tokens]
    words = tuple(" ".join((claim.text[a:b] + "|").split())[:-1] for a, b in zip(starts, [*starts[1:], len(claim.text)], strict=True))
    return Parsed(tokens, words)


def _contiguous(places: Sequence[int]) -> bool:
    return places == list(range(places[0], places[-1] + 1))


def _lower(sentence: Parsed, places: Sequence[int]) -> str:
    text = sentence.text(places)
    first = sentence.tokens[places[0]]
    return text if first.pos == "PROPN" or first.entity or text[:2] in {"I ", "I'"} else text[:1].lower() + text[1:]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _fronted(sentence: Parsed) -> str | None:
    """Put a closing phrase first: "He left on Monday." becomes "On Monday, he left."."""
    root = sentence.root()
    if root is None or len(sentence.tokens) < 8:
        return None
    end = len(sentence.tokens) - 1
    for child in syntax.children(sentence.tokens, root):
        places = sentence.subtree(child)
        if (
            sentence.tokens[child].dep in {"prep", "npadvmod", "advcl"}
            and _contiguous(places)
            and root < places[0]
            and places[-1] == end - 1
        ):
            rest = list(range(places[0]))
            return f"{_upper(sentence.text(places))}, {_lower(sentence, rest)}." if 1 < len(places) < 14 else None
    return None


def _backed(sentence: Parsed) -> str | None:
    """Put an opening phrase last."""
    commas = [i for i, token in enumerate(sentence.tokens) if token.text == ","]
    root = sentence.root()
    if not commas or root is None or commas[0] > min(12, root) or sentence.tokens[0].dep not in {"prep", "mark", "advmod"}:
        return None
    opening, rest = list(range(commas[0])), list(range(commas[0] + 1, len(sentence.tokens) - 1))
    return f"{_upper(sentence.text(rest))} {_lower(sentence, opening)}." if rest else None


def _attributed(sentence: Parsed) -> str | None:
    """Turn the attribution round: "The bridge is shut, the mayor said." becomes "According to the mayor, the bridge is shut."."""
    root = sentence.root()
    if root is None or sentence.tokens[root].lemma not in {"say", "announce", "report", "note", "tell"}:
        return None
    subject, said = sentence.child(root, "nsubj"), sentence.child(root, "ccomp")
    if subject is None or said is None or sentence.tokens[subject].pos == "PRON":
        return None
    who, what = sentence.subtree(subject), sentence.subtree(said)
    what = [i for i in what if not (i == what[0] and sentence.tokens[i].text.lower() == "that")]
    if not what or not _contiguous(who):
        return None
    if what[0] < root:
        return f"According to {_lower(sentence, who)}, {_lower(sentence, what)}."
    return f"{_upper(sentence.text(what))}, {_lower(sentence, who)} said."


def _passive(sentence: Parsed) -> str | None:
    """Turn "police searched the house" into "the house was searched by police"."""
    root = sentence.root()
    if root is None or sentence.tokens[root].tag != "VBD" or not sentence.tokens[root].text.endswith("ed"):
        return None
    subject, target = sentence.child(root, "nsubj"), sentence.child(root, "dobj")
    if subject is None or target is None or sentence.tokens[subject].pos == "PRON" or sentence.tokens[target].pos == "PRON":
        return None
    who, what = sentence.subtree(subject), sentence.subtree(target)
    rest = list(range(what[-1] + 1, len(sentence.tokens) - 1))
    if not (_contiguous(who) and _contiguous(what)) or who[0] > 0 or what[0] < root:
        return None
    was = "were" if sentence.tokens[target].tag in {"NNS", "NNPS"} else "was"
    between = list(range(root, what[0]))
    return f"{_upper(sentence.text(what))} {was} {sentence.text(between)} by {_lower(sentence, who)} {sentence.text(rest)}".strip() + "."


def _active(sentence: Parsed) -> str | None:
    """Turn "the house was searched by police" into "police searched the house"."""
    root = sentence.root()
    subject = sentence.child(root, "nsubjpass") if root is not None else None
    agent = sentence.child(root, "agent") if root is not None else None
    if root is None or subject is None or agent is None or not sentence.tokens[root].text.endswith("ed"):
        return None
    who = [i for i in sentence.subtree(agent) if i != agent]
    what = sentence.subtree(subject)
    if not who or not _contiguous(who) or what[0] > 0 or who[0] < root or sentence.tokens[subject].pos == "PRON":
        return None
    rest = list(range(who[-1] + 1, len(sentence.tokens) - 1))
    between = list(range(root, agent))
    return f"{_upper(sentence.text(who))} {sentence.text(between)} {_lower(sentence, what)} {sentence.text(rest)}".strip() + "."


def _trimmed(sentence: Parsed) -> str | None:
    """Drop adjectives, adverbs, and what stands between commas beside a noun."""
    dropped: set[int] = set()
    for i, token in enumerate(sentence.tokens):
        if (token.dep == "amod" and token.tag == "JJ") or (token.dep == "advmod" and token.tag == "RB" and token.text.lower() != "not"):
            dropped |= {i} if not any(True for _ in syntax.children(sentence.tokens, i)) else set()
        elif token.dep in {"relcl", "appos"}:
            places = sentence.subtree(i)
            if places[0] > 0 and sentence.tokens[places[0] - 1].text == "," and _contiguous(places) and len(places) < 15:
                after = places[-1] + 1
                comma = {after} if after < len(sentence.tokens) - 1 and sentence.tokens[after].text == "," else set()
                dropped |= {*places, places[0] - 1, *comma}
    left = [i for i in range(len(sentence.tokens)) if i not in dropped]
    if not dropped or len(left) < 6:
        return None
    pieces = "".join(
        sentence.words[i] if sentence.words[i].endswith(" ") or i + 1 not in dropped else sentence.words[i] + " " for i in left
    )
    return _upper(re.sub(r"\s+([,.;])", r"\1", " ".join(pieces.split())))


def _parted(sentence: Parsed) -> str | None:
    """Make two sentences of two clauses joined by "and" or "but"."""
    root = sentence.root()
    if root is None:
        return None
    for clause in syntax.children(sentence.tokens, root):
        if sentence.tokens[clause].dep == "conj" and sentence.child(clause, "nsubj", "nsubjpass") is not None:
            places = sentence.subtree(clause)
            link = next((i for i in range(places[0] - 1, root, -1) if sentence.tokens[i].dep == "cc"), None)
            if link is not None and _contiguous(places) and places[0] - link == 1:
                return f"{sentence.text(list(range(link)))}. {_upper(sentence.text(list(range(places[0], len(sentence.tokens)))))}"
    return None


CHANGES: Final[list[Callable[[Parsed], str | None]]] = [_fronted, _backed, _attributed, _passive, _active, _trimmed, _parted]


def _synonyms(text: str, rate: float, rng: random.Random) -> str:
    def other(match: re.Match[str]) -> str:
        word = match.group()
        inside = match.start() > 0 and word[:1].isupper()
        if inside or rng.random() >= rate:
            return word
        chosen = rng.choice(_TABLE[word.lower()])
        return _upper(chosen) if word[:1].isupper() else chosen

    return _PHRASES.sub(other, text)


def _numbers(text: str) -> str:
    """Write small figures as words."""
    return _DIGITS.sub(lambda match: NUMBERS[int(match.group(1))], text)


def _unquoted(text: str) -> str:
    """Turn a quotation into plain speech."""
    return re.sub(r"[“”\"]", "", text)
