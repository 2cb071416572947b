"""How the document looks as Markdown, HTML and a canvas, and that nothing in people's words does anything there."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from bot.interview.state import SectionEdit
from bot.places import TEMPLATES
from bot.rendering import JOINER, Renderer, TemplateFault, TemplateMissing, href, markdown, mrkdwn, prose, when
from bot.report.document import Document, ItemLine
from bot.report.paper import Paper
from tests.unit import report_story as story
from tests.unit.html_page import Page
from tests.unit.report_story import DB_LEAD, ONCALL, asked, document, paper

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "| a | b |\n| --- | --- |\n| c | d |",
    "<!channel> <!here> <@U1ONCALL|x> <!subteam^S1ABC> @channel @here",
    "![](@U1ONCALL) ![](#C1) ![x](https://example.com/pixel.png)",
    "[click](javascript:alert(1)) javascript:alert(1) <javascript:alert(1)>",
    "# big\n## heading\n- point\n+ point\n1. one\n> quote\n---\n===\n```\ncode\n```\n    code",
    "*bold* _it_ **b** __i__ ~~s~~ `code` $x$ \\* \\| &lt;b&gt; &#60;",
    "[ref]: https://example.com/evil\n[ref]",
    "\"quoted\" 'single' </style></title></main>",
    'https://example.com/a_b*c?x=1&y=<script>|z https://example.com/"onclick=alert(1)',
    "\u202eevil\u202c zero\u200bwidth",
    "<!-- comment",
    "line one\nline two\\\nline three",
)
RENDERER = Renderer(TEMPLATES)


def seen(text: str) -> str:
    """What a reader sees of a text: no bidi overrides, nothing of zero width."""
    return "".join(c for c in text if c not in "\u202e\u202c\u200b")


def hostile(text: str) -> Document:
    """The checkout incident with `text` wherever people can write."""
    interview = asked(story.checkout(), "closing.open", (DB_LEAD, text))
    interview = asked(interview, "causes.how", (ONCALL, text), level=1)
    interview = replace(
        interview,
        title=text,
        edits=(SectionEdit("response", f"{text}\n\n- {text}\n\n| {text} |", ONCALL, story.at(18)),),
    )
    entry = replace(story.ENTRIES[0], entry=replace(story.ENTRIES[0].entry, text=text, actor=text))
    items = (ItemLine("AI-1", text, text, None, text, "P1", text),)
    return document(interview, entries=(entry,), items=items)


def everywhere(found: Document) -> tuple[str, str, str]:
    """A report as HTML, as Markdown and as a canvas."""
    laid = paper(found)
    return RENDERER.document_html(laid), RENDERER.document_markdown(laid), RENDERER.canvas_markdown(laid)


def tags_of(markdown_text: str) -> set[str]:
    """Everything that a Markdown reader makes of a text, HTML allowed: the worst case."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
    found = set()
    for token in parser.parse(markdown_text):
        found.add(token.type)
        for child in token.children or ():
            found.add(child.type)
            target = child.attrs.get("href") if child.type == "link_open" else None
            assert target is None or str(target).startswith("https://"), target
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_only_words_in_html(text: str) -> None:
    page = Page(RENDERER.document_html(paper(hostile(text))))
    tags = [tag for tag, _ in page.elements]
    assert not {*tags} & {"script", "img", "iframe", "object", "form", "image", "use", "b", "em", "code"}
    assert tags.count("svg") == 1
    for tag, attributes in page.elements:
        assert not any(name.startswith("on") for name in attributes)
        assert tag != "a" or str(attributes["href"]).startswith(("https://", "#"))
    shown = [
        line.strip() for line in text.replace("\u202e", "").replace("\u202c", "").replace("\u200b", "").split("\n")
    ]
    assert all(story.ONCALL in line or line in page.text for line in shown)


