"""Labelled pairs of sentences to train the contradiction scorer on: human-made ones, and hard ones made from news by rule.

Read from ../shared/data: NLI pairs whose terms allow it, sentences of two events that look alike (ECB+ train, shootings, US politics), and
sentences of which one value was swapped. The articles of the annotated stories (gold, events/news_events) are never read.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecbplus import Json, read_lines
from sentencex import segment

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
LABELS = ("entailment", "neutral", "contradiction")
AGREE, NEUTRAL, CONTRADICT = range(3)
SEED = 6
NOT_USED = {"nli_control_passage", "nli_sick", "nli_infotabs"}
"""Terms that do not allow it, or, for infotabs, tables that read like no news."""
NOT_USED_GENRES = {"base_news", "sim_news"}
"""Premises from LDC's Gigaword."""
SHARES = {
    "nli_lingnli": 1.0, "nli_new_protocols": 0.8, "nli_snli_devtest": 0.6, "nli_counterfactual_snli": 0.5, "semantoneg": 1.0,
    "wikifactcheck": 0.3, "nli_conjnli": 0.3, "base_wiki": 1.0, "sim_wiki": 0.5, "translate_wiki": 0.3, "nli_fm2": 1.0,
    "nli_healthver": 0.3,
    "nli_semantic_fragments": 0.1, "ecb_sibling": 0.4, "ecb_other_event": 1.0, "claimdiff": 1.0,
}  # fmt: skip
"""How much of each source is taken; one not named is taken whole."""
MADE = {
    "swap": 7000, "edit": 4500, "negated": 6000, "figures": 2500, "other_incident": 3500, "one_article": 3500, "unrelated": 5000,
}  # fmt: skip
"""How many pairs are made by each rule."""
HELD_BACK = 6
"""Topics of ECB+ train whose number it divides are kept for calibration."""
LONGEST = 75
"""Words of the two sentences together, above which a pair is left out: a pass over short pairs sees twice as many."""

WORDS = "two three four five six seven eight nine ten eleven twelve".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
OPPOSITES = (
    ("killed", "injured"), ("killed", "wounded"), ("died", "survived"), ("dead", "alive"), ("arrested", "released"), ("man", "woman"),
    ("men", "women"),
    ("boy", "girl"), ("male", "female"), ("his", "her"), ("he", "she"), ("brother", "sister"), ("father", "mother"), ("son", "daughter"),
    ("husband", "wife"), ("critical", "stable"), ("fatal", "minor"), ("guilty", "not guilty"), ("inside", "outside"), ("before", "after"),
    ("morning", "evening"), ("afternoon", "morning"), ("night", "morning"), ("north", "south"), ("east", "west"), ("first", "last"),
    ("identified", "not identified"), ("confirmed", "denied"), ("admitted", "denied"), ("accepted", "rejected"), ("won", "lost"),
    ("rose", "fell"),
    ("increased", "decreased"), ("opened", "closed"), ("arrived", "left"), ("alone", "together"), ("agreed", "refused"),
    ("supported", "opposed"), ("passed", "failed"), ("unarmed", "armed"), ("intentional", "accidental"), ("unknown", "known"),
    ("all", "none"),
    ("fled", "surrendered"), ("handgun", "rifle"), ("pistol", "shotgun"), ("car", "truck"), ("chest", "leg"), ("head", "arm"),
    ("calm", "tearful"),
)  # fmt: skip
AUXILIARY = re.compile(r"\b(is|are|was|were|(?:has|have|had)(?= been)|will|would|can|could|should|must)\b(?! not\b|n't)", re.IGNORECASE)
NUMBER = re.compile(
    rf"(?<![\d$.,:/-])\b([2-9]|[1-9]\d|{'|'.join(WORDS)})\b(?![\d.,:/%-]*\d| ?%|-|st\b|nd\b|rd\b|th\b| ?[ap]\.?m|'s)", re.IGNORECASE
)
HEDGE = re.compile(
    r"(at least|at most|about|around|some|nearly|almost|more than|over|under|up to|as many as|approximately|between|or"
    r"|\b(?:jan|feb|march|apr|may|june|july|aug|sep|oct|nov|dec)[a-z]*\.?) $",
    re.IGNORECASE,
)
STREET = re.compile(r" (?:[NSEW]\.? |block\b|[A-Z]\w+ (?:St|Ave|Road|Street|Avenue|Drive|Lane)\b)")
AGE = re.compile(r"\b(\d{2})(?=-year-old|,(?: of|$| )| years old)")
DAY = re.compile(rf"\b({'|'.join(DAYS)})\b")
MONTH = re.compile(rf"\b({'|'.join(MONTHS[:4] + MONTHS[5:])})\b(?= \d)")
CLOCK = re.compile(r"\b(1[0-2]|[1-9])(?=(?::\d\d)? ?[ap]\.?m\b)")
TAIL = re.compile(
    r",? (?:according to (?:the )?\w+(?: \w+)?"
    r"|(?:the )?(?:police|authorities|officials|investigators|deputies) (?:said|say|told \w+))(?=\.$)",
    re.IGNORECASE,
)
LEAD = re.compile(r"^(?:On|In|At|After|During|Around|About|Earlier|According to|Meanwhile|As of)\b[^,]{3,50}, (?=[a-zA-Z])")
ASIDE = re.compile(r", (?:who|which|where)\b[^,]{8,80},(?= )| \([^()]{3,60}\)")
YEARS = re.compile(r"\b(an?|the) (\d{2})-year-old (man|woman|boy|girl|resident|suspect|victim)\b")
FIGURE = re.compile(r"(?<![\d,.])\d{1,4}(?![\d,])")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences, what the second is to the first (a place in LABELS), and where the pair comes from."""

    first: str
    second: str
    label: int
    source: str


def training_pairs(seed: int = SEED) -> list[Pair]:
    """Return every pair of the mix in a fixed, shuffled order, so that any first part of it is a fair sample."""
    chance = random.Random(seed)
    written = _written(chance)
    sentences = _sentences()
    made = [
        *_negated(written, chance), *_swapped(sentences, chance), *_edited(sentences, chance), *_figures(sentences, chance),
        *_other_incident(sentences, chance), *_one_article(sentences, chance), *_unrelated(written, sentences, chance),
    ]  # fmt: skip
    pairs = [pair for pair in dict.fromkeys((*written, *made)) if 3 < len((pair.first + " " + pair.second).split()) <= LONGEST]
    turned = [_turned(pair) if pair.label == CONTRADICT and chance.random() < 0.15 else pair for pair in pairs]
    chance.shuffle(turned)
    return turned


def unlabelled_pairs(count: int, embed: Callable[[Sequence[str]], object], seed: int = SEED) -> list[tuple[str, str]]:
    """Return pairs of sentences that two articles write about one event, of which the teacher is to say what it thinks."""
    import numpy as np

    chance = random.Random(seed)
    found: list[tuple[str, str]] = []
    for event in _events():
        rows = [(number, sentence) for number, article in enumerate(event) for sentence in article[:12]]
        vectors = np.asarray(embed([sentence for _, sentence in rows]))
        near = np.argwhere(np.triu((vectors @ vectors.T > 0.4) & (vectors @ vectors.T < 0.95), 1))
        across = [(rows[a][1], rows[b][1]) for a, b in near if rows[a][0] != rows[b][0]]
        found += chance.sample(across, min(len(across), 120))
    chance.shuffle(found)
    return found[:count]


def _turned(pair: Pair) -> Pair:
    return Pair(pair.second, pair.first, pair.label, pair.source)


def _written(chance: random.Random) -> list[Pair]:
    """Return the pairs that people wrote or marked."""
    pairs = []
    for row in read_lines(SHARED / "nli" / "train.jsonl.gz"):
        if row["src"] in NOT_USED or row["genre"] in NOT_USED_GENRES:
            continue
        source = row["genre"] if row["src"] in ("nli_cannot_negation", "nli_semiauto_news_wiki") else row["src"]
        pairs.append(Pair(row["premise"].strip(), row["hypothesis"].strip(), LABELS.index(row["label"]), source))
    kinds = {"sibling_topic": "ecb_sibling", "same_topic_other_event": "ecb_other_event"}
    for row in read_lines(SHARED / "ecbplus" / "sentence_pairs_train.jsonl.gz"):
        if row["label"] in kinds and row["topic"] % HELD_BACK:
            pairs.append(Pair(row["a"], row["b"], NEUTRAL, kinds[row["label"]]))
    for row in read_lines(SHARED / "nli" / "dev" / "claimdiff_train.jsonl.gz"):
        if row["relation"] in ("weaken", "neither"):
            pairs.append(Pair(row["claim_a"], row["claim_b"], NEUTRAL, "claimdiff"))
    return [pair for pair in pairs if chance.random() < SHARES.get(pair.source, 1.0)]


def _events() -> Iterable[list[list[str]]]:
    """Return the sentences of each article of each event of two silver sets, and of the shootings."""
    for event in (*read_lines(SHARED / "gva" / "incidents_dev.jsonl.gz"), *read_lines(SHARED / "events" / "us_politics_dev.jsonl.gz")):
        yield [_split(article["text"]) for article in event["articles"]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a news article with what is known of its story."""

    text: str
    story: str
    article: int
    place: str
    names: tuple[str, ...]


