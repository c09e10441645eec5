# One command a target; CI runs the same targets.
#   make serve   install, build the release, serve it at the printed address
#   make test    install, build the release, run every test
#   make dev     install for working on kgraph     make lint   ruff, mypy
#   make data    build, validate, report            make web    test the pages

PYTHON ?= python3
VENV   ?= .venv
PORT   ?= 8000
BIN    := $(VENV)/bin
INPUTS := pyproject.toml hatch_build.py $(shell find web -path web/node_modules -prune -o -type f -print 2>/dev/null)

# Debian ships the module that makes virtual environments in a package of its own.
ROOT         := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
VENV_PACKAGE := command -v apt-get >/dev/null && $(ROOT) apt-get update -qq && $(ROOT) apt-get install -y -qq python3-venv

.PHONY: serve test dev lint data web clean

serve: $(VENV)/.installed
	$(BIN)/kgraph serve --port $(PORT)

test: dev
	$(BIN)/kgraph build
	$(BIN)/python -m pytest -n 2 --dist loadfile

dev: $(VENV)/.dev

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

data: $(VENV)/.installed
	$(BIN)/kgraph build
	$(BIN)/kgraph validate
	$(BIN)/kgraph report --into data/README.md

web: dev
	$(BIN)/python -m pytest tests/web

clean:
	rm -rf $(VENV) data/release api/kgraph_api/web

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "kgraph needs Python 3.11 or later; say which with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); $(VENV_PACKAGE) && $(PYTHON) -m venv $(VENV); } || \
	  { echo "this Python cannot make virtual environments; install its venv module"; exit 1; }

$(VENV)/.installed: $(VENV)/bin/pip $(INPUTS)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
