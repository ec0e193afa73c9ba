# Two commands do everything: `make playground` shows the bot without any account, `make test` runs the tests.
# Each sets up what it needs in .venv first.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help playground demo run test chaos check format bench golden screenshots translations lock clean

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Adjutant needs Python 3.11 or newer: try make PYTHON=python3.12 …' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python requirements/build.txt requirements/run.txt pyproject.toml
	$(PIP) install --require-hashes -r requirements/build.txt -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.bench: $(VENV)/.run requirements/bench.txt
	$(PIP) install --require-hashes -r requirements/bench.txt
	@touch $@

playground: $(VENV)/.run  ## Try the bot in a browser, without any account
	$(BIN)/adjutant playground

demo: $(VENV)/.run  ## Show /lastmatch without any account; pictures land in demo/
	$(BIN)/adjutant demo

run: $(VENV)/.run  ## Run the bot with the settings of .env
	$(BIN)/adjutant run

# Tests start many processes: also where Python is told to keep nothing that it compiled, it is compiled once.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/.dev  ## Run the tests
	$(BIN)/python -m pytest -n auto --dist worksteal -q

chaos: $(VENV)/.dev  ## Kill the background work fifty times and look for lost matches; or KILLS=10
	$(BIN)/python -m tests.ingest.chaos $(or $(KILLS),50)

check: $(VENV)/.dev  ## Run every checker
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(BIN)/deptry .

format: $(VENV)/.dev  ## Format the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.bench  ## Measure speed beside the published client's; some of it with PARTS='parsing films'
	$(BIN)/python -m benchmarks $(PARTS)

golden: $(VENV)/.dev  ## Draw the golden pictures of the tests anew
	$(BIN)/python -m pytest tests/draw -q --regenerate-golden

screenshots: $(VENV)/.dev  ## Take the README's screenshots of the playground anew (needs chromium)
	$(BIN)/python -m tests.browser.screenshots

translations: $(VENV)/.dev  ## Bring the catalogues up to date with the texts in the source
	@mkdir -p build
	$(BIN)/pybabel -q extract --no-default-keywords -k phrase -k phrases:1,2 -k term:1c,2 \
	  --project Adjutant --copyright-holder 'the Adjutant authors' --add-location file --sort-by-file \
	  --output-file build/adjutant.pot bot cogs
	$(BIN)/pybabel -q update --domain adjutant --input-file build/adjutant.pot --output-dir bot/words/locales \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 100

lock: $(VENV)/.dev  ## Compile the requirement locks anew (needs uv)
	for name in build run dev bench; do \
	  case $$name in build) what='--group build';; run) what=pyproject.toml;; *) what="pyproject.toml --group $$name";; esac; \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    $$what --output-file requirements/$$name.txt; \
	done

clean:  ## Remove the environment and everything that was made
	rm -rf $(VENV) demo build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache
