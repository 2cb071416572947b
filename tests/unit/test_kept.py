"""What was worked out about a value is not worked out again, and never believed about another one."""

from __future__ import annotations

from bot.interview.kept import kept


def test_the_same_value_is_asked_about_once_and_one_that_is_only_equal_again() -> None:
    asked = []

    @kept(2)
    def length(words: tuple[str, ...]) -> int:
        asked.append(words)
        return len(words)

    one, equal = tuple("ab"), tuple("ab")
    assert [length(one), length(one), length(equal)] == [2, 2, 2]
    assert [each is words for each, words in zip(asked, (one, equal), strict=True)] == [True, True]


def test_what_came_of_a_value_is_forgotten_after_so_many_others() -> None:
    asked = []

    @kept(2)
    def length(words: tuple[int, ...]) -> int:
        asked.append(words)
        return len(words)

    # Each new value may stand where one that nobody holds any more stood.
    assert [length(tuple(range(n))) for n in range(1, 200)] == list(range(1, 200))
    first = (1, 2, 3)
    length(first), length((1,)), length((2, 1)), length(first)
    assert sum(each is first for each in asked) == 2
