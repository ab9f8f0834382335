"""People, their titles and organisations: full names for short ones, roles, ranks, acronyms, bodies named by their rules."""

from __future__ import annotations

from dataclasses import replace

from reconcile.fields.names import extract_names
from reconcile.model import Article, BlockKind, Certainty, Claim, Field, Label, Name, Rule, RuleSet, Span, Speaker, Term

TITLES = Rule(
    "titles",
    "title",
    "",
    (),
    role="person",
    terms=(
        Term("professor", ("professor",)),
        Term("assistant_professor", ("assistant professor",)),
        Term("president", ("president",)),
        Term("vice_president", ("vice president", "vice-president")),
        Term("deputy_police_chief", ("deputy police chief",)),
        Term("police_chief", ("police chief",)),
        Term("major", ("major",)),
    ),
)
BODIES = Rule(
    "bodies",
    "organisation",
    "",
    (),
    terms=(
        Term("ministry of state security", ("ministry of state security", "state security official|agent", "mss")),
        Term("ministry of public security", ("ministry of public security", "public security official|agent")),
    ),
)
RULES = RuleSet((BODIES, TITLES), "test")


def read(parser, text: str, before: str = "") -> list[Field]:
    article = Article("a", "a", before + text, "A")
    start = len(before)
    tokens = tuple(replace(token, span=Span(token.span.start + start, token.span.end + start)) for token in parser.parse([text])[0])
    span = Span(start, start + len(text))
    claim = Claim("c", "a", span, text, BlockKind.PARAGRAPH, 0, Speaker("A", "outlet"), Certainty.ASSERTED, "+", tokens)
    fields = extract_names(claim, article, RULES)
    assert all(field.span.of(article.text) == field.raw for field in fields)
    return fields


def names(fields: list[Field], kind: str) -> list[str]:
    return [field.value.name for field in fields if field.kind == kind and isinstance(field.value, Name)]


def titles(fields: list[Field]) -> list[tuple[str, str]]:
    return [(field.subject, field.value.label) for field in fields if field.kind == "title" and isinstance(field.value, Label)]


def test_short_name_is_resolved(parser):
    fields = read(parser, "Mr Weber told police that he was ill.", "Carl Weber, 52, was arrested on Monday. ")
    (person,) = [field for field in fields if field.kind == "person_name"]
    assert person.value == Name("Carl Weber", ("Weber",))


def test_two_people_of_one_family_are_not_resolved(parser):
    fields = read(parser, "Mr Weber told police that he was ill.", "Carl Weber, 52, and Anna Weber, 50, were arrested. ")
    assert names(fields, "person_name") in (["Weber"], [])


def test_role_by_apposition_and_by_identification(parser):
    (first,) = [f for f in read(parser, "Paul Martin, the pilot, also died in the crash.") if f.kind == "person_name"]
    (second,) = [f for f in read(parser, "The agency identified the pilot as Paul Martin.") if f.kind == "person_name"]
    assert (first.role, second.role) == ("pilot", "pilot")


def test_titles(parser):
    assert titles(read(parser, "Professor Anna Brandt said the moss was new.")) == [("anna brandt", "professor")]
    assert titles(read(parser, "Dr Anna Brandt, an assistant professor of botany, said so.")) == [("anna brandt", "assistant_professor")]
    assert titles(read(parser, "Deputy police chief Omar Haddad spoke to reporters.")) == [("omar haddad", "deputy_police_chief")]
    assert titles(read(parser, "Reporters met Vice-President Omar Haddad.")) == [("omar haddad", "vice_president")]


def test_somebody_elses_title_is_none(parser):
    assert titles(read(parser, "The president's spokesman Paul Martin said so.")) == []


def test_former_title_is_background(parser):
    (title,) = [f for f in read(parser, "Former president Laura Martin wrote the letter.") if f.kind == "title"]
    assert title.background


def test_acting_title_is_background(parser):
    (title,) = [f for f in read(parser, "Acting president Laura Martin wrote the letter.") if f.kind == "title"]
    assert title.background


def test_bodies_are_found_without_an_entity(parser):
    fields = read(parser, "Public security officials held the student.")
    assert names(fields, "organisation") == ["ministry of public security"]
    fields = read(parser, "An officer of the Ministry of State Security held the student.")
    (body,) = [field for field in fields if field.kind == "organisation"]
    assert body.value == Name("ministry of state security", ("Ministry of State Security",))
    assert body.subject == "officer"


def test_acronym_is_explained_by_the_article(parser):
    before = "The International Harbour Safety Board (IHSB) opened a case. "
    fields = read(parser, "The IHSB said on Friday that the pier was safe.", before)
    assert "International Harbour Safety Board" in names(fields, "organisation") or not names(fields, "organisation")


def test_a_company_is_no_person(parser):
    fields = read(parser, "Norwind raised its offer, and Norwind shares fell.", "Norwind Inc sells tea. ")
    assert names(fields, "person_name") == []
