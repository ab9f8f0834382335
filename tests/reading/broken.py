"""Broken inputs of every kind that is read, made in code and the same in every run: a name and bytes, or a function that makes them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import random
import sys
import textwrap
import zipfile
import zlib
from collections.abc import Callable, Mapping
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import docx

from reconcile.reading import confined
from reconcile.reading.files import READERS

TITLE = "Café at the old harbour of Velm reopens"
PROSE = (
    "The café at the old harbour of Velm reopens on Friday, after two years of work on its roof, the town said on 2 July 2025.",
    "Forty of the sixty tables are let for the summer, and the rents stay as they were, the head of the harbour office said.",
    "Traders had feared that the work would cost them their place, and some of them had gone to court over it last year.",
)
SECRET = "file:///etc/passwd"
Inputs = Mapping[str, bytes]
Makers = Mapping[str, Callable[[], bytes]]


# Valid files, one of each kind.


def txt() -> bytes:
    head = f"---\ntitle: {TITLE}\nsource: Harbour Post\npublished: 2025-07-02T14:30:00+02:00\n---\n"
    return (head + "\n\n".join(PROSE) + "\n").encode()


def markdown() -> bytes:
    return f"# {TITLE}\n\n*2 July 2025*\n\n{PROSE[0]}\n\n- {PROSE[1]}\n\n> {PROSE[2]}\n\n[A link](https://a.example/b) `code`\n".encode()


def html(body: str = "", head: str = "", attributes: str = "") -> bytes:
    prose = "".join(f"<p>{text}</p>" for text in PROSE)
    linked = json.dumps({"@type": "NewsArticle", "datePublished": "2025-07-02T14:30:00+02:00", "headline": TITLE})
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | Harbour Post</title>{head}'
        f'<meta property="og:site_name" content="Harbour Post"><script type="application/ld+json">{linked}</script></head>'
        f"<body {attributes}><article><h1>{TITLE}</h1>{prose}{body}</article></body></html>"
    ).encode()


def xhtml(doctype: str = "", body: str = "") -> bytes:
    prose = "".join(f"<p>{text}</p>" for text in PROSE)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{doctype}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{TITLE}</title></head>'
        f"<body><article><h1>{TITLE}</h1>{prose}{body}</article></body></html>"
    ).encode()


def mhtml(page: bytes | None = None) -> bytes:
    message = MIMEMultipart("related", boundary="----edge", type="text/html")
    message["Snapshot-Content-Location"] = "https://post.example/news/velm"
    message["Subject"] = TITLE
    part = MIMEText((page or html()).decode(), "html", "utf-8")
    part["Content-Location"] = "https://post.example/news/velm"
    message.attach(part)
    return message.as_bytes()


def pdf_text(lines: tuple[str, ...] = PROSE) -> bytes:
    shown = "".join(f"({part}) Tj T* " for line in lines for part in textwrap.wrap(line, 70))
    return f"BT /F1 11 Tf 14 TL 60 780 Td {shown}ET".encode("latin-1")


def stream(data: bytes, entries: str = "", length: int | None = None) -> bytes:
    return f"<< {entries} /Length {len(data) if length is None else length} >>\nstream\n".encode() + data + b"\nendstream"


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"


def pdf(changes: Mapping[int, bytes] | None = None, trailer: str = "", tail: bytes = b"") -> bytes:
    """Return a PDF of one page, with some of its objects put in place of those that belong there."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: PAGE,
        4: stream(pdf_text()),
        5: FONT,
        6: b"<< /Title (Caf\\351) /Author (A. Writer) >>",
    } | dict(changes or {})
    raw, places = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n", []
    for number, value in sorted(objects.items()):
        places.append(len(raw))
        raw += f"{number} 0 obj\n".encode() + value + b"\nendobj\n"
    start = len(raw)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    raw += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}".encode()
    return raw + f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R /Info 6 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode() + tail


def word() -> bytes:
    document, packed = docx.Document(), io.BytesIO()
    document.add_paragraph(TITLE, style="Title")
    for text in PROSE:
        document.add_paragraph(text)
    document.add_table(rows=2, cols=2).cell(0, 0).text = PROSE[0]
    document.save(packed)
    return packed.getvalue()


