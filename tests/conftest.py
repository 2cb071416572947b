"""What every test may rely on: nothing of this computer's own settings reaches the bot."""

from __future__ import annotations

import os

import pytest
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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says in one sentence that the browser tests did not run, where they did not."""
    skipped = [each for each in terminalreporter.stats.get("skipped", ()) if NO_CHROMIUM in str(each.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"No Chromium was found, so {len(skipped)} tests of the page in a browser did not run: install chromium."
        )
