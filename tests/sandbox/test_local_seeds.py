"""Does a seed file become the workspace that it describes, and does a mistake in it show."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.clock import SandboxClock
from bot.sandbox.seeds import BadSeed, Seeded, load_seed, seed_workspace
from tests.sandbox.conftest import NOW

SHIPPED = sorted((Path(__file__).parents[2] / "bot" / "sandbox" / "seeds").glob("*.json"))


def seeded(*messages: dict[str, Any]) -> Seeded:
    seed = {
        "users": [{"id": "U1", "name": "maria"}],
        "channels": [{"id": "C1", "name": "inc", "members": ["maria"], "bot": True}],
        "messages": {"inc": list(messages)},
    }
    return seed_workspace(seed, NOW, clock=SandboxClock(frozen_at=NOW))


def test_offsets_count_from_the_moment_of_loading() -> None:
    channel = seeded(
        {"at": "-1w2d3h4m5.5s", "user": "maria", "text": "long ago"},
        {"at": "2026-11-18T08:00:00+00:00", "user": "maria", "text": "exactly"},
    ).workspace.channels["C1"]
    ages = [round(NOW - float(ts), 3) for ts in channel["order"]]
    assert 604_800 + 2 * 86_400 + 3 * 3_600 + 4 * 60 + 5.5 in ages
    assert 1_795_000_000 - 1_794_988_800 in ages


def test_edited_deleted_and_pinned_messages_look_as_in_slack() -> None:
    said = seeded(
        {"at": "-3h", "user": "maria", "text": "final", "edited": True, "pinned": "maria", "id": "kept"},
        {"at": "-2h", "user": "maria", "text": "gone", "deleted": True},
        {"at": "-1h", "user": "maria", "text": "regretted", "deleted": True, "id": "stone",
         "replies": [{"at": "+5m", "user": "maria", "text": "why?"}]},
        {"at": "-30m", "app": True, "text": "I am the bot"},
    )  # fmt: skip
    channel = said.workspace.channels["C1"]
    kept = channel["messages"][said.names["kept"][1]]
    assert float(kept["edited"]["ts"]) - float(kept["ts"]) == pytest.approx(120)
    assert channel["pins"][0]["ts"] == kept["ts"]
    assert channel["messages"][said.names["stone"][1]]["subtype"] == "tombstone"
    assert len(channel["order"]) == 3
    assert "regretted" not in json.dumps(channel)
    assert channel["messages"][channel["order"][-1]]["bot_id"] == "B0BOT"


@pytest.mark.parametrize(
    "message",
    [
        {"at": "yesterday", "user": "maria"},
        {"at": "2026-11-18T08:00:00", "user": "maria"},
        {"at": "-1h", "user": "nobody"},
        {"at": "-1h", "user": "maria", "txt": "typing mistake"},
    ],
)
def test_a_mistake_in_a_seed_shows(message: dict[str, Any]) -> None:
    with pytest.raises(BadSeed):
        seeded(message)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.stem))
def test_every_shipped_seed_loads(path: Path) -> None:
    workspace = load_seed(path, NOW, clock=SandboxClock(frozen_at=NOW))
    assert any(channel["order"] for channel in workspace.channels.values())
