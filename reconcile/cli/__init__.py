"""The command line: arguments in, one call into the package, a page or one line of error and an exit code out."""

from reconcile.cli import decisions, diff, explain, report, review, rules
from reconcile.cli.group import main

__all__ = ["decisions", "diff", "explain", "main", "report", "review", "rules"]
