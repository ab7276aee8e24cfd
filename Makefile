# Two commands do everything: `make run` and `make test`. See README.md.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

# Tests are rewritten when they are first read; kept on disk, the next start takes half the time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test quick check bench browser clean

run: .venv/run.stamp
	$(BIN)/streamlit run streamlit_app.py --server.port $(PORT) --server.headless true

test: .venv/dev.stamp
	$(BIN)/python -m pytest -n auto --dist loadscope

quick: .venv/dev.stamp
	$(BIN)/python -m pytest -n auto --dist loadscope -m "not slow and not browser"

check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

# Every figure of the README's table, one after the other, on a machine with nothing else to do. About ten minutes.
bench: .venv/dev.stamp
	@for name in descend finder judging serving classroom clicking joining live_round pages; do \
		echo; echo "== benchmarks/$$name.py"; $(BIN)/python -m benchmarks.$$name || failed="$$failed $$name"; \
	done; test -z "$$failed" || { echo "missed a target:$$failed"; exit 1; }

browser:
	@if command -v apt-get >/dev/null; then \
		if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq chromium; \
		else sudo apt-get update -qq && sudo apt-get install -y -qq chromium; fi; \
	elif command -v brew >/dev/null; then brew install --cask chromium; \
	else echo "Install Chromium or Chrome, or set CHROMIUM= to the path of one."; exit 1; fi

clean:
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis

.venv/pip.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "lrlab needs Python 3.11 or newer; name one with PYTHON=")'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: requirements.txt .venv/pip.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt requirements.txt .venv/pip.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