def _sentences() -> list[Sentence]:
    """Return the sentences of the shootings and of US politics."""
    found = []
    for event in read_lines(SHARED / "gva" / "incidents_dev.jsonl.gz"):
        names = tuple(name for person in event["gold"].get("participants") or () if (name := _surname(person)))
        for number, article in enumerate(event["articles"]):
            place = event["gold"].get("city_or_county") or ""
            found += [Sentence(text, event["incident_id"], number, place, names) for text in _split(article["text"])[:20]]
    for event in read_lines(SHARED / "events" / "us_politics_dev.jsonl.gz"):
        for number, article in enumerate(event["articles"]):
            found += [Sentence(text, event["group_id"], number, "", ()) for text in _split(article["text"])[:10]]
    return found


def _surname(person: Json) -> str:
    name = (person.get("name") or "").split(" AKA ")[0].split()
    return name[-1] if len(name) > 1 and name[-1].istitle() and len(name[-1]) > 3 else ""


def _split(text: str) -> list[str]:
    return [one for part in text.split("\n") for found in segment("en", part) if 6 <= len((one := found.strip()).split()) <= 40]


def _negated(written: Sequence[Pair], chance: random.Random) -> list[Pair]:
    """Return written pairs whose second sentence is denied: agreement and contradiction change places, neutral stays."""
    made = []
    for pair in chance.sample(written, len(written)):
        if pair.source in ("nli_lingnli", "nli_new_protocols", "nli_snli_devtest") and len(AUXILIARY.findall(pair.second)) == 1:
            denied = AUXILIARY.sub(lambda found: f"{found[0]} not", pair.second)
            made.append(Pair(pair.first, denied, {AGREE: CONTRADICT, CONTRADICT: AGREE, NEUTRAL: NEUTRAL}[pair.label], "negated"))
        if len(made) == MADE["negated"]:
            break
    return made


def _swapped(sentences: Sequence[Sentence], chance: random.Random) -> list[Pair]:
    """Return sentences beside themselves with one value swapped, some of them cut short."""
    places = sorted({one.place for one in sentences if one.place})
    names = sorted({name for one in sentences for name in one.names})
    made: list[Pair] = []
    kinds: Counter[str] = Counter()
    for one in chance.sample(sentences, len(sentences)):
        swaps = _swaps(one, places, names, chance)
        if swaps:
            kind, text = min(swaps, key=lambda swap: (kinds[swap[0]], swap[0]))
            kinds[kind] += 1
            made.append(Pair(one.text, _shortened(text) if chance.random() < 0.5 else text, CONTRADICT, "swap"))
        if len(made) == MADE["swap"]:
            break
    return made