def repacked(changes: Mapping[str, bytes | None], more: Mapping[str, bytes] | None = None) -> bytes:
    """Return a Word document with the parts that are named put in place of its own, or taken out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (data := changes.get(name, old.read(name))) is not None:
                new.writestr(name, data)
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return packed.getvalue()


def record(**changes: object) -> dict[str, object]:
    fields: dict[str, object] = {"id": "velm", "source": "Harbour Post", "title": TITLE, "author": "A. Writer", "language": "en"}
    fields |= {"url": "https://post.example/velm", "published": "2025-07-02T14:30:00", "modified": "2025-07-03", "text": "\n\n".join(PROSE)}
    return fields | changes


def ninjs(**changes: object) -> dict[str, object]:
    bodies = [{"role": "main", "contenttype": "text/html", "value": "".join(f"<p>{text}</p>" for text in PROSE)}]
    fields: dict[str, object] = {"uri": "https://post.example/velm", "pubstatus": "usable", "language": "en", "bodies": bodies}
    fields |= {"headlines": [{"role": "main", "value": TITLE}], "infosources": [{"name": "Harbour Post", "role": "publisher"}]}
    return fields | {"firstcreated": "2025-07-02T14:30:00Z", "versioncreated": "2025-07-03T10:00:00Z", "by": "A. Writer"} | changes


def lines(*records: object) -> bytes:
    return "".join(json.dumps(item) + "\n" for item in records).encode()


def table(delimiter: str = ",", **changes: str) -> bytes:
    row, held = {key: str(value) for key, value in record().items()} | changes, io.StringIO()
    writer = csv.writer(held, delimiter=delimiter)
    writer.writerows([row.keys(), row.values()])
    return held.getvalue().encode()


def rss(items: str | None = None, head: str = "", doctype: str = "") -> bytes:
    own = item() if items is None else items
    channel = f"<channel><title>Post</title>{head}{own}</channel>"
    return f'<?xml version="1.0" encoding="utf-8"?>{doctype}<rss version="2.0">{channel}</rss>'.encode()


def item(title: str = TITLE, body: str = "\n".join(PROSE), date: str = "Wed, 02 Jul 2025 14:30:00 GMT", more: str = "") -> str:
    return f"<item><title>{title}</title><link>https://a.example/b</link><pubDate>{date}</pubDate><description>{body}</description>{more}</item>"


def atom(entry: str | None = None, doctype: str = "") -> bytes:
    body = "".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in PROSE)
    own = f"<title>{TITLE}</title><id>urn:velm</id><updated>2025-07-02T14:30:00Z</updated><content type='html'>{body}</content>"
    feed = "<title>Harbour Post</title><id>urn:post</id><updated>2025-07-02T14:30:00Z</updated>"
    entries = f"<entry>{own if entry is None else entry}</entry>"
    return f'<?xml version="1.0"?>{doctype}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">{feed}{entries}</feed>'.encode()


def warc_record(
    payload: bytes, http: str | None = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", length: str = "", **headers: str
) -> bytes:
    """Return a record with its headers as they are given, right or wrong."""
    block = (b"" if http is None else http.encode() + b"\r\n") + payload
    own = {
        "WARC-Type": "response",
        "WARC-Record-ID": "<urn:uuid:12345678-1234-1234-1234-123456789012>",
        "WARC-Date": "2025-07-02T14:30:00Z",
    }
    own |= {"WARC-Target-URI": "https://post.example/velm", "Content-Type": "application/http; msgtype=response"}
    own |= {name.replace("_", "-"): value for name, value in headers.items()} | {"Content-Length": length or str(len(block))}
    return ("WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in own.items()) + "\r\n").encode() + block + b"\r\n\r\n"


def warc() -> bytes:
    return warc_record(html()) + warc_record(b"404", "HTTP/1.1 404 Not Found\r\n") + warc_record(html("<p>Again.</p>"))


def packed_warc() -> bytes:
    return b"".join(packed(warc_record(html(f"<p>Page {number} of the archive of the harbour of Velm.</p>"))) for number in range(2))


def packed(raw: bytes) -> bytes:
    return gzip.compress(raw, mtime=0)


BASES: Makers = {
    ".txt": txt,
    ".md": markdown,
    ".markdown": markdown,
    ".html": html,
    ".htm": html,
    ".xhtml": xhtml,
    ".mhtml": mhtml,
    ".mht": mhtml,
    ".pdf": pdf,
    ".docx": word,
    ".jsonl": lambda: lines(record(), record(id="two", text=" ".join(PROSE))),
    ".ndjson": lambda: lines(ninjs(), record()),
    ".json": lambda: json.dumps([ninjs(), ninjs(uri="https://post.example/two")]).encode(),
    ".csv": table,
    ".tsv": lambda: table("\t"),
    ".rss": rss,
    ".atom": atom,
    ".xml": rss,
    ".warc": warc,
    ".warc.gz": packed_warc,
}


# What breaks a file of any kind.


def flipped(raw: bytes, chance: random.Random, count: int) -> bytes:
    changed = bytearray(raw)
    for _ in range(count):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def spliced(raw: bytes, chance: random.Random, more: bytes) -> bytes:
    place = chance.randrange(len(raw))
    return raw[:place] + more + raw[place:]


def damaged(raw: bytes, seed: str) -> Inputs:
    """Return a file cut off, with bits flipped, in other encodings, and with bytes in it that do not belong there."""
    chance = random.Random(seed)
    text = raw.decode("utf-8", "replace")
    return {
        **{f"cut-{part}": raw[: len(raw) * part // 100] for part in (1, 5, 15, 30, 50, 70, 90, 99)},
        **{f"head-off-{part}": raw[len(raw) * part // 100 :] for part in (1, 20, 60)},
        **{f"flipped-{count}": flipped(raw, chance, count) for count in (1, 2, 5, 20, 100)},
        **{f"utf16-{name}": text.encode(name) for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32")},
        "latin1": text.encode("latin-1", "replace"),
        "cp037": text.encode("cp037", "replace"),
        "utf7": text.encode("utf-7"),
        "surrogates": spliced(raw, chance, b"\xed\xa0\x80\xed\xbf\xbf"),
        "bad-utf8": spliced(raw, chance, b"\xff\xfe\xc3\x28"),
        "overlong": spliced(raw, chance, b"\xc0\xae\xc0\xae\xc0\xaf"),
        "bom": b"\xef\xbb\xbf" + raw,
        "bom-twice": b"\xef\xbb\xbf\xef\xbb\xbf" + raw,
        "bom-only": b"\xef\xbb\xbf",
        "utf16-bom-lies": b"\xff\xfe" + raw,
        "nul": spliced(raw, chance, b"\0"),
        "nuls": spliced(raw, chance, b"\0" * 5_000),
        "controls": spliced(raw, chance, bytes(range(32)) + b"\x7f\xc2\x85\xe2\x80\xa8\xe2\x80\xa9"),
        "escapes": spliced(raw, chance, b"\x1b[2J\x1b]0;owned\x07" * 20),
        "direction": spliced(raw, chance, "\u202e\u2066\ufeff\u200b\U000e0041".encode() * 20),
        "old-mac": raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r"),
        "twice": raw + raw,
        "backwards": raw[::-1],
        "empty": b"",
        "blank": b" \n\t\r\n" * 500,
        "no-break-blank": "\u00a0\u2003\u3000\n".encode() * 200,
        "noise": chance.randbytes(4_000),
    }


def misnamed(ending: str) -> Inputs:
    """Return the valid files of all other kinds, to be saved under this ending."""
    return {f"really-{other[1:]}": make() for other, make in BASES.items() if READERS[other] != READERS[ending]}


# What breaks one kind.


def plain() -> Inputs:
    heads = ("published: 1 Jan 2020 1:1:1 +99999999999999999999", "date: Mon, 1 Jan 2020 99:99:99", "published: 9999-12-31T23:59:59-23:59")
    heads += ("published: 0001-01-01T00:00:00+23:59", "title: \x1b[31m\x85x", "title: a\u2028b\u2029c", "title:", "a: b\n" * 38 + "a: b")
    shapes = (
        "a",
        " a",
        "A ",
        "- ",
        "1 ",
        "\n.\n",
        "\n\n\nA b c",
        ". A",
        "(",
        "[",
        '"',
        "?!",
        "#",
        "Jan 1 2020 ",
        "http://",
        "@a ",
        "\u0301",
        "👩‍👩‍👧",
        "|,",
        "CLOSE A",
    )
    return {
        **{f"front-matter-{n}": f"---\n{head}\n---\n{PROSE[0]}\n".encode() for n, head in enumerate(heads)},
        **{f"shape-{n}": (shape * 20_000).encode() for n, shape in enumerate(shapes)},
        "front-matter-open": b"---\ntitle: x\n" + PROSE[0].encode(),
        "front-matter-only": b"---\ntitle: x\n---\n",
        "dashes": b"---\n" * 10_000,
        "dots-up": b"../../../etc/passwd\n" * 50,
        "one-sign": b".",
        "line-separators": "\u2028".join(PROSE).encode() + b"\x0b\x0c\x1c\x1d\x1e\xc2\x85" + PROSE[1].encode(),
        "combining": ("Velm a" + "\u0301" * 50_000 + " b c d.").encode(),
    }


def marked_up() -> Inputs:
    return {
        "list-deep": "".join("  " * n + f"- item {n} of the list of the harbour\n" for n in range(500)).encode(),
        "quotes-deep": b">" * 20_000 + b" The harbour of Velm reopens on Friday.\n",
        "emphasis-open": b"*" * 50_000 + b"The harbour of Velm reopens on Friday." + b"_" * 50_000,
        "brackets-open": b"[" * 50_000 + b"The harbour of Velm reopens on Friday.",
        "brackets-shut": b"[" * 20_000 + b"The harbour of Velm reopens." + b"](" * 20_000,
        "backticks": b"".join(b"`" * n + b" The harbour " for n in range(300)),
        "fence-open": b"```\n" + markdown(),
        "table-wide": b"|" + b" a |" * 20_000 + b"\n|" + b"---|" * 20_000 + b"\n",
        "references": b"".join(b"[%d]: https://a.example/%d\n" % (n, n) for n in range(5_000)) + markdown(),
        "angles": b"<" * 50_000 + markdown(),
        "html-inside": b"<script>alert(1)</script>\n\n<div " + b"a=1 " * 5_000 + b">\n\n" + markdown(),
        "numbers": b"".join(b"%d. \n" % n for n in range(5_000)),
        "backslashes": b"\\" * 50_000 + markdown(),
    }


ODD_LINKED_DATA = '{"@type":[1,null,{"a":[]},"NewsArticle"],"@graph":{"a":1},"datePublished":[[]],"headline":{}}'


def web() -> Inputs:
    deep = 3_000
    return {
        "deep-divs": html("<div>" * deep + PROSE[0]),
        "deep-tables": html("<table><tr><td>" * 400 + PROSE[0]),
        "deep-lists": html("<ul><li>" * deep + PROSE[0]),
        "deep-quotes": html("<blockquote>" * deep + PROSE[0] + "</blockquote>" * deep),
        "deep-bold": html("<b>" * deep + PROSE[0]),
        "unclosed": html("<p><b><i><a href='x'><table><tr><td><ul><li><select><option>" * 50),
        "shut-only": html("</p></div></table></body></html>" * 2_000 + PROSE[0]),
        "huge-attribute": html(f"<p class='{'x ' * 200_000}'>{PROSE[0]}</p>"),
        "many-attributes": html("<p " + " ".join(f"a{n}=1" for n in range(5_000)) + ">x</p>"),
        "attribute-open": html('<p class="' + "x" * 50_000),
        "comment-open": html("<!-- " + "- " * 10_000),
        "script-open": html("<script>" + "var a; " * 5_000),
        "cdata": html("<![CDATA[" + "x" * 5_000 + "]]>"),
        "entities": html("&amp;" * 5_000 + "&#0;&#xD800;&#x110000;&#99999999999;&nosuch;&#x1b;"),
        "linked-data-deep": html(head='<script type="application/ld+json">' + "[" * 100_000 + "</script>"),
        "linked-data-types": html(head=f'<script type="application/ld+json">{ODD_LINKED_DATA}</script>'),
        "linked-data-number": html(head='<script type="application/ld+json">{"@type":"NewsArticle","datePublished":1e999999}</script>'),
        "linked-data-long-number": html(head=f'<script type="application/ld+json">{{"@type":"NewsArticle","n":{"9" * 9_000}}}</script>'),
        "date-absurd": html(head='<meta property="article:published_time" content="99999-99-99T99:99:99+99:99">'),
        "date-first": html(head='<meta property="article:published_time" content="0001-01-01T00:00:00+23:59">'),
        "date-last": html(head='<meta property="article:published_time" content="9999-12-31T23:59:59-23:59">'),
        "date-zone": html(head='<meta property="article:published_time" content="1 Jan 2020 1:1:1 +99999999999999999999">'),
        "title-lines": html(head="<title>a\n\n\x85b\u2028c\x00../../d</title><meta property='og:title' content='a&#10;b'>"),
        "site-lines": html(head="<meta property='og:site_name' content='a&#10;b&#13;c'><meta name='author' content='d&#10;e'>"),
        "address-odd": html(head="<link rel='canonical' href='http://[::1/&#10;x'><meta property='og:url' content='http://a:99999999/b'>"),
        "base-odd": html(head="<base href='http://[broken'>"),
        "charset-none": html(head="<meta charset='no-such-charset'>"),
        "charset-lies": html(head="<meta charset='utf-16'>"),
        "language-odd": html().replace(b'lang="en"', b'lang="e\nn-\x01"'),
        "frames": b"<html><frameset><frame src='a'></frameset></html>",
        "doctype-only": b"<!DOCTYPE html>",
        "no-words": b"<html><body>" + b"<img src=x>" * 500 + b"</body></html>",
        "text-alone": "\n".join(PROSE).encode(),
        "processing": html("<?php echo 1 ?>" * 500),
        "svg": html("<svg><foreignObject><p>x</p></foreignObject></svg><math><mi>x</mi></math>" * 200),
        "noscript": html("<noscript>" * 500 + PROSE[0]),
        "prefixes": html("<a:b:c d:e:f='1'>" * 500),
        "null-name": html("<\0p>" + PROSE[0]),
        "sections": html("".join(f"<div class='a'><p>{PROSE[0]}</p><p>{PROSE[1]} {n}</p></div>" for n in range(500))),
    }


LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'Velm '>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)) + "]>"
OUTSIDE = f"<!DOCTYPE x [<!ENTITY own SYSTEM '{SECRET}'>]>"
PARAMETER = f"<!DOCTYPE x [<!ENTITY % own SYSTEM '{SECRET}'> %own;]>"
FETCHED = "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/evil.dtd'>"
SWOLLEN = "<!DOCTYPE x [<!ENTITY own '" + "x" * 50_000 + "'>]>"
DOCTYPES = {
    "laughs": (LAUGHS, "&a11;"),
    "outside": (OUTSIDE, "&own;"),
    "parameter": (PARAMETER, "&own;"),
    "fetched": (FETCHED, ""),
    "swollen": (SWOLLEN, "&own;" * 5_000),
    "loop": ("<!DOCTYPE x [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>", "&a;"),
}


def web_xml() -> Inputs:
    included = f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{SECRET}' parse='text'/>"
    return {
        **{f"entity-{name}": xhtml(doctype, f"<p>{PROSE[0]} {use}</p>") for name, (doctype, use) in DOCTYPES.items()},
        "included": xhtml("", included),
        "deep": xhtml("", "<div>" * 3_000),
        "encoding-none": xhtml().replace(b"utf-8", b"no-such"),
        "encoding-lies": xhtml().replace(b"utf-8", b"utf-16"),
        "declared-twice": b'<?xml version="1.0"?>' + xhtml(),
        "version-odd": xhtml().replace(b'version="1.0"', b'version="99"'),
    }


def saved_page() -> Inputs:
    deep = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(1_000))
    head = "MIME-Version: 1.0\r\nContent-Type: text/html; charset={}\r\nContent-Transfer-Encoding: {}\r\n\r\n"
    page = html()
    return {
        "boundary-wrong": mhtml().replace(b'boundary="----edge"', b'boundary="elsewhere"'),
        "boundary-none": mhtml().replace(b'boundary="----edge"', b""),
        "boundary-blank": mhtml().replace(b'boundary="----edge"', b'boundary=""'),
        "boundary-long": mhtml().replace(b"----edge", b"e" * 5_000),
        "boundary-signs": mhtml().replace(b"----edge", b"(.*)+$["),
        "parts-deep": (deep + "Content-Type: text/html\r\n\r\n").encode() + page,
        "parts-many": mhtml().replace(b"------edge\n", b"------edge\nContent-Type: image/png\n\nx\n" * 3_000 + b"------edge\n", 1),
        "messages-deep": b"Content-Type: message/rfc822\r\n\r\n" * 1_000 + page,
        **{
            f"charset-{name[:8]}": head.format(name, "8bit").encode() + page
            for name in (
                "no-such",
                "utf-16",
                "idna",
                "zip",
                "hex",
                "rot13",
                "unicode_escape",
                "undefined",
                "\x00",
                "utf-8\r\n x",
                '"',
                "utf-7",
                "punycode",
            )
        },
        **{
            f"packing-{name[:8]}": head.format("utf-8", name).encode() + page
            for name in ("base64", "quoted-printable", "x-uuencode", "no-such", "")
        },
        "base64-broken": head.format("utf-8", "base64").encode() + b"PGh0bWw+====!!!!\xff" + b"A" * 4_001,
        "quoted-broken": head.format("utf-8", "quoted-printable").encode() + page.replace(b"<p>", b"<p>=ZZ=\n=3"),
        "headers-many": b"X-A: b\r\n" * 20_000 + mhtml(),
        "header-long": b"X-A: " + b"b" * 500_000 + b"\r\n" + mhtml(),
        "header-folded": b"Subject: a\r\n" + b" b\r\n" * 20_000 + mhtml(),
        "header-words": b"Subject: " + b"=?utf-8?b?" * 2_000 + b"\r\n" + mhtml(),
        "header-broken-words": b"Snapshot-Content-Location: =?utf-8?q?http://a=0A=0Db?=\r\nContent-Type: text/html\r\n\r\n" + page,
        "address-lines": mhtml().replace(b"https://post.example/news/velm", b"https://post.example/\n a\n b"),
        "address-odd": mhtml().replace(b"https://post.example/news/velm", b"http://[::1"),
        "address-8bit": mhtml().replace(b"https://post.example/news/velm", b"https://\xff\xfe/\xed\xa0\x80"),
        "type-odd": mhtml().replace(b"text/html", b"text/html/html; ; =;\"'(("),
        "type-none": mhtml().replace(b"Content-Type: text/html", b"X-Type: none"),
        "type-parameters": mhtml().replace(b'charset="utf-8"', b"charset*0*=utf'en'%ff%; charset*1=-8; charset*9999999999=x"),
        "type-comment": mhtml().replace(b"text/html", b"text/html " + b"(" * 5_000),
        "page-entities": mhtml(xhtml(OUTSIDE, "<p>&own;</p>")),
        "page-empty": head.format("utf-8", "8bit").encode(),
    }


def pages() -> Inputs:
    flate = "/Filter /FlateDecode"
    bomb = stream(zlib.compress(b" " * 2_000_000, 9), flate)
    loop = b"<< /Type /ObjStm /N 5 /First 30 /Extends 4 0 R /Length 40 >>\nstream\n4 0 1 10 2 20 3 30 5 40 << >> << >>\nendstream"
    form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> /Font << /F1 5 0 R >> >>"
    return {
        "tree-loop": pdf({2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}),
        "tree-loop-pair": pdf({2: b"<< /Type /Pages /Kids [7 0 R] /Count 1 >>", 7: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}),
        "tree-wide": pdf({2: b"<< /Type /Pages /Kids [" + b"3 0 R " * 5_000 + b"] /Count 5000 >>"}),
        "tree-doubling": pdf(
            {2: b"<< /Type /Pages /Kids [7 0 R 7 0 R] /Count 9 >>"}
            | {n: f"<< /Type /Pages /Kids [{n + 1} 0 R {n + 1} 0 R] /Count 9 >>".encode() for n in range(7, 12)}
            | {12: PAGE}
        ),
        "parent-loop": pdf({3: b"<< /Type /Page /Parent 3 0 R /Contents 4 0 R >>"}),
        "count-huge": pdf({2: b"<< /Type /Pages /Kids [3 0 R] /Count 999999999999 >>"}),
        "count-negative": pdf({2: b"<< /Type /Pages /Kids [3 0 R] /Count -5 >>"}),
        "count-word": pdf({2: b"<< /Type /Pages /Kids [3 0 R] /Count (many) >>"}),
        "kids-none": pdf({2: b"<< /Type /Pages /Count 1 >>"}),
        "kids-odd": pdf({2: b"<< /Type /Pages /Kids 5 /Count 1 >>"}),
        "kids-null": pdf({2: b"<< /Type /Pages /Kids [null 9 (a) 99 0 R] /Count 1 >>"}),
        "root-none": pdf().replace(b"/Root 1 0 R", b"/Roof 1 0 R"),
        "root-page": pdf().replace(b"/Root 1 0 R", b"/Root 5 0 R"),
        "root-loop": pdf({1: b"1 0 R"}),
        "reference-loop": pdf({4: b"7 0 R", 7: b"4 0 R"}),
        "prev-loop": pdf(trailer="/Prev 9").replace(b"/Prev 9", b"/Prev %d" % pdf().find(b"xref")),
        "prev-negative": pdf(trailer="/Prev -5"),
        "prev-huge": pdf(trailer="/Prev 99999999999999"),
        "stream-prev-loop": pdf(trailer="/XRefStm 9 /Prev 15"),
        "startxref-self": pdf(tail=b"startxref\n9999999\n%%EOF"),
        "startxref-word": pdf().replace(b"startxref", b"startxref\nabc"),
        "size-huge": pdf().replace(b"/Size 7", b"/Size 999999999"),
        "table-huge": pdf().replace(b"xref\n0 7", b"xref\n0 99999999"),
        "table-odd": pdf().replace(b"00000 n", b"zzzzz n"),
        "places-shifted": pdf().replace(b"xref\n0", b"xref\n3"),
        "length-long": pdf({4: stream(pdf_text(), length=9_999_999)}),
        "length-short": pdf({4: stream(pdf_text(), length=3)}),
        "length-negative": pdf({4: stream(pdf_text(), length=-3)}),
        "length-own": pdf({4: stream(pdf_text()).replace(b"/Length", b"/Length 4 0 R /L")}),
        "stream-open": pdf({4: stream(pdf_text()).replace(b"endstream", b"")}),
        "objects-loop": pdf({4: loop}),
        "flate-broken": pdf({4: stream(zlib.compress(pdf_text())[:-20], flate)}),
        "flate-noise": pdf({4: stream(random.Random(1).randbytes(2_000), flate)}),
        "flate-bomb": pdf({4: bomb}),
        "flate-many": pdf({4: stream(pdf_text(), "/Filter [" + "/FlateDecode " * 500 + "]")}),
        "filter-none": pdf({4: stream(pdf_text(), "/Filter /NoSuch")}),
        "filter-types": pdf({4: stream(pdf_text(), "/Filter [5 null (a) << >>] /DecodeParms 7")}),
        "ascii85-broken": pdf({4: stream(b"zzz<~~>uuuuuuu\xff", "/Filter /ASCII85Decode")}),
        "hex-broken": pdf({4: stream(b"0g1>zz", "/Filter /ASCIIHexDecode")}),
        "lzw-noise": pdf({4: stream(random.Random(2).randbytes(2_000), "/Filter /LZWDecode")}),
        "runs-broken": pdf({4: stream(b"\x05a", "/Filter /RunLengthDecode")}),
        "predictor": pdf({4: stream(zlib.compress(pdf_text()), f"{flate} /DecodeParms << /Predictor 15 /Columns 999999999 >>")}),
        "contents-array": pdf({3: PAGE.replace(b"4 0 R", b"[" + b"4 0 R " * 300 + b"]")}),
        "contents-loop": pdf({4: b"[4 0 R 4 0 R]"}),
        "form-loop": pdf(
            {4: stream(b"/X Do " + pdf_text(), form), 3: PAGE.replace(b"/Resources <<", b"/Resources << /XObject << /X 4 0 R >>")}
        ),
        "states-open": pdf({4: stream(b"q " * 50_000 + pdf_text())}),
        "states-shut": pdf({4: stream(b"Q " * 50_000 + pdf_text())}),
        "arrays-deep": pdf({4: stream(b"[" * 50_000)}),
        "dictionary-deep": pdf({7: b"<< /A " * 5_000}),
        "dictionary-deep-read": pdf({3: b"<< /A " * 5_000}),
        "string-open": pdf({4: stream(b"BT (" + b"(" * 50_000)}),
        "operands-wrong": pdf({4: stream(b"BT /F1 Tf (a) Td [(a) (b)] Tj 1 2 3 TJ /X cm ET (x) gs")}),
        "numbers-odd": pdf({4: stream(b"BT /F1 1e99999 Tf --5 .. Td 1.2.3 0 Td (Velm) Tj " + b"9" * 5_000 + b" Tw ET")}),
        "font-none": pdf({5: b"null"}),
        "font-odd": pdf({5: b"<< /Type /Font /Subtype /Type0 /DescendantFonts 5 0 R /ToUnicode 5 0 R /Encoding 9 >>"}),
        "map-odd": pdf({5: FONT[:-2] + b"/ToUnicode 7 0 R >>", 7: stream(b"1 beginbfrange <00> <ffffffff> <0000> endbfrange\n" * 50)}),
        "map-huge": pdf({5: FONT[:-2] + b"/ToUnicode 7 0 R >>", 7: stream(b"1 beginbfrange\n<00000000> <00ffffff> <0000>\nendbfrange")}),
        "map-surrogates": pdf({5: FONT[:-2] + b"/ToUnicode 7 0 R >>", 7: stream(b"1 beginbfrange\n<00> <ff> <D800>\nendbfrange")}),
        "info-odd": pdf({6: b"<< /Title 5 0 R /Author [1 2] /CreationDate (D:99999999999999+99'99') >>"}),
        "info-lines": pdf({6: b"<< /Title (a\\nb\\rc) /Author (d\\n\\n../../e\\000) >>"}),
        "info-loop": pdf({6: b"6 0 R"}),
        "locked-odd": pdf(trailer="/Encrypt << /Filter /Standard /V 9 /R 9 /O (a) /U (b) /P -1 >> /ID [(a) (b)]"),
        "locked-loop": pdf(trailer="/Encrypt 4 0 R"),
        "locked-null": pdf(trailer="/Encrypt null"),
        "box-odd": pdf({3: PAGE.replace(b"[0 0 595 842]", b"[(a) null]")}),
        "header-only": b"%PDF-1.7\n",
        "no-header": pdf()[9:],
        "junk-first": b"\n" * 5_000 + pdf(),
        "junk-last": pdf(tail=b"%" * 200_000),
        "ends-many": pdf(tail=b"\n%%EOF" * 20_000),
        "objects-many": pdf(tail=b"".join(b"%d 0 obj\n<< >>\nendobj\n" % n for n in range(8, 5_000))),
    }


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_part(body: str, doctype: str = "") -> bytes:
    return f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def word_files() -> Inputs:
    part, styles, types = "word/document.xml", "word/styles.xml", "[Content_Types].xml"
    related, own = "_rels/.rels", "word/_rels/document.xml.rels"
    tables = "<w:tbl><w:tr><w:tc>"
    names = ("../../evil.txt", "/tmp/evil.txt", "C:\\evil.txt", "..\\..\\evil.txt", "word/../../../evil.txt", "a\nb", "a" * 5_000)
    target = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" {} /></Relationships>'
    )
    office = 'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    prose = paragraph(PROSE[0])
    return {
        **{
            f"without-{name.rpartition('/')[2]}": repacked({name: None})
            for name in (part, styles, types, related, own, "docProps/core.xml")
        },
        **{f"empty-{name.rpartition('/')[2]}": repacked({name: b""}) for name in (part, styles, types, related, own, "docProps/core.xml")},
        **{f"noise-{name.rpartition('/')[2]}": repacked({name: b"<\xff\0>"}) for name in (part, styles, types, related, own)},
        **{f"entity-{name}": repacked({part: word_part(prose + paragraph(use), doctype)}) for name, (doctype, use) in DOCTYPES.items()},
        "core-entity": repacked({"docProps/core.xml": f"{OUTSIDE}<a>&own;</a>".encode()}),
        "types-entity": repacked({types: f"{OUTSIDE}<Types>&own;</Types>".encode()}),
        **{f"member-{n}": repacked({}, {name: b"evil"}) for n, name in enumerate(names)},
        **{f"target-{n}": repacked({related: target.format(f'{office} Target="{name}"').encode()}) for n, name in enumerate(names[:5])},
        "target-outside": repacked({related: target.format(f'{office} TargetMode="External" Target="{SECRET}"').encode()}),
        "target-self": repacked({related: target.format(f'{office} Target="_rels/.rels"').encode()}),
        "target-none": repacked({related: target.format(office).encode()}),
        "relations-loop": repacked({own: target.format('Type="a" Target="document.xml"').encode()}),
        "tables-deep": repacked({part: word_part(tables * 80 + prose + "</w:tc></w:tr></w:tbl>" * 80)}),
        "tables-very-deep": repacked({part: word_part(tables * 2_000 + prose + "</w:tc></w:tr></w:tbl>" * 2_000)}),
        "table-rowless": repacked({part: word_part("<w:tbl/><w:tbl><w:tr/></w:tbl><w:tbl><w:tr><w:tc/></w:tr></w:tbl>" + prose)}),
        "span-odd": repacked(
            {part: word_part(f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr>{prose}</w:tc></w:tr></w:tbl>')}
        ),
        "span-huge": repacked(
            {part: word_part(f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr>{prose}</w:tc></w:tr></w:tbl>')}
        ),
        "merge-odd": repacked({part: word_part(f"<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{prose}</w:tc></w:tr></w:tbl>")}),
        "style-none": repacked({part: word_part(paragraph(PROSE[0], '<w:pPr><w:pStyle w:val="NoSuch"/></w:pPr>'))}),
        "style-bare": repacked({part: word_part(paragraph(PROSE[0], "<w:pPr><w:pStyle/></w:pPr>"))}),
        "body-none": repacked({part: f'<w:document xmlns:w="{W}"/>'.encode()}),
        "body-other": repacked({part: b"<html><body><p>Velm</p></body></html>"}),
        "body-empty": repacked({part: word_part("")}),
        "paragraph-deep": repacked({part: word_part("<w:p><w:r>" * 3_000 + "</w:r></w:p>" * 3_000)}),
        "paragraphs-many": repacked({part: word_part(prose * 500)}),
        "title-lines": repacked({part: word_part(paragraph("a\n\u2028b\u0085c", '<w:pPr><w:pStyle w:val="Title"/></w:pPr>') + prose)}),
        "members-many": repacked({}, {f"a/{n}": b"" for n in range(5_001)}),
        "members-twice": repacked({}, {"word/document.xml": word_part(paragraph("Another body in place of the first."))}),
        "nested": repacked({}, {"word/inner.docx": repacked({}, {"inner.docx": word()})}),
        "inside-out": repacked({part: word()}),
        "comment": word()[:-2] + b"\xff\xff",
        "zip-empty": b"PK\x05\x06" + b"\0" * 18,
        "zip-plain": zipped({"a.txt": PROSE[0].encode()}),
        "method-odd": word().replace(b"\x08\0\0\0\x21\0", b"\x63\0\0\0\x21\0"),
        "locked-flag": word().replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0"),
        "old-word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3_000,
    }


def zipped(members: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members.items():
            new.writestr(name, data)
    return held.getvalue()


ODD_WORDS = ("", " ", "\ud800", "a\nb\r\u2028c", "../../evil", "\0\x1b[2J", "http://[::1", "9999-12-31T23:59:59-23:59", "x" * 20_000)
ODD_VALUES = (
    *("null", "true", "0", "-1", "1e999999", "NaN", "[]", "{}", '[[["a"]]]', '{"a":{"b":[]}}', "9" * 4_000, "[" * 400 + "]" * 400),
    *map(json.dumps, (*ODD_WORDS, "1 Jan 2020 1:1:1 +99999999999999999999")),
)
KEYS = (
    "id",
    "url",
    "source",
    "title",
    "author",
    "published",
    "modified",
    "language",
    "text",
    "bodies",
    "uri",
    "pubstatus",
    "schema",
    "articles",
)


def with_value(key: str, value: str, base: Mapping[str, object]) -> str:
    whole = {name: json.dumps(entry) for name, entry in base.items() if name != key} | {key: value}
    return "{" + ", ".join(f"{json.dumps(name)}: {entry}" for name, entry in whole.items()) + "}"


def json_lines() -> Inputs:
    good = lines(record())
    return {
        **{
            f"odd-{key}": "\n".join(with_value(key, value, record(id=f"r{n}")) for n, value in enumerate(ODD_VALUES)).encode()
            for key in KEYS
        },
        **{f"odd-ninjs-{key}": "\n".join(with_value(key, value, ninjs()) for value in ODD_VALUES).encode() for key in ninjs()},
        **{f"bare-{n}": value.encode() for n, value in enumerate(ODD_VALUES)},
        "deep-arrays": b"[" * 100_000 + b"\n" + good,
        "deep-objects": b'{"a":' * 100_000 + b"\n" + good,
        "deep-closed": b"[" * 100_000 + b"]" * 100_000 + b"\n" + good,
        "date-deep-900": with_value("published", "[" * 900 + "]" * 900, record()).encode(),
        "date-deep-990": with_value("published", "[" * 990 + "]" * 990, record()).encode(),
        "number-long": with_value("id", "9" * 5_000, record()).encode(),
        "keys-twice": b'{"id":"a","id":"b","text":"Velm.","text":"The harbour of Velm reopens on Friday.","TEXT":1}',
        "keys-many": json.dumps({f"k{n}": n for n in range(20_000)} | record()).encode(),
        "ids-shared": good * 50,
        "ids-blank": lines(record(id=""), record(id=" "), record(id="\n"), record(id=None)),
        "ids-numbered": lines(*(record(id=f"a{'-2' * n}", text=f"{PROSE[0]} {n}") for n in range(5))),
        "single-quotes": str(record()).encode(),
        "commas": b"{,},\n[,]\n{'a':1,}\n" + good,
        "two-on-a-line": good.strip() + good,
        "pretty": json.dumps(record(), indent=2).encode(),
        "separators-inside": '{"id":"x\u2028y","text":"The harbour of Velm\u2028reopens on \u0085 Friday."}'.encode(),
        "surrogates": lines(record(id="\udfff\ud800", text="The harbour \ud83d of \ude00 Velm reopens.", title="\ud800", source="\udc00")),
        "ninjs-markup": lines(ninjs(bodies=[{"contenttype": "text/html", "value": "<div>" * 3_000 + PROSE[0]}])),
        "ninjs-nuls": lines(ninjs(bodies=[{"contenttype": "text/html", "value": f"<p>{PROSE[0]}\0\x01\ud800</p>"}])),
        "ninjs-comment": lines(ninjs(body_html="<!--" + "x" * 500, bodies=None)),
        "ninjs-doctype": lines(ninjs(body_xhtml=f"{OUTSIDE}<p>&own; {PROSE[0]}</p>", bodies=None)),
        "ninjs-instruction": lines(ninjs(body_html="<?xml version='1.0' encoding='no-such'?><!DOCTYPE a><p>x</p>", bodies=None)),
        "ninjs-nothing": lines(*(ninjs(body_html=body, bodies=None) for body in ("<>", "</>&", "<!>"))),
    }


def json_files() -> Inputs:
    return {
        **{f"line-{name}": raw for name, raw in json_lines().items()},
        "articles-odd": b'{"articles":[1,null,[],{},{"text":5},{"text":"The harbour of Velm reopens on Friday."}]}',
        "articles-none": b'{"articles":[]}',
        "array-of-arrays": b"[[[]]]",
        "report": b'{"schema":"reconcile.report/1","text":"a"}',
        "array-open": b"[" + json.dumps(record()).encode() + b",",
        "many": json.dumps([{"id": n, "text": "Velm."} for n in range(2_000)]).encode(),
    }


def tables() -> Inputs:
    return tables_with(",")


def tabbed() -> Inputs:
    return tables_with("\t")


ODD_DATES = ("1 Jan 2020 1:1:1 +99999999999999999999", "0000-00-00", "9999-12-31T23:59:59-23:59", "2025-02-30", "٢٠٢٥-٠٧-٠٢")


def tables_with(mark: str) -> Inputs:
    good = table(mark)
    return {
        **{f"odd-{key}": table(mark, **{key: "a\nb\r\x1b../../c\u2028" + "x" * 5_000}) for key in record()},
        **{f"date-{n}": table(mark, published=date) for n, date in enumerate(ODD_DATES)},
        "quote-open": good + b'"never closed' + mark.encode() + b"x\n" * 500,
        "quote-open-head": b'"' + good,
        "quote-inside": good.replace(b"Velm", b'Ve"lm'),
        "quotes-many": b'"' * 20_001 + good,
        "nul-inside": good.replace(b"Velm", b"Ve\0lm"),
        "columns-many": mark.join(f"c{n}" for n in range(100_000)).encode() + b"\n" + good,
        "columns-many-text": good.splitlines()[0] + mark.encode() * 100_000 + b"\n" + good.splitlines()[1] + mark.encode() * 100_000,
        "columns-twice": mark.join(["text"] * 500).encode() + b"\n" + mark.join([PROSE[0]] * 500).encode(),
        "columns-lines": b'"a\nb"' + mark.encode() + b'"c\r\nd"\n1' + mark.encode() + b"2\n",
        "columns-controls": b"a\x1b[2J" + mark.encode() + "b\u2028c\u0085".encode() + b"\n1\n",
        "column-long": b"x" * 500_000 + b"\n1\n",
        "rows-short": good + b"a\n" * 2_000,
        "rows-long": good + mark.encode() * 5_000,
        "rows-blank": good.splitlines()[0] + b"\n" * 20_000,
        "head-only": good.splitlines()[0],
        "old-mac": good.replace(b"\r\n", b"\r"),
        "mark-other": table(";"),
        "formula": table(mark, text="=cmd|' /C calc'!A0 and then the harbour of Velm reopens on Friday."),
    }


FEED_DATES = ("Wed, 99 Foo 99999 99:99:99", "0000-00-00", "Wed, 02 Jul 2025 14:30:00 +9999", "9" * 500, "", "-1", "9999-12-31T23:59:59Z")
FEED_DATES += ("0001-01-01T00:00:00+23:59", "1e999", "Thu, 01 Jan 1970 00:00:00 GMT" * 50, "年月日", "2025-W99-9")
ODD_TITLES = (
    "a\n\nb\r\u2028c",
    "../../etc/passwd",
    "&#1;&#27;[2J",
    "&lt;script&gt;x&lt;/script&gt;",
    "x" * 5_000,
    "",
    "&amp;" * 999,
    "&#xD800;",
)


def feeds() -> Inputs:
    own, held = DOCTYPES.items(), list(enumerate(ODD_TITLES))
    outside = OUTSIDE + rss(item(body="&own;")).decode().partition("?>")[2]
    return {
        **{f"entity-{name}": rss(item(body=f"{PROSE[0]} {use}"), doctype=doctype) for name, (doctype, use) in own},
        **{f"atom-entity-{name}": atom(f"<title>{use}</title><summary>{PROSE[0]}</summary>", doctype) for name, (doctype, use) in own},
        **{f"date-{n}": rss(item(date=date)) for n, date in enumerate(FEED_DATES)},
        **{f"title-{n}": rss(item(title=title)) for n, title in held},
        **{f"channel-{n}": rss(head=f"<title>{title}</title><language>{title}</language>") for n, title in held},
        **{f"author-{n}": rss(item(more=f"<author>{title}</author><source>{title}</source>")) for n, title in held},
        **{f"guid-{n}": rss(item(more=f"<guid>{title}</guid>").replace("<link>https://a.example/b</link>", "")) for n, title in held},
        "entity-utf16": rss(item(body="&own;"), doctype=OUTSIDE).decode().encode("utf-16"),
        "entity-utf7": b'<?xml version="1.0" encoding="utf-7"?>' + outside.encode("utf-7"),
        "entity-cp037": ('<?xml version="1.0" encoding="cp037"?>' + outside).encode("cp037", "replace"),
        "link-lines": rss("<item><title>a b c d e</title><link>https://a.example/\n\n b\t</link><description>x</description></item>"),
        "link-odd": rss("<item><title>The harbour of Velm reopens</title><link>http://[::1</link><guid>http://a:b:c</guid></item>"),
        "links-none": rss("<item><title>The harbour of Velm reopens</title></item>"),
        "entries-empty": rss("<item/>" * 500),
        "no-entries": rss(""),
        "deep": rss(item(body="<div>" * 3_000)),
        "deep-escaped": rss(item(body="&lt;div&gt;" * 3_000 + PROSE[0])),
        "deep-elements": rss("<a>" * 3_000),
        "cdata-open": rss(item(body="<![CDATA[" + PROSE[0])),
        "markup-odd": rss(item(body="&lt;!--" + PROSE[0] + "&lt;?x")),
        "encoding-none": rss().replace(b"utf-8", b"no-such"),
        "encoding-lies": rss().replace(b"utf-8", b"utf-16"),
        "base64": atom("<title>a b c</title><content type='application/octet-stream'>!!!!</content>"),
        "content-outside": atom(f"<title>The harbour of Velm reopens</title><content src='{SECRET}' type='text/plain'/>"),
        "dates-nested": atom(f"<title>a b c</title><updated><a>2025</a></updated><published/><summary>{PROSE[0]}</summary>"),
        "no-space": b"<rss><channel><item><title>The harbour of Velm reopens</title></item>",
        "rdf": b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><item rdf:about=""><title>a b</title></item></rdf:RDF>',
        "other-xml": b"<?xml version='1.0'?><note><to>Velm</to></note>",
        "spaces-many": rss("".join(f"<item xmlns:a{n}='urn:{n}'><title>a b c {n}</title></item>" for n in range(300))),
        "many": rss(item(body=PROSE[0]) * 2_001),
    }


def archives() -> Inputs:
    page, http = html(), "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{}"
    good = warc_record(page)
    lengths = ("0", "5", "-5", "999999999999", "abc", "1e9", " ", "9" * 5_000)
    packings = ("gzip", "deflate", "br", "zstd", "no-such")
    return {
        **{f"length-{n}": warc_record(page, length=length) for n, length in enumerate(lengths)},
        "length-none": good.replace(b"Content-Length", b"X-Length"),
        "http-none": warc_record(page, None),
        "http-empty": warc_record(page, ""),
        "http-odd": warc_record(page, "GET / SMTP\x00\r\n"),
        "http-status": warc_record(page, "HTTP/1.1 2xx OK\r\nContent-Type: text/html\r\n"),
        "http-open": warc_record(b"", "HTTP/1.1 200 OK\r\nContent-Type: text/html"),
        "chunks-broken": warc_record(b"zz\r\n" + page, http.format("Transfer-Encoding: chunked\r\n")),
        "chunks-huge": warc_record(b"ffffffffff\r\n" + page, http.format("Transfer-Encoding: chunked\r\n")),
        "chunks-negative": warc_record(b"-5\r\n" + page, http.format("Transfer-Encoding: chunked\r\n")),
        **{f"packing-{name}": warc_record(page, http.format(f"Content-Encoding: {name}\r\n")) for name in packings},
        "packing-cut": warc_record(packed(page)[:-30], http.format("Content-Encoding: gzip\r\n")),
        "page-bomb": warc_record(packed(b"<p>" + b" " * 9_000_000), http.format("Content-Encoding: gzip\r\n")),
        "address-odd": warc_record(page, WARC_Target_URI="http://[::1"),
        "address-none": warc_record(page, WARC_Target_URI=""),
        "address-lines": warc_record(page, WARC_Target_URI="https://a.example/\r\n b\r\n c"),
        "address-up": warc_record(page, WARC_Target_URI="file:///../../etc/passwd"),
        "address-long": warc_record(page, WARC_Target_URI="https://a.example/" + "b" * 100_000),
        "type-odd": warc_record(page, WARC_Type="\x00nonsense"),
        "type-resource": warc_record(page, None, WARC_Type="resource", Content_Type="text/html"),
        "revisit": warc_record(b"", WARC_Type="revisit"),
        "date-odd": warc_record(page, WARC_Date="99999-99-99"),
        "version-odd": good.replace(b"WARC/1.0", b"WARC/99"),
        "version-none": good.replace(b"WARC/1.0\r\n", b""),
        "header-long": good.replace(b"WARC-Type", b"X-A: " + b"b" * 500_000 + b"\r\nWARC-Type"),
        "headers-many": good.replace(b"WARC-Type", b"X-A: b\r\n" * 20_000 + b"WARC-Type"),
        "header-colonless": good.replace(b"WARC-Date", b"nocolon\r\n:\r\nWARC-Date"),
        "blank-lines": b"\r\n" * 20_000 + good,
        "junk-between": good + b"junk\r\n" * 500 + good,
        "no-end": good.rstrip(),
        "arc": b"filedesc://a.arc 0.0.0.0 20250702 text/plain 76\n1 0 x\nURL IP\n\nhttp://a 1.1.1.1 20250702 text/html 9\n<p>x</p>\n",
        "arc-odd": b"filedesc:// - - - -99\n" + b"x " * 500,
        "empty-records": warc_record(b"") * 200,
        "page-entities": warc_record(xhtml(OUTSIDE, "<p>&own;</p>")),
    }


def packed_archives() -> Inputs:
    good = packed(warc_record(html()))
    return {
        **{f"of-{name}": packed(raw) for name, raw in archives().items()},
        "one-member": packed(warc()),
        "cut": good[:-12],
        "check-wrong": good[:-8] + b"\0\0\0\0" + good[-4:],
        "size-wrong": good[:-4] + b"\xff\xff\xff\xff",
        "second-broken": good + good[:40],
        "second-noise": good + b"\x1f\x8b\x08\0" + random.Random(3).randbytes(2_000),
        "junk-last": good + b"junk" * 500,
        "nuls-last": good + b"\0" * 5_000,
        "twice-packed": packed(good),
        "head-flags": b"\x1f\x8b\x08\xff" + good[4:],
        "head-only": b"\x1f\x8b",
        "nothing-packed": packed(b""),
        "empty-members": packed(b"") * 500 + good,
        "names-long": b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" + b"n" * 100_000,
    }


OWN: Mapping[str, tuple[Callable[[], Inputs], ...]] = {
    ".txt": (plain,),
    ".md": (plain, marked_up),
    ".markdown": (marked_up,),
    ".html": (web,),
    ".htm": (web_xml,),
    ".xhtml": (web_xml,),
    ".mhtml": (saved_page,),
    ".pdf": (pages,),
    ".docx": (word_files,),
    ".jsonl": (json_lines,),
    ".json": (json_files,),
    ".csv": (tables,),
    ".tsv": (tabbed,),
    ".rss": (feeds,),
    ".warc": (archives,),
    ".warc.gz": (packed_archives,),
}


def inputs(ending: str) -> Inputs:
    """Return all broken inputs of one kind, by what is wrong with them."""
    own = {name: raw for make in OWN.get(ending, ()) for name, raw in make().items()}
    return {"whole": BASES[ending](), **damaged(BASES[ending](), ending), **misnamed(ending), **own}


# What takes long or much room, to be read one by one.


def swollen_word(member: str, megabytes: int, said: int = 0) -> bytes:
    """Return a Word document with a part that unpacks to so much, written piece by piece; `said` is the size that it claims to have."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            if name != member:
                new.writestr(name, old.read(name))
        with new.open(member, "w") as part:
            for _ in range(megabytes):
                part.write(b" " * 2**20)
        new.getinfo(member).file_size = said or new.getinfo(member).file_size
    return held.getvalue()


