"""A reader and its input in, what it read out, with a limit on time and memory: input is hostile until proven otherwise.

The reader runs in a process of its own, kept for the next input; where it hangs, grows or dies, the process is ended and the run goes on.
"""

from __future__ import annotations

import importlib
import logging
import warnings
from concurrent.futures import TimeoutError as OutOfTime
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from loky import get_reusable_executor

from reconcile.errors import TooSlow, Unreadable
from reconcile.model import Problem
from reconcile.reading.documents import Document

LONGEST_READ = 6.0
"""Seconds that one input may take."""
LONGEST_START = 60.0
"""Seconds that the process may take to start and load its libraries."""
MOST_MEMORY = 3 * 2**30
"""Bytes of memory that the process may map, where the system can limit it."""
IDLE = 30
"""Seconds that the process waits for another input before it ends."""

Found = list[Document | Problem]


def read_confined(reader: str, path: str, *given: Any) -> Found:  # noqa: ANN401 - whatever the reader takes
    """Call a reader such as "pdf.read" with a path and what else it takes. Raises Unreadable where it fails in any way."""
    executor = get_reusable_executor(max_workers=1, timeout=IDLE, initializer=_confine)
    try:
        executor.submit(_load, reader).result(timeout=LONGEST_START)
        found: Found = executor.submit(_read, reader, path, given).result(timeout=LONGEST_READ)
        return found
    except OutOfTime:
        executor.shutdown(wait=True, kill_workers=True)
        raise TooSlow(f"took longer than {LONGEST_READ:.0f} seconds to read; it was left out, save the article's text as .txt") from None
    except BrokenProcessPool:
        executor.shutdown(wait=True, kill_workers=True)
        raise Unreadable("ended the process that read it; it was left out, save the article's text as .txt") from None


def _confine() -> None:
    """Limit the memory of this process, and keep its libraries from talking."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    try:
        import resource
    except ImportError:  # not a system with limits of this kind
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _load(reader: str) -> None:
    importlib.import_module(f"reconcile.reading.{reader.partition('.')[0]}")


def _read(reader: str, path: str, given: tuple[Any, ...]) -> Found:
    module, _, name = reader.partition(".")
    try:
        return list(getattr(importlib.import_module(f"reconcile.reading.{module}"), name)(path, *given))
    except Unreadable:
        raise
    except RecursionError:
        raise Unreadable("is nested too deeply; it was left out, save the article's text as .txt") from None
    except MemoryError:
        raise Unreadable("needs more memory than reading may take; it was left out, save the article's text as .txt") from None
    except (Exception, SystemExit) as error:  # third-party readers on hostile input: whatever they raise, the input is what is wrong
        raise Unreadable(f"cannot be read ({type(error).__name__}); it was left out, save the article's text as .txt") from None
