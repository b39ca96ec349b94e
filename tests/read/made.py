"""Real files of every format, made with the tools of that format, and the reading of one."""

from __future__ import annotations

import io
import json
import textwrap
import zipfile
from email.message import EmailMessage
from pathlib import Path
from xml.etree import ElementTree

import docx
import NewsMLG2
from feedgen.feed import FeedGenerator
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.read import ReadOptions, Skipped, Source, read_source
from kg.records import Article

TITLE = "Iran stuurt schepen met raketten naar Beiroet"
FIRST = "Iran stuurde maandag twee schepen met raketten naar de haven van Beiroet, zei de Libanese regering dinsdag."
SECOND = "Teheran ontkent dat er wapens aan boord waren en spreekt van een lading graan voor de bevolking."
GERMAN = "Die Regierung in Berlin lieferte im März 2024 zwanzig Panzer an die Ukraine, wie der Minister am Freitag mitteilte."
DAY = "2024-03-05"


def every(path: Path, how: ReadOptions | None = None) -> list[Article | Skipped]:
    """All that a file gives."""
    return list(read_source(Source(path.name, path), how))


def articles(path: Path, how: ReadOptions | None = None) -> list[Article]:
    """The articles of a file in which nothing is wrong."""
    found = every(path, how)
    good = [result for result in found if isinstance(result, Article)]
    assert len(good) == len(found), found
    return good


def one(path: Path, how: ReadOptions | None = None) -> Article:
    """The one article of a file."""
    [article] = articles(path, how)
    return article


def reason(path: Path) -> str:
    """Why a file gives no article."""
    [result] = every(path)
    assert isinstance(result, Skipped), result
    assert "\n" not in result.reason
    return result.reason


def html(title: str = TITLE, paragraphs: tuple[str, ...] = (FIRST, SECOND), address: str = "https://courant.example/nieuws/1") -> str:
    """A page of a news site, with the furniture that such a page has."""
    text = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>{title} | De Courant</title><link rel="canonical" href="{address}">'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="De Courant"><meta name="author" content="Anna Visser">'
        f'<meta property="article:published_time" content="{DAY}T09:30:00+01:00"><script>alert("menu")</script></head>'
        f"<body><nav><a href='/'>Voorpagina</a> <a href='/sport'>Sport</a></nav><article><h1>{title}</h1>{text}</article>"
        "<footer>© De Courant. Alle rechten voorbehouden.</footer></body></html>"
    )


def pdf(pages: tuple[tuple[str, ...], ...] = ((FIRST,), (SECOND,)), title: str = TITLE, compressed: bool = True) -> bytes:
    """A PDF file with wrapped lines, a running head and page numbers."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=True, pageCompression=int(compressed))
    canvas.setTitle(title)
    canvas.setAuthor("Anna Visser")
    for number, paragraphs in enumerate(pages, 1):
        canvas.drawString(72, 800, "De Courant")
        height = 760
        for paragraph in (title, *paragraphs) if number == 1 else paragraphs:
            for line in textwrap.wrap(paragraph, 60, break_on_hyphens=False):
                canvas.drawString(72, height, line)
                height -= 14
            height -= 14
        canvas.drawString(290, 40, f"{number}")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def word() -> bytes:
    """A Word file with a heading, paragraphs and a table."""
    document = docx.Document()
    document.core_properties.author, document.core_properties.title = "Anna Visser", TITLE
    document.core_properties.language = "nl-NL"
    document.add_heading(TITLE, 0)
    document.add_paragraph(FIRST)
    document.add_table(1, 1).cell(0, 0).text = "Beiroet: twee schepen"
    document.add_paragraph(SECOND)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def feed(atom: bool = False) -> bytes:
    """A feed of two entries, one with full text."""
    made = FeedGenerator()
    made.id("https://courant.example/")
    made.title("De Courant")
    made.link(href="https://courant.example/", rel="alternate")
    made.description("Nieuws")
    made.language("nl")
    for number, (title, text) in enumerate(((TITLE, FIRST), ("Tweede bericht over de haven", SECOND)), 1):
        entry = made.add_entry(order="append")
        entry.id(f"https://courant.example/nieuws/{number}")
        entry.title(title)
        entry.link(href=f"https://courant.example/nieuws/{number}")
        entry.author(name="Anna Visser", email="anna@courant.example")
        entry.published(f"2024-03-0{4 + number}T09:30:00+01:00")
        entry.updated(f"2024-03-0{4 + number}T09:30:00+01:00")
        entry.content(f"<p>{text}</p><script>alert(1)</script>", type="CDATA" if not atom else "html")
    return made.atom_str() if atom else made.rss_str()


def mail(markup: bool = False) -> bytes:
    """A newsletter with an attachment."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = TITLE, "Anna Visser <anna@courant.example>", "lezer@example.org"
    message["Date"] = "Tue, 05 Mar 2024 23:30:00 -0800"
    if markup:
        message.set_content(f"<html><body><p>{FIRST}</p><p>{SECOND}</p></body></html>", subtype="html")
    else:
        message.set_content(f"{FIRST}\n\n{SECOND}\n")
        message.add_alternative(f"<p>{FIRST}</p>", subtype="html")
    message.add_attachment(b"\0\1\2", maintype="application", subtype="octet-stream", filename="../../x.bin")
    return message.as_bytes()


