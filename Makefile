# Daedam. Everything runs in .venv; nothing is installed outside it but the Debian packages below.
SHELL := /bin/bash
PYTHON ?= $(firstword $(shell command -v python3.11 python3.12 python3.13 python3))
VENV := .venv
BIN := $(VENV)/bin
VAR ?= var/demo
# llama.cpp without what nobody here loads: pictures, and its own library of tools.
LLAMA := -DLLAVA_BUILD=OFF -DCMAKE_PROJECT_llama.cpp_INCLUDE='$(CURDIR)/deploy/llama_cpp.cmake'
TORCH := $(shell grep -E '^torch==' constraints.txt)
PAGES = $(shell find central/dashboard/ui edge_agent/kiosk/ui central/dashboard/locales -type f 2>/dev/null)
APT_PACKAGES := libegl1 libgles2 portaudio19-dev espeak-ng chromium-headless-shell gcc g++ python3-dev systemd

.PHONY: help demo demo-check test soak faults check style types gen bench screenshots deb setup clean
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: setup ## one interview in your browser (CAMERA=0 or REPLAY=file.mp4 for your own)
	@exec $(BIN)/python -m tests.story.demo --data $(VAR) \
	  $(if $(CAMERA),--camera $(CAMERA)) $(if $(REPLAY),--replay $(REPLAY)) $(if $(PORT),--port $(PORT))

demo-check: setup ## one replayed interview, headless, on fresh data; the last line is JSON
	@exec $(BIN)/python -m tests.story.check

# One more than two cores: whole interviews wait for real time.
test: setup ## the tests
	@exec $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

soak: setup ## the long tests that `make test` leaves out; about an hour
	@exec $(BIN)/python -m pytest -m soak -n 2 --dist loadfile --timeout 3600 $(ARGS)

faults: setup ## 500 random kills and bad links (ARGS="--kills 60"); the last line is JSON
	@$(BIN)/python -m pytest -m soak tests/faults
	@exec $(BIN)/python -m tests.faults.campaign $(ARGS)

check: style types ## style and types

style: setup
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: setup
	@$(BIN)/mypy

gen: setup ## the wire code from proto/
	@$(BIN)/python -m tests.contract.generate

bench: setup ## one benchmark, NAME=...; the last line is JSON
	@test -n "$(NAME)" || { ls tests/bench | sed -n 's/^bench_\(.*\)\.py$$/  make bench NAME=\1/p'; exit 2; }
	@exec $(BIN)/python -m tests.bench.bench_$(subst -,_,$(NAME)) $(ARGS)

screenshots: setup ## the guides' pictures, from the pages (ARGS="report" for some)
	@exec $(BIN)/python -m tests.browser.screenshots $(ARGS)

deb: setup ## the agent's Debian package in var/deb (EXTRA=edge-gpu for NVIDIA); takes minutes
	@exec $(BIN)/python -m deploy.debian --out var/deb --extra $(or $(EXTRA),edge)

setup: $(VENV)/.system $(VENV)/.installed node_modules/.installed node_modules/.built ## everything that the rest needs

clean: ## remove what was built; keeps .venv
	rm -rf var node_modules/.built central/dashboard/static/build edge_agent/kiosk/static/build

# --- what the targets above stand on: each step leaves a stamp, so that a second run does nothing -----
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null || \
	  { echo "Daedam needs Python 3.11 to 3.13: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "· a Python environment in $(VENV)"
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  { apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv; } >/dev/null 2>&1; } || \
	  { echo "run this once, then again what you ran: sudo apt-get install -y python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# Debian packages: installed where we may, else the exact command is printed.
$(VENV)/.system: Makefile | $(VENV)/bin/python
	@missing=$$(for p in $(APT_PACKAGES); do \
	    dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q '^install ok' || echo $$p; done); \
	if [ -z "$$missing" ] || ! command -v apt-get >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ]; then \
	  echo "· system packages:" $$missing; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends $$missing; } >$(VENV)/apt.log 2>&1 || \
	    { tail -n 20 $(VENV)/apt.log; exit 1; }; \
	else \
	  echo "System packages are missing. Run this once, then again what you ran:"; \
	  echo "  sudo apt-get install -y --no-install-recommends" $$missing; exit 1; \
	fi
	@touch $@

# torch first: alone, its own dependencies are found in one step instead of by backtracking.
$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/.system
	@echo "· Python packages (the first time this takes a few minutes)"
	@$(BIN)/python -m pip install -q --progress-bar on $(TORCH) -c constraints.txt
	@CMAKE_ARGS="$(LLAMA) $$CMAKE_ARGS" \
	  $(BIN)/python -m pip install -q --progress-bar on -c constraints.txt -e '.[dev]'
	@touch $@

# Node from the system where it is new enough, else from its wheel. Not `npm ci`: it refuses a lock
# without other platforms' packages, and a site's mirror need not have those.
node_modules/.installed: package.json package-lock.json $(VENV)/.installed
	@$(BIN)/python -m tests.setup.node install --no-save --silent --no-progress
	@touch $@

node_modules/.built: node_modules/.installed vite.config.ts vite.fonts.ts tsconfig.json $(PAGES)
	@echo "· the pages' scripts and styles"
	@$(BIN)/python -m tests.setup.node run --silent build >node_modules/.build.log 2>&1 || \
	  { cat node_modules/.build.log; exit 1; }
	@touch $@
