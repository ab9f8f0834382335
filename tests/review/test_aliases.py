"""“The same thing”: a rule file learns an alias after showing the change, and forgets it when the step is undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from desks import FERRY, INJURED, make_desk

from reconcile.decisions import Alias
from reconcile.errors import InputError
from reconcile.review import AliasFolder
from reconcile.rules import check_rules, load_rules

RULE = """\
# Which of the two ferries it was.
id: test.vessel
field: object
about: Which vessel it was
terms:
  - label: norhaven_ferry
    distinct: [sundby_ferry]
    words: [nine people] # as they say here
  - label: sundby_ferry
    words: ["six passengers"]
levels:
  - when: missing
    then: nothing
  - when: distinct
    then: tension
"""


def vessels(rule: str = "test.vessel") -> dict:
    """Make the ferry report as if its first finding were about names that a rule knows."""
    report = json.loads(json.dumps(FERRY))
    finding = report["findings"][0]
    finding.update(rule=rule, field="object")
    labels = {"Nine people": "norhaven_ferry", "Six passengers": "sundby_ferry"}
    for claim in report["claims"]:
        for field in claim["fields"]:
            field.update(kind="object", value={"type": "label", "rule": rule, "label": labels[field["raw"]], "negated": False})
    return report


@pytest.fixture
def folder(tmp_path: Path, room) -> Path:
    given = tmp_path / "given"
    given.mkdir()
    (given / "vessel.yaml").write_text(RULE, "utf-8")
    room.desk = make_desk(tmp_path, vessels())
    room.aliases = AliasFolder(tmp_path / "desk-rules", [given])
    return tmp_path / "desk-rules"


def test_the_change_is_shown_written_and_taken_back(folder: Path, room) -> None:
    ada = room.editor("Ada")
    ada.get(f"/finding/{INJURED}")
    assert f'href="/finding/{INJURED}/same"' in ada.page
    ada.get(f"/finding/{INJURED}/same")
    assert "“six passengers” means norhaven ferry, as “Nine people” does" in ada.words
    assert "+ words: [nine people, six passengers] # as they say here" in ada.words
    assert str(folder.parent) not in ada.page
    assert not folder.exists(), "nothing is written by looking"
    offer, digest = _offer(ada.page, "norhaven ferry")
    ada.post(f"/finding/{INJURED}/same", offer=offer, digest=digest)
    written = folder / "vessel.yaml"
    assert written.read_text("utf-8") == RULE.replace("[nine people]", "[nine people, six passengers]")
    assert check_rules([folder]) == []
    assert "six passengers" in load_rules((), builtin=folder)["test.vessel"].terms[0].words
    assert room.desk.standing(INJURED).decisions[0].act == "same"
    ada.post("/undo")
    assert written.read_text("utf-8").split() == RULE.split()
    ada.post("/redo")
    assert "nine people, six passengers" in written.read_text("utf-8")


def _offer(page: str, term: str) -> tuple[str, str]:
    form = page[page.index(f"means {term}") :]
    place, digest = (form.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("offer", "digest"))
    return place, digest


def test_a_rule_changed_meanwhile_is_shown_again_and_not_overwritten(folder: Path, room) -> None:
    ada = room.editor("Ada")
    ada.get(f"/finding/{INJURED}/same")
    offer, digest = _offer(ada.page, "norhaven ferry")
    folder.mkdir()
    (folder / "vessel.yaml").write_text(RULE.replace("as they say here", "changed"), "utf-8")
    page = ada.post(f"/finding/{INJURED}/same", 409, offer=offer, digest=digest)
    assert "the rule was changed meanwhile" in page
    assert "# changed" in page
    assert room.desk._store.last() == 0


def test_a_rule_file_changed_after_the_step_is_left_alone_by_undo(folder: Path, room) -> None:
    ada = room.editor("Ada")
    ada.get(f"/finding/{INJURED}/same")
    offer, digest = _offer(ada.page, "norhaven ferry")
    ada.post(f"/finding/{INJURED}/same", offer=offer, digest=digest)
    (folder / "vessel.yaml").write_text(RULE, "utf-8")
    ada.post("/undo")
    assert "The rule file was changed since and was left as it is" in ada.words
    assert (folder / "vessel.yaml").read_text("utf-8") == RULE
    assert not room.desk.standing(INJURED).decisions


def test_a_broken_rule_folder_takes_away_the_offer_and_nothing_else(folder: Path, room) -> None:
    folder.mkdir()
    (folder / "bad.yaml").write_text("id: test.vessel\nterms: [", "utf-8")
    ada = room.editor("Ada")
    page = ada.get(f"/finding/{INJURED}")
    assert 'id="same"' not in page
    assert str(folder.parent) not in ada.get(f"/finding/{INJURED}/same", 500)


@pytest.mark.parametrize(
    ("words", "fine"),
    [
        ("six passengers", True),
        ("d'orsay", True),
        ("a|b", False),
        ("a .. b", False),
        ("50% of", False),
        ("one two three four five six seven eight nine", False),
    ],
)
def test_only_words_that_a_rule_can_spell_are_offered(folder: Path, room, words: str, fine: bool) -> None:
    report = vessels()
    report["findings"][0]["sides"][1]["evidence"][0]["quote"] = words
    docket = make_desk(folder.parent, report).docket
    offered = {offer.alias.words for offer in room.aliases.offers(docket.findings[INJURED], docket.claims)}
    assert (words in offered) is fine


def test_figures_and_words_of_degree_are_never_one_thing(room) -> None:
    docket = room.desk.docket
    assert room.aliases.offers(docket.findings[INJURED], docket.claims) == ()
    page = room.editor("Ada").get(f"/finding/{INJURED}/same")
    assert "cannot learn that two are one" in page


def test_what_cannot_be_changed_is_said(folder: Path, room) -> None:
    for alias, what in (
        (Alias(rule="test.none", label="x", words="y"), "no rule test.none"),
        (Alias(rule="test.vessel", label="ghost", words="y"), "no term ghost"),
        (Alias(rule="test.vessel", label="norhaven_ferry", words="nine people"), "among the words"),
    ):
        with pytest.raises(InputError, match=what):
            room.aliases.change(alias)
    with pytest.raises(InputError, match="not among the words"):
        room.aliases.write(Alias(rule="test.vessel", label="norhaven_ferry", words="y"), away=True)


def test_a_change_that_fails_the_check_is_not_written(folder: Path, room) -> None:
    with pytest.raises(InputError, match=r"the rule would be wrong afterwards, so it was left alone: vessel\.yaml:"):
        room.aliases.write(Alias(rule="test.vessel", label="norhaven_ferry", words="a.. b"))
    assert not folder.exists()


def test_an_alias_that_was_not_offered_is_refused(folder: Path, room) -> None:
    ada = room.editor("Ada")
    ada.get(f"/finding/{INJURED}/same")
    for offer in ("9", "-1", "", "x"):
        ada.get(f"/finding/{INJURED}/same")
        assert "none of those offered" in ada.post(f"/finding/{INJURED}/same", 400, offer=offer, digest="")
