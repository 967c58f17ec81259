# The commands of this house. `make` or `make help` lists them.
# Needs python3 (3.11 or newer) and git; everything else comes into .venv and node_modules inside the checkout.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
SIZE ?= 10k
SEEDS ?= 1
HERE := .venv/bin
PY := $(HERE)/python
DEMO := QINQING_MODE=demo QINQING_HTTPS=false QINQING_REQUIRE_TOTP=false
TEST := QINQING_MODE=test QINQING_DATA_DIR=.venv
SOURCES := src tests tools bench

.DEFAULT_GOAL := help
.PHONY: help setup run test check journeys chaos bench clauses fix docs lock

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## install everything for working on it into .venv and node_modules
	@$(PYTHON) tools/environment.py dev
	@$(PY) tools/assets.py --if-changed

run: ## the whole system with a fictional town at http://127.0.0.1:8000 (PORT=…), data kept in var/
	@$(PYTHON) tools/environment.py run
	@$(PY) tools/assets.py --if-changed
	@$(DEMO) $(PY) tools/start.py --port $(PORT)

test: setup ## the tests, on SQLite and on PostgreSQL (a DATABASE_URL given is used instead of both)
	@$(PY) tools/suite.py $(ARGS)

journeys: ## people's ways through the pages in a real Chromium, none skipped
	@$(PYTHON) tools/environment.py browser
	@$(PY) tools/assets.py --if-changed
	@QINQING_JOURNEYS=required $(PY) -m pytest tests/journeys $(ARGS)

chaos: ## the phones' storm in a real Chromium: kills, faults, restarts (SEEDS=20 for the long run)
	@$(PYTHON) tools/environment.py browser
	@$(PY) tools/assets.py --if-changed
	@QINQING_JOURNEYS=required QINQING_CHAOS_SEEDS=$(SEEDS) $(PY) -m pytest tests/chaos $(ARGS)

check: setup ## lint, types, import contracts, migrations, documents up to date
	$(HERE)/ruff check .
	$(HERE)/ruff format --check .
	$(TEST) $(HERE)/mypy
	$(PY) tools/assets.py --types
	$(HERE)/lint-imports
	$(HERE)/deptry src
	$(TEST) $(HERE)/qinqing manage makemigrations --check --dry-run
	$(PY) tools/deploy_check.py
	$(TEST) $(PY) tools/docs.py --check

fix: setup ## put right what the linters can put right themselves
	$(HERE)/ruff check --fix .
	$(HERE)/ruff format .
	$(TEST) $(PY) tools/docs.py

docs: setup ## write the generated documents anew
	@$(TEST) $(PY) tools/docs.py

clauses: setup ## each clause of the plan, the tests that show it, and whether they pass
	@$(PY) tools/clauses.py $(ARGS)

bench: setup ## measure (SIZE=10k|300k|1m) beside bare SQL for the same rows; PEERS=1: beside django-helpdesk
ifdef PEERS
	@$(PYTHON) tools/environment.py peers
endif
	@$(PY) -m bench $(if $(PEERS),--peers) --size $(SIZE) $(ARGS)

lock: setup ## renew the lock files (NEWER=1 moves to newer versions)
	@$(PY) tools/lock.py
