"""What every test may rely on: nothing of this computer's own settings reaches the bot."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

# The same examples everywhere, however slow the computer: what fails here fails for everybody. New examples are looked
# for with `pytest --hypothesis-profile explore`.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile("suite")

OURS = ("SLACK_", "POSTMORTEM_", "DATABASE_URL", "ANTHROPIC_")

for _name in [name for name in os.environ if name.upper().startswith(OURS)]:
    del os.environ[_name]

#: Why a browser test was skipped.
NO_CHROMIUM = "no Chromium found"
#: Why the test of the PDF was skipped.
NO_PANGO = "no Pango found"


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """A command that sets up the logs does so for its own test."""
    yield
    if structlog.is_configured():
        structlog.reset_defaults()


def pytest_collection(session: pytest.Session) -> None:
    """Has each process of a test run begin with other files than the rest.

    All of them need every file with its assertions taken apart, and keep what they have made for the others: where
    nothing is there yet, as on a fresh checkout, each makes a share of it instead of the whole.
    """
    told = getattr(session.config, "workerinput", None)
    if told is None or session.config.args != session.config.getini("testpaths"):
        return
    files = sorted(Path(__file__).parent.rglob("test_*.py"))
    for file in files[int(told["workerid"].removeprefix("gw")) :: told["workercount"]]:
        if str(file.parent) not in sys.path:
            sys.path.insert(0, str(file.parent))
        with contextlib.suppress(Exception):  # it is told when the file's turn comes
            importlib.import_module(file.stem)


def pytest_collection_finish() -> None:
    """What is there by now stays until the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says in a sentence each that the browser tests, or the test of the PDF, did not run, where they did not."""
    skipped = [each for each in terminalreporter.stats.get("skipped", ()) if NO_CHROMIUM in str(each.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"No Chromium was found, so {len(skipped)} tests of the page in a browser did not run: install chromium."
        )
    if any(NO_PANGO in str(each.longrepr) for each in terminalreporter.stats.get("skipped", ())):
        terminalreporter.write_line("No Pango was found, so that no PDF was made: install libpango-1.0-0.")
