"""What was done to end it is told to readers outside the trade only where it was done."""

from __future__ import annotations

import pytest

from bot.wording.deeds import deed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rolled back the deployment of the assistant", "a change was undone"),
        ("put the old prompt of the assistant back", "a change was undone"),
        ("switching back to 2026.10.4 while we look at the feature pipeline", "a change was undone"),
        ("went back to prompt v30", "a change was undone"),
        ("restarted the client pods", "a part was restarted"),
        ("we can't restart it", ""),
        ("didnt roll back", ""),
        ("should we roll back?", ""),
        ("errors went back to normal", ""),
    ],
)
def test_a_deed_is_told_unless_it_is_denied_or_only_meant(text: str, told: str) -> None:
    assert deed(text) == told
