# Daedam. Everything runs in .venv; nothing is installed outside it but the Debian packages below.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
VAR ?= var/demo
APT_PACKAGES := libegl1 libgles2 portaudio19-dev espeak-ng chromium gcc python3-dev

.PHONY: help demo demo-check test check style types gen bench setup clean
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: setup ## one interview in your browser (CAMERA=0 or REPLAY=file.mp4 for your own)
	@exec $(BIN)/python -m tests.story.demo --data $(VAR) \
	  $(if $(CAMERA),--camera $(CAMERA)) $(if $(REPLAY),--replay $(REPLAY)) $(if $(PORT),--port $(PORT))

demo-check: setup ## one replayed interview, headless, on fresh data; the last line is JSON
	@exec $(BIN)/python -m tests.story.check

test: setup ## the tests
	@exec $(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

check: style types ## style and types

style: setup
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: setup
	@$(BIN)/mypy

gen: setup ## the wire code from proto/
	@$(BIN)/python -m tests.contract.generate

bench: setup ## one benchmark, NAME=...; the last line is JSON
	@test -n "$(NAME)" || { ls tests/bench | sed -n 's/^bench_\(.*\)\.py$$/  make bench NAME=\1/p'; exit 2; }
	@exec $(BIN)/python -m tests.bench.bench_$(NAME) $(ARGS)

setup: $(VENV)/.installed node_modules/.installed static/.built

clean: ## remove what was built; keeps .venv
	rm -rf var central/dashboard/static/build edge_agent/kiosk/static/build

# --- what the targets above stand on -----------------------------------------------------------------
$(VENV)/.installed: pyproject.toml constraints.txt
	@echo placeholder
