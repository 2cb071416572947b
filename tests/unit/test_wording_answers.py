"""What an answer speaks of decides whether the bot asks again; thanks are no answer; lists are taken apart."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest

from bot.interview.script import MENTIONS
from bot.places import PROMPTS
from bot.wording.chatter import is_chatter
from bot.wording.mentions import mentions
from bot.wording.question_rules import question_faults
from bot.wording.sentences import factors, lines, sentences
from bot.wording.subjects import subjects
from bot.wording.whether import says_whether, without_yes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("quite a lot", set()),
        (
            "1,240 failed payments 12:30–14:31, from the dashboard <https://x.example>",
            {"number", "count", "duration", "time", "link", "money"},
        ),
        ("20%", {"number", "count"}),
        ("about 300", {"number", "count"}),
        ("12 of 30 pods", {"number", "count"}),
        ("40 minutes", {"number", "duration"}),
        ("half of the EU customers for an hour", {"number", "count", "duration"}),
        ("no customers were affected", {"count"}),
        ("nothing", {"nothing"}),
        ("Nope, nothing else.", {"nothing"}),
        ("n/a", {"nothing"}),
        ("nothing for now", {"nothing"}),
        ("nope, im off, bye", {"nothing"}),
        ("yep thats all", {"nothing"}),
        ("all good", {"nothing"}),
        ("thats all we broke, I think", set()),
        ("see above", {"pointer"}),
        ("I JUST said 12:31", {"time", "pointer"}),
        ("as i said, the pool was full", set()),
        ("he said 12:31 was the deploy", {"time"}),
        ("sev1, thats all of it", set()),
        ("sev1, 300 users", {"number", "count"}),
        ("nothing special, but we rotated the key", set()),
        ("no idea", {"unknown"}),
        ("we don't know how many", {"unknown"}),
        ("we didn't know which team owns it", set()),
        ("14:02", {"time"}),
        ("v2.3.1", {"version"}),
        ("<@U012345>", set()),
        ("p99", set()),
        ("improve monitoring", set()),
        ("alert on checkout error rate alone, me, friday", {"action"}),
        ("we should add a canary", {"action"}),
        ("query plan in CI (db team?)", set()),
        ("someone forgot to add the index", set()),
        ("tell customers by mail", {"action", "audience"}),
        ("<#C0123|eng> and the all-hands", {"audience"}),
        ("we post it in #eng and walk the shop team through it", {"action", "audience"}),
        ("send the summary to the other teams", {"action", "audience"}),
        ("post a short report to the support channel", {"action", "audience"}),
        ("update the runbook for a full pool", {"action"}),
        ("put the query plan in CI", {"action"}),
        ("put an alert on the queue", {"action"}),
        ("send a test alert to the pager at night", {"action"}),
        ("call the vendor's API with a timeout", {"action"}),
        ("the rollback; luckily the export had not begun", {"luck"}),
        ("It could easily have been much worse at noon", {"luck", "time"}),
        ("Tom happened to look at the graph", {"luck"}),
        ("bad luck, and no luck with the restart", set()),
        ("we weren't so lucky", set()),
        ("- Данные потеряны", set()),
        ("/ да", set()),
        ("? 不明なエラー", set()),
        ("- ничего", set()),
        ("–", {"nothing"}),
        ("?", {"unknown"}),
        ("", set()),
    ],
)
def test_an_answer_speaks_of(text: str, found: set[str]) -> None:
    assert mentions(text) == found
    assert mentions(text) <= MENTIONS


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("prompt 12 became prompt 13", {"version"}),
        ("the scorer of release 4312, commit 9f3ab21c", {"version"}),
        ("gpt-4o-2024-08-06 before, gpt-4.1 after", {"version"}),
        ("p99 was at 1.8 s for 40 minutes", set()),
        ("about 9,000 € in refunds", {"money"}),
        ("the orders table was empty", set()),
        ("the orders table was empty, and 300 orders were late", {"money"}),
        ("the error budget of the quarter is gone", {"objective"}),
        ("300 rows of the audit log are missing", {"data_loss"}),
        ("some uploads were overwritten", {"data_loss"}),
        ("no rows were lost, nothing was overwritten", set()),
        ("the alert was missing", set()),
    ],
)
def test_an_answer_touches_what_is_asked_about_only_where_it_applies(text: str, found: set[str]) -> None:
    assert subjects(text) == found
    assert subjects(text) <= MENTIONS


@pytest.mark.parametrize(
    "text",
    [
        "thanks",
        "thanks @tom!",
        "brb",
        "one sec",
        "lol",
        "👍",
        "🎉🎉",
        ":thumbsup: :tada:",
        "+1",
        "joining",
        "ok, thanks",
        "❤️",
        "haha nice",
        "got it, thx 🙏",
        "anyone want the last pizza",
        "Does anybody else want coffee?",
        "pizza is here",
        "going for lunch, back soon",
        "I'll grab lunch",
        "lunch anyone?",
    ],
)
def test_talk_beside_the_matter_is_chatter(text: str) -> None:
    assert is_chatter(text)


@pytest.mark.parametrize(
    "text",
    [
        "yes, 14:02",
        "yes",
        "no",
        "none",
        "20%",
        "5",
        "14:02",
        "support",
        "n/a",
        "don't know",
        "ok the cache was cold",
        "thanks to the replica we lost nothing",
        "luck",
        "nobody could order pizza",
        "the pizza orders were stuck",
        "who takes food orders was not paged",
        "I'll order a second line for the food app",
        "coffee machine alerts paged us",
        "",
    ],
)
def test_a_short_answer_is_no_chatter(text: str) -> None:
    assert not is_chatter(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no index\nstaging too small", ("no index", "staging too small")),
        (
            "- no index\n- staging too small\n  with 1 % of the rows",
            ("no index", "staging too small with 1 % of the rows"),
        ),
        ("1. no index\n2. small staging", ("no index", "small staging")),
        ("1) no index 2) small staging", ("no index", "small staging")),
        ("no index / small staging", ("no index", "small staging")),
        ("no index; R&amp;D off; small staging", ("no index", "R&amp;D off", "small staging")),
        ("Two things:\n• no index\n• small staging", ("no index", "small staging")),
        ("The query had no index. Staging is small.", ("The query had no index. Staging is small.",)),
        ("and/or <https://x.example/a / b|label>", ("and/or <https://x.example/a / b|label>",)),
        ("", ()),
    ],
)
def test_a_list_of_causes_is_taken_apart(text: str, found: tuple[str, ...]) -> None:
    assert factors(text) == found


def test_sentences_do_not_end_in_versions_times_and_abbreviations() -> None:
    assert sentences("We saw e.g. v2.3. It held! At 14.02 we left?\nDone") == (
        "We saw e.g. v2.3.",
        "It held!",
        "At 14.02 we left?",
        "Done",
    )
    assert lines(" a \n\n b\r\n") == ("a", "b")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "the rollback was one command. we had luck that nobody was deploying",
            ("the rollback was one command.", "we had luck that nobody was deploying"),
        ),
        (
            "1,200 of them, in the eu. i'll write up the numbers",
            ("1,200 of them, in the eu. i'll write up the numbers",),
        ),
        (
            "all of it was in the eu. i'll write up the numbers",
            ("all of it was in the eu.", "i'll write up the numbers"),
        ),
        ("no it was not the deploy... we saw that at once", ("no it was not the deploy... we saw that at once",)),
        ("the max conns. per pod was set to ten", ("the max conns. per pod was set to ten",)),
        ("a wrong config. value in the helm chart", ("a wrong config. value in the helm chart",)),
        ("the avg. of five runs was fine. it held", ("the avg. of five runs was fine. it held",)),
        ("we raised the conn. pool of the worker", ("we raised the conn. pool of the worker",)),
        ("The rollback was one command. we had luck there", ("The rollback was one command. we had luck there",)),
    ],
)
def test_who_writes_in_small_letters_ends_sentences_too(text: str, told: tuple[str, ...]) -> None:
    assert sentences(text) == told


def wordings(value: object, key: str = "") -> Iterator[str]:
    match value:
        case dict():
            for name, each in value.items():
                yield from wordings(each, str(name))
        case list():
            for each in value:
                yield from wordings(each, key)
        case str() if key in ("ask", "text", "how", "confirm"):
            yield value
        case _:
            pass


def test_every_question_of_every_script_keeps_the_rules() -> None:
    asked = [
        text for path in PROMPTS.glob("*.toml") for text in wordings(tomllib.loads(path.read_text(encoding="utf-8")))
    ]
    assert asked
    assert [(text, question_faults(text)) for text in asked if question_faults(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Why did you deploy on a Friday?",
        "What happened? Who saw it? When?",
        "Whose fault was it?",
        "Should you have tested it?",
        "What made you so careless?",
        "And why was nobody there?",
    ],
)
def test_a_question_that_accuses_or_goes_on_is_refused(text: str) -> None:
    assert question_faults(text)


def test_what_a_question_quotes_is_not_its_own_wording() -> None:
    assert question_faults("“someone forgot it, why?”: what made that easy to do?") == ()


@pytest.mark.parametrize("unit", ["a", "1 ", "12:30 ", "we should ", "a; ", "no "])
@pytest.mark.timeout(30)  # A tenth of a second is usual; what grows with the square would take minutes.
def test_a_megabyte_is_read_in_a_moment(unit: str) -> None:
    text = (unit * 1_000_000)[:1_000_000]
    mentions(text)
    question_faults(text)
    assert not is_chatter(text)
    assert factors(text)


@pytest.mark.parametrize("answer", ["Мы не знали.", "никто - совсем", "誰も気づかなかった。-", "“é” -", "לא."])
def test_an_answer_in_another_script_is_not_nothing(answer: str) -> None:
    assert "nothing" not in mentions(answer)


@pytest.mark.parametrize(
    "text",
    [
        "dunno", "honestly no idea who decided that", "not sure, sorry", "I don't know, ask tomasz", "hard to say",
        "we haven't looked yet",
    ],
)  # fmt: skip
def test_who_says_only_that_they_do_not_know_says_nothing_to_print(text: str) -> None:
    assert "unknown" in mentions(text)
    assert "doubt" not in mentions(text)


@pytest.mark.parametrize(
    "text",
    [
        "1,240 payments failed and we are not sure how many people in the app",
        "the dashboard averages all nodes, so we could not tell which one was bad",
        "the panel shipped without a limit\nno idea who decided that",
        "marketing should not merge prompts, they have no clue",
        "it was hard to tell deploys apart because the names are the same",
        "don't know. maybe the cache was cold when it started",
    ],
)
def test_a_doubt_beside_something_that_is_said_takes_nothing_away(text: str) -> None:
    assert "doubt" in mentions(text)
    assert "unknown" not in mentions(text)


@pytest.mark.parametrize("text", ["the first one", "same as above", "ask tomasz", "see above", "ditto", "which ones?"])
def test_some_answers_only_point_at_other_words(text: str) -> None:
    assert "pointer" in mentions(text)


@pytest.mark.parametrize("text", ["20%", "12", "ask the vendor for a limit", "the first deploy took the pool", "none"])
def test_what_says_something_by_itself_is_no_pointer(text: str) -> None:
    assert "pointer" not in mentions(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("yes", {"only_yes", "says_yes"}),
        ("That's right.", {"only_yes", "says_yes"}),
        ("Yes, and the trace is <https://traces.example/1>", {"says_yes"}),
        ("correct - since Tuesday", {"says_yes"}),
        ("yes. the prompt only; https://traces.example/1 shows it", {"says_yes"}),
        ("yes, but only the first", set()),
        ("yes, only partly", set()),
        ("right before the release", set()),
        ("Exactly-once delivery sent all of it twice", set()),
        ("yes, but it was v31 that went out", set()),
        ("yes and no", set()),
        ("no", {"only_no"}),
    ],
)
def test_an_answer_that_begins_with_a_yes_confirms_unless_it_takes_it_back(text: str, found: set[str]) -> None:
    assert says_whether(text) == found


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("yes, a fifth of all, Europe only", "a fifth of all, Europe only"),
        ("Yes. The schema changed upstream", "The schema changed upstream"),
        ("yep - correct: the prompt only", "the prompt only"),
        ("yes", "yes"),
        ("yes, all", "yes, all"),
        ("yes, but only in Europe", "yes, but only in Europe"),
        ("yes the prompt", "yes the prompt"),
        ("right of the panel, it says so", "right of the panel, it says so"),
        ("right - it was the pool", "it was the pool"),
        ("Right-click menu broke for 200 users", "Right-click menu broke for 200 users"),
        ("Exactly-once delivery sent all twice", "Exactly-once delivery sent all twice"),
    ],
)
def test_what_is_added_to_a_yes_stands_for_itself(text: str, rest: str) -> None:
    assert without_yes(text) == rest
