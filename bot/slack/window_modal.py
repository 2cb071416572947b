"""What does the form for a window of time look like, and which one did somebody enter?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.slack.elements import Block
from bot.slack.forms import about_of, entered, field, modal
from bot.slack.ids import Callback


@dataclass(frozen=True, slots=True)
class Chosen:
    """A window in aware UTC; without an end it lasts until the postmortem began."""

    start: datetime | None
    end: datetime | None


def window(postmortem: int, on: datetime, zone: str) -> Block:
    """The first day is that of `on` (aware) in `zone` (IANA), which is also the zone of what is entered."""
    day = on.astimezone(ZoneInfo(zone)).date().isoformat()
    blocks = [
        field("from_day", "From", {"type": "datepicker", "initial_date": day}),
        field("from_time", f"at ({zone})", {"type": "timepicker", "initial_time": "00:00"}),
        field("to_day", "To", {"type": "datepicker"}, optional=True, hint="Leave it empty for no end."),
        field("to_time", f"at ({zone})", {"type": "timepicker"}, optional=True),
    ]
    about = {"postmortem": postmortem, "zone": zone}
    return modal(Callback.WINDOW, "What belongs to it", blocks, about, "Read it")


def read_window(view: Mapping[str, Any]) -> Chosen:
    zone = ZoneInfo(str(about_of(view).get("zone") or "UTC"))

    def moment(name: str, days: int) -> datetime | None:
        day = str(entered(view, f"{name}_day").get("selected_date") or "")
        clock = str(entered(view, f"{name}_time").get("selected_time") or "")
        if not day:
            return None
        local = datetime.fromisoformat(f"{day}T{clock or '00:00'}")
        # A last day without an hour is that whole day, as it is where the window is typed.
        return (local if clock else local + timedelta(days=days)).replace(tzinfo=zone).astimezone(UTC)

    return Chosen(moment("from", 0), moment("to", 1))


def window_faults(view: Mapping[str, Any], now: datetime) -> dict[str, str]:
    """What is wrong with what was entered at `now` (aware), by block."""
    chosen = read_window(view)
    if entered(view, "to_time").get("selected_time") and chosen.end is None:
        return {"to_day": "A time needs its day; choose one, or leave the time empty."}
    if chosen.start is not None and chosen.start >= now:
        return {"from_day": "That is still to come; choose when it began."}
    if chosen.start is None:
        return {"from_day": "Choose the day on which it begins."}
    if chosen.end is not None and chosen.end <= chosen.start:
        return {"to_day": "The end must come after the beginning."}
    return {}
