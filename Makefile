# Two commands: `make report` and `make test`. Each sets up everything that it needs on a machine with Python 3.11 or newer and make.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: report test lint types golden bench-gold bench-speed lock wheel clean

report: $(READY)
	$(BIN)/reconcile report seeds -o reports

test: $(READY) lint types
	$(BIN)/python -m pytest --cov=reconcile --cov-report=term

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

golden: $(READY)
	$(BIN)/python tests/make_golden.py

bench-gold: $(READY)
	$(BIN)/python benchmarks/gold.py

bench-speed: $(READY)
	$(BIN)/python benchmarks/speed.py

wheel: $(READY)
	$(BIN)/python -m pip wheel --no-deps --no-build-isolation -w dist .

$(READY): pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "reconcile needs Python 3.11 or newer; none was found on the PATH" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

lock: $(READY)
	$(BIN)/python -m pip install --quiet --upgrade --upgrade-strategy eager -e '.[dev]'
	$(BIN)/python -m pip freeze --exclude-editable | sed 's/+cpu//' > requirements.lock

clean:
	rm -rf $(VENV) build dist *.egg-info .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