def _swaps(one: Sentence, places: Sequence[str], names: Sequence[str], chance: random.Random) -> list[tuple[str, str]]:
    """Return the sentence with each kind of value swapped that it has, by kind."""
    text = one.text
    swaps = []
    number = NUMBER.search(text)
    if number and not HEDGE.search(text[: number.start()]) and not STREET.match(text[number.end() :]):
        swaps.append(("number", _put(text, number, _other_number(number[0], chance))))
    if found := AGE.search(text):
        swaps.append(("age", _put(text, found, str(_other(int(found[0]), range(16, 80), 4, chance)))))
    for kind, pattern, values in (("day", DAY, DAYS), ("month", MONTH, MONTHS)):
        if len(pattern.findall(text)) == 1 and (found := pattern.search(text)):
            swaps.append((kind, _put(text, found, chance.choice([value for value in values if value != found[0]]))))
    if found := CLOCK.search(text):
        swaps.append(("clock", _put(text, found, str(_other(int(found[0]), range(1, 13), 2, chance)))))
    if one.place and one.place in text:
        swaps.append(("place", text.replace(one.place, chance.choice([place for place in places if place != one.place]))))
    if held := [name for name in one.names if re.search(rf"\b{name}\b", text)]:
        swaps.append(("name", re.sub(rf"\b{held[0]}\b", chance.choice([name for name in names if name not in one.names]), text)))
    for a, b in chance.sample(OPPOSITES, len(OPPOSITES)):
        word, other = (a, b) if chance.random() < 0.5 else (b, a)
        if len(re.findall(rf"\b{word}\b", text)) == 1:
            swaps.append(("opposite", re.sub(rf"\b{word}\b", other, text)))
            break
    return swaps


def _put(text: str, found: re.Match[str], value: str) -> str:
    return text[: found.start(1)] + (value.capitalize() if found[1][0].isupper() else value) + text[found.end(1) :]


def _other_number(word: str, chance: random.Random) -> str:
    if word.isdigit():
        return str(_other(int(word), range(2, max(12, 2 * int(word))), 1, chance))
    return chance.choice([other for other in WORDS if other != word.lower()])


def _other(value: int, values: range, apart: int, chance: random.Random) -> int:
    return chance.choice([other for other in values if abs(other - value) >= apart])


def _shortened(text: str) -> str:
    """Return the sentence without who says so, without its opening circumstance, or without an aside, if it has one."""
    for pattern in (TAIL, LEAD, ASIDE):
        if short := _cut(text, pattern):
            return short
    return text


def _cut(text: str, pattern: re.Pattern[str]) -> str:
    short = pattern.sub("", text, count=1)
    return short[0].upper() + short[1:] if short != text and len(short.split()) > 4 else ""


def _edited(sentences: Sequence[Sentence], chance: random.Random) -> list[Pair]:
    """Return sentences beside edits that change no fact (agreement) or take one away (neutral, the other way round)."""
    made: list[Pair] = []
    for one in chance.sample(sentences, len(sentences)):
        for pattern in (TAIL, LEAD, ASIDE):
            if short := _cut(one.text, pattern):
                made.append(Pair(one.text, short, AGREE, "edit"))
                if pattern is not TAIL and chance.random() < 0.5:
                    made.append(Pair(short, one.text, NEUTRAL, "edit"))
        if (same := _reworded(one.text)) != one.text:
            made.append(Pair(one.text, same, AGREE, "edit"))
        if len(made) >= MADE["edit"]:
            break
    return made


