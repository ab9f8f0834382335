"""Broken and hostile inputs of every kind: each is read or named in one line, in little time, and leaves nothing behind."""

import json
import os
import re
import signal
import tempfile
import traceback
from contextlib import contextmanager
from pathlib import Path

import broken
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reconcile.errors import InputError
from reconcile.reading import confined, read_paths
from reconcile.reading.files import READERS

pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name")  # of a part that one of the Word documents has twice

LONGEST = 10.0
"""Seconds that one input may take."""
ON_ONE_LINE = ("id", "source", "title", "author", "url", "language")
PLAIN_KINDS = tuple(ending for ending in READERS if "warc" not in ending)
ODD_NAMES = ("a\nb", "\n", "a\r\nb", "a\u2028b", "a\tb", "a\x1b[2Jb", "\x7f", "\udcff", "\u202egpj", " ", "a b", "é", "日本", "n" * 240)
ODD_NAMES += ("-", "--help", "-rf", "#1", "a#2", "a:3:4", "..", "...", "*", "$(id)", "~", "%s", "{0}", "'", '"', "\\", ".txt", "con")
OWN = settings(max_examples=60, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))


class TooLong(BaseException):
    """Raised in a reader that does not end by itself, past whatever it catches."""


@contextmanager
def within(seconds):
    """Stop whatever takes longer than so many seconds."""

    def stop(*_):
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Return a folder in which nothing may be written: the current one, that of temporary files, and the user's own."""
    root = tmp_path_factory.mktemp("broken")
    notes, home = root / "notes", root / "a" / "b" / "c"
    home.mkdir(parents=True)
    notes.touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(broken.NOTES, str(notes))
        for variable in ("TMPDIR", "HOME", "XDG_CACHE_HOME"):
            patch.setenv(variable, str(home))
        patch.setattr(tempfile, "tempdir", str(home))
        patch.setattr(confined, "_confine", broken.confine_and_watch)
        patch.chdir(home)
        yield home


@pytest.fixture
def folder(place):
    """Return a folder for inputs; whatever the process that reads them does beside reading fails the test."""
    inputs = place / f"inputs-{sum(1 for _ in place.iterdir())}"
    inputs.mkdir()
    yield inputs
    assert noted() == ""


def noted():
    """Return what the watched process did beside reading since this was last asked."""
    notes = Path(os.environ[broken.NOTES])
    said = notes.read_text()
    os.truncate(notes, 0)
    return said


def files_around(place):
    root = place.parents[2]
    return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in root.rglob("*")}


def write_all(folder, inputs, ending):
    paths = []
    for number, (name, raw) in enumerate(inputs.items()):
        paths.append(folder / f"{number}-{re.sub(r'[^a-z0-9-]+', '_', name.lower())}{ending}")
        paths[-1].write_bytes(raw)
    return paths


def read(*paths, **options):
    """Return what was read, the articles set aside included, and the lines that are told to the user."""
    try:
        reading = read_paths([str(path) for path in paths], **options)
    except InputError as error:
        return [], str(error).split("\n")
    return [*reading.articles, *(version.earlier for version in reading.earlier)], [str(problem) for problem in reading.problems]


def faults(path):
    """Return what is wrong with how one file was read."""
    try:
        with within(LONGEST):
            articles, told = read(path)
    except (Exception, TooLong) as error:
        frames = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        return [f"{type(error).__name__}: {str(error)[:100]} ({' '.join(frames[-4:])})"]
    return [fault for line in told for fault in faults_of_line(line, path)] + [fault for item in articles for fault in faults_of(item)]


def faults_of_line(line, path):
    if len(line.splitlines()) != 1:
        yield f"told in several lines: {line[:200]!r}"
    if path.name not in line:
        yield f"not named in {line[:200]!r}"
    if "Traceback" in line:
        yield f"a traceback: {line[:200]!r}"


def faults_of(article):
    for run in (*article.blocks, *article.removed):
        if not 0 <= run.span.start < run.span.end <= len(article.text):
            yield f"{run} lies outside of the text"
    if wrong := [run for run in article.removed if run.quote != run.span.of(article.text)]:
        yield f"{wrong[0]} quotes what does not stand there"
    for name in ON_ONE_LINE:
        if len((value := str(getattr(article, name) or "-")).splitlines()) != 1:
            yield f"{name} {value[:80]!r} has several lines"
    for name in ("text", *ON_ONE_LINE):
        half = re.search(r"[\ud800-\udfff]", str(getattr(article, name)))
        if half and half[0] not in article.path:
            yield f"{name} holds half a pair: {half[0]!a}"
    if not article.id or not article.source:
        yield "no id or no source"
    if "root:x:" in f"{article}":
        yield "holds a file of this machine"


