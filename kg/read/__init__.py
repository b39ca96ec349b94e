"""Files in, ``Article`` records out."""

from kg.read.article import make_article
from kg.read.files import Skipped, Source, find_sources, read_source

__all__ = ["Skipped", "Source", "find_sources", "make_article", "read_source"]
