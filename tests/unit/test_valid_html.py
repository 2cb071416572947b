"""Whether every page that we make is HTML without an error, as a parser of the standard reads it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.interview.plan import Limits
from bot.places import PROMPTS, TEMPLATES
from bot.rendering import Renderer
from bot.report.compose import compose
from bot.report.paper import lay_out
from bot.report.queries import Query
from bot.sandbox.server import PAGE
from bot.scripts.rehearsal import Rehearsal
from bot.scripts.shelf import Scripts, script_of
from bot.timeline.values import Kind
from tests.unit import report_story as story
from tests.unit.html_page import Page

RENDERER = Renderer(TEMPLATES)
SHELF = Scripts((PROMPTS,))


@pytest.mark.parametrize(
    "broken", ["<p>a<ul><li>b</li></ul></p>", "<b><i>a</b></i>", "<div/>", '<a id="a" id="b">c</a>', "<a>b<a>c</a></a>"]
)
def test_a_page_with_an_error_is_seen(broken: str) -> None:
    with pytest.raises(AssertionError):
        Page(f"<!doctype html><title>t</title>{broken}")


@pytest.mark.parametrize("layout", story.LAYOUTS.kinds())
@pytest.mark.parametrize("kind", SHELF.kinds())
def test_every_kind_of_document_of_every_kind_of_postmortem_is_valid(kind: str, layout: str) -> None:
    talk = Rehearsal(script_of(SHELF.source(kind)), Limits(), story.FACTS)
    queries: tuple[Query, ...] = story.LAYOUTS.queries
    entries = (*story.ENTRIES, story.entry(15, 9, Kind.NOTE, "closed", "https://status.example.com <script>"))
    while True:
        told = replace(talk.interview, participants=story.checkout().participants)
        made = compose(talk.script, told, entries, story.ITEMS, story.NAMES, permalink=story.permalink, now=story.NOW)
        page = Page(RENDERER.document_html(lay_out(made, story.LAYOUTS.get(layout), queries)))
        assert [tag for tag, _ in page.elements].count("h1") == 1
        if talk.current is None:
            break
        while (asked := talk.current) is not None:
            talk.say(f'- one <b>, see https://example.com/{asked.position}\n- another & "third"')
            talk.go_on()


def test_the_page_of_the_demo_is_valid() -> None:
    assert "script" in {tag for tag, _ in Page((PAGE / "index.html").read_text()).elements}
