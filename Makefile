# `make demo` and `make test` work in an empty folder; the others build on `make install`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: install demo test lint bench serve clean

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "newscrawler needs Python 3.11 or newer; say make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: install
	$(BIN)/newscrawler demo

test: install
	$(BIN)/pytest

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: install
	$(BIN)/python -m benchmarks.pipeline

# A browser for the tables, without SQL from visitors and without downloads.
serve: install
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[web]'
	@test -f data/news.db || { echo "there is no data/news.db yet; run make demo, or newscrawler crawl SITE"; exit 1; }
	$(BIN)/datasette serve data/news.db --setting default_allow_sql off --setting allow_download off --setting allow_csv_stream off

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
