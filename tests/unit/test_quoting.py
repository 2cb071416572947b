"""How a quote reads in a question, a line of the timeline and a cell of the document."""

import pytest

from bot.interview.quoting import gist, shorten


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        (
            ":rotating_light: *Triggered #4471 (https://pager.example/incidents/4471)*: errors above 5 %",
            "Triggered #4471: errors above 5 %",
        ),
        ("**Firing** Value: A=27.9", "Firing Value: A=27.9"),
        ("see https://graphs.example/d/9?panel=2 at 12:30:15", "see graphs.example at 12:30:15"),
        ("1,240 payments failed. https://graphs.example/d/9", "1,240 payments failed."),
        ("alert on errors\n\nquery plan in review", "alert on errors / query plan in review"),
        ("select count(*) and select * stay", "select count(*) and select * stay"),
        ("⏪ rolled back 👍🏽", "rolled back"),
        ("👍", "👍"),
        ("", ""),
    ],
)
def test_what_only_a_machine_reads_is_left_out(text: str, reads: str) -> None:
    assert gist(text) == reads


def test_a_short_quote_loses_the_full_stop_that_a_sentence_around_it_would_double() -> None:
    assert shorten("it was the pool.") == "it was the pool"
    assert shorten("was it the pool?") == "was it the pool?"


def test_a_long_quote_ends_with_a_sentence_or_else_with_a_word() -> None:
    assert shorten("It looked like the payment provider to us. " + "Then we waited. " * 20, 60) == (
        "It looked like the payment provider to us. Then we waited"
    )
    assert shorten("the pool, then " * 20, 60) == "the pool, then the pool, then the pool, then the pool…"
    assert len(shorten("x" * 5000)) <= 141
