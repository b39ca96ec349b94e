"""Files, feeds, archives and addresses in, ``Article`` records out."""

from kg.read.article import Metadata, make_article
from kg.read.fetch import Fetcher, networks
from kg.read.fields import field_mapping
from kg.read.files import ReadOptions, Source, find_sources, read_source
from kg.read.skipped import Skipped
from kg.read.wanted import Wanted, wanted_languages

__all__ = [
    "Fetcher", "Metadata", "ReadOptions", "Skipped", "Source", "Wanted", "field_mapping", "find_sources", "make_article",
    "networks", "read_source", "wanted_languages",
]  # fmt: skip
