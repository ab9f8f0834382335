"""The rule loader: what it accepts, what it refuses, and that every refusal says where and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconcile.errors import RuleError
from reconcile.model import Relation, Verdict
from reconcile.models.parser import SpacyParser
from reconcile.pipeline import test_rules as run_cases
from reconcile.rules import RuleErrors, check_rules, default_folder, load_rules

GOOD = """\
id: door.state
field: status
about: Whether the door is open
terms:
  - label: open
    words: [open, "stand .. open"]
  - label: shut
    exclusive: [open]
    words: shut
levels:
  - when: missing
    then: nothing
  - when: [exclusive]
    then: tension
cases:
  - a: "The door is open."
    b: "The door is shut."
    expect: tension
"""
WRONG = [
    ("unknown key", GOOD.replace("about:", "abuot: x\nabout:"), 3, "unknown key 'abuot'; allowed here are id, field, about"),
    ("unknown key in a level", GOOD.replace("    then: tension", "    then: tension\n    sevrity: 2"), 15, "allowed here are when, then"),
    ("unknown relation", GOOD.replace("[exclusive]", "[exclusiv]"), 13, "'exclusiv' is not allowed"),
    ("unknown verdict", GOOD.replace("then: tension", "then: panic"), 14, "'panic' is not allowed for 'then'"),
    ("unknown field", GOOD.replace("field: status", "field: mood"), 2, "'mood' is not allowed for 'field'"),
    ("no about", GOOD.replace("about: Whether the door is open\n", ""), 1, "'about' is missing"),
    ("a conflict by silence", GOOD.replace("then: nothing", "then: tension"), 11, "silence is no conflict"),
    (
        "no such label",
        GOOD.replace("exclusive: [open]", "exclusive: [ajar]"),
        7,
        "'ajar' is no label of this rule; its labels are open, shut",
    ),
    ("label twice", GOOD.replace("label: shut", "label: open").replace("    exclusive: [open]\n", ""), 7, "stands here twice"),
    ("key twice", GOOD + "about: again\n", 19, "key 'about' stands here twice"),
    ("circle", GOOD.replace("exclusive: [open]", "parent: shut"), 7, "run in a circle"),
    ("empty pattern", GOOD.replace("words: shut", 'words: [".."]'), 7, "has no word"),
    ("bad id", GOOD.replace("id: door.state", "id: Door State"), 1, "'id' is 'Door State'"),
    ("priority", GOOD + "priority: 7\n", 19, "'priority' is 7"),
    ("expect", GOOD.replace("expect: tension", "expect: maybe"), 18, "'maybe' is not allowed for 'expect'"),
    ("not a mapping", "- a\n- b\n", 1, "is not a rule"),
    ("not YAML", "id: [unclosed\n", 2, "is not YAML"),
    ("empty", "", 1, "is empty"),
    ("anchor", GOOD.replace("field: status", "field: &x status"), 2, "anchors and aliases are not allowed"),
    ("tag", GOOD.replace("field: status", "field: !!python/name:os.system status"), 2, "tag !!python/name:os.system"),
    ("deep", "id: " + "[" * 40 + "]" * 40, 1, "nested more than"),
]


def write(folder: Path, text: str, name: str = "door.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_rule_is_loaded_with_all_it_says(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    (rule,) = load_rules(builtin=tmp_path).rules
    assert (rule.id, rule.field, rule.line) == ("door.state", "status", 1)
    assert rule.terms[1].words == ("shut",)
    assert rule.terms[1].exclusive == ("open",)
    assert rule.levels[1].when == (Relation.EXCLUSIVE,)
    assert (rule.cases[0].expect, rule.cases[0].line) == (Verdict.TENSION, 16)


@pytest.mark.parametrize(("text", "line", "message"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_an_error_names_file_line_and_what_is_allowed(text: str, line: int, message: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    errors = check_rules([path])
    assert errors, "nothing was found wrong"
    assert message in str(errors[0])
    assert (errors[0].path, errors[0].line) == (str(path), line)


def test_all_errors_of_all_files_come_at_once(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("field: status", "field: mood").replace("then: tension", "then: panic"), "a.yaml")
    write(tmp_path, "x: [", "b.yaml")
    errors = check_rules([tmp_path])
    assert [Path(error.path).name for error in errors] == ["a.yaml", "a.yaml", "b.yaml"]
    with pytest.raises(RuleErrors) as raised:
        load_rules(builtin=tmp_path)
    assert len(raised.value.errors) == 3
    assert str(raised.value).count("\n") == 2


def test_an_id_is_taken_once_in_a_folder(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "a.yaml")
    write(tmp_path, GOOD, "b.yaml")
    (error,) = check_rules([tmp_path])
    assert "a.yaml" in str(error)
    assert error.path.endswith("b.yaml")


def test_a_users_rule_takes_the_place_of_ours(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    write(ours, GOOD)
    write(theirs, GOOD.replace("Whether the door is open", "The door"))
    write(theirs, GOOD.replace("door.state", "gate.state"), "gate.yaml")
    both = load_rules([theirs], builtin=ours)
    assert [(rule.id, rule.about) for rule in both.rules] == [("door.state", "The door"), ("gate.state", "Whether the door is open")]
    assert both.digest != load_rules(builtin=ours).digest


@pytest.mark.parametrize("content", [b"\xff\xfe\x00id", b"\x00\x01\x02"], ids=["not UTF-8", "binary"])
def test_a_file_that_is_no_text_is_one_error(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    assert len(check_rules([path])) == 1


def test_a_missing_folder_and_an_empty_one_are_errors(tmp_path: Path) -> None:
    assert "no such file or folder" in str(check_rules([tmp_path / "none"])[0])
    assert "holds no .yaml rule file" in str(check_rules([tmp_path])[0])


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "id: " + "x" * 1_000_001)
    with pytest.raises(RuleError, match="is larger than"):
        load_rules(builtin=path)


def test_the_rules_that_ship_are_right_and_each_has_cases_that_fire_and_that_must_not() -> None:
    assert check_rules([default_folder()]) == []
    for rule in load_rules().rules:
        if not any(level.then is not Verdict.NOTHING for level in rule.levels):
            continue
        expected = {case.expect for case in rule.cases}
        assert len(rule.cases) >= 4, rule.id
        assert Verdict.NOTHING in expected, f"{rule.id} has no case that must not fire"
        assert expected - {Verdict.NOTHING}, f"{rule.id} has no case that fires"


def test_every_case_of_every_rule_holds_both_ways_round(parser: SpacyParser) -> None:
    failed = [f"{r.path}:{r.line} expected {r.case.expect}, got {r.got}" for r in run_cases(load_rules(), parser) if not r.passed]
    assert not failed, "\n".join(failed)
