"""Fields around bare values, and rules that say as little as possible, for the tests of the comparators."""

from __future__ import annotations

from reconcile.compare import compare_values, mirror
from reconcile.model import Field, Label, Moment, Name, Place, Quantity, Relation, Rule, Span, Term, Value

BARE = Rule(id="bare.test", field="status", about="anything", levels=())
KINDS: dict[type, str] = {Name: "person_name", Moment: "date", Place: "place", Quantity: "count", Label: "status"}


def field(value: Value, raw: str = "x", kind: str = "") -> Field:
    return Field("id", kind or KINDS.get(type(value), "time"), Span(0, len(raw)), raw, value)


def relate(a: Value, b: Value, rule: Rule = BARE, raws: tuple[str, str] = ("first", "second"), kind: str = "") -> Relation:
    """Compare two values, and see that the other way round says the same from the other side."""
    first, second = field(a, raws[0], kind), field(b, raws[1], kind)
    relation, reason = compare_values(first, second, rule)
    back, other = compare_values(second, first, rule)
    assert back is mirror(relation)
    assert raws[0] in reason
    assert raws[1] in other
    return relation


def scale(*terms: Term, siblings: Relation = Relation.UNKNOWN) -> Rule:
    return Rule(id="scale.test", field="status", about="how far", levels=(), terms=terms, siblings=siblings)
