"""What every test may rely on: nothing of this computer's own settings reaches the bot."""

from __future__ import annotations

import os
from collections.abc import Iterator

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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says in a sentence each that the browser tests, or the test of the PDF, did not run, where they did not."""
    skipped = [each for each in terminalreporter.stats.get("skipped", ()) if NO_CHROMIUM in str(each.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"No Chromium was found, so {len(skipped)} tests of the page in a browser did not run: install chromium."
        )
    if any(NO_PANGO in str(each.longrepr) for each in terminalreporter.stats.get("skipped", ())):
        terminalreporter.write_line("No Pango was found, so that no PDF was made: install libpango-1.0-0.")
