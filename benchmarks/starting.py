"""How long does it take to start? From the start of the process until its socket is open."""

from __future__ import annotations

from pathlib import Path

from benchmarks import channels, figures, processes

ROUNDS = 5


def measure(folder: Path) -> dict[str, float]:
    """Starts both apps in turn, each time on the database of the time before, and the bot once more on none."""
    slack = processes.Slack.start(channels.conversations(1))
    times: dict[str, list[float]] = {"bot": [], "bare": [], "first": []}
    try:
        for number in range(ROUNDS):
            fresh = folder / f"first-{number}"
            fresh.mkdir()
            for name, serve, place in (
                ("first", processes.bot, fresh),
                ("bare", processes.bare, folder),
                ("bot", processes.bot, folder),
            ):
                served = serve(slack, place)
                try:
                    took = slack.sockets(1) - served.begun
                finally:
                    served.stop()
                slack.sockets(0)
                # The very first start on this folder makes the tables; it is told of under "first".
                if name != "bot" or number:
                    times[name].append(took)
    finally:
        slack.stop()
    figures.heading("Start of the process until the socket is open")
    bare = figures.median(times["bare"])
    figures.row("median, started again", figures.median(times["bot"]), bare, unit="s")
    figures.row("median, the tables are made first", figures.median(times["first"]), bare, unit="s")
    return {"again": figures.median(times["bot"]) / bare, "first": figures.median(times["first"]) / bare}
