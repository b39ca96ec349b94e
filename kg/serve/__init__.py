"""Serve a graph over HTTP: a SPARQL 1.1 Protocol endpoint and a web explorer, read-only, offline."""

from kg.serve.limits import Limits
from kg.serve.server import serve

__all__ = ["Limits", "serve"]
