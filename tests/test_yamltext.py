"""YAML: plain values with their places, and nothing that a tag or an anchor could do."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconcile.errors import SettingsError
from reconcile.yamltext import DEEPEST, LARGEST_FILE, MOST_ERRORS, Sheet, read_text, read_values


def sheet() -> Sheet[SettingsError]:
    return Sheet(Path("x.yaml"), SettingsError)


def test_every_value_has_a_place() -> None:
    one = sheet()
    assert read_values("a: 1\nb:\n  - c: 'x'\n    d: true\n", one) == {"a": 1, "b": [{"c": "x", "d": True}]}
    assert one.places["b", 0, "d"] == (4, 5)
    assert str(one.error(("b", 0, "e"), "is missing")) == "x.yaml:3:5: is missing"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: !!python/name:os.system x", "x.yaml:1:1: tag !!python/name:os.system: tags are not allowed here"),
        ("a: &b 1\nc: 2", "anchor &b: anchors and aliases are not allowed here"),
        ("a: 1\na: 2", "x.yaml:2:1: key 'a' stands here twice"),
        ("? [a]\n: 1", "a key must be one word"),
    ],
)
def test_what_is_not_allowed_is_noted_and_left_out(text, message) -> None:
    one = sheet()
    read_values(text, one)
    assert message in str(one.errors[0])


@pytest.mark.parametrize("text", ["", "a: [", "[" * (DEEPEST + 2) + "]" * (DEEPEST + 2), "a: *b"])
def test_what_cannot_be_read_is_an_error_with_a_place(text) -> None:
    with pytest.raises(SettingsError, match=r"^x\.yaml:\d+:\d+: is "):
        read_values(text, sheet())


def test_very_many_errors_are_summed_up() -> None:
    one = sheet()
    read_values("\n".join(["a: 1"] * (MOST_ERRORS + 10)), one)
    assert len(one.sorted()) == MOST_ERRORS + 1
    assert "9 more errors" in str(one.sorted()[-1])


def test_files_that_are_too_large_or_no_text_are_named(tmp_path) -> None:
    (tmp_path / "big").write_bytes(b"a" * (LARGEST_FILE + 1))
    (tmp_path / "bin").write_bytes(b"\xff\xfe")
    for name, message in (("big", "is larger than"), ("bin", "is not UTF-8"), ("none", "there is no such file"), (".", "is no file")):
        with pytest.raises(SettingsError, match=message):
            read_text(tmp_path / name, SettingsError)
    (tmp_path / "bom").write_bytes(b"\xef\xbb\xbfa: 1")
    assert read_text(tmp_path / "bom", SettingsError)[0] == "a: 1"
