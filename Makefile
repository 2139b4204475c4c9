# Two commands are enough: `make demo` and `make test`. Everything is installed into .venv from the lock.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
SHARED ?= ../shared
.DEFAULT_GOAL := help
.PHONY: help demo test run serve check format lint types contracts unit scores docs bench lock clean

help:
	@echo "make demo    the whole job on a press room served on loopback (in .demo/)"
	@echo "make test    the tests"
	@echo "make run     the daemon on the real sources"
	@echo "make serve   Datasette on what was collected"
	@echo "make docs    the pages on the database and the commands, from the code"
	@echo "make check   format, lint, types, import contracts, tests, scores"

$(STAMP): requirements/dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: $(STAMP)
	$(BIN)/trilateral demo

test: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist loadfile

run: $(STAMP)
	$(BIN)/trilateral run

serve: $(STAMP)
	$(BIN)/trilateral serve

check: format lint types contracts test coverage scores

format: $(STAMP)
	$(BIN)/ruff format --check .

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/python tests/shape.py

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)
	$(BIN)/lint-imports

coverage: $(STAMP)
	$(BIN)/coverage report

scores: $(STAMP)
	$(BIN)/python tests/scores.py --shared $(SHARED)

docs: $(STAMP)
	$(BIN)/python -m tests.reference

bench: $(STAMP)
	$(BIN)/python -m benchmarks.$(NAME)

lock:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra dev pyproject.toml -c requirements/run.txt -o requirements/dev.txt

clean:
	rm -rf .venv .demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage build dist
