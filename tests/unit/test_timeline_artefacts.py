"""Which links show raw data, and how they are named in a question."""

from __future__ import annotations

import pytest

from bot.timeline.artefacts import named


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ((), ""),
        (("https://github.com/acme/checkout/pull/4312",), ""),
        (("https://grafana.example/d/abc/checkout?from=1&token=secret",), "grafana.example/d/abc/checkout"),
        (("https://a.example/logs/1", "https://a.example/logs/1", "https://b.example/trace/2"),
         "a.example/logs/1, b.example/trace/2"),
        (tuple(f"https://kibana.example/{n}" for n in range(5)),
         "kibana.example/0, kibana.example/1, kibana.example/2 and 2 more"),
    ],
)  # fmt: skip
def test_links_to_dashboards_logs_and_traces_are_named_without_what_may_be_secret(
    links: tuple[str, ...], expected: str
) -> None:
    assert named(links) == expected


def test_a_long_address_is_cut() -> None:
    assert len(named(["https://grafana.example/d/" + "x" * 200])) == 48
