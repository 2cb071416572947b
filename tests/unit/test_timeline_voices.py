"""How well voices are read that no rule was written for: what was reached stays, and nothing wrong is told instead."""

from __future__ import annotations

import pytest

from tests.unit.timeline_voices import all_of, counts

#: By file and sort: how many at least are right, and how many at most are told wrongly. Milestones that are missed are
#: asked about; one that is wrong misleads. The rules had been adjusted to these chats: four milestones were given up,
#: and four more are told wrongly, since what people do counts more than their words, which reads other talk far better
#: (docs/timeline-scores.md). A line that gives a milestone is not counted among the kinds.
#: One beginning of the second is now that of the run which broke it, three minutes before the harm. The end is told
#: where nobody says it as clearly, which reads other talk better, and tells one of the seventh too late.
REACHED = {
    "timeline_voices.toml": {
        "milestone": (118, 1), "kind": (49, 4), "item": (5, 0), "warning": (14, 0), "talk": (16, 0),
    },
    "timeline_voices_second.toml": {
        "milestone": (75, 1), "kind": (27, 2), "item": (2, 1), "warning": (9, 0), "talk": (12, 0),
    },
    "timeline_voices_third.toml": {
        "milestone": (34, 0), "kind": (12, 2), "item": (1, 0), "warning": (4, 0), "talk": (5, 1),
    },
    "timeline_voices_fourth.toml": {
        "milestone": (120, 2), "kind": (104, 9), "item": (15, 2), "warning": (14, 0), "talk": (12, 0),
    },
    "timeline_voices_fifth.toml": {
        "milestone": (34, 0), "kind": (26, 3), "item": (2, 1), "warning": (4, 0), "talk": (4, 0),
    },
    "timeline_voices_sixth.toml": {
        "milestone": (35, 1), "kind": (19, 5), "item": (4, 0), "warning": (4, 0), "talk": (4, 0),
    },
    "timeline_voices_seventh.toml": {
        "milestone": (35, 1), "kind": (19, 2), "item": (3, 0), "warning": (4, 0), "talk": (2, 0),
    },
    "timeline_voices_eighth.toml": {
        "milestone": (50, 0), "kind": (84, 16), "belongs": (96, 0), "apart": (18, 2), "warning": (6, 0), "talk": (4, 0),
    },
    "timeline_voices_ninth.toml": {
        "milestone": (44, 3), "kind": (70, 13), "belongs": (87, 0), "apart": (11, 1), "warning": (6, 0), "talk": (4, 0),
    },
    "timeline_voices_tenth.toml": {
        "milestone": (45, 2), "kind": (54, 17), "belongs": (70, 0), "apart": (10, 3), "warning": (6, 0), "talk": (4, 0),
    },
    "timeline_voices_eleventh.toml": {
        "milestone": (27, 2), "kind": (27, 7), "belongs": (38, 0), "apart": (4, 2), "warning": (4, 0), "talk": (4, 0),
    },
}  # fmt: skip


@pytest.mark.parametrize("name", REACHED)
def test_what_was_reached_in_many_voices_stays(name: str) -> None:
    found = all_of(name)
    reached = counts(found)
    misses = "\n".join(f"{t.case}: {t.sort} {t.name}: {t.expected} ≠ {t.got}" for t in found if not t.right)
    for sort, (right, wrong) in REACHED[name].items():
        assert reached[sort][0] >= right, f"{sort}:\n{misses}"
        assert reached[sort][1] <= wrong, f"{sort}:\n{misses}"
