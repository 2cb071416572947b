"""Of an answer that says several things, only the sentences that speak of one are quoted, and never other words."""

from __future__ import annotations

import pytest

from bot.wording.speaking import LEFT_OUT, speaks_of, without


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Putting v29 back took one click. We were lucky that it was a Friday with few chats. Otherwise everybody "
            "would have been promised money. Support had a text ready.",
            "We were lucky that it was a Friday with few chats. Otherwise everybody would have been promised money.",
        ),
        # What was luck stands before the sentence that says so.
        ("Rollback was quick. The old model was still loaded. That was pure luck.",
         "The old model was still loaded. That was pure luck."),
        ("detection: the alert fired\n- luckily the export had not begun\nresponse: a quick rollback",
         "luckily the export had not begun"),
        # Where something is left out between two, that shows.
        ("Luckily it was night. The alert fired. By chance Asha was awake.",
         f"Luckily it was night.{LEFT_OUT}By chance Asha was awake."),
        ("the rollback; luckily the export had not begun; the alert was quick", "luckily the export had not begun"),
        # A semicolon stays where what it parts stands on both sides.
        ("The alert fired. We were lucky; it was night; the export had not begun", "We were lucky; it was night"),
        # What cannot be parted stays whole, and so does what does not say it in one sentence.
        ("the rollback, and luckily the export had not begun", "the rollback, and luckily the export had not begun"),
        ("The replica had room. It was spare.", "The replica had room. It was spare."),
    ],
)  # fmt: skip
def test_the_sentences_that_speak_of_luck_are_quoted_with_what_they_need(text: str, told: str) -> None:
    assert speaks_of(text, ("luck",)) == told


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Rolling back took one click. Luckily it was night. The alert fired.",
         "Rolling back took one click. The alert fired."),
        ("Rollback was quick. The old model was still loaded. That was pure luck.", "Rollback was quick."),
        ("detection: the alert fired\n- luckily the export had not begun\nresponse: a quick rollback",
         "detection: the alert fired\nresponse: a quick rollback"),
        ("the rollback was one command; luckily the export had not begun", "the rollback was one command"),
        # Of what speaks of nothing else, and of what cannot be parted, nothing is taken.
        ("Pure luck that Tom was awake.", "Pure luck that Tom was awake."),
        ("the rollback, and luckily the export had not begun", "the rollback, and luckily the export had not begun"),
        ("the alert fired\na quick rollback", "the alert fired\na quick rollback"),
    ],
)  # fmt: skip
def test_what_speaks_of_something_else_is_left_as_it_was_written(text: str, rest: str) -> None:
    assert without(text, ("luck",)) == rest
