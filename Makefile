# Every target first sets up .venv and, where npm is at hand, tests/peers, tests/browser and the verify page; again only
# when what they are made from changed.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
READY := .venv/.installed
FUZZ := .venv-fuzz
FUZZ_SECONDS ?= 60
SERVICE := --extra issuer --extra service --extra postgres
NPM := $(shell command -v npm)
PEERS := $(if $(NPM),tests/peers/node_modules/.installed tests/browser/node_modules/.installed)
PAGE := $(if $(NPM),verifier/web/dist/.built)
PAGE_SOURCES := verifier/web/build.mjs issuer/web/assets/style.css $(shell find verifier/web/page verifier/web/src verifier/web/data -type f)

.PHONY: demo serve test test-slow test-postgres lint dev dist regen bench fuzz lock clean
.NOTPARALLEL:
.DELETE_ON_ERROR:

demo: $(READY) ## issue, verify, tamper, withdraw: the whole story on a terminal
	@$(BIN)/python examples/demo.py

serve: $(READY) $(PAGE) ## the service, an exam to sit, and every address; PORT and EXAM_PORT choose; Ctrl-C stops it
	@$(BIN)/python examples/serve.py $(if $(PORT),--port "$(PORT)") $(if $(EXAM_PORT),--exam-port "$(EXAM_PORT)")

test: dev ## everything that takes seconds
	@$(BIN)/python -m pytest -n auto -m "not slow"

test-slow: dev ## the rest; pytest's status 5 says that no test is marked slow
	@$(BIN)/python -m pytest -n auto -m slow || { status=$$?; test $$status -eq 5 && echo "No test is marked slow."; }

test-postgres: dev ## every test that opens a register, on the PostgreSQL server that CERTIFY_TEST_POSTGRES names
	@$(if $(CERTIFY_TEST_POSTGRES),,echo "CERTIFY_TEST_POSTGRES names no server."; exit 1;) \
		$(BIN)/python -m pytest -n auto -m "not slow or several_hosts" \
		tests/unit tests/property tests/integration tests/browser

lint: $(READY) ## style, types, and the three import arrows
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy
	@$(BIN)/python -m pytest --quiet tests/architecture

dev: $(READY) $(PEERS) $(PAGE) ## the environment, for people and editors

dist: $(READY) $(PAGE) ## wheel and source archive in dist/, with the verify page inside
	@rm -rf dist
	@$(BIN)/python -m build --no-isolation --outdir dist .

regen: $(READY) $(PEERS) ## write every derived file again
	@$(BIN)/python -m tools.regen

bench: $(READY) $(PEERS) $(PAGE) ## every benchmark, one after the other
	@set -e; for each in $(sort $(wildcard benchmarks/bench_*.py)); do echo "$$each"; $(BIN)/python $$each; done

fuzz: $(FUZZ)/.installed ## feed the verifier made-up bytes for FUZZ_SECONDS (60); fuzz/README.md says more
	@$(FUZZ)/bin/python fuzz/fuzz_verify.py -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1 -verbosity=0

lock: $(READY) ## pin what pyproject.toml asks for; no address of any index is recorded
	@CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --no-config --all-extras --generate-hashes \
		--allow-unsafe --strip-extras --no-emit-options --output-file requirements/dev.txt pyproject.toml
	@CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --no-config --generate-hashes --allow-unsafe \
		--strip-extras --no-emit-options --output-file requirements/fuzz.txt requirements/fuzz.in
	@CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --no-config $(SERVICE) --generate-hashes \
		--allow-unsafe --strip-extras --no-emit-options --constraint requirements/dev.txt \
		--output-file requirements/service.txt pyproject.toml

clean: ## remove all that the other targets made
	rm -rf .venv $(FUZZ) tests/peers/node_modules tests/browser/node_modules verifier/web/node_modules verifier/web/dist \
		demo demo-service build dist ./*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/.locked: requirements/dev.txt
	@echo "Setting up .venv with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python tools/installing.py requirements/dev.txt
	@touch $@

$(READY): .venv/.locked pyproject.toml
	@echo "Installing this program into .venv ..."
	@$(PIP) --quiet install --no-deps --no-build-isolation --editable .
	@touch $@

$(FUZZ)/.installed: requirements/fuzz.txt
	@echo "Setting up $(FUZZ) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv $(FUZZ)
	@$(FUZZ)/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes -r requirements/fuzz.txt
	@touch $@

%/node_modules/.installed: %/package.json %/package-lock.json
	@echo "Setting up $* with node $$(node --version) ..."
	@npm ci --prefix $* --no-audit --no-fund --silent
	@touch $@

verifier/web/dist/.built: verifier/web/node_modules/.installed $(PAGE_SOURCES)
	@node verifier/web/build.mjs
	@touch $@
