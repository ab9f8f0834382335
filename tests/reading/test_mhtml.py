import base64
import quopri

import pytest

from reconcile.errors import Unreadable
from reconcile.reading.mhtml import read

TITLE = "Café owners in Velm win a case over noise"
PROSE = (
    "The owners of four cafés in Velm need not close their terraces at ten, a court in Portneuf ruled on Monday – to their “great relief”.",
    "The town had fined them 900 € each after complaints from neighbours, who said that they could not sleep during the summer months.",
    "Judge Ada Holm wrote that the town had never measured the noise, and that its rule named streets which no longer exist in Velm.",
    "The mayor said that the council would measure the noise in June and draw up a new rule before the season ends, or drop it for good.",
)
ADDRESS = "https://post.example/news/cafes"


def html(charset="utf-8"):
    body = "".join(f"<p>{text}</p>" for text in PROSE)
    page = (
        f'<html><head><meta charset="{charset}"><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{body}</article></body></html>'
    )
    return page.encode(charset)


def pack(raw, encoding):
    if encoding == "base64":
        return base64.encodebytes(raw)
    return quopri.encodestring(raw) if encoding == "quoted-printable" else raw


def part(raw, kind="text/html", encoding="quoted-printable", charset="", location=ADDRESS):
    lines = [f"Content-Type: {kind}" + (f'; charset="{charset}"' if charset else ""), f"Content-Transfer-Encoding: {encoding}"]
    lines += [f"Content-Location: {location}"] if location else []
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + pack(raw, encoding)


def saved(*parts, address=ADDRESS):
    head = [
        "From: <Saved by Blink>",
        *([f"Snapshot-Content-Location: {address}"] if address else []),
        "Subject: A page",
        "MIME-Version: 1.0",
    ]
    head += ['Content-Type: multipart/related; type="text/html"; boundary="----Edge--7"', ""]
    body = b"".join(b"\r\n------Edge--7\r\n" + each for each in parts)
    return "\r\n".join(head).encode() + body + b"\r\n------Edge--7--\r\n"


def read_one(raw):
    (document,) = read("folder/cafes.mhtml", raw)
    return document


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit", "binary"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
@pytest.mark.parametrize("said", [True, False], ids=["charset-in-the-header", "charset-in-the-page"])
def test_a_page_is_read_whatever_it_is_packed_and_encoded_in(encoding, charset, said):
    document = read_one(saved(part(html(charset), encoding=encoding, charset=charset if said else "")))
    assert document.head.title == TITLE
    assert [text for text in PROSE if text not in document.text] == []


def test_the_address_is_where_the_page_was_saved_from():
    document = read_one(saved(part(html(), location="https://cdn.example/frame"), address=ADDRESS))
    assert (document.head.url, document.name, document.path) == (ADDRESS, "cafes", "folder/cafes.mhtml")


def test_the_address_of_the_part_counts_where_the_message_gives_none():
    assert read_one(saved(part(html()), address="")).head.url == ADDRESS


@pytest.mark.parametrize("address", ["cid:frame-1@mhtml.blink", "file:///home/ada/cafes.html", "javascript:alert(1)"])
def test_an_address_that_is_not_on_the_net_is_none(address):
    assert read_one(saved(part(html(), location=address), address=address)).head.url == ""


def test_the_page_is_found_behind_its_pictures():
    assert read_one(saved(part(b"\x89PNG", "image/png", "base64"), part(html()))).head.title == TITLE


def test_the_page_is_read_and_not_the_frames_behind_it():
    frame = b"<html><body><p>" + b"Boots are cheap this week at the shop in the high street of Velm. " * 20 + b"</p></body></html>"
    assert "Boots" not in read_one(saved(part(html()), part(frame, location="cid:frame-1"))).text


def test_a_page_that_is_not_in_parts_is_read():
    head = f"Snapshot-Content-Location: {ADDRESS}\r\nMIME-Version: 1.0\r\n".encode()
    document = read_one(head + part(html("windows-1252"), charset="windows-1252"))
    assert (document.head.title, document.head.url) == (TITLE, ADDRESS)


def test_a_charset_that_does_not_exist_does_no_harm():
    assert PROSE[1] in read_one(saved(part(html(), charset="klingon-8"))).text


@pytest.mark.parametrize(
    "raw",
    [
        b"no headers at all",
        saved(part(b"\x89PNG", "image/png", "base64")),
        saved(part(b"The mayor of Velm spoke.", "text/plain")),
        saved(part(b"", encoding="base64")),
        saved(),
    ],
    ids=["text", "picture", "plain", "empty", "no-parts"],
)
def test_a_file_without_a_page_is_unreadable(raw):
    with pytest.raises(Unreadable) as error:
        read("cafes.mhtml", raw)
    assert "save" in str(error.value) and "\n" not in str(error.value)
