# `make demo` plans a real instance on screen; `make test` passes all everyday tests. Both need only Python 3.11+ and pip.
# `make test VENV=.venv-3.13 PYTHON=python3.13` does so on another Python, in an environment of its own.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTANCE ?= instances/cscce-2023-2026

.PHONY: demo test slow check schemas bench lock clean

demo: $(VENV)/.installed
	$(BIN)/scheduler path $(INSTANCE) || test $$? -eq 1

# Compiled code is kept, whatever the shell says: else each worker and each command that a test starts compiles it anew.
test slow: export PYTHONDONTWRITEBYTECODE =

# A worker that dies fails the run: started anew it would leave tests undone, and the run would wait for them for ever.
test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n 2 --dist loadfile --max-worker-restart=0 -m "not slow"

slow: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n 2 --max-worker-restart=0 -m "slow or drawn"

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

schemas: $(VENV)/.installed-dev
	$(BIN)/python -m tests.published

bench: $(VENV)/.installed-dev
	$(BIN)/python -m tests.benchmarks

# The lock pins every package with its hashes. pip takes it as constraints, which may not carry hashes.
$(VENV)/constraints.txt: requirements.lock
	$(PYTHON) -m venv $(VENV)
	sed -e 's/ *\\$$//' -e '/--hash/d' requirements.lock > $@

$(VENV)/.installed: $(VENV)/constraints.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(VENV)/constraints.txt --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(VENV)/constraints.txt --editable ".[dev]"
	touch $@

lock:
	uv pip compile pyproject.toml --all-extras --universal --generate-hashes --no-annotate --no-header \
	  --no-emit-index-url --no-emit-find-links --output-file requirements.lock

clean:
	rm -rf $(VENV) .venv-* dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
