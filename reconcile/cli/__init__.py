"""The command line: arguments in, one call into the package, a page or one line of error and an exit code out."""

from reconcile.cli import add, completion, decisions, diff, doctor, explain, report, review, rules, watch
from reconcile.cli.group import main

__all__ = ["add", "completion", "decisions", "diff", "doctor", "explain", "main", "report", "review", "rules", "watch"]
