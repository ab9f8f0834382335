"""What was worked out for an article or a sentence before, kept for the next run: the same input gives the same output, only sooner.

An entry is found by a digest of everything that its making depends on: the content, the model that read it, the rules, and this program
with its libraries. Contents are JSON and the bits of vectors; an entry that cannot be read counts as missing and is made anew.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
from pydantic import TypeAdapter, ValidationError

if TYPE_CHECKING:
    from reconcile.models.embedder import Embedder, Vectors
    from reconcile.store import Store

T = TypeVar("T")
ROUNDED: Final = 1e-3
"""By how much the length of a unit vector may differ from 1."""
K = TypeVar("K", bound=Hashable)
LIBRARIES: Final = (
    "htmldate", "numpy", "py3langid", "pypdf", "sentence-transformers", "sentencex", "spacy", "text2num", "thinc", "tokenizers", "torch",
    "trafilatura", "transformers",
)  # fmt: skip
"""Packages whose version may change what is read out of an article."""


class Cache:
    """What earlier runs worked out."""

    def __init__(self, store: Store) -> None:
        """Keep in a store."""
        self._store = store

    def keep(self, kind: str, given: Sequence[str], shape: type[T], make: Callable[[], T]) -> T:
        """Return what was made before of what is given, or make it now."""
        return self.keep_all(kind, {"": given}, shape, lambda missing: {"": make()})[""]

    def keep_all(
        self, kind: str, given: Mapping[K, Sequence[str]], shape: type[T], make: Callable[[Sequence[K]], Mapping[K, T]]
    ) -> dict[K, T]:
        """Return under each name what was made before of what is given for it; `make` is called once for all that is missing."""
        keys = {name: _key(kind, *parts) for name, parts in given.items()}
        kept = self._store.get(keys.values())
        known = {name: value for name, key in keys.items() if key in kept and (value := _read(kept[key], shape)) is not None}
        missing = [name for name in keys if name not in known]
        made = dict(make(missing)) if missing else {}
        self._store.put({keys[name]: _written(value, shape) for name, value in made.items()})
        return {**known, **made}

    def embedder(self, embedder: Embedder) -> Embedder:
        """Return an embedder that asks the one given only for texts not met before."""
        identity = identity_of(embedder)
        return KeptEmbedder(embedder, self._store, identity) if identity else embedder


class KeptEmbedder:
    """An embedder that looks into a store first; it relies on a text having one vector in whatever company it is embedded."""

    def __init__(self, embedder: Embedder, store: Store, identity: str) -> None:
        """Wrap an embedder that is told from all others by its identity."""
        self._embedder, self._store, self._identity = embedder, store, identity
        self.name = embedder.name

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text."""
        if not texts:
            return self._embedder.embed(texts)
        keys = {text: _key("vector", self._identity, text) for text in dict.fromkeys(texts)}
        kept = self._store.get(keys.values())
        known = _unit_vectors({text: kept[key] for text, key in keys.items() if key in kept})
        if missing := [text for text in keys if text not in known]:
            made = dict(zip(missing, self._embedder.embed(missing), strict=True))
            self._store.put({keys[text]: np.asarray(row, dtype="<f4").tobytes() for text, row in made.items()})
            known.update(made)
        return np.stack([known[text] for text in texts])


def _unit_vectors(contents: Mapping[str, bytes]) -> dict[str, Vectors]:
    """Return what is a vector of length 1, and none where they differ in dimension."""
    found = {text: np.frombuffer(content, dtype="<f4") for text, content in contents.items() if len(content) % 4 == 0}
    whole = {text: row for text, row in found.items() if abs(float(np.linalg.norm(row)) - 1) < ROUNDED}
    return whole if len({len(row) for row in whole.values()}) == 1 else {}


def identity_of(model: object) -> str:
    """Return what tells a model from all others, its version and files included; "" for one that does not say, which is never kept."""
    return str(getattr(model, "identity", ""))


def _key(kind: str, *parts: str) -> str:
    return sha256("\x1f".join((_program(), kind, *parts)).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _program() -> str:
    """Return a digest of this program and of the versions of its libraries: another one may read an article otherwise."""
    digest = sha256()
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*.py")):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
    digest.update("\0".join(map(_version, LIBRARIES)).encode())
    return digest.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - a shape is any type
    return TypeAdapter(shape)


def _written(value: object, shape: Any) -> bytes:  # noqa: ANN401
    """Write a value as packed JSON; the standard library writes infinity and lone surrogates, too."""
    return zlib.compress(json.dumps(_adapter(shape).dump_python(value, mode="json", warnings=False), separators=(",", ":")).encode(), 1)


def _read(content: bytes, shape: Any) -> Any:  # noqa: ANN401
    """Return the value, or None where the content is not of that shape."""
    try:
        return _adapter(shape).validate_json(zlib.decompress(content))
    except (zlib.error, ValidationError):
        return None
