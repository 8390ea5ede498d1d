# One word each; `make` alone says what they do. The environment is made by requirements/install, in .venv.

export PYTHON ?=

python := .venv/bin/python

# A file of tests stays on one processor: its server is started once. Each has a browser, so four are enough.
at_once := -n auto --maxprocesses 4 --dist loadfile

.PHONY: help run test demo bench lint shots catalogues lock
.DEFAULT_GOAL := help

help: ## Say what each word does
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

# Tests and measurements bring data of their own and must never touch an office's.
run demo: export RECEPTION_PORT ?= 8000
run demo: export RECEPTION_DATA ?= $(CURDIR)/data
apart := unset RECEPTION_PORT RECEPTION_DATA;

# exec, so that nothing stands between make and the server: what stops the one stops the other.
run: ## Set everything up and start the demo office on http://localhost:8000
	@requirements/install
	@exec $(python) server.py --demo

test: ## Set up what the tests need and run them all
	@requirements/install test
	@$(python) -m tests.browser
	@$(apart) exec $(python) -m pytest $(or $(ARGS),$(at_once))

demo: ## Start a living lobby: simulated visitors and receptionists on all four screens; with FAULTS=1 things fail
	@requirements/install test
	@exec $(python) -m demo $(if $(FAULTS),--faults) $(ARGS)

bench: ## Measure Reception beside a bare server
	@requirements/install test
	@$(python) -m tests.browser
	@$(apart) exec $(python) -m bench $(ARGS)

lint: ## Check the code's style
	@requirements/install test
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .

shots: ## Take a picture of every page into shots/
	@requirements/install test
	@$(python) -m tests.browser
	@$(apart) exec $(python) -m tests.shots $(ARGS)

catalogues: ## Put the sentences that visitors see now into every catalogue, and list what waits
	@requirements/install
	@$(python) -m reception.translations

lock: ## Work out the locks again, for the newest versions (needs uv)
	@for name in runtime test build node; do \
	    uv pip compile --quiet --no-config --universal --upgrade --python-version 3.11 --generate-hashes \
	        --no-emit-index-url --no-header requirements/$$name.in -o requirements/$$name.lock; \
	done
