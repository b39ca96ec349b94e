"""Word files: paragraphs and tables in their order."""

from tests.read.made import FIRST, SECOND, TITLE, one, reason, word, zipped


def test_paragraphs_tables_and_properties(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(word())
    article = one(path)
    assert article.text == f"{TITLE}\n\n{FIRST}\n\nBeiroet: twee schepen\n\n{SECOND}"
    assert (article.title, article.author, article.language) == (TITLE, "Anna Visser", "nl")
    assert one(path) == article


def test_what_is_no_word_file(tmp_path):
    path = tmp_path / "a.docx"
    for data in (b"", b"PK\x03\x04", word()[:500], zipped({"a.txt": b"text"})):
        path.write_bytes(data)
        assert reason(path)


def test_a_document_made_to_fill_the_machine(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b" " * 60_000_000}))
    assert "made to fill the machine" in reason(path)
