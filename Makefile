# The two commands of the README.
#   make graph   make an environment in .venv, install kg, build the graph of corpus/ with its page and Turtle file
#   make test    install the development tools and run every check
PYTHON ?= python3
VENV := .venv
KG := $(VENV)/bin/kg

.PHONY: graph test install dev

graph: install
	$(KG) build corpus --graph graph
	$(KG) view --graph graph -o graph/graph.html
	$(KG) export --graph graph --format turtle -o graph/graph.ttl

test: dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/python -m pytest -n 2 --dist loadfile

install: $(VENV)/installed
dev: $(VENV)/developing

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -e '.[plot,serve]'
	touch $@

$(VENV)/developing: pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@ $(VENV)/installed
