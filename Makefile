# make demo      ask real questions of the articles in seeds/; needs no token
# make test      run the tests and the checks
# make lock      resolve requirements*.txt anew from pyproject.toml (needs uv)
# make catalogs  bring the catalogs of the interface's languages up to date with what is said in the sources
# make audit     look up known holes in what requirements.txt installs, where the database of them can be reached
# make bench     measure speeds as ratios against peers

SHELL := /bin/bash
BIN := .venv/bin
# The first interpreter that is new enough.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r
# With nothing of what a bot on this machine has loaded, was sent or has logged.
DEMO = DATABASE_URL=sqlite:///.data/demo.db DATA=.data/demo ADDED=.data/demo/added
LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: demo test lint audit bench lock catalogs clean

demo: .venv/.demo
	@rm -rf .data/demo .data/demo.db*
	@$(DEMO) $(BIN)/python -m bot chat --corpus seeds < tests/demo.txt
	@echo
	@echo "Every quote held against its article:"
	@$(DEMO) $(BIN)/python -m bot verify --corpus seeds
	@echo
	@echo "Ask your own:  $(BIN)/python -m bot chat"

test: .venv/.test lint
	$(BIN)/python -m pytest -n auto --dist=worksteal

lint: .venv/.test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

audit: .venv/.test
	@$(BIN)/python -m tests.audit requirements.txt

bench: .venv/.test
	@for program in okapi answering telegram spammer scale; do echo "== $$program"; $(BIN)/python -m tests.bench.$$program; done

lock:
	$(LOCK) pyproject.toml --group dev -o requirements-dev.txt
	$(LOCK) pyproject.toml -c requirements-dev.txt -o requirements.txt

catalogs: .venv/.test
	@$(BIN)/pybabel -q extract --no-default-keywords -k "N_ say plural:1,2" --omit-header --add-location=file \
		-o .venv/verbatim.pot bot
	@for catalog in bot/speech/catalogs/*.po; do $(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete \
		--ignore-pot-creation-date -w 120 -l $$(basename $$catalog .po) -i .venv/verbatim.pot -o $$catalog; done

clean:
	rm -rf .venv .data .bench .fuzz .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with make PYTHON=…"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

.venv/.demo: .venv/bin/python requirements.txt
	@echo "installing what the bot needs into .venv …"
	@$(INSTALL) requirements.txt
	@touch $@

.venv/.test: .venv/bin/python requirements-dev.txt
	@echo "installing what the tests need into .venv …"
	@$(INSTALL) requirements-dev.txt
	@touch $@
