# `make run` and `make test` need Python >= 3.11 and a C++ compiler, and nothing else; `make help` lists the rest.

BIN := .venv/bin
SAMPLE := library/samples/harbour-bridge.txt
QUESTION := Why was the bridge closed?

.DEFAULT_GOAL := help
.PHONY: help run test quick fuzz check lint format types floors bench screenshot pull clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 14

run: .venv/installed pull ## Open the app on the sample article, with a question waiting
	@$(BIN)/newsreader $(SAMPLE) --question "$(QUESTION)"

test: .venv/installed pull ## Run all tests, the real models and a real terminal included
	$(BIN)/pytest --require-real

quick: .venv/installed ## Run the tests that take seconds
	$(BIN)/pytest -m "not real"

fuzz: .venv/installed ## Look for what breaks the parsers, for some minutes
	$(BIN)/pytest tests/library/test_fuzz.py --hypothesis-profile fuzz

check: lint types floors ## Everything that can be known without running the program

lint: .venv/installed ## Check style
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: .venv/installed ## Mend style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: .venv/installed ## Check types
	$(BIN)/mypy

floors: .venv/installed ## Check that imports run downwards only
	$(BIN)/lint-imports

bench: .venv/installed pull ## Measure
	$(BIN)/python -m benchmarks

screenshot: .venv/installed pull ## Draw the README's picture anew
	$(BIN)/python docs/screenshot.py docs/screenshot.svg "$(QUESTION)"

pull: .venv/installed ## Fetch the models that are missing
	@$(BIN)/newsreader models pull

clean: ## Remove what make made here; models and library stay
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis snapshot_report.html

.venv/installed: pyproject.toml scripts/set-up
	@scripts/set-up
	@touch $@
