"""What people ask for, and the PDF: an extra that makes the same file of the same page, or says how to get it."""

from __future__ import annotations

import sys
from ctypes.util import find_library

import pytest

from bot.errors import PdfMissing
from bot.places import TEMPLATES
from bot.publish.pdf import pdf
from bot.publish.wanted import Format, Wanted, formats_listed, not_wanted, wanted
from bot.rendering import Renderer
from tests.conftest import NO_PANGO
from tests.unit.report_story import paper

KINDS = ("report", "full")


def test_where_the_extra_is_missing_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(PdfMissing) as raised:
        pdf("<p>x</p>")
    assert "pip install '.[pdf]'" in str(raised.value)
    assert "Any browser prints the HTML to PDF." in str(raised.value)


@pytest.mark.skipif(find_library("pango-1.0") is None, reason=NO_PANGO)
@pytest.mark.filterwarnings("default")
def test_where_the_extra_is_there_the_same_page_is_the_same_file() -> None:
    page = Renderer(TEMPLATES).document_html(paper(kind="executive"))
    first, second = pdf(page), pdf(page)
    assert first.startswith(b"%PDF-")
    assert first == second


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", Wanted()),
        ("full", Wanted("full")),
        ("PDF", Wanted("", (Format.PDF,))),
        ("html full markdown", Wanted("full", (Format.HTML, Format.MARKDOWN))),
        ("md md", Wanted("", (Format.MARKDOWN,))),
        ("full report", None),
        ("fulll", None),
        ("docx", None),
    ],
)
def test_words_name_a_kind_and_formats(words: str, found: Wanted | None) -> None:
    assert wanted(words.split(), KINDS) == found


def test_formats_are_named_in_a_sentence() -> None:
    assert formats_listed(Wanted()) == "Markdown and HTML"
    assert formats_listed(Wanted("", (Format.JSON,))) == "JSON"
    assert formats_listed(Wanted("", tuple(Format))) == "Markdown, HTML, JSON and PDF"


def test_only_the_words_that_name_nothing_are_blamed() -> None:
    kinds = ("report", "full")
    assert not_wanted(["full", "docx", "pdf"], kinds) == ("docx",)
    assert not_wanted(["full", "html", "report"], kinds) == ("full", "report"), "two kinds at once"
