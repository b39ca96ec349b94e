"""The stores that ``kg bench store`` measures: kg, raw pyoxigraph, rdflib's memory store, each in a process of its own.

So the memory of one is not counted for another, and processor time is that of all the threads of one store.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox
from rdflib import Dataset

from kg.bench.memory import peak
from kg.graph import Graph
from kg.graph.export import export
from kg.graph.query import query

__all__ = ["Contender", "Cost", "Setting"]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of the processor, and the most memory (MB) that the process has had until then."""

    seconds: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Setting:
    """A folder to work in, which is emptied; the shard to load, the base of its IRIs, the prefixes of the queries."""

    folder: Path
    data: Path
    base: str
    prefixes: Mapping[str, str]


class Contender:
    """``kg``, ``raw`` or ``rdflib``, ready to be told what to do; close it after use. The stores of the first two lie on disk."""

    def __init__(self, name: str, setting: Setting) -> None:
        self._name, self._setting = name, setting
        self._pool = ProcessPoolExecutor(1, get_context("spawn"))

    def load(self) -> Cost:
        """Into a new store, which takes the place of an earlier one."""
        return self._pool.submit(_load, self._name, self._setting).result()

    def ask(self, name: str, text: str) -> Cost:
        """A named query: kg by its name, the others by its text. Raises what the store raises."""
        return self._pool.submit(_ask, self._name, name, text).result()

    def export(self) -> Cost:
        """To Turtle: kg's is sorted, that of raw pyoxigraph is not."""
        return self._pool.submit(_export, self._name).result()

    def close(self) -> None:
        """End the process."""
        self._pool.shutdown()


class _Store(Protocol):
    def __init__(self, setting: Setting) -> None: ...
    def load(self) -> None: ...
    def ask(self, name: str, text: str) -> object: ...
    def export(self) -> object: ...
    def close(self) -> None: ...


class _Kg:
    def __init__(self, setting: Setting) -> None:
        self._graph, self._out = Graph.create(setting.folder / "graph", setting.base), setting.folder / "all.ttl"
        shards = self._graph.shards()
        assert shards is not None
        (shards / setting.data.name).hardlink_to(setting.data)  # as a worker leaves it

    def load(self) -> None:
        self._graph.load_shards()

    def ask(self, name: str, text: str) -> object:
        return query(self._graph, name)

    def export(self) -> object:
        return export(self._graph, "turtle", self._out)

    def close(self) -> None:
        self._graph.close()


class _Raw:
    def __init__(self, setting: Setting) -> None:
        self._store, self._data, self._out = ox.Store(str(setting.folder / "store")), str(setting.data), str(setting.folder / "all.ttl")
        self._prefixes = dict(setting.prefixes)

    def load(self) -> None:
        self._store.bulk_load(path=self._data, format=ox.RdfFormat.N_QUADS)
        self._store.flush()

    def ask(self, name: str, text: str) -> object:
        return list(self._store.query(text, use_default_graph_as_union=True, prefixes=self._prefixes))  # type: ignore[arg-type]

    def export(self) -> object:
        return ox.serialize((quad.triple for quad in self._store), self._out, format=ox.RdfFormat.TURTLE)

    def close(self) -> None:
        del self._store


class _Rdflib:
    def __init__(self, setting: Setting) -> None:
        self._store, self._data, self._out = Dataset(default_union=True), str(setting.data), str(setting.folder / "all.ttl")
        self._head = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in setting.prefixes.items())

    def load(self) -> None:
        self._store.parse(self._data, format="nquads")

    def ask(self, name: str, text: str) -> object:
        return list(self._store.query(self._head + text))

    def export(self) -> object:
        return self._store.serialize(self._out, format="turtle")

    def close(self) -> None:
        self._store.close()


# -- in the process of a store ----------------------------------------------------------------------------------------

_KINDS: Mapping[str, type[_Store]] = {"kg": _Kg, "raw": _Raw, "rdflib": _Rdflib}
_loaded: dict[str, _Store] = {}
"""The one store of this process, under the name of its kind."""


def _load(name: str, setting: Setting) -> Cost:
    for earlier in _loaded.values():
        earlier.close()
    _loaded.clear()
    shutil.rmtree(setting.folder, ignore_errors=True)
    setting.folder.mkdir()
    _loaded[name] = store = _KINDS[name](setting)
    return _cost(store.load)


def _ask(name: str, query: str, text: str) -> Cost:
    return _cost(lambda: _loaded[name].ask(query, text))


def _export(name: str) -> Cost:
    return _cost(_loaded[name].export)


def _cost(task: Callable[[], object]) -> Cost:
    began, cpu = time.perf_counter(), time.process_time()
    task()
    took, used = time.perf_counter() - began, time.process_time() - cpu
    return Cost(took, used, peak())