def all_faults(paths):
    found = [f"{path.name}: {fault}" for path in paths for fault in dict.fromkeys(faults(path))]
    assert not found, "\n" + "\n".join(found)


def needs_warcio(ending):
    if "warc" in ending:
        pytest.importorskip("warcio")


def test_the_corpus_is_large_and_covers_every_kind():
    counts = {ending: len(broken.inputs(ending)) for ending in READERS}
    assert min(counts.values()) >= 50
    assert sum(counts.values()) >= 1_500
    assert set(broken.BASES) == set(READERS)
    assert {READERS[ending] for ending in READERS} == {READERS[f".{name.partition('.')[2]}"] for name in broken.HEAVY}


def test_what_a_reading_process_does_beside_reading_is_seen(place):
    class Hostile:
        def __getitem__(self, _):
            Path("evil").write_text("evil")
            return b""

    with pytest.raises(InputError):
        confined.read_confined("text.read", "a.txt", Hostile())
    (place / "evil").unlink()
    assert "evil" in noted()


def test_the_corpus_is_the_same_in_every_run():
    assert broken.damaged(broken.html(), "x") == broken.damaged(broken.html(), "x")
    assert broken.damaged(broken.html(), "x") != broken.damaged(broken.html(), "y")


@pytest.mark.parametrize("ending", READERS)
def test_what_the_broken_files_are_made_of_is_read(folder, ending):
    needs_warcio(ending)
    (path,) = write_all(folder, {"whole": broken.BASES[ending]()}, ending)
    articles, told = read(path)
    assert articles
    assert told == []
    assert broken.PROSE[1] in articles[0].text


@pytest.mark.parametrize("ending", READERS)
def test_broken_files_are_read_or_named_in_one_line(place, folder, ending):
    needs_warcio(ending)
    paths = write_all(folder, broken.inputs(ending), ending)
    before = files_around(place)
    all_faults(paths)
    assert files_around(place) == before


@pytest.mark.parametrize("name", broken.HEAVY)
def test_heavy_files_are_read_or_named_in_ten_seconds(place, folder, name):
    needs_warcio(name)
    path = folder / name
    path.write_bytes(broken.HEAVY[name]())
    before = files_around(place)
    all_faults([path])
    assert files_around(place) == before
    path.unlink()


def test_a_file_that_takes_too_long_is_named_in_time_and_the_next_is_read(folder):
    (folder / "a.docx").write_bytes(broken.wide_cell())
    (folder / "b.docx").write_bytes(broken.word())
    with within(LONGEST):
        _, told = read(folder / "a.docx")
    assert len(told) == 1
    assert "a.docx: took longer" in told[0]
    with within(LONGEST):
        assert read(folder / "b.docx")[0]


def emptied(path):
    """Make a file of 40 MB that takes no room."""
    path.touch()
    os.truncate(path, 40_000_000)
    return path


@pytest.mark.parametrize("ending", PLAIN_KINDS)
def test_a_file_of_forty_megabytes_is_refused(folder, ending):
    path = emptied(folder / f"large{ending}")
    assert read(path) == ([], [f"{path}: has more than the 32,000,000 bytes that a file may have; split it"])


def test_an_archive_of_forty_megabytes_of_nothing_is_named_in_time(folder):
    needs_warcio(".warc")
    all_faults([emptied(folder / "large.warc")])


@pytest.mark.parametrize("every_version", [False, True])
def test_a_folder_of_broken_files_gives_each_article_an_id_of_its_own(folder, every_version):
    wanted = ("whole", "twice", "bom", "cut-70", "flipped-1", "latin1", "really-txt", "really-html", "ids-numbered")
    for ending in PLAIN_KINDS:
        for name in {*wanted} & {*(inputs := broken.inputs(ending))}:
            (folder / f"{name}{ending}").write_bytes(inputs[name])
    articles, told = read(folder, every_version=every_version)
    assert len({article.id for article in articles}) == len(articles)
    assert len(articles) > 100
    assert [fault for article in articles for fault in faults_of(article)] == []
    named = {article.path.partition("#")[0] for article in articles}
    unnamed = [path for path in folder.iterdir() if str(path) not in named and not any(line.startswith(f"{path}") for line in told)]
    assert unnamed == []


