# Two commands: `make report` and `make test`. Each sets up everything that it needs on a machine with Python 3.11 or newer and make.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
HAS_CHROMIUM := { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null

.PHONY: report test browser screenshots lint types golden bench-gold bench-incidents bench-fields bench-equate bench-events bench-same-fact \
	bench-scorer bench-scale bench-extraction bench-speed bench-html bench-adding bench-updates bench-copies bench-review lock wheel clean
.DELETE_ON_ERROR:

report: $(READY)
	$(BIN)/reconcile report seeds -o reports --format md,html,json

test: $(READY) browser lint types
	$(BIN)/python -m pytest --cov=reconcile --cov-report=term

# The tests in tests/browser open pages in the system's Chromium. It is installed where we may; elsewhere they are skipped and say so, and
# in CI they fail.
browser:
	@$(HAS_CHROMIUM) || ! command -v apt-get >/dev/null || test "$$(id -u)" != 0 || { \
		echo "installing Chromium for the browser tests" && apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null; } || true
	@$(HAS_CHROMIUM) || echo "NO CHROMIUM: the browser tests cannot run; install it with your package manager" >&2

screenshots: $(READY) browser
	$(BIN)/python tests/browser/screenshots.py

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

golden: $(READY)
	$(BIN)/python tests/make_golden.py

bench-gold: $(READY)
	$(BIN)/python benchmarks/gold.py

bench-incidents: $(READY)
	$(BIN)/python benchmarks/incidents.py

bench-updates: $(READY)
	$(BIN)/python benchmarks/updates.py

bench-adding: $(READY)
	$(BIN)/python benchmarks/adding.py

bench-fields: $(READY)
	$(BIN)/python benchmarks/fields.py

bench-equate: $(READY)
	$(BIN)/python benchmarks/equate.py

bench-extraction: $(READY)
	$(BIN)/python benchmarks/extraction.py

bench-events: $(READY)
	$(BIN)/python benchmarks/events.py

bench-same-fact: $(READY)
	$(BIN)/python benchmarks/same_fact.py

bench-scorer: $(READY)
	$(BIN)/python benchmarks/scorer.py

bench-scale: $(READY)
	$(BIN)/python benchmarks/scale.py

bench-html: $(READY) browser
	$(BIN)/python benchmarks/html_page.py

bench-review: $(READY)
	$(BIN)/python benchmarks/review.py

bench-speed: $(READY)
	$(BIN)/python benchmarks/speed.py

bench-copies: $(READY)
	$(BIN)/python benchmarks/copies.py

wheel: $(READY)
	rm -rf build
	$(BIN)/python -m pip wheel --no-deps --no-build-isolation -w dist .

$(READY): pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "reconcile needs Python 3.11 or newer; none was found on the PATH" >&2; exit 2; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "reconcile needs Python 3.11 or newer; PYTHON=$(PYTHON) is older, or cannot be run" >&2; exit 2; }
	"$(PYTHON)" -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

# --all: setuptools, which pip leaves out by default on Python 3.11, builds the editable install and needs its pin
lock: $(READY)
	$(BIN)/python -m pip install --quiet --upgrade --upgrade-strategy eager -e '.[dev]'
	$(BIN)/python -m pip freeze --all --exclude pip --exclude-editable > $(VENV)/frozen
	sed 's/+cpu$$//' $(VENV)/frozen | LC_ALL=C sort -f > requirements.lock
	@touch $(READY)

clean:
	rm -rf $(VENV) build dist *.egg-info .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
