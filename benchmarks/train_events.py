"""Train the event gate on stories by many outlets, and measure it on stories that it was not trained on.

    python benchmarks/train_events.py [--cache FOLDER] [--out FILE]

Reads three_outlets, news_events_dev, us_politics_dev and the shootings in ../shared/data. Pairs of articles are drawn from each set as one
pot, also without titles and dates, as plain text files come, and from small pots of one to eight stories that resemble one another, some
of them without titles and dates, some also cut to their first sentences, as wire flashes and feeds come. The figures printed are from
four-fold cross-validation by story: a pair is judged only by models that were trained without the story of one of its articles at least,
and so without the pair. The model that is written has seen all sets. ECB+ is only measured, never trained on: `train_same_fact.py` needs
the gate's answers on documents that are new to it. The same data and versions give the same file. Takes about half an hour; `--cache`
keeps the parsed articles.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from ecbplus import articles_of, read_lines
from events import DATA, b_cubed, load
from joblib import Memory
from sklearn.ensemble import HistGradientBoostingClassifier
from tabulate import tabulate

from reconcile.claims import extract_claims
from reconcile.events import MODEL, embed_leads
from reconcile.events.groups import group, weave
from reconcile.events.likeness import FEATURES, find_pairs
from reconcile.events.profiles import Profile, make_profile
from reconcile.model import Article, Claim, Problem
from reconcile.models.embedder import Embedder, Remembering, SentenceEmbedder
from reconcile.models.parser import SpacyParser
from reconcile.models.trees import FOLDER, save_trees
from reconcile.reading.documents import Document, make_article
from reconcile.reading.metadata import Metadata, parse_moment

SEED = 7
FOLDS = 4
SMALL_POTS = 300
"""Small pots drawn from each set."""
SMALL_WEIGHT = 0.25
"""Weight of all small pots of a set beside the set as one pot."""
BARE_WEIGHT = 0.5
"""Weight of a set without titles and dates beside the set with them."""
ALIKE = 0.6
"""How often the next story of a small pot is one of the six most like those in it."""
MEASURED = ("news_events_dev", "us_politics_dev", "incidents_dev")
JOINS = np.round(np.arange(0.1, 0.91, 0.02), 2)
TREES: dict[str, Any] = {
    "max_iter": 300, "learning_rate": 0.1, "max_leaf_nodes": 31, "min_samples_leaf": 40, "l2_regularization": 1.0, "early_stopping": False,
}  # fmt: skip

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Pot:
    """Articles that were put together: which they are, their pairs and the features of each."""

    members: npt.NDArray[np.int64]
    pairs: npt.NDArray[np.int64]
    rows: Values


@dataclass(frozen=True, eq=False)
class Collection:
    """One set of stories."""

    name: str
    stories: npt.NDArray[np.str_]
    folds: npt.NDArray[np.int64]
    pots: tuple[Pot, ...]
    """The whole set first, then the whole set without titles and dates, then small pots: one third as they are,
    one third without titles and dates, one third cut short as well."""

    def same(self, pot: Pot) -> npt.NDArray[np.bool_]:
        """Return for each pair whether it tells of one event."""
        return np.asarray(self.stories[pot.pairs[:, 0]] == self.stories[pot.pairs[:, 1]])


def ecb_plus(path: Path) -> tuple[list[Article], list[str]]:
    """Return the documents of ECB+ as articles, and the subtopic of each: the event it was collected for."""
    told = read_lines(path)
    return articles_of(told, every_sentence=False), [one["subtopic"] for one in told]


def three_outlets(path: Path) -> tuple[list[Article], list[str]]:
    """Return the articles of the set whose paragraphs are lists of sentences."""
    articles, truth = [], []
    for number, story in enumerate(read_lines(path)):
        for given in story["articles"]:
            text = "\n\n".join(" ".join(paragraph) for paragraph in given["paragraphs"])
            head = Metadata(title=given["title"], source=given["publisher"], published=parse_moment(given.get("published") or ""))
            made = make_article(Document(str(path), f"{number}-{given['id']}", text, head, titled=bool(head.title)))
            if not isinstance(made, Problem):
                articles.append(made)
                truth.append(str(number))
    return articles, truth


Told = tuple[list[Profile], npt.NDArray[np.float32]]
"""Profiles and embedded leads of articles."""


def read_set(path: str) -> tuple[tuple[Told, Told, Told], list[str]]:
    """Return a set's articles that make a claim, the same without title and date, the same cut short as well, and the story of each."""
    name = Path(path).name
    reader = ecb_plus if name.startswith("documents") else three_outlets if name.startswith("three") else None
    articles, truth = reader(Path(path)) if reader else load(path)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in extract_claims(articles, SpacyParser()):
        claims[claim.article].append(claim)
    kept = [(article, story) for article, story in zip(articles, truth, strict=True) if claims[article.id]]
    told = [article for article, _ in kept]
    stripped, brief = [bare(article) for article in told], cut_short(claims)
    embedder = Remembering(SentenceEmbedder())
    made = _told(told, claims, embedder), _told(stripped, claims, embedder), _told(stripped, brief, embedder)
    return made, [story for _, story in kept]


def bare(article: Article) -> Article:
    """Return an article as a plain text file gives it: without title and date."""
    return replace(article, title="", published=None)


def cut_short(claims: Mapping[str, Sequence[Claim]]) -> dict[str, list[Claim]]:
    """Return the first two to six claims of each article."""
    return {article: list(claims[article][: 2 + place % 5]) for place, article in enumerate(sorted(claims))}


def _told(articles: Sequence[Article], claims: Mapping[str, Sequence[Claim]], embedder: Embedder) -> Told:
    profiles = [make_profile(article, claims[article.id]) for article in articles]
    return profiles, embed_leads(articles, claims, embedder)


def collect(path: str, cache: Memory) -> Collection:
    """Read one set and draw its pots."""
    ways, truth = cache.cache(read_set)(path)
    stories = np.array(truth)
    random = np.random.default_rng(SEED)
    number = {story: i % FOLDS for i, story in enumerate(random.permutation(sorted(set(truth))))}
    small = list(small_pots(stories, ways[0][1], random))
    every = np.arange(len(stories))
    pots = [_pot(every, *ways[0]), _pot(every, *ways[1]), *(_pot(chosen, *ways[i % 3]) for i, chosen in enumerate(small))]
    return Collection(Path(path).name.partition(".")[0], stories, np.array([number[story] for story in truth]), tuple(pots))


def small_pots(
    stories: npt.NDArray[np.str_], leads: npt.NDArray[np.float32], random: np.random.Generator
) -> Iterator[npt.NDArray[np.int64]]:
    """Yield pots of up to eight stories, two to seven articles of each; more often than not the stories are alike."""
    names = sorted(set(stories.tolist()))
    places = {name: np.flatnonzero(stories == name) for name in names}
    centres = np.stack([leads[places[name]].mean(axis=0) for name in names])
    alike = centres @ centres.T
    np.fill_diagonal(alike, -1)
    for _ in range(SMALL_POTS):
        chosen = [int(random.integers(len(names)))]
        wanted = min(int(random.integers(1, 9)), len(names))
        while len(chosen) < wanted:
            twins = np.argsort(-alike[random.choice(chosen)])[:6]
            other = int(random.choice(twins)) if random.random() < ALIKE else int(random.integers(len(names)))
            chosen += [other] * (other not in chosen)
        drawn = [random.permutation(places[names[story]])[: int(random.integers(2, 8))] for story in chosen]
        if sum(map(len, drawn)) > 1:
            yield np.sort(np.concatenate(drawn))


def _pot(members: npt.NDArray[np.int64], profiles: Sequence[Profile], leads: npt.NDArray[np.float32]) -> Pot:
    pairs, rows = find_pairs([profiles[i] for i in members], leads[members], "en")
    return Pot(members, members[pairs], rows)