def swollen_archive(head: bytes, megabytes: int) -> bytes:
    """Return a packed archive of one record that unpacks to so much, written piece by piece."""
    held = io.BytesIO()
    with gzip.GzipFile(fileobj=held, mode="wb", compresslevel=1, mtime=0) as file:
        file.write(head)
        for _ in range(megabytes):
            file.write(b" " * 2**20)
    return held.getvalue()


def deflated(megabytes: int) -> bytes:
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(b" " * 2**20) for _ in range(megabytes)) + packer.flush()


def doubling(last: bytes) -> bytes:
    """Return a PDF whose page tree names each of 33 nodes twice in the one above it."""
    nodes = {n: f"<< /Type /Pages /Kids [{n + 1} 0 R {n + 1} 0 R] /Count 9 >>".encode() for n in range(7, 40)}
    return pdf({2: b"<< /Type /Pages /Kids [7 0 R 7 0 R] /Count 9 >>"} | nodes | {40: last})


def doubling_forms() -> bytes:
    entries = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {} 0 R >> >>"
    forms = {n: stream(b"/X Do /X Do", entries.format(n + 1)) for n in range(7, 40)}
    return pdf(forms | {3: PAGE.replace(b"/Resources <<", b"/Resources << /XObject << /X 7 0 R >>"), 4: stream(b"/X Do /X Do")})


