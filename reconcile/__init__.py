"""reconcile: where the articles of several outlets agree, where they conflict, and what only one of them says."""

__version__ = "0.1.0"
