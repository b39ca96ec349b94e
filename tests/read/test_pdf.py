"""PDF files: paragraphs without the page's head and foot, and on which page each word stands."""

import io

import pypdf

from kg.read.pdf import running_text
from tests.effort import within
from tests.read.made import FIRST, SECOND, TITLE, one, pdf, reason


def test_paragraphs_and_pages(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf())
    article = one(path)
    assert article.text == f"{TITLE}\n\n{FIRST}\n\n{SECOND}"
    assert (article.title, article.author, article.published) == (TITLE, "Anna Visser", None)
    assert article.pages == (0, article.text.index(SECOND))
    assert [article.page(article.text.index(words)) for words in (TITLE, "Beiroet,", "Teheran", "bevolking")] == [1, 1, 2, 2]
    assert one(path) == article


def test_a_title_that_stands_nowhere_in_the_text_is_a_file_name(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf().replace(b"/Title (Iran", b"/Title (Iram"))
    assert one(path).title != "Iram stuurt schepen met raketten naar Beiroet"


def test_words_that_a_line_or_page_splits_are_one():
    first = "De haven van Beiroet ontving een wapenleve-\nring uit Iran, zei de regering in Bei-"
    text, starts = running_text([first, "roet gisteren. Het schip vertrok daar-\nna."])
    assert text == "De haven van Beiroet ontving een wapenlevering uit Iran, zei de regering in Beiroet gisteren. Het schip vertrok daarna."
    assert text[starts[1] :].startswith("roet gisteren")


def test_empty_pages_keep_their_number():
    text, starts = running_text(["", "Eerste zin.", "", "Tweede zin."])
    assert [text[start:] for start in starts] == [text, text, "Tweede zin.", "Tweede zin."]


def test_page_numbers_are_left_out_however_they_are_written():
    for number in ("7", "- 7 -", "– 7", "Page 7 of 12", "pagina 7/12", "Seite 7 von 12", "p. 7", "7   sur\t12", "page7"):
        assert running_text([f"Eerste zin.\nDe tweede.\n{number}"])[0] == "Eerste zin. De tweede.", number
    assert running_text(["Eerste zin.\nDe tweede.\n7 tankers"])[0].endswith("7 tankers")
    assert within(0.5, lambda: running_text([f"Eerste zin.\nDe tweede.\n7{' ' * 50_000}\0"]))[0].endswith("\0")


def test_scans_damaged_and_encrypted_files(tmp_path):
    path = tmp_path / "a.pdf"
    whole = pdf()
    scan = pypdf.PdfWriter()
    scan.add_blank_page(100, 100)
    scan.write(path)
    assert "scan" in reason(path)
    locked = pypdf.PdfWriter(io.BytesIO(whole))
    locked.encrypt("secret", algorithm="RC4-128")
    locked.write(path)
    assert reason(path) == "encrypted with a password"
    for data in (b"", b"%PDF-1.4", whole[:200], whole[:-400].replace(b"endobj", b"endobi")):
        path.write_bytes(data)
        assert reason(path)


def test_a_file_without_a_root_is_given_up_soon(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(compressed=False).replace(b"/Root", b"/Roof").replace(b"/Catalog", b"/Catalof"))
    assert "Root" in within(1.0, lambda: reason(path))


def test_the_reason_is_the_same_in_every_run(tmp_path):
    """The library's error names an object by its address in memory."""
    path = tmp_path / "a.pdf"
    whole = pdf(compressed=False).replace(b"/Catalog\n>>\nendobj", b"/Catalo")
    path.write_bytes(whole.replace(b"7 0 obj\n<<", b"7 0 obj\n" + 5 * b"<<j\n" + b"<<"))
    assert reason(path).endswith("IndirectObject(7, 0, …).")
