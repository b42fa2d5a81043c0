# Doors for people. `make` alone lists them. Works with GNU make 3.81 (macOS) and any POSIX shell.

SHELL = /bin/sh
PYTHON ?= python3
VENV = .venv
BIN = $(VENV)/bin
INSTALLED = $(VENV)/.installed
# two files at a time on two cores; a file stays in one process, so what it crawled is crawled once
TESTFLAGS ?= -n auto --dist loadfile

.PHONY: help install run browser test lint format db-start db-stop db-shell migration clean

.PHONY: audit audit-install hostile soak memory

.PHONY: accuracy compare-install bench scale

help:
	@echo 'make install                    .venv with the pinned packages and govspider itself'
	@echo 'make run                        inspect the demo city on this machine, print the pass rates'
	@echo 'make run REGISTRY=my.xlsx       inspect real sites'
	@echo 'make browser                    find or install a Chromium for columns that only a script shows'
	@echo 'make test                       lint, types and the whole suite; TESTFLAGS="-k word" for pytest'
	@echo 'make lint | format              check or repair the style only'
	@echo 'make accuracy                   how often columns, links and the rest are judged right'
	@echo 'make bench                      ratios of speed: full inspection, stock Scrapy, bare download'
	@echo 'make scale                      judging and questions on a generated country (SITES="1400 14000" tells the growth)'
	@echo 'make compare-install            .venv-compare with the libraries that make accuracy compares with'
	@echo 'make db-start | db-stop         the private PostgreSQL of this checkout'
	@echo 'make db-shell [ROLE=analyst]    psql on the database'
	@echo 'make migration m="what changes" write the next migration from govspider/db/tables.py'
	@echo 'make audit                      the lock files, and published vulnerabilities where the network allows (AUDITFLAGS=--osv)'
	@echo 'make hostile                    how much hostile sites delay the healthy ones beside them'
	@echo 'make soak                       20 minutes of mixed sites at real politeness: does memory stay flat (MINUTES=60)'
	@echo 'make memory                     what one process needs for 3,000 sites and a million links'
	@echo 'make clean                      remove caches and build leftovers; no data, no .venv'
	@echo 'PYTHON=python3.12 chooses another Python for install; DATABASE_URL another database'

# ── installing: once, and again when the lock file or the project file changes ────────────────

install: $(INSTALLED)

$(INSTALLED): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	    echo "There is no $(PYTHON) here: install Python 3.11 or newer, or name one: make install PYTHON=python3.12" >&2; \
	    exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "govspider needs Python 3.11 or newer, but $(PYTHON) is `$(PYTHON) -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])'`: make install PYTHON=python3.12" >&2; \
	    exit 2; }
	@$(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	    $(PYTHON) -m venv --clear $(VENV) || { \
	    echo "The virtual environment could not be made; on Debian and Ubuntu: apt install python3-venv" >&2; \
	    exit 3; }
	@echo 'Installing the pinned packages into $(VENV); the first time takes some minutes.'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(INSTALLED)

# ── inspecting ────────────────────────────────────────────────────────────────────────────────

run: install
	@$(BIN)/python scripts/run_inspection.py $(if $(REGISTRY),--registry '$(REGISTRY)')

# a Chromium for columns that only a script shows: the one at hand, else Playwright's, else Debian's package
browser: install
	@$(BIN)/python scripts/browser.py install

# ── testing: every part runs, so that one fault does not hide another ─────────────────────────

test: install
	@began=`date +%s`; failed=; \
	$(MAKE) --no-print-directory lint || failed=' lint'; \
	$(BIN)/python -m pytest $(TESTFLAGS) || failed="$$failed pytest"; \
	took=$$((`date +%s` - began)); \
	if [ -n "$$failed" ]; then echo "FAILED after $$took s:$$failed"; exit 1; fi; \
	echo "passed in $$took s"

lint: install
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python -m mypy

format: install
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# ── accuracy: peers are optional and live in an environment of their own ───────────────────────

# one line for each sheet: the name of its figures in the last line, and its program
ACCURACY_SHEETS += columns=scripts/accuracy.py
ACCURACY_SHEETS += links=scripts/link_accuracy.py
ACCURACY_SHEETS += wording=scripts/wording_accuracy.py
ACCURACY_SHEETS += dark=scripts/dark_accuracy.py

accuracy: install
	@$(BIN)/python scripts/accuracy_sheets.py $(ACCURACY_SHEETS) $(ACCURACYFLAGS)

# the newest that runs on Node 20
LINKINATOR = 7.6.1

compare-install: .venv-compare/.installed

.venv-compare/.installed: requirements-compare.lock $(INSTALLED)
	@$(BIN)/python -m venv --clear .venv-compare
	@echo 'Installing the libraries and link checkers to compare with into .venv-compare (about 300 MB).'
	@.venv-compare/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-compare.lock
	@if command -v npm >/dev/null 2>&1; then \
	    npm install --silent --no-audit --no-fund --prefix .venv-compare linkinator@$(LINKINATOR) || \
	        echo "linkinator could not be installed: the sheet of links is made without it" >&2; \
	else echo "There is no npm here: the sheet of links is made without linkinator" >&2; fi
	@touch .venv-compare/.installed

# ── speed: everything on loopback; BENCHFLAGS="--sites 4" for a short one ───────────────────────

bench: install
	@$(BIN)/python scripts/bench.py $(BENCHFLAGS)

# ── scale: a generated country in a database of its own ────────────────────────────────────────
SITES = 1400

scale: install
	@$(BIN)/python -m tests.scale.measure --sites $(SITES) $(SCALEFLAGS)

# ── the database ──────────────────────────────────────────────────────────────────────────────

db-start: install
	@$(BIN)/python scripts/database.py start

db-stop: install
	@$(BIN)/python scripts/database.py stop

db-shell: install
	@$(BIN)/python scripts/database.py shell $(if $(ROLE),--role '$(ROLE)')

migration: install
	@$(BIN)/python scripts/database.py new-migration '$(m)'

# the lock files offline, and published vulnerabilities where the network lets pip-audit ask (it says so where not)
audit: install
	@$(MAKE) --no-print-directory audit-install || echo 'audit: pip-audit could not be installed, see above' >&2
	@$(BIN)/python scripts/audit.py $(AUDITFLAGS)

audit-install: .venv-audit/.installed
	@:

.venv-audit/.installed: requirements-audit.lock $(INSTALLED)
	@$(BIN)/python -m venv --clear .venv-audit
	@.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.lock
	@touch .venv-audit/.installed

# hostile sites beside healthy ones: how much later the healthy ones are done, last line JSON
hostile: install
	@$(BIN)/python -m tests.hostile

# a long crawl of healthy, slow, stalling and dead sites with a second between two requests, last line JSON
MINUTES = 20

soak: install
	@$(BIN)/python -m tests.soak --minutes $(MINUTES)

# 3,000 sites and a million distinct links in one process, last line JSON
memory: install
	@$(BIN)/python -m tests.soak.memory $(MEMORYFLAGS)

clean:
	rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	find govspider pipelines scripts tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +
