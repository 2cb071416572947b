"""Which links show raw data, and how they are named in a question."""

from __future__ import annotations

import pytest

from bot.places import PROMPTS
from bot.scripts.shelf import script_of
from bot.timeline.artefacts import named
from bot.timeline.record import read_record
from bot.timeline.values import RecordMessage


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


@pytest.mark.parametrize("kind", ["service", "ml", "llm"])
def test_what_shows_it_is_asked_once_in_every_kind_and_what_was_found_stands_in_the_question(kind: str) -> None:
    script = script_of((PROMPTS / f"{kind}.toml").read_text(encoding="utf-8"))
    asking = [q for q in script.questions if any(c.fact == "artefacts" for c in q.settled)]
    assert [(q.id, q.section) for q in asking] == [("timeline.artefacts", "timeline")]
    assert all("{artefacts}" in each.text and "could not be had" in each.text for each in asking[0].confirms)


@pytest.mark.parametrize(
    "link",
    [
        "https://wandb.ai/acme/ranker/runs/7",
        "https://cloud.langfuse.com/project/1/traces/2",
        "https://acme.sentry.io/issues/7",
    ],
)
def test_runs_of_models_and_traces_of_prompts_show_it_too(link: str) -> None:
    said = RecordMessage("1795183000.000100", "U1", f"checkout is down, see {link}")
    assert named(each.text for each in read_record([said]).facts.links) == link.removeprefix("https://")


def test_a_long_address_is_cut() -> None:
    assert len(named(["https://grafana.example/d/" + "x" * 200])) == 48
