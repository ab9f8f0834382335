import os
import sys
import time

import pytest

from reconcile.errors import Unreadable
from reconcile.reading import confined, read_paths
from reconcile.reading.confined import read_confined

PROSE = b"The lighthouse of Velm was lit again on Monday after a month in the dark, the harbour master said."


def hostile(deed):
    """Return bytes, as far as a reader can tell, that do a deed in its process when they are looked at."""

    class Hostile:
        def __getitem__(self, place):
            deed()
            return PROSE[place]

    return Hostile()


def sleep():
    time.sleep(120)


def spin():
    while True:
        pass


def fail():
    raise ValueError("a text\nof two lines")


def grow():
    bytearray(16 * 2**30)


def recurse():
    recurse()


def die():
    os._exit(3)


def refuse():
    raise Unreadable("is locked; save a copy")


def leave():
    sys.exit(0)


def read_after(deed):
    """Have a reader look at hostile input and return what is said of it; the next input must be read as if nothing had been."""
    with pytest.raises(Unreadable) as error:
        read_confined("text.read", "bad.txt", hostile(deed))
    (document,) = read_confined("text.read", "good.txt", PROSE)
    assert document.text == PROSE.decode()
    return str(error.value)


def test_what_a_reader_finds_comes_back():
    (document,) = read_confined("text.read", "folder/light.txt", PROSE)
    assert (document.path, document.name, document.text) == ("folder/light.txt", "light", PROSE.decode())


def test_the_reader_runs_in_a_process_of_its_own_that_is_kept(tmp_path):
    seen = tmp_path / "seen"
    for _ in range(2):
        read_confined("text.read", "light.txt", recorder(seen))
    pids = seen.read_text().split()
    assert str(os.getpid()) not in pids
    assert len(set(pids)) == 1


def recorder(path, then=None):
    """Return input that writes down in which process it is read."""
    name = str(path)

    class Recorder(bytes):
        def __getitem__(self, place):
            with open(name, "a") as file:
                file.write(f"{os.getpid()}\n")
            if then:
                then()
            return bytes.__getitem__(self, place)

    return Recorder(PROSE)


@pytest.mark.parametrize("deed", [sleep, spin])
def test_a_reader_that_hangs_is_ended_in_time(deed, monkeypatch, tmp_path):
    seen = tmp_path / "seen"
    read_confined("text.read", "good.txt", PROSE)
    monkeypatch.setattr(confined, "LONGEST_READ", 1.0)
    began = time.monotonic()
    with pytest.raises(Unreadable, match="longer than 1 second") as error:
        read_confined("text.read", "bad.txt", recorder(seen, deed))
    assert time.monotonic() - began < 20
    assert "\n" not in str(error.value) and "save" in str(error.value)
    with pytest.raises(ProcessLookupError):
        os.kill(int(seen.read_text()), 0)
    monkeypatch.undo()
    assert len(read_confined("text.read", "good.txt", PROSE)) == 1


@pytest.mark.parametrize(
    ("deed", "says"),
    [
        (fail, "cannot be read (ValueError)"),
        (grow, "more memory"),
        (recurse, "nested too deeply"),
        (refuse, "is locked; save a copy"),
    ],
)
def test_a_reader_that_fails_is_one_line_and_the_next_input_is_read(deed, says):
    message = read_after(deed)
    assert says in message
    assert "\n" not in message and "save" in message


@pytest.mark.parametrize("deed", [die, leave])
def test_a_reader_whose_process_ends_is_one_line_and_the_next_input_is_read(deed):
    message = read_after(deed)
    assert "\n" not in message and "save" in message


def test_a_process_that_died_is_not_said_to_have_had_too_little_memory():
    assert "memory" not in read_after(die)


def test_a_reader_that_does_not_exist_is_unreadable():
    with pytest.raises(Unreadable, match="AttributeError"):
        read_confined("text.nothing", "light.txt", PROSE)


def test_a_finding_that_cannot_come_back_is_unreadable(tmp_path):
    with pytest.raises(Unreadable):
        read_confined("warc.pages", tmp_path)  # a generator, which no process can hand to another
    assert len(read_confined("text.read", "good.txt", PROSE)) == 1


@pytest.mark.parametrize(
    ("reader", "name", "raw"),
    [
        ("page.read", "deep.html", b"<div>" * 60_000 + PROSE),
        ("page.read", "wide.html", b"<table>" + b"<tr><td>" * 60_000 + PROSE),
        ("page.read", "attributes.html", b"<p " + b"a='b' " * 200_000 + b">" + PROSE),
        ("feeds.read", "deep.xml", b"<rss version='2.0'><channel><item>" + b"<a>" * 100_000),
        ("records.read_json", "deep.json", b"[" * 500_000),
        ("mhtml.read", "parts.mhtml", b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + b"--x\r\n\r\n" * 50_000),
        (
            "pdf.read",
            "loop.pdf",
            b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R /Kids [1 0 R] >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF",
        ),
        ("docx.read", "cut.docx", b"PK\x03\x04" + b"\0" * 1_000),
    ],
)
def test_hostile_input_is_read_or_refused_in_one_line_and_in_time(reader, name, raw):
    began = time.monotonic()
    try:
        told = read_confined(reader, name, raw)[0]
    except Unreadable as error:
        told = str(error)
    assert not isinstance(told, str) or ("\n" not in told and "save" in told)
    assert time.monotonic() - began < confined.LONGEST_READ + 10


def test_one_hostile_file_costs_the_run_no_more_than_itself(tmp_path):
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4\n" + b"\xff" * 1_000)
    (tmp_path / "good.txt").write_bytes(PROSE)
    reading = read_paths([str(tmp_path)])
    assert [article.id for article in reading.articles] == ["good"]
    assert [problem.path for problem in reading.problems] == [str(tmp_path / "bad.pdf")]
    assert "\n" not in str(reading.problems[0])
