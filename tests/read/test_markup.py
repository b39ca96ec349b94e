"""HTML in feeds, mails and rows as text."""

from hypothesis import given
from hypothesis import strategies as st

from kg.read.markup import looks_like_markup, plain


def test_paragraphs_and_nothing_hidden():
    page = "<head><title>x</title></head><p>Een &amp; <b>twee</b><br>drie<script>alert('<p>vier</p>')</script></p><style>p{}</style>"
    page += "<ul><li>vijf<li>zes</ul>"
    assert plain(page) == "Een & twee\n\ndrie\n\nvijf\n\nzes"


def test_text_that_only_looks_a_little_like_it():
    assert looks_like_markup("<p>x</p>")
    assert looks_like_markup("Caf&eacute;")
    assert not looks_like_markup("5 < 6 en 7 > 2, AT&T")


@given(st.text(alphabet="<>/!-p&;#x=\"' scriptye[]", max_size=300))
def test_any_markup(text):
    looks_like_markup(text)
    assert plain(text) is not None
