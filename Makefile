# The front door. `make` alone prints what there is.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

PYTHON  ?= python3
VENV    := .venv
BIN     := $(VENV)/bin
ENV     ?= dev
SALES   ?= rehearsal/sales.json
DAY     ?= 1
SEED    ?= 1
ONLY    ?=
DAYS    ?= 14
FROM    ?= $(shell date +%Y-%m-%dT00:00)
PLAN    ?=
MVN     = JAVA_HOME="$$(tools/jdk25)" ./mvnw -B -q -T 1C

SOURCES := $(shell find functions rehearsal/jvm pom.xml .mvn -type f -not -path '*/target/*' 2>/dev/null)

include tools/sam.mk
include tools/cost.mk

help: ## what there is
	@echo "Yakin, the night shift for a Fargate + RDS shop"; echo
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20
	@echo; echo "  SALES=my-sales.json   your own calendar        SEED=2   another course of chance"
	@echo "  DAYS=14 FROM=2026-12-20T00:00 PLAN='--business 5..20 --night 2..5'   for make plan"
	@echo "  ENV=prod              which [section] of samconfig.toml"
	@echo "  ONLY=warm-up          the scenarios of make faults whose name contains this"

demo: tools/ready $(VENV)/ready target/package ## rehearse a sale day: embedded AWS, virtual time, a report
	@JAVA_HOME="$$(tools/jdk25)" $(BIN)/python -m rehearsal day --sales "$(SALES)" --day "$(DAY)" --seed "$(SEED)"

week: tools/ready $(VENV)/ready target/package ## rehearse a week of sales, each with a trouble (about 8 minutes)
	@JAVA_HOME="$$(tools/jdk25)" $(BIN)/python -m rehearsal week --seed "$(SEED)"

plan: tools/ready target/package ## what sale-scaling will do in the next DAYS days, by SALES, in local time
	@$(PYTHON) -m zipfile -e functions/sale-scaling/target/sale-scaling.zip target/plan
	@"$$(tools/jdk25)/bin/java" -cp "target/plan:target/plan/lib/*" dev.yakin.salescaling.FlightPlan \
	  "$(SALES)" --from "$(FROM)" --days "$(DAYS)" $(PLAN)

faults: tools/ready $(VENV)/ready target/package ## kill every function before and after each outside call
	@JAVA_HOME="$$(tools/jdk25)" $(BIN)/python -m rehearsal faults --only "$(ONLY)" --seed "$(SEED)"

check: tools/ready $(VENV)/ready ## build everything and run every test
	@$(MVN) verify
	@mkdir -p target && touch target/package
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .
	@JAVA_HOME="$$(tools/jdk25)" $(BIN)/pytest -n auto --dist loadfile

long: tools/ready $(VENV)/ready target/package ## the rehearsals of minutes: a week, a night of dev, a kill of every function
	@$(MVN) -pl functions/secret-rotation -am verify -Dgroups=long -Dleft.out=none
	@JAVA_HOME="$$(tools/jdk25)" $(BIN)/pytest -n auto --dist load -m long

package: tools/ready target/package ## build the function zips

format: tools/ready $(VENV)/ready ## format Java, POMs and Python
	@$(MVN) spotless:apply
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

deploy: tools/ready $(VENV)/ready target/package ## build, then sam deploy --config-env $(ENV)
	@$(BIN)/sam build
	@$(BIN)/sam deploy --config-env "$(ENV)"

clean: ## remove what was built (the Python environment stays)
	@rm -rf target .aws-sam && find . -name target -type d -not -path './.venv/*' -prune -exec rm -rf {} +

.PHONY: help demo week plan faults check long package format deploy clean tools/ready

# Says in one line what is missing and how to get it.
tools/ready:
	@tools/jdk25 >/dev/null
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Python 3.11 or newer is missing: install it, or name it with make PYTHON=/path/to/python3." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "Python's venv module is missing: install it (Debian, Ubuntu: apt install python3-venv)." >&2; exit 1; }

# The zips and the clock agent, without the tests: `make check` runs those.
target/package: $(SOURCES)
	@echo "Building the functions (Maven; the first time it downloads its dependencies) ..."
	@$(MVN) package -DskipTests -Dspotless.check.skip
	@mkdir -p target && touch $@

# SAM CLI, cfn-lint, moto and pytest, every version and hash pinned in requirements.txt.
$(VENV)/ready: requirements.txt
	@echo "Making the Python environment in $(VENV) (SAM CLI, cfn-lint, moto; once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@$(BIN)/pip check --disable-pip-version-check
	@touch $@
