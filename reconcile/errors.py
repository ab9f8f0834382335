"""What can go wrong, as a tree; every message says where, what, and what to do.

ReconcileError          anything a user may cause or meet; the command line prints it as one line and exits with 2
├── InputError          an input that cannot be read at all
│   ├── FetchError      an address that may not or cannot be fetched (in reconcile.reading.fetching)
│   └── Unreadable      one file or entry that cannot be used; the run goes on without it
│       └── TooSlow     it takes longer to read than one may
├── FileError           a file of ours that is wrong: path, line, column
│   ├── RuleError       a rule file
│   └── SettingsError   a file of settings, of suppressions or of known findings
├── ModelError          a model that is missing or cannot be loaded
└── OutputError         a folder or file that cannot be written
"""

from __future__ import annotations


class ReconcileError(Exception):
    """Anything a user may cause or meet."""


class InputError(ReconcileError):
    """An input that cannot be read at all."""


class Unreadable(InputError):
    """One file or entry that cannot be used; the run goes on without it."""


class TooSlow(Unreadable):
    """An input that takes longer to read than one may."""


class FileError(ReconcileError):
    """A file of ours that is wrong."""

    def __init__(self, path: str, line: int, column: int, message: str) -> None:
        """Lines and columns count from 1."""
        super().__init__(f"{path}:{line}:{column}: {message}")
        self.path, self.line, self.column = path, line, column


class RuleError(FileError):
    """A rule file that is wrong."""


class SettingsError(FileError):
    """A file of settings, of suppressions or of known findings that is wrong."""


class ModelError(ReconcileError):
    """A model that is missing or cannot be loaded."""


class OutputError(ReconcileError):
    """A folder or file that cannot be written."""
