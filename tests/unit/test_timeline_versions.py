"""Which versions ran before and after the change, as the channel says it; nothing is counted down or guessed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.interview.fields import AFTER, BEFORE
from bot.timeline.record import read_record
from bot.timeline.values import RecordMessage
from bot.understanding.record import fields_of

BEGAN = 1795165200
NOTICED = "customers complain, the answers are wrong and checkout fails for everyone"


def versions(*texts: str) -> tuple[str, str]:
    """What stands as the version before and after, empty where nobody said; each is in the words of its message."""
    messages = [
        RecordMessage(f"{BEGAN + 600 * n}.000100", f"U{n}", text)
        for n, text in enumerate((*texts, "resolved, all clear"))
    ]
    record = read_record(messages, zone="UTC", zones={})
    found = {f.name: f for f in fields_of(record, datetime(2026, 11, 20, tzinfo=UTC)) if f.name in (BEFORE, AFTER)}
    kind = [f for f in fields_of(record, datetime(2026, 11, 20, tzinfo=UTC)) if f.name == "change.kind"]
    for field in (*found.values(), *kind):
        (said,) = [m.text for m in messages if m.ts == field.ts]
        assert field.text in said
    named = " ".join(f.text for f in found.values())
    assert [f.text for f in kind] == (["prompt"] if "prompt" in named else []), "in the channel's own word"
    return (found[BEFORE].text if BEFORE in found else ""), (found[AFTER].text if AFTER in found else "")


@pytest.mark.parametrize(
    ("texts", "before", "after"),
    [
        (("deployed v30", NOTICED, "rolled back to v29"), "v29", "v30"),
        (("prompt v30 is live", NOTICED, "rolling back to prompt v29"), "prompt v29", "prompt v30"),
        ((NOTICED, "rolled back v30 to v29"), "v29", "v30"),
        ((NOTICED, "rolling back 4312 to 4311"), "4311", "4312"),
        ((NOTICED, "v30 was rolled back, errors are dropping"), "", "v30"),
        ((NOTICED, "rolled back to v29"), "v29", ""),
        (("upgraded the ranker from 2.3.1 to 2.4.0", NOTICED, "still looking"), "2.3.1", "2.4.0"),
        (("deployed v30", NOTICED, "still looking"), "", "v30"),
        (("deployed prompt v30 of the assistant", NOTICED, "rolled back to prompt v29"), "prompt v29", "prompt v30"),
        # A rate that is back where it was is none.
        (("deployed v30", NOTICED, "rolled back to v29, errors are back to 0.4 %"), "v29", "v30"),
        (("deployed v30", NOTICED, "rolled back to v29", "errors are back to 0.4 % and 1.5 seconds"), "v29", "v30"),
        # The mend is not what changed.
        ((NOTICED, "deployed v31 with the fix, errors are gone"), "", ""),
        (("deployed v30", NOTICED, "rolled back to v29", "deployed v31 with the fix"), "v29", "v30"),
        # What is asked, meant or denied was not done.
        ((NOTICED, "should we roll back to v29?", "we did not roll back to v29"), "", ""),
        ((NOTICED, "we could go back to v29", "the api is at https://api.example/v2/items"), "", ""),
        ((NOTICED, "rolled back, all good again at 14:20"), "", ""),
    ],
)  # fmt: skip
def test_versions_that_the_channel_says_are_kept_with_their_messages(
    texts: tuple[str, ...], before: str, after: str
) -> None:
    assert versions(*texts) == (before, after)