def wide_cell() -> bytes:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc>'
    return repacked({"word/document.xml": word_part(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>{paragraph(PROSE[0])}")})


HEAVY: Makers = {
    "lines-short.txt": lambda: b"a\n" * 950_000,
    "line-long.txt": lambda: b"The harbour of Velm reopens. " * 65_000,
    "line-too-long.md": lambda: b"The harbour of Velm reopens. " * 1_000_000,
    "divs-deep.html": lambda: html("<div>" * 100_000 + PROSE[0]),
    "tables-deep.html": lambda: html("<table><tr><td>" * 30_000 + PROSE[0]),
    "lists-deep.html": lambda: html("<ul><li>" * 50_000 + PROSE[0]),
    "elements-many.html": lambda: html("<i>a</i>" * 200_000),
    "attribute-huge.html": lambda: html(f"<p class='{'x ' * 2_000_000}'>{PROSE[0]}</p>"),
    "line-long.html": lambda: html("The harbour of Velm reopens. " * 60_000),
    "signs.html": lambda: b"<" * 8_000_000,
    "laughs.xhtml": lambda: xhtml(LAUGHS, "<p>" + "&a11;" * 1_000 + "</p>"),
    "headers-many.mhtml": lambda: b"X-A: b\r\n" * 300_000 + mhtml(),
    "divs-deep.mhtml": lambda: mhtml(html("<div>" * 100_000)),
    "flate-bomb.pdf": lambda: pdf({4: stream(deflated(300), "/Filter /FlateDecode")}),
    "flate-bomb-twice.pdf": lambda: pdf({4: stream(zlib.compress(deflated(300)), "/Filter [/FlateDecode /FlateDecode]")}),
    "states-many.pdf": lambda: pdf({4: stream(zlib.compress(b"q " * 500_000), "/Filter /FlateDecode")}),
    "tree-doubling.pdf": lambda: doubling(b"<< /Type /Pages /Kids [] >>"),
    "pages-doubling.pdf": lambda: doubling(b"<< /Type /Page /MediaBox [0 0 9 9] >>"),
    "forms-doubling.pdf": doubling_forms,
    "nuls.pdf": lambda: b"%PDF-1.5\n" + b"\0" * 8_000_000,
    "zip-bomb.docx": lambda: swollen_word("word/document.xml", 500),
    "zip-bomb-lies.docx": lambda: swollen_word("word/document.xml", 100, said=1_000),
    "zip-bomb-styles.docx": lambda: swollen_word("word/styles.xml", 60),
    "members-many.docx": lambda: zipped({f"a{n}": b"" for n in range(20_000)}),
    "lines-odd.jsonl": lambda: b"1\n" * 12_000_000,
    "escapes.jsonl": lambda: b'{"text":"' + b"\\u0041" * 3_000_000 + b'"}',
    "body-deep.jsonl": lambda: lines(ninjs(bodies=None, body_html="<b><p>" * 300_000 + PROSE[0])),
    "array-deep.json": lambda: b'{"text":' * 3_000_000,
    "number-long.json": lambda: b'{"text":"The harbour of Velm reopens.","id":' + b"9" * 3_000_000 + b"}",
    "rows-empty.csv": lambda: b"text\n" + b'""\n' * 8_000_000,
    "rows-many.csv": lambda: b"text\n" + b"a b c.\n" * 4_000_000,
    "pages-slow.warc.gz": lambda: packed(warc_record(html("<p>a b c d e.</p>" * 140_000))) * 2,
    "columns-many.csv": lambda: b"text" + b",c" * 100_000 + b"\n" + (PROSE[0].replace(",", "").encode() + b",1" * 100_000 + b"\n") * 5,
    "quote-open.tsv": lambda: b'text\n"' + b"The harbour of Velm reopens.\n" * 300_000,
    "entries-many.rss": lambda: rss(item(body=f"&lt;p&gt;{PROSE[0]}&lt;/p&gt;") * 10_000),
    "body-deep.rss": lambda: rss(item(body="<div>" * 100_000)),
    "signs.xml": lambda: b"<" * 1_000_000,
    "page-bomb.warc.gz": lambda: swollen_archive(warc_record(b"", length="629145600")[:-4], 600),
    "record-bomb.warc.gz": lambda: swollen_archive(warc_record(b"", length="629145600", WARC_Type="metadata")[:-4], 600),
    "chunks-many.warc": lambda: warc_record(
        b"1\r\na\r\n" * 200_000, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    ),
}


# What a reader's process does beside reading.

NOTES = "BROKEN_INPUTS_NOTES"
"""Variable of the environment that names the file in which a watched process writes down what it does."""
DEEDS = frozenset(
    "os.mkdir os.rename os.remove os.rmdir os.symlink os.link os.truncate os.chmod os.system os.exec os.posix_spawn os.fork"
    " subprocess.Popen socket.connect socket.bind socket.getaddrinfo shutil.copyfile shutil.move tempfile.mkstemp tempfile.mkdtemp".split()
)


def confine_and_watch() -> None:
    """Confine this process as one that reads, and write down each file that it opens to write, and whatever else leaves it."""
    place = os.open(os.environ[NOTES], os.O_WRONLY | os.O_APPEND)
    sys.addaudithook(lambda event, given: note(place, event, given))
    confined._confine()


def note(place: int, event: str, given: tuple[object, ...]) -> None:
    if event == "open":
        path, _, flags = given
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        told = (writes and not isinstance(path, int) and ".pyc" not in str(path)) or "passwd" in str(path)
    else:
        told = event in DEEDS and "__pycache__" not in str(given) and ".pyc" not in str(given)
    if told:
        os.write(place, ascii((event, given)).encode() + b"\n")
