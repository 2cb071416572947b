"""What people ask for, and the PDF: an extra that makes the same file of the same page, or says how to get it."""

from __future__ import annotations

import sys
import threading
import time
from ctypes.util import find_library

import pytest

from bot.errors import PdfMissing, PdfRefused
from bot.places import TEMPLATES
from bot.publish.pdf import LINKED, MISSING, pdf
from bot.publish.pdf_process import PdfProcess
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
    first, second = pdf(page), PdfProcess().make(page)
    assert first.startswith(b"%PDF-")
    assert first == second


@pytest.mark.skipif(find_library("pango-1.0") is None, reason=NO_PANGO)
@pytest.mark.filterwarnings("default")
def test_the_executive_page_is_one_page_of_paper() -> None:
    weasyprint = pytest.importorskip("weasyprint")
    page = Renderer(TEMPLATES).document_html(paper(kind="executive"))
    assert len(weasyprint.HTML(string=page).render(stylesheets=[weasyprint.CSS(string=LINKED)]).pages) == 1


def ending(what: str) -> PdfProcess:
    """A maker of PDFs whose processes do this."""
    return PdfProcess(command=(sys.executable, "-c", what))


def test_a_process_that_makes_none_says_in_one_sentence_why() -> None:
    with pytest.raises(PdfMissing):
        ending(f"import sys; sys.exit({MISSING})").make("<p>x</p>")
    with pytest.raises(PdfRefused, match=r"could not be made a PDF \(MemoryError\)"):
        ending("raise MemoryError('words of the document')").make("<p>x</p>")


def test_a_bot_that_stops_waits_for_no_pdf() -> None:
    slow = ending("import time; time.sleep(60)")
    threading.Timer(0.3, slow.stop).start()
    begun = time.monotonic()
    for _ in range(2):
        with pytest.raises(PdfRefused, match="the bot is being stopped"):
            slow.make("<p>x</p>")
    assert time.monotonic() - begun < 30


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