@pytest.mark.parametrize("render", [RENDERER.document_markdown, RENDERER.canvas_markdown])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_only_words_in_markdown(text: str, render: Callable[[Paper], str]) -> None:
    plain, attacked = tags_of(render(paper(hostile("plain words")))), tags_of(render(paper(hostile(text))))
    extra = attacked - plain - {"hardbreak", "text_special", "link_open", "link_close"}
    # An edit may hold what an edit can be made of: points and tables of words.
    assert extra <= {"bullet_list_open", "bullet_list_close", "softbreak"}
    assert not attacked & {
        "html_block",
        "html_inline",
        "image",
        "fence",
        "code_block",
        "code_inline",
        "blockquote_open",
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_words_in_markdown_read_as_they_were_typed(text: str) -> None:
    shown = MarkdownIt("commonmark").enable("table").enable("strikethrough").render(markdown(text))
    page = Page(shown)
    lines = [" ".join(line.split()) for line in seen(text).split("\n")]
    assert [" ".join(line.split()) for line in page.text.strip().split("\n") if line.strip()] == lines


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_only_words_in_the_full_report(text: str) -> None:
    page = Page(RENDERER.document_html(paper(hostile(text), "full")))
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "img", "iframe", "object", "form", "image", "use", "b", "em"}
    plain, attacked = (
        tags_of(RENDERER.document_markdown(paper(hostile(words), "full"))) for words in ("plain words", text)
    )
    extra = attacked - plain - {"hardbreak", "text_special", "link_open", "link_close"}
    assert extra <= {"bullet_list_open", "bullet_list_close", "softbreak"}


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    whole = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    channels = [int(whole[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_text_stands_out_from_its_ground_in_light_in_dark_and_on_paper() -> None:
    """WCAG 2.1, 1.4.3: at least 4.5 to 1."""
    page = RENDERER.document_html(paper())
    palettes = [dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})", found)) for found in re.findall(r":root\{([^}]*)\}", page)]
    assert len(palettes) == 3
    for palette in palettes:
        for ink in ("ink", "soft", "link", "ok", "warn"):
            for ground in ("paper", "wash"):
                lighter, darker = sorted((_luminance(palette[ink]), _luminance(palette[ground])), reverse=True)
                assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (ink, ground, palette)


def test_nothing_in_a_canvas_mentions_anybody() -> None:
    text = "<!channel> <!here|here> <@U1ONCALL> <#C1|general> <!subteam^S1> @channel @here @everyone"
    text += " ![](@U2SUPPORT) ![](#C1) https://example.com/@channel"
    shown = RENDERER.canvas_markdown(paper(hostile(text)))
    for ping in ("<!", "<@", "<#", "@channel", "@here", "@everyone", "![](", "(@U", "(#C", "@U2"):
        assert ping not in shown
    assert f"@{JOINER}channel" in shown


def test_a_row_of_a_table_stays_one_row() -> None:
    shown = RENDERER.document_markdown(paper(hostile("a | b\nc | d")))
    row = next(line for line in shown.splitlines() if line.startswith("| AI-1 |"))
    assert row.replace("\\|", "").count("|") == 8


def test_addresses_lead_where_they_say_and_only_there() -> None:
    assert prose("see https://example.com/a_b?x=1&y=2.") == (
        'see <a href="https://example.com/a_b?x=1&amp;y=2" rel="noopener noreferrer nofollow">'
        "https://example.com/a_b?x=1&amp;y=2</a>."
    )
    assert markdown("see https://example.com/a_b.") == "see <https://example.com/a_b>."
    for bad in (
        "javascript:alert(1)",
        "data:text/html,x",
        "https://x y",
        'https://x"y',
        "//x",
        "https://x>y",
        "",
        "ftp://x",
    ):
        assert href(bad) == ""


def test_the_html_loads_nothing_and_is_whole() -> None:
    source = RENDERER.document_html(paper())
    page = Page(source)
    assert source.startswith("<!doctype html>")
    assert ("html", {"lang": "en"}) in page.elements
    assert not any({"src", "srcset", "style"} & set(attributes) for _, attributes in page.elements)
    assert "url(" not in source
    assert "@import" not in source
    policy = next(a["content"] for t, a in page.elements if t == "meta" and a.get("http-equiv"))
    assert "default-src 'none'" in str(policy)
    assert "unsafe" not in str(policy)


@pytest.mark.parametrize("kind", story.LAYOUTS.kinds())
def test_headings_are_in_order_and_tables_are_told(kind: str) -> None:
    page = Page(RENDERER.document_html(paper(kind=kind)))
    levels = [int(tag[1]) for tag, _ in page.elements if tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    tags = [tag for tag, _ in page.elements]
    assert tags.count("caption") == tags.count("table")
    assert all(a.get("scope") in ("col", "row") for t, a in page.elements if t == "th")
    ids = [str(a["id"]) for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    assert {str(a["href"])[1:] for t, a in page.elements if t == "a" and str(a["href"]).startswith("#")} <= set(ids)


def test_every_message_that_is_a_source_is_linked() -> None:
    found = document()
    for shown in everywhere(found):
        for section in found.sections:
            for source in section.sources:
                assert source.url in shown


def test_the_first_page_comes_first_and_is_whole() -> None:
    shown = RENDERER.document_markdown(paper())
    first, _, _ = shown.partition("\n---\n")
    for words in ("# Checkout errors", "PM-2026-014", "Written on 19 Nov 2026", "| Duration | about 2 h 35 min |"):
        assert words in first
    assert "Nobody could pay by card for two hours." in first
    assert "1,240 failed payments" in first
    assert "- **AI-032** Query plan in CI — db team?, next sprint" in first
    assert "- **AI-033** Improve monitoring — no owner yet, no date yet" in first
    assert "Not answered" not in first


def test_an_edited_section_names_its_author_and_what_changed() -> None:
    edit = SectionEdit("impact", "Many payments failed.", ONCALL, story.at(18), "older")
    found = document(replace(story.checkout(), edits=(edit,)))
    line = "Edited by Ana Lima on 19 Nov 2026, 18:00 UTC. The answers have changed since this edit. Built on"
    assert line in RENDERER.document_markdown(paper(found))
    assert line in html.unescape(Page(RENDERER.document_html(paper(found))).text)


def test_an_empty_interview_renders_everywhere() -> None:
    found = document(story.nobody(), entries=(), items=())
    for shown in everywhere(found):
        assert shown.count("Not answered.") >= 5
        assert "No action was agreed." in shown


def test_a_long_timeline_is_divided_in_a_canvas_and_loses_no_row() -> None:
    many = [replace(story.ENTRIES[0], entry=replace(story.ENTRIES[0].entry, text=f"event {n};")) for n in range(400)]
    found = document(entries=many)
    in_canvas = RENDERER.canvas_markdown(paper(found))
    assert all(f"event {n};" in in_canvas for n in range(400))
    rows, longest = 0, 0
    for line in in_canvas.splitlines():
        rows = rows + line.count("|") - 1 if line.startswith("|") else 0
        longest = max(longest, rows)
    assert longest <= 300
    assert RENDERER.document_markdown(paper(found)).count("| Time | What happened | Source | Who |") == 1


def test_rendering_twice_gives_the_same_bytes() -> None:
    for render in ("document_markdown", "document_html", "canvas_markdown"):
        first, second = (getattr(Renderer(TEMPLATES), render)(paper()) for _ in range(2))
        assert first == second


def test_a_team_lays_its_own_template_over_ours(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "document.md.j2").write_text("{{ document.number }} only")
    assert Renderer(TEMPLATES, tmp_path).document_markdown(paper()) == "PM-2026-014 only\n"
    assert "<h1>" in Renderer(TEMPLATES, tmp_path).document_html(paper())


def test_a_message_is_its_template_and_a_missing_value_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "hello.j2").write_text("\nHello {{ who|mrkdwn }}\n")
    (tmp_path / "messages" / "broken.j2").write_text("{% if %}")
    renderer = Renderer(tmp_path)
    assert renderer.message("hello", who="<!channel> & co") == "Hello &lt;!channel&gt; &amp; co"
    assert renderer.message("hello", who="{{ 1 + 1 }}") == "Hello {{ 1 + 1 }}"
    assert renderer.names("messages") == ("broken", "hello")
    with pytest.raises(TemplateFault, match=r"hello.+who"):
        renderer.message("hello")
    with pytest.raises(TemplateFault, match="line 1"):
        renderer.message("broken")
    with pytest.raises(TemplateMissing, match=r"There is no template messages/nothing\.j2"):
        renderer.message("nothing")
    with pytest.raises(TemplateMissing):
        renderer.message("../../secrets")


def test_the_small_filters() -> None:
    assert mrkdwn("*a* <b> & c") == "*a* &lt;b&gt; &amp; c"
    assert when(story.at(12, 30)) == "<!date^1795091400^{date_short_pretty} {time}|19 Nov 2026, 12:30 UTC>"


@pytest.mark.parametrize("kind", ["report", "full"])
def test_who_said_a_line_of_a_list_is_told_once_for_those_that_follow_of_the_same_person(kind: str) -> None:
    told = asked(story.nobody(), "causes.how", (ONCALL, "-", story.factors("No index", "No alert")), level=1)
    told = asked(told, "causes.how", (ONCALL, "the plan was not looked at"), level=2, factor="1.1")
    told = asked(told, "causes.how", (DB_LEAD, "review shows no plan"), level=3, factor="2.1")
    told = replace(told, participants=story.checkout().participants)
    name, lines = "the person who declared it", ("No index", "the plan was not looked at", "No alert")
    written = RENDERER.document_markdown(paper(document(told), kind))
    if kind == "full":
        written = written.partition("## How it came to be possible")[2].partition("## Contributing factors")[0]
        index, plan, review, alert = (line for line in written.splitlines() if line.lstrip().startswith("- "))
        assert name in index
        assert re.search(r"— \[\d\d:\d\d\]\(https:", plan), "only when, and the way to the message"
        assert "the person who found the cause" in review
        assert name in alert, "after somebody else, who it was is told again"
    else:
        written = written.partition("## Contributing factors")[2].partition("\n## ")[0]
        assert written.count(name) == 1
    page = RENDERER.document_html(paper(document(told), kind))
    assert all(words in page for words in lines)
    assert f'aria-label="{name}, ' in page, "who does not see the lines above hears who it was"


def test_words_stand_in_an_element_of_their_own_before_who_said_them() -> None:
    # Without it, the line of a PDF breaks after its first word where who said it no longer fits.
    page = RENDERER.document_html(paper())
    told = re.findall(r"(.{7}) <span class=\"cite\">—", page)
    assert told
    assert all(each.endswith("</span>") for each in told)
