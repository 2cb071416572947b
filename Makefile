# The commands that people use. Every one sets up .venv first, when that is needed.
#
# PYTHON=<interpreter> uses that one; otherwise the first of python3, python3.13, python3.12 and python3.11 that fits.

PYTHON ?=
export PYTHON

python := .venv/bin/python
run_lock := requirements.lock
dev_lock := requirements-dev.lock
compile := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
           --no-emit-index-url --no-annotate --no-header

# Where an environment sets this, every process of the tests and of the demo would compile all of its source anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo demo-claude run doctor test check bench weights lock

help:
	@echo "make demo    a local Slack with an incident in it, and the bot: nothing leaves this computer"
	@echo "make demo-claude   the same with a Claude whose words are canned; no model is asked"
	@echo "make run     the bot for the Slack workspace whose tokens are in .env, until Ctrl-C"
	@echo "make doctor  whether everything is there that it needs, and how to mend what is not"
	@echo "make test    every test; the browser ones need Chromium"
	@echo "make check   ruff and mypy"
	@echo "make bench   how fast it is"
	@echo "make weights fit what words, surroundings and named moments weigh to the labelled channels"
	@echo "make lock    choose the newest versions that pyproject.toml allows, and write both lock files"

demo:
	@sh .ci/venv $(run_lock)
	@$(python) -m bot demo

demo-claude:
	@sh .ci/venv $(run_lock)
	@$(python) -m bot demo --claude

run:
	@sh .ci/venv $(run_lock)
	@$(python) -m bot run

doctor:
	@sh .ci/venv $(run_lock)
	@$(python) -m bot doctor

test:
	@sh .ci/venv $(dev_lock)
	@$(python) -m pytest -n 6 --dist loadgroup

check:
	@sh .ci/venv $(dev_lock)
	@$(python) -m ruff check .
	@$(python) -m mypy

bench:
	@sh .ci/venv $(dev_lock)
	@$(python) -m benchmarks

weights:
	@sh .ci/venv $(dev_lock)
	@$(python) -m pip install --quiet --disable-pip-version-check "scikit-learn>=1.6,<2"
	@$(python) -m benchmarks.fitting
	@$(python) -m benchmarks.fitting_beginnings

lock:
	@sh .ci/venv $(dev_lock)
	@$(compile) --upgrade pyproject.toml -o $(run_lock)
	@$(compile) --upgrade pyproject.toml --group dev -o $(dev_lock)
