# One command each. Two of them do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: install run chat test lint types format bench chaos fuzz eval fit lock page clean help

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

install: $(VENV)/run page built/index.npz ## install, and learn the catalogue, so that the first start is quick

# With KOMPASS=fake, cases go to a Kompass of paper beside it, which shows at http://127.0.0.1:8078 what arrived.
run: install ## install and start on a page where one can chat (development mode, this machine only)
	LOSEN_MODE=$${LOSEN_MODE:-development} $(BIN)/python $(if $(filter fake,$(KOMPASS)),-m tests.fake_kompass --run $(BIN)/python) app.py serve

chat: $(VENV)/run built/index.npz ## chat in the terminal: make chat AS=1linje
	LOSEN_MODE=$${LOSEN_MODE:-development} $(BIN)/python app.py chat --as $(or $(AS),ansatt)

test: $(VENV)/dev page schemas chromium built/index.npz ## install and run every check and every test
	$(MAKE) lint types
	$(BIN)/python -m pytest --cov --cov-report=term

lint: $(VENV)/dev ## ruff and the rule that imports go one way
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PYTHONPATH=. $(BIN)/lint-imports

types: $(VENV)/dev ## mypy --strict
	$(BIN)/mypy

format: $(VENV)/dev ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/dev built/index.npz ## measure speed, all of it or PARTS="turns standing": beside EchoBot, start, memory
	$(BIN)/python -m tests.benchmarks $(PARTS)

fuzz: $(VENV)/dev ## the nightly run: 200 000 made-up inputs to the running bot (make fuzz INPUTS=1000)
	$(BIN)/python -m tests.fuzz $(or $(INPUTS),200000)

chaos: $(VENV)/dev ## long runs on bad lines with a bot that is killed: cases, groups, 2 000 people
	$(BIN)/python -m tests.chaos.kompass
	$(BIN)/python -m tests.chaos.feeds
	$(BIN)/python -m tests.chaos.notices

eval: $(VENV)/dev ## how often the right form comes first, beside the usual tools
	$(BIN)/python -m tests.evaluation

fit: $(VENV)/dev ## fit the matcher's numbers anew, after the wording has changed
	$(BIN)/python -m tests.evaluation.fit

lock: $(VENV)/dev ## pin the exact versions anew
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements.lock requirements.txt
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --constraint requirements.lock --output-file requirements-dev.lock requirements-dev.txt

# What Microsoft publishes as the schema of an app package for Teams; only a test reads it.
.PHONY: schemas
schemas: $(VENV)/dev
	$(BIN)/python -m tests.bot.teams_app.fetch_schemas

# What the matcher learns of what is shipped. The program itself sees whether it still holds.
built/index.npz: $(VENV)/run $(wildcard knowledge/matching/*.py knowledge/data/*.* knowledge/data/wording/*)
	$(BIN)/python -m compileall -q app.py bot dialogs knowledge
	$(BIN)/python app.py index
	touch $@

page: $(VENV)/run
	$(BIN)/python bot/web/fetch_webchat.py

# The browser tests drive Debian's Chromium; where it is missing and we may install it, we do.
.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } || echo "chromium is missing: the browser tests need it (apt-get install chromium)"

$(VENV)/run: requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	touch $@

$(VENV)/dev: requirements-dev.lock $(VENV)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.lock
	touch $@

clean: ## remove what was installed, not what was stored
	rm -rf $(VENV) built bot/web/vendor .mypy_cache .ruff_cache .pytest_cache .hypothesis
