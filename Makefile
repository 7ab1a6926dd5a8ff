# `make demo` and `make test` work in an empty folder; the others build on `make install`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Tools of others that are to read our files; found behind ours, so that they never stand in for them.
TOOLS := .venv-replay
TOOLS_STAMP := $(TOOLS)/.installed
PLAYER := replaywebpage-2.5.3
WITH_TOOLS := PATH="$$PATH:$(CURDIR)/$(TOOLS)/bin"

.PHONY: help install demo test test-long tools lint bench serve clean

help:
	@echo 'make demo       crawl the bundled sample site, and show what came of it'
	@echo 'make install    put newscrawler and its pinned dependencies into $(VENV)'
	@echo 'make test       all tests, the long ones in their short form'
	@echo 'make test-long  all tests in their long form: kills, faults, damage, replay of every page'
	@echo 'make tools      pywb, wacz, warcprox and ReplayWeb.page, for the tests that hand our files to them'
	@echo 'make lint       style and types'
	@echo 'make bench      what is measured'
	@echo 'make serve      look at the tables in a browser'
	@echo 'make clean      remove what was installed'

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "newscrawler needs Python 3.11 or newer; say make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: install
	$(BIN)/newscrawler demo

test: install
	$(WITH_TOOLS) $(BIN)/pytest --numprocesses=auto --dist=worksteal

test-long: install
	$(WITH_TOOLS) NEWSCRAWLER_LONG=1 $(BIN)/pytest

# What cannot be had here is skipped by its tests, with a word.
tools: $(TOOLS_STAMP)

$(TOOLS_STAMP): tests/replay/requirements.txt
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/pip install --quiet --disable-pip-version-check --requirement $<
	mkdir -p $(TOOLS)/replaywebpage
	cd $(TOOLS)/replaywebpage && npm pack --silent $(subst -2,@2,$(PLAYER)) && tar -xzf $(PLAYER).tgz
	@touch $@

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: install
	$(BIN)/python -m benchmarks.pipeline
	$(BIN)/python -m benchmarks.frontier

# A browser for the tables, without SQL from visitors and without downloads.
serve: install
	@test -f data/news.db || { echo "there is no data/news.db yet; run make demo, or newscrawler crawl SITE"; exit 1; }
	$(BIN)/datasette serve data/news.db --setting default_allow_sql off --setting allow_download off --setting allow_csv_stream off

clean:
	rm -rf $(VENV) $(TOOLS) .mypy_cache .ruff_cache .pytest_cache
