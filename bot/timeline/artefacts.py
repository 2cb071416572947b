"""Which dashboards, logs and traces does the record link to?"""

from __future__ import annotations

from collections.abc import Iterable

from bot.patterns import pattern

#: How many are named in a question; the rest are counted.
NAMED = 3
_LONGEST = 48
_SHOWS_IT = pattern(
    r"grafana|datadoghq|kibana|dashboard|honeycomb|lightstep|newrelic|splunk|sentry|cloudwatch|prometheus|jaeger|tempo"
    r"|zipkin|opensearch|loki|\blogs?\b|\btraces?\b|/(?:d|explore|graph|logs|trace|traces|metrics)/"
    r"|wandb|mlflow|tensorboard|langfuse|langsmith|smith\.langchain|arize|helicone|evidently|/runs?/"
)
_ADDRESS = pattern(r"^https?://(?P<place>[^?#\s]+)")


def shows_it(link: str) -> bool:
    """Whether behind this address are a dashboard, logs, traces or the runs of a model."""
    return _SHOWS_IT.search(link) is not None


def named(links: Iterable[str]) -> str:
    """The first few of the links that show raw data, without what may be secret in them; empty where there is none."""
    places = dict.fromkeys(place for link in links if shows_it(link) and (place := _place(link)))
    shown = list(places)[:NAMED]
    if not shown:
        return ""
    more = len(places) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _place(link: str) -> str:
    found = _ADDRESS.match(link)
    place = (found.group("place") or "").rstrip("/") if found else ""
    return place if len(place) <= _LONGEST else place[: _LONGEST - 1] + "…"
