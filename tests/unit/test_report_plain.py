"""A section as plain text, and that text read back after somebody edited it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.report.document import Cell, Label, Listing, Paragraph, Point, Table, Voice
from bot.report.plain import digest, plain, read_back
from bot.report.times import span
from tests.unit import report_story as story


def test_every_section_of_a_document_reads_back_as_it_was_shown() -> None:
    for section in story.document().sections:
        shown = plain(section.blocks)
        assert plain(read_back(shown)) == shown, section.id


def test_points_may_stand_below_points() -> None:
    (listing,) = read_back("- one\n  - below\n    - deeper\n- two")
    deeper = Point("deeper", Voice.EDIT)
    below = Point("below", Voice.EDIT, below=(deeper,))
    assert listing == Listing((Point("one", Voice.EDIT, below=(below,)), Point("two", Voice.EDIT)))


def test_points_that_begin_deep_or_very_deep_lose_nothing() -> None:
    text = "\n".join(" " * n + f"- {n}" for n in (8, 2, 40, 60, 0))
    (listing,) = read_back(text)
    assert isinstance(listing, Listing)
    assert sorted(int(word) for word in plain([listing]).split() if word != "-") == [0, 2, 8, 40, 60]


def test_a_bar_in_a_cell_stays_in_its_cell() -> None:
    table = Table("", ("a", "b"), ((Cell("x | y"), Cell("")),))
    (back,) = read_back(plain([table]))
    assert isinstance(back, Table)
    assert [cell.text for cell in back.rows[0]] == ["x | y", ""]


def test_a_table_that_somebody_broke_stays_text() -> None:
    assert read_back("| a | b |\n| c |") == (Paragraph("| a | b |\n| c |", Voice.EDIT),)


def test_rows_of_different_length_are_filled() -> None:
    (table,) = read_back("| a | b |\n| --- | --- |\n| 1 |\n| 1 | 2 | 3 |")
    assert isinstance(table, Table)
    assert [len(row) for row in (table.header, *table.rows)] == [3, 3, 3]


def test_a_label_and_the_words_below_it() -> None:
    assert read_back("**What helped**\nThe rollback.\nAnd luck.") == (
        Label("What helped"),
        Paragraph("The rollback.\nAnd luck.", Voice.EDIT),
    )


@pytest.mark.parametrize("text", ["", "\n\n", "|", "||", "- ", "**", "**a", "* a", "\0", "| a |\n| --- |", "-- a"])
def test_whatever_somebody_types_can_be_read(text: str) -> None:
    read_back(text)


def test_a_digest_does_not_change_with_line_ends() -> None:
    assert digest("a\r\nb\n") == digest("a\nb")
    assert digest("a\nb") != digest("a b")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (9300, "2 h 35 min"),
        (7200, "2 h"),
        (86400, "1 day"),
        (270000, "3 days 3 h"),
    ],
)
def test_spans_are_short(seconds: int, words: str) -> None:
    assert span(timedelta(seconds=seconds)) == words
