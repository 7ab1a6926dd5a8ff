# `make demo` and `make test` work in an empty folder; the others build on `make install`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
# Tools of others that are to read our files; found behind ours, so that they never stand in for them.
TOOLS := .venv-replay
TOOLS_STAMP := $(TOOLS)/.installed
PLAYER := replaywebpage-2.5.3
AXE := axe-core-4.14.1
# The reading room is also tried on the release of Datasette to come, in an environment of its own.
NEXT := .venv-next
NEXT_STAMP := $(NEXT)/.installed
NEXT_DATASETTE := 1.0a41
WITH_TOOLS := PATH="$$PATH:$(CURDIR)/$(TOOLS)/bin"

.PHONY: help install demo test test-long tools lint bench serve clean

help:
	@echo 'make demo       crawl the bundled sample site, and show what came of it'
	@echo 'make install    put newscrawler and its pinned dependencies into $(VENV)'
	@echo 'make test       all tests, the long ones in their short form'
	@echo 'make test-long  all tests in their long form: kills, faults, damage, replay of every page'
	@echo 'make tools      pywb, wacz, warcprox, ReplayWeb.page, axe and the next Datasette, for the tests that need them'
	@echo 'make lint       style and types'
	@echo 'make bench      what is measured'
	@echo 'make serve      open the reading room: the archive in a browser'
	@echo 'make clean      remove what was installed'

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "newscrawler needs Python 3.11 or newer; say make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[parquet]'
	@touch $@

# What only tests and checks need is as much again, so a look at the demo need not wait for it.
$(DEV_STAMP): $(STAMP)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: install
	$(BIN)/newscrawler demo

test: $(DEV_STAMP)
	$(WITH_TOOLS) $(BIN)/pytest --numprocesses=auto --dist=worksteal

test-long: $(DEV_STAMP)
	$(WITH_TOOLS) NEWSCRAWLER_LONG=1 $(BIN)/pytest

# What cannot be had here is skipped by its tests, with a word.
tools: $(TOOLS_STAMP) $(NEXT_STAMP)

$(TOOLS_STAMP): tests/replay/requirements.txt
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/pip install --quiet --disable-pip-version-check --requirement $<
	mkdir -p $(TOOLS)/replaywebpage
	cd $(TOOLS)/replaywebpage && npm pack --silent $(subst -2,@2,$(PLAYER)) && tar -xzf $(PLAYER).tgz
	mkdir -p $(TOOLS)/axe
	cd $(TOOLS)/axe && npm pack --silent $(subst -4,@4,$(AXE)) && tar -xzf $(AXE).tgz
	@touch $@

$(NEXT_STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(NEXT)
	grep -v '^datasette==' constraints.txt >$(NEXT)/constraints.txt
	$(NEXT)/bin/pip install --quiet --disable-pip-version-check --constraint $(NEXT)/constraints.txt --editable . datasette==$(NEXT_DATASETTE)
	@touch $@

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(DEV_STAMP)
	$(BIN)/python -m benchmarks.pipeline
	$(BIN)/python -m benchmarks.frontier

serve: install
	$(BIN)/newscrawler serve

clean:
	rm -rf $(VENV) $(TOOLS) $(NEXT) .mypy_cache .ruff_cache .pytest_cache