def warc(pages: dict[str, str], *, gzip: bool = True) -> bytes:
    """A crawl of pages, with what a crawl holds beside them: requests, redirects, pictures."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=gzip)
    writer.write_record(writer.create_warcinfo_record("news.warc", {"software": "test"}))
    for address, page in pages.items():
        ok = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        ask = StatusAndHeaders("GET / HTTP/1.1", [("Host", "courant.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(address, "request", http_headers=ask))
        writer.write_record(writer.create_warc_record(address, "response", payload=io.BytesIO(page.encode()), http_headers=ok))
    picture = StatusAndHeaders("200 OK", [("Content-Type", "image/png")], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record("https://courant.example/x.png", "response", payload=io.BytesIO(b"\x89PNG"), http_headers=picture))
    moved = StatusAndHeaders("301 Moved", [("Location", "/y"), ("Content-Type", "text/html")], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record("https://courant.example/x", "response", payload=io.BytesIO(b"<html>"), http_headers=moved))
    return stream.getvalue()


def wacz(pages: dict[str, str]) -> bytes:
    """A WACZ archive as its specification lays it out."""
    lines = [json.dumps({"format": "json-pages-1.0", "id": "pages"}), *(json.dumps({"url": url, "title": TITLE}) for url in pages)]
    return zipped({
        "archive/data.warc.gz": warc(pages), "pages/pages.jsonl": "\n".join(lines).encode(), "datapackage.json": b'{"profile": "data-package"}',
    })  # fmt: skip


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def newsml(status: str = "stat:usable", inline: bool = True) -> bytes:
    """A news item as an agency sends it, written out by the IPTC's own library."""
    space = NewsMLG2.core.NEWSMLG2NSPREFIX
    item = ElementTree.Element(f"{space}newsItem", guid="urn:newsml:agentschap:20240305:1", version="2", standard="NewsML-G2")
    item.set("{http://www.w3.org/XML/1998/namespace}lang", "nl")
    meta = ElementTree.SubElement(item, f"{space}itemMeta")
    ElementTree.SubElement(ElementTree.SubElement(meta, f"{space}provider", qcode="prov:agp"), f"{space}name").text = "Agentschap"
    ElementTree.SubElement(meta, f"{space}versionCreated").text = "2024-03-06T08:00:00+01:00"
    ElementTree.SubElement(meta, f"{space}pubStatus", qcode=status)
    content = ElementTree.SubElement(item, f"{space}contentMeta")
    ElementTree.SubElement(content, f"{space}contentCreated").text = f"{DAY}T09:30:00+01:00"
    ElementTree.SubElement(content, f"{space}by").text = "Anna Visser"
    ElementTree.SubElement(content, f"{space}headline").text = TITLE
    body = ElementTree.SubElement(item, f"{space}contentSet")
    if inline:
        xhtml = "{http://www.w3.org/1999/xhtml}"
        page = ElementTree.SubElement(ElementTree.SubElement(body, f"{space}inlineXML", contenttype="application/xhtml+xml"), f"{xhtml}html")
        ElementTree.SubElement(ElementTree.SubElement(page, f"{xhtml}head"), f"{xhtml}title").text = "sjabloon"
        inner = ElementTree.SubElement(page, f"{xhtml}body")
        for paragraph in (FIRST, SECOND):
            ElementTree.SubElement(inner, f"{xhtml}p").text = paragraph
    else:
        ElementTree.SubElement(body, f"{space}inlineData", contenttype="text/plain").text = f"{FIRST}\n\n{SECOND}"
    return NewsMLG2.NewsMLG2Document(ElementTree.tostring(item, encoding="utf-8")).to_xml_string().encode()


def message(*items: bytes) -> bytes:
    """A news message that carries items."""
    space = NewsMLG2.core.NEWSMLG2NSPREFIX
    root = ElementTree.Element(f"{space}newsMessage")
    held = ElementTree.SubElement(root, f"{space}itemSet")
    held.extend(ElementTree.fromstring(item) for item in items)
    return ElementTree.tostring(root, xml_declaration=True, encoding="utf-8")