@pytest.mark.parametrize("ending", [".txt", ".html", ".json", ".csv", ".rss"])
@pytest.mark.parametrize("whole", [True, False], ids=["whole", "broken"])
def test_files_with_odd_names_are_read_or_named_in_one_line(folder, monkeypatch, ending, whole):
    monkeypatch.chdir(folder)
    found = []
    for name in ODD_NAMES:
        path = Path(f"{name}{ending}")
        path.write_bytes(broken.BASES[ending]() if whole else b"\xff\xfe\0 odd")
        articles, told = read(path)
        for article in articles:
            found += [f"{name!a}: {fault}" for fault in faults_of(article)]
        if not articles and len(told) != 1:
            found.append(f"{name!a}: told in {len(told)} lines")
        found += [f"{name!a}: told in several lines: {line!a}" for line in told if len(line.splitlines()) != 1]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "path",
    ["", " ", "\0", "a\nb", "no\nsuch.txt", "x" * 5_000 + ".txt", "../" * 2_000, "\udcff.txt", "/dev/null", "/dev/zero", "http:/", "."],
)
def test_paths_that_are_none_are_named_in_one_line(folder, monkeypatch, path):
    monkeypatch.chdir(folder)
    articles, told = read(path)
    assert articles == []
    assert [line for line in told if len(line.splitlines()) != 1] == []
    assert told != [""]


def test_links_that_lead_round_or_nowhere_are_passed_over(folder):
    (folder / "round").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "nowhere.html").symlink_to(folder / "none.html")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "folder.html").mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / "good.txt").write_bytes(broken.txt())
    with within(LONGEST):
        articles, _ = read(folder)
        for name in ("self.txt", "nowhere.html", "device.txt", "pipe.txt", "folder.html"):
            assert read(folder / name)[0] == []
    assert [article.id for article in articles] == ["good"]


ANY_TEXT = st.text(max_size=60)
ANY_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=6,
)
ANY_RECORD = st.dictionaries(
    st.sampled_from([*broken.record(), *broken.ninjs(), "body_html", "body_text"]) | ANY_TEXT, ANY_VALUE, max_size=6
)
PROSE = st.lists(
    st.sampled_from([*broken.PROSE, "\n", "\n\n", "- ", "Advertisement", "By A. Writer", "(Reuters) - "]) | ANY_TEXT, max_size=8
)


def check(place, name, raw):
    path = place / name
    path.write_bytes(raw)
    all_faults([path])


@OWN
@given(records=st.lists(ANY_RECORD, min_size=1, max_size=3))
@example(records=[{"text": "The harbour of Velm reopens.", "published": "1 Jan 2020 1:1:1 +99999999999999999999"}])
@example(records=[{"text": "The harbour of Velm reopens.", "title": "\ud800\n\u2028x", "id": "\udfff"}])
def test_any_records_are_read_or_named(place, records):
    base = {"text": broken.PROSE[0]}
    check(
        place, "any.jsonl", broken.lines(*records, *(base | record for record in records), *(broken.ninjs() | record for record in records))
    )


@OWN
@given(front=st.dictionaries(st.sampled_from(["title", "source", "date", "modified", "language", "url"]), ANY_TEXT), text=PROSE)
def test_any_text_is_read_or_named(place, front, text):
    head = "".join(f"{key}: {value}\n" for key, value in front.items())
    check(place, "any.txt", f"---\n{head}---\n{''.join(text)}".encode("utf-8", "surrogatepass"))


@OWN
@given(rows=st.lists(st.lists(ANY_TEXT, max_size=4), max_size=4), text=PROSE)
def test_any_table_is_read_or_named(place, rows, text):
    held = broken.table(text="".join(text).replace("\0", "").encode("utf-8", "replace").decode())
    check(place, "any.csv", held + "\n".join(",".join(row) for row in rows).encode("utf-8", "replace"))


@OWN
@given(raw=st.binary(max_size=200), part=st.integers(0, 99), ending=st.sampled_from(PLAIN_KINDS))
def test_any_bytes_in_any_file_are_read_or_named(place, raw, part, ending):
    whole = broken.BASES[ending]()
    at = len(whole) * part // 100
    check(place, f"any{ending}", whole[:at] + raw + whole[at + len(raw) :])


@OWN
@given(value=ANY_VALUE, key=st.sampled_from([*broken.ninjs(), "articles", "schema", "text", "body_html"]))
def test_any_value_of_any_key_is_read_or_named(place, value, key):
    check(place, "any.json", json.dumps([broken.ninjs() | {key: value}, {key: value}]).encode())
