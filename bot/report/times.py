"""How are moments and spans written in the document? In UTC, without the reader's locale, the same every time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

# Not from strftime: its month names follow the locale of the process.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(moment: datetime | date) -> str:
    """`19 Nov 2026`; of an aware moment the day in UTC."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(UTC).date()
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def clock(moment: datetime) -> str:
    """`12:30`, in UTC."""
    return moment.astimezone(UTC).strftime("%H:%M")


def stamp(moment: datetime, *, about: bool = False) -> str:
    """`19 Nov 2026, 12:30 UTC`, or `19 Nov 2026, about 12:30 UTC`."""
    return f"{day(moment)}, {'about ' if about else ''}{clock(moment)} UTC"


def between(start: datetime, end: datetime) -> timedelta:
    """How long from one moment to another, by the minutes that stand beside it: so that they subtract."""
    return end.replace(second=0, microsecond=0) - start.replace(second=0, microsecond=0)


def span(length: timedelta) -> str:
    """`2 h 35 min`, `3 days 4 h`, `45 s`: the two largest units, cut and not rounded; seconds only below a minute."""
    seconds = int(abs(length.total_seconds()))
    days, rest = divmod(seconds, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    if days:
        units = [f"{days} day" if days == 1 else f"{days} days", f"{hours} h" if hours else ""]
    elif hours:
        units = [f"{hours} h", f"{minutes} min" if minutes else ""]
    elif minutes:
        units = [f"{minutes} min"]
    else:
        units = [f"{seconds} s"]
    return " ".join(filter(None, units))
