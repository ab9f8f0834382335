"""What reading asks of a memory of earlier runs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


class Memory(Protocol):
    """Anything that gives back what was made of the same input before."""

    def keep(self, kind: str, given: Sequence[str], shape: type[T], make: Callable[[], T]) -> T:
        """Return what was made before of what is given, or make it now; what `make` raises is raised, and nothing is kept."""
        ...

    def keep_all(
        self, kind: str, given: Mapping[K, Sequence[str]], shape: type[T], make: Callable[[Sequence[K]], Mapping[K, T]]
    ) -> dict[K, T]:
        """Return under each name what was made before of what is given for it; `make` is called once for all that is missing."""
        ...
