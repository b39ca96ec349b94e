"""Nothing harmful is left in what a reader takes out; nothing else is lost."""

import unicodedata

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from kg.read.clean import extracted, one_line, safe_name, web_address

ANY = st.text(alphabet=st.characters(exclude_categories=()), max_size=300)  # lone surrogates too


def test_what_steers_or_hides_is_taken_out():
    assert extracted("a\x1b[2Jb\u202ec\u2066d\u00ade\ufefff\x00g\x9b") == "a[2Jbcdefg"
    assert extracted("een\u00a0twee \t drie \r\n\r\n\r\n\r\nvier\x0cvijf ") == "een twee drie\n\nvier\nvijf"
    assert extracted("cafe\u0301 \ud800") == "café \ufffd"
    assert one_line(" een\n twee ") == "een twee"
    assert one_line("\u202e \n") is None
    assert len(one_line("a" * 10_000)) == 500


HARMFUL = ("https://x.example/\x83", "https://x.example/\u202egnp", "https://x.example/\u200b", "https://x.example/\ud800", "https://[x")


def test_only_addresses_of_the_web_are_addresses():
    assert web_address(" https://x.example/a?b=c ") == "https://x.example/a?b=c"
    text = ("", "javascript:alert(1)", "data:text/html,x", 'https://x.example/"><script>', "https://x example", "http://" + "a" * 3000)
    for bad in (None, *text, *HARMFUL):
        assert web_address(bad) is None


def test_names_of_files_that_are_no_text():
    assert safe_name(b"caf\xe9.txt".decode("utf-8", "surrogateescape")) == "caf\\xe9.txt"
    assert safe_name("a\nb\u202ec\x1b.txt") == "a\\nb\\u202ec\\x1b.txt"


@given(ANY)
def test_any_text_can_be_stored_and_is_stable(text):
    for made in (extracted(text), one_line(text) or "", safe_name(text)):
        assert ox.Literal(made).value == made
        assert not any(unicodedata.category(c) in ("Cc", "Cs") and c != "\n" for c in made)
        assert not set(made) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")
    assert extracted(extracted(text)) == extracted(text)
    assert "\n" not in (one_line(text) or "") + safe_name(text)
