# Everything lives in .venv; a second call starts at once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev

.PHONY: practice test lint bench clean setup

practice: $(STAMP)
	@$(BIN)/coach

setup: $(DEV_STAMP)

# Side by side and in order, so that the longest do not begin last; but for what watches a screen in a
# terminal, or what memory holds, and would wait in vain beside other work.
test: $(DEV_STAMP) lint
ifdef ARGS
	$(BIN)/python -m pytest $(ARGS)
else
	$(BIN)/python -m pytest -m alone
	$(BIN)/python -m pytest -m "not alone" -n logical --maxprocesses 4 --dist loadscope --no-loadscope-reorder
endif

lint: $(DEV_STAMP)
	$(BIN)/ruff check coach tests benchmarks
	$(BIN)/ruff format --check coach tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(DEV_STAMP)
	$(BIN)/python -m benchmarks

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# torch first and by its range: asked for alone it resolves to a CPU build where one is at hand.
$(STAMP): pyproject.toml | $(VENV)/bin/python
	@echo "Setting up in $(VENV) (once; a few minutes)..." >&2
	$(BIN)/python -m pip install -q --disable-pip-version-check "torch>=2.6,<2.14"
	$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

$(DEV_STAMP): pyproject.toml $(STAMP)
	$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[train,serve,voice]" "pip>=25.1"
	$(BIN)/python -m pip install -q --disable-pip-version-check --group dev
	@touch $@

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
