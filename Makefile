# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
DEMO := data/var/demo
DEMO_SETTINGS := SUPERVISION_DEMO=1 SUPERVISION_TODAY=2022-10-08 \
	SUPERVISION_DATABASE_URL=sqlite:///$(CURDIR)/$(DEMO)/supervision.db \
	SUPERVISION_ARCHIVE_DIR=$(CURDIR)/$(DEMO)/archive

# Modules are compiled once and not anew by each of the hundreds of commands that tests run. Nothing that tests write
# outlives them, so that nobody waits until it is safe on a disk (libeatmydata). Three at once keep two cores busy: each often
# waits for a browser, a database or a command.
TESTS := PYTHONDONTWRITEBYTECODE= LD_PRELOAD=libeatmydata.so $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

.PHONY: run demo setup setup-tests test test-long check lint bench messages

run: demo  ## the demo year on http://127.0.0.1:8050
	$(DEMO_SETTINGS) $(BIN)/python app.py

demo: $(DEMO)/ready  ## the demo year's workbooks, made and loaded as any others

$(DEMO)/ready: .venv/ready
	rm -rf $(DEMO)
	$(DEMO_SETTINGS) $(BIN)/python -m data init
	$(DEMO_SETTINGS) $(BIN)/python -m etl demo
	touch $@

setup: .venv/ready  ## environment and dependencies of the product

.venv/ready: requirements.txt dashboards/components/traces.py dashboards/web/plotly_js/package-lock.json
	./.ci/system-packages python
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m dashboards.web.plotly_js.build
	touch $@

setup-tests: .venv/ready-tests  ## what tests need besides: Chromium, Chinese fonts, LibreOffice, PostgreSQL, strangers' workbooks

.venv/ready-tests: .venv/ready requirements-dev.txt tests/corpora.txt
	./.ci/system-packages tests
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --dest .venv/corpora -r tests/corpora.txt
	touch $@

test: setup-tests  ## all tests, with real Chromium and PostgreSQL
	$(TESTS)

test-long: setup-tests  ## the same tests with the large numbers: many cases a law instead of 25
	TESTS_LONG=1 $(TESTS)

check: setup-tests  ## under a minute, while one works: lint, unit tests, and the tests of what was changed
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports >/dev/null || $(BIN)/lint-imports
	$(TESTS) --within 25 tests/unit $$(./.ci/changed-tests)

lint: setup-tests  ## ruff, mypy strict, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: setup-tests .venv-bench/ready  ## ratios of speed and memory, each side in its own process
	$(BIN)/python -m tests.benchmarks

.venv-bench/ready: tests/benchmarks/peers/requirements.txt  # what ours is held against, apart from what it runs on
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check -r tests/benchmarks/peers/requirements.txt
	touch $@

messages: setup-tests  ## compile the translations after editing a .po file
	$(BIN)/pybabel compile --domain supervision --directory data/translations --statistics