def _reworded(text: str) -> str:
    """Return the sentence with ages and small numbers written in another way."""
    text = YEARS.sub(lambda found: f"{'a' if found[1].lower() in ('a', 'an') else found[1]} {found[3]} aged {found[2]}", text)
    number = NUMBER.search(text)
    if not number or STREET.match(text[number.end() :]):
        return text
    if HEDGE.search(text[: number.start()]):
        return text
    low = number[0].lower()
    if low in WORDS:
        return _put(text, number, str(WORDS.index(low) + 2))
    return _put(text, number, WORDS[int(low) - 2]) if 2 <= int(low) <= 12 else text


def _figures(sentences: Sequence[Sentence], chance: random.Random) -> list[Pair]:
    """Return two sentences of one article that hold different figures and share few words: neutral."""
    by_article = _by_article(sentences)
    made: list[Pair] = []
    for _ in range(60 * MADE["figures"]):
        here = chance.choice(by_article)
        a, b = chance.sample(here, 2) if len(here) > 1 else (here[0], here[0])
        held = set(FIGURE.findall(a.text)), set(FIGURE.findall(b.text))
        if held[0] and held[1] and not held[0] & held[1] and 0.05 < _overlap(a.text, b.text) < 0.4:
            made.append(Pair(a.text, b.text, NEUTRAL, "figures"))
        if len(made) == MADE["figures"]:
            break
    return made


def _by_article(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    found: dict[tuple[str, int], list[Sentence]] = defaultdict(list)
    for one in sentences:
        found[one.story, one.article].append(one)
    return list(found.values())


def _overlap(a: str, b: str) -> float:
    """Return the share of longer words that two sentences have in common (Jaccard)."""
    first, second = ({word for word in re.findall(r"[a-z]+", text.lower()) if len(word) > 3} for text in (a, b))
    return len(first & second) / max(1, len(first | second))


def _other_incident(sentences: Sequence[Sentence], chance: random.Random) -> list[Pair]:
    """Return sentences of two incidents, the most alike of a handful: neutral, since each speaks of its own event."""
    incidents = [one for one in sentences if one.place]
    made = []
    for _ in range(MADE["other_incident"]):
        one = chance.choice(incidents)
        others = [other for other in chance.sample(incidents, 60) if other.story != one.story]
        made.append(Pair(one.text, max(others, key=lambda other: _overlap(one.text, other.text)).text, NEUTRAL, "other_incident"))
    return made


def _one_article(sentences: Sequence[Sentence], chance: random.Random) -> list[Pair]:
    """Return two sentences that stand near each other in one article: neutral, since an article rarely argues with itself."""
    by_article = [here for here in _by_article(sentences) if len(here) > 4]
    made = []
    for _ in range(MADE["one_article"]):
        here = chance.choice(by_article)
        at = chance.randrange(len(here) - 3)
        first, second = chance.sample((here[at].text, here[at + chance.choice((1, 2, 3))].text), 2)
        if _overlap(first, second) < 0.5:
            made.append(Pair(first, second, NEUTRAL, "one_article"))
    return made


def _unrelated(written: Sequence[Pair], sentences: Sequence[Sentence], chance: random.Random) -> list[Pair]:
    """Return two sentences with nothing in common, from the news or from what people wrote: neutral."""
    made: list[Pair] = []
    while len(made) < MADE["unrelated"]:
        first, second = chance.sample(written, 2)
        if chance.random() < 0.4:
            made.append(Pair(first.first, second.second, NEUTRAL, "unrelated"))
            continue
        one, other = chance.sample(sentences, 2)
        if one.story != other.story:
            made.append(Pair(one.text, chance.choice((other.text, second.second)), NEUTRAL, "unrelated"))
    return made


def main() -> None:
    """Print how many pairs of each source and label the mix holds."""
    pairs = training_pairs()
    counts = Counter((pair.source, LABELS[pair.label]) for pair in pairs)
    for (source, label), count in sorted(counts.items()):
        print(f"{source:28} {label:14} {count:6}")
    print(f"{len(pairs)} pairs, {sum(len((pair.first + ' ' + pair.second).split()) for pair in pairs) / len(pairs):.1f} words each")


if __name__ == "__main__":
    main()
