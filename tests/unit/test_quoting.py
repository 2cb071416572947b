"""How a quote reads in a question, a line of the timeline and a cell of the document."""

import pytest

from bot.interview.filing import answer
from bot.interview.plan import Limits
from bot.interview.quoting import gist, is_bare, shorten, what_was_found
from bot.interview.state import Put
from bot.places import PROMPTS
from bot.scripts.rehearsal import Rehearsal
from bot.scripts.shelf import script_of
from bot.understanding.answered_moments import told
from bot.wording.beside import without_talk


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


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("found it: the pool is exhausted", "the pool is exhausted"),
        ("ok, found it – the pool is exhausted, 20 of 20", "the pool is exhausted, 20 of 20"),
        ("Found it! The pool is exhausted", "The pool is exhausted"),
        ("aha, got it. root cause: the pool is exhausted", "the pool is exhausted"),
        ("Update: root cause: the pool is exhausted", "Update: root cause: the pool is exhausted"),
        ("found it in the logs: the pool is exhausted", "found it in the logs: the pool is exhausted"),
        ("the cause, as we know now, is the pool", "the cause, as we know now, is the pool"),
        ("cause unknown: the pool looks fine", "cause unknown: the pool looks fine"),
        ("found it - the pool is exhausted", "the pool is exhausted"),
        # After a dash only that it was found is a lead; a lead stays before what is no finding.
        ("The cause - we think - is dns", "The cause - we think - is dns"),
        ("found it, thanks", "found it, thanks"),
        ("Got it: yes", "Got it: yes"),
        ("found it", "found it"),
        ("found it:", "found it:"),
    ],
)
def test_that_something_was_found_is_not_said_where_what_was_found_is_quoted(text: str, reads: str) -> None:
    assert what_was_found(text) == reads
    assert shorten(text) == reads.removesuffix(".")


def test_a_long_quote_ends_with_a_sentence_or_else_with_a_word() -> None:
    assert shorten("It looked like the payment provider to us. " + "Then we waited. " * 20, 60) == (
        "It looked like the payment provider to us. Then we waited"
    )
    assert shorten("the pool, then " * 20, 60) == "the pool, then the pool, then the pool, then the pool…"
    assert len(shorten("x" * 5000)) <= 141


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("money", True), ("Money.", True), ("the money", True), ("20 min", True), ("1,240", True), ("", True),
        ("https://graphs.example/d/9", True), ("db down", False), ("pool exhausted", False),
        ("nobody was paged", False), ("接続プールが枯渇した", False),
    ],
)  # fmt: skip
def test_one_word_is_nothing_that_a_question_can_build_on(text: str, bare: bool) -> None:
    assert is_bare(text) == bare


@pytest.mark.parametrize("kind", ["service", "llm", "ml", "quick", "near-miss"])
def test_one_word_is_asked_about_once_and_is_never_an_anchor(kind: str) -> None:
    talk = Rehearsal(script_of((PROMPTS / f"{kind}.toml").read_text(encoding="utf-8")), Limits())
    while talk.current is not None and talk.current.question != "causes.how":
        talk.press("skip")
    talk.say("money")
    talk.go_on()
    assert talk.current is not None
    assert (talk.current.put, talk.current.question) == (Put.PROBE, "causes.how")
    assert "“money”" in talk.current.text
    talk.say("stress")
    while talk.current is not None:
        talk.go_on()
        assert talk.current is None or not {"“money”", "“stress”"} & {*talk.current.text.split()}, talk.current.text
        assert talk.current is None or talk.current.quote is None or talk.current.quote.text not in ("money", "stress")

    better = Rehearsal(script_of((PROMPTS / f"{kind}.toml").read_text(encoding="utf-8")), Limits())
    while better.current is not None and better.current.question != "causes.how":
        better.press("skip")
    better.say("money")
    better.go_on()
    better.say("the test account for load tests was cancelled to save money")
    better.go_on()
    words = [said.text for said in answer(better.interview, "causes.how").printed]
    assert words == ["the test account for load tests was cancelled to save money"], "it says again what was meant"
    assert better.current is not None
    assert better.current.put is Put.ASK


def test_who_blames_themselves_is_not_held_up_to_the_others_by_the_questions_that_follow() -> None:
    talk = Rehearsal(script_of((PROMPTS / "service.toml").read_text(encoding="utf-8")), Limits())
    said = {
        "overview.sentence": "card payments failed for two hours in europe",
        "causes.how": "the disks filled up as nothing deletes old uploads",
        "response.well": "my fault really, i should of checked the disks",
    }
    built_on = []
    while talk.current is not None:
        built_on += [talk.current.quote.text] if talk.current.quote is not None else []
        words = said.pop(talk.current.question, "")
        if words:
            talk.say(words)
            talk.go_on()
        else:
            talk.press("skip")
    assert not said, "all of it was asked"
    assert "my fault really, i should of checked the disks" not in built_on
    assert built_on[-1] == "the disks filled up as nothing deletes old uploads", "other words are built on"


def test_where_nothing_else_was_said_the_words_are_built_on_all_the_same() -> None:
    talk = Rehearsal(script_of((PROMPTS / "service.toml").read_text(encoding="utf-8")), Limits())
    talk.say("my fault, I had switched the payments off")
    talk.go_on()
    while talk.current is not None and talk.current.question != "impact.customers":
        talk.press("skip")
    assert talk.current is not None
    assert talk.current.quote is not None
    assert talk.current.quote.text == "my fault, I had switched the payments off"


@pytest.mark.parametrize(
    "words",
    ["yep thats all", "sev1, thats all of it", "lol us-east-1", "I JUST said 12:31", "see above", "n/a", "all good",
     "nope, im off, bye", "no", "same"],
)  # fmt: skip
def test_no_question_builds_on_talk_and_no_follow_up_asks_about_it(words: str) -> None:
    talk = Rehearsal(script_of((PROMPTS / "service.toml").read_text(encoding="utf-8")), Limits())
    while talk.current is not None:
        said = talk.current.question != "causes.how"
        if said:
            talk.say(words)
            talk.go_on()
        else:
            talk.press("skip")
        follows = talk.current is not None and talk.current.put is Put.PROBE
        if talk.current is not None and not (follows and words == "lol us-east-1"):
            assert f"“{words}" not in talk.current.text
            assert talk.current.quote is None or talk.current.quote.text != words


def test_a_moment_that_was_only_said_again_is_heard() -> None:
    talk = Rehearsal(script_of((PROMPTS / "service.toml").read_text(encoding="utf-8")), Limits())
    while talk.current is not None and talk.current.question != "timeline.unseen":
        talk.press("skip")
    talk.say("I JUST said 12:31")
    assert [said.text for about, said, _ in told(talk.interview) if about == "began"] == ["I JUST said 12:31"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("lol us-east-1", "us-east-1"),
        ("haha, hmm, the pool", "the pool"),
        ("sev1, thats all of it", "sev1"),
        ("nope, im off, bye", "nope"),
        ("we rolled back, thanks all", "we rolled back"),
        ("thats it", ""),
        ("that's it: the pool was full", "that's it: the pool was full"),
        ("we noticed that all was off", "we noticed that all was off"),
        ("right-click menu broke", "right-click menu broke"),
        ("good monitoring", "good monitoring"),
    ],
)
def test_talk_before_and_after_an_answer_is_no_part_of_it(text: str, left: str) -> None:
    assert without_talk(text) == left
