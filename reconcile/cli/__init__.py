"""The command line: arguments in, one call into the package, a page or one line of error and an exit code out."""

from reconcile.cli import add, diff, explain, report, rules, watch
from reconcile.cli.group import main

__all__ = ["add", "diff", "explain", "main", "report", "rules", "watch"]