def train(sets: Sequence[Collection], left_out: int | None) -> HistGradientBoostingClassifier:
    """Fit the trees on all stories but those of one fold; every set weighs by its pairs for each article."""
    rows, same, weights = [], [], []
    for one in sets:
        whole, stripped, *small = one.pots
        share = SMALL_WEIGHT * len(whole.pairs) / sum(len(pot.pairs) for pot in small)
        for pot, weight in ((whole, 1.0), (stripped, BARE_WEIGHT), *((pot, share) for pot in small)):
            kept = (one.folds[pot.pairs] != left_out).all(axis=1)
            rows.append(pot.rows[kept])
            same.append(one.same(pot)[kept])
            weights.append(np.full(kept.sum(), 1000 * weight / len(one.stories)))
    model = HistGradientBoostingClassifier(random_state=SEED, **TREES)
    return model.fit(np.concatenate(rows), np.concatenate(same), sample_weight=np.concatenate(weights))


def judge_unseen(one: Collection, models: Sequence[HistGradientBoostingClassifier]) -> list[Values]:
    """Return the probability of each pair, pot by pot: the mean of the model trained without the one story and that without the other.

    A single model is one that saw nothing of the set.
    """
    found = []
    for pot in one.pots:
        each = np.stack([model.predict_proba(pot.rows)[:, 1] for model in models]) if len(pot.pairs) else np.zeros((len(models), 0))
        first, second = (one.folds[pot.pairs[:, side]] % len(models) for side in (0, 1))
        column = np.arange(len(pot.pairs))
        found.append((each[first, column] + each[second, column]) / 2)
    return found


def figures(one: Collection, pots: Sequence[Pot], judged: Sequence[Values], join: float) -> list[float]:
    """Return mean B-cubed precision, recall and F1 over pots."""
    made = []
    for pot, probabilities in zip(pots, judged, strict=True):
        groups = group(weave(len(pot.members), np.searchsorted(pot.members, pot.pairs), probabilities), join)
        label = {member: number for number, members in enumerate(groups) for member in members}
        made.append(list(b_cubed([label[i] for i in range(len(pot.members))], one.stories[pot.members].tolist()).values()))
    return [float(value) for value in np.mean(made, axis=0)]


def main() -> int:
    """Cross-validate, choose the threshold, fit on everything, write the model."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--cache", type=Path, metavar="FOLDER", help="keep the parsed articles there")
    arguments.add_argument("--out", type=Path, default=FOLDER / f"{MODEL}.safetensors")
    args = arguments.parse_args()
    names = ("events/three_outlets", "events/news_events_dev", "events/us_politics_dev", "gva/incidents_dev")
    unseen = ("ecbplus/documents_train", "ecbplus/documents_dev")
    paths = [DATA / f"{name}.jsonl.gz" for name in (*names, *unseen)]
    if missing := [path for path in paths if not path.is_file()]:
        print(f"skipped: {missing[0]} is missing; the stories are not part of this repository")
        return 0
    cache = Memory(args.cache, verbose=0)
    sets = [collect(str(path), cache) for path in paths]
    trained = sets[: len(names)]
    models = [train(trained, fold) for fold in range(FOLDS)]
    final = train(trained, None)
    judged = {one.name: judge_unseen(one, models if one in trained else [final]) for one in sets}
    whole = {join: [figures(one, one.pots[:1], judged[one.name][:1], join) for one in sets] for join in JOINS}
    wanted = [i for i, one in enumerate(sets) if one.name in MEASURED]
    join = max(JOINS, key=lambda value: (round(float(np.mean([whole[value][i][2] for i in wanted])), 6), -value))
    rows = []
    for i, one in enumerate(sets):
        rows.append((one.name, "as one pot", *whole[join][i]))
        rows.append((one.name, "without titles and dates", *figures(one, one.pots[1:2], judged[one.name][1:2], join)))
        for way, name in enumerate(("small pots", "small pots without them", "small pots cut short")):
            rows.append((one.name, name, *figures(one, one.pots[2 + way :: 3], judged[one.name][2 + way :: 3], join)))
    print(tabulate(rows, headers=("set", "", "B-cubed precision", "recall", "F1"), tablefmt="github", floatfmt=".3f"))
    save_trees(args.out, final, FEATURES, (1.0, 0.0), {"join": float(join)})
    print(f"\njoin {join}; written to {args.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
