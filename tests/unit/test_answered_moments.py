"""A moment that the record leaves open is asked for; what an answer says without doubt is then known, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.interview.filing import answer
from bot.interview.state import AS_READ, CONTRADICTION, Asked, Fact, Interview, Post, Put, Quote, Said, Workspace
from bot.timeline.values import Entry, Kind, Precision
from bot.understanding.answered_moments import put_right, told, with_answers, with_other_accounts
from bot.understanding.findings import findings_of
from bot.understanding.known_facts import following
from bot.understanding.told_entries import as_told
from storage.entries import Kept

#: 20 November 2026, 16:00 UTC.
NOW = datetime(2026, 11, 20, 16, tzinfo=UTC)
TS = int(NOW.timestamp())
DETECTED = Fact("detected", "alert", datetime(2026, 11, 20, 13, tzinfo=UTC), "exact", Quote("alert", "900.1", "U9"))


def asked(text: str, about: str = "began", facts: tuple[Fact, ...] = (DETECTED,)) -> Interview:
    """An interview in which `text` was answered to the question for a moment."""
    question = Asked(1, "timeline", "timeline.unseen", Put.ASK, "When?", NOW, about=about)
    post = Post("ask-1", f"{TS}.000000", "C1", NOW, "", NOW)
    said = Said(f"{TS + 60}.000000", "U2", text, NOW, NOW, findings=findings_of(text))
    return Interview(
        1, Workspace("T1"), "PM-2026-001", "C1", "C1", "service", "checkout", "U1", "U1", NOW,
        asked=(question,), posts=(post,), said=(said,), facts=facts,
    )  # fmt: skip


def moment(interview: Interview, name: str = "began", zone: str = "UTC") -> str | None:
    """When it was, as the interview knows it now."""
    fact = next((f for f in with_answers(interview, lambda _: zone) if f.name == name), None)
    return None if fact is None or fact.at is None else f"{fact.at:%H:%M} {fact.precision}"


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("12:30 UTC, the queue graph shows it", "12:30 exact"),
        ("I think it began around 12:30 UTC", "12:30 about"),
        ("It started at 12:41 UTC with the deploy, one would see it in the 5xx panel", "12:41 exact"),
        ("The errors began at 12:20 UTC; Tom joined the call at 13:10 UTC", "12:20 exact"),
        ("since the deploy, 12:38 UTC. The first bad message was at 12:41 UTC in the worker log", "12:38 exact"),
        ("with the 4312 release at 12:38 UTC, the log shows it", "12:38 exact"),
        ("first 500s in the log at 12:41 UTC", "12:41 exact"),
        ("the first bad message was at 12:41 UTC; the alert needs 15 minutes", "12:41 exact"),
        ("since the 7.1.5 release, the graph shows it at 12:41 UTC", "12:41 exact"),
        ("a while before anybody looked, our logs have it from 12:20 UTC", "12:20 exact"),
        ("the graph shows 12:30 UTC as the start", "12:30 exact"),
        ("the graph shows 12:30 UTC as the end", None),
        ("the logs have 12:20 UTC as last good one", None),
        ("the logs have 12:20 UTC, the last good one", None),
        ("12:30 UTC, the last deploy before it", "12:30 exact"),
        ("12:30 UTC. Or 12:50 UTC, I am not sure", None),
        ("the deploy was at 12:38 UTC, the errors came at 12:50 UTC", None),
        ("Maria looked at the deploy at 12:38 UTC", None),
        ("Tom joined the call at 12:10 UTC", None),
        ("12:30 UTC or 12:50 UTC", None),
        ("no idea, some time before lunch", None),
        ("a while before the alert", None),
        ("13:30 UTC", None),
        ("", None),
    ],
)
def test_the_beginning_is_known_only_where_the_answer_leaves_no_doubt(text: str, when: str | None) -> None:
    assert moment(asked(text)) == when


def test_a_time_without_a_zone_is_the_writers() -> None:
    assert moment(asked("13:30"), zone="Europe/Berlin") == "12:30 exact"


def test_the_fact_carries_the_answer_as_its_source_and_lengths_follow() -> None:
    interview = asked("12:30 UTC, the queue graph shows it")
    facts = {f.name: f for f in following(with_answers(interview, lambda _: "UTC"), ())}
    assert facts["began"].quote == Quote("12:30 UTC, the queue graph shows it", f"{TS + 60}.000000", "U2")
    assert facts["detected_after"].text == "30 min"


def test_an_edited_answer_changes_the_fact_and_a_deleted_one_takes_it_back() -> None:
    interview = asked("12:30 UTC")
    interview = replace(interview, facts=with_answers(interview, lambda _: "UTC"))
    assert moment(interview) == "12:30 exact"
    edited = replace(interview, said=(replace(interview.said[0], text="12:10 UTC"),))
    assert told(edited) != told(interview)
    assert moment(edited) == "12:10 exact"
    gone = replace(interview, said=(replace(interview.said[0], text="", deleted=True),))
    assert not answer(gone, "timeline.unseen").printed
    assert moment(gone) is None


def test_a_beginning_that_somebody_took_off_the_timeline_is_not_brought_back_by_an_answer() -> None:
    at = NOW - timedelta(hours=4)
    assert moment(asked("12:30 UTC", facts=(Fact(AS_READ + "began", "first errors", at),))) is None


def test_a_beginning_that_a_person_puts_on_the_timeline_comes_before_the_answered_one() -> None:
    interview = asked("12:30 UTC")
    interview = replace(interview, facts=with_answers(interview, lambda _: "UTC"))
    entry = Entry("e", NOW - timedelta(hours=5), Precision.EXACT, None, Kind.IMPACT_BEGAN, "seen", None, "U3", "")
    named = Kept(entry, changed_by="U3", corrected=("kind",), found_as=Kind.NOTE)
    facts = following(interview.facts, [named])
    interview = replace(interview, facts=facts)
    assert moment(interview) == "11:00 exact"
    assert {f.name for f in following(interview.facts, ()) if f.name == "began"} == {"began"}


def test_how_it_was_noticed_is_asked_and_answered_in_the_same_way() -> None:
    began = Fact("began", "deploy", NOW - timedelta(hours=3), "exact", Quote("deploy", "800.1", "U9"))
    assert moment(asked("Support noticed at 13:20 UTC", "detected", (began,)), "detected") == "13:20 exact"
    assert moment(asked("Support noticed at 12:20 UTC", "detected", (began,)), "detected") is None


def record(**times: str) -> tuple[Fact, ...]:
    """Moments as the record has them, all on the day of the interview."""
    found = []
    for number, (name, clock) in enumerate(times.items(), 1):
        at = datetime.fromisoformat(f"2026-11-20T{clock}+00:00")
        found.append(Fact(name, f"words of {name}", at, "exact", Quote(f"words of {name}", f"900.{number}", "U9")))
    return tuple(found)


def told_after(text: str, about: str = "", zone: str = "UTC") -> dict[str, str]:
    """The moments as they are known after an answer, where the record has all four."""
    known = record(began="12:10", detected="12:15", mitigated="14:20", resolved="14:50")
    interview = asked(text, about, known)
    right = put_right(interview, lambda _: zone)
    facts = following(with_answers(interview, lambda _: zone), (), right)
    return {f.name: f"{f.at:%H:%M}" for f in facts if f.at is not None and not f.name.startswith(AS_READ)}


@pytest.mark.parametrize("about", ["", "began", "detected"])
@pytest.mark.parametrize(
    ("text", "name", "when"),
    [
        ("it began 12:40 UTC not 12:10", "began", "12:40"),
        ("no, it began at 12:40 UTC, the graph shows it", "began", "12:40"),
        ("It actually started at 12:05 UTC", "began", "12:05"),
        ("12:40, not 12:10 UTC", "began", "12:40"),
        ("not 12:10 but 12:40 UTC", "began", "12:40"),
        ("12:10 is wrong. It started at 12:40 UTC", "began", "12:40"),
        ("wrong, it was resolved 15:20 UTC", "resolved", "15:20"),
        ("no, it was only noticed at 12:30 UTC", "detected", "12:30"),
        ("it was mitigated at 14:35 UTC rather than 14:20", "mitigated", "14:35"),
        ("15:20 UTC, not 14:50", "resolved", "15:20"),
        ("it ended 15:20 UTC, not 14:50", "resolved", "15:20"),
        ("it was over at 15:20 UTC, not 14:50", "resolved", "15:20"),
        ("we fixed it at 14:35 UTC, not 14:20", "mitigated", "14:35"),
        ("that should be 12:05 UTC, not 12:10", "began", "12:05"),
        ("impact started earlier, 12:05 UTC, not 12:10", "began", "12:05"),
        ("no it didn't start at 12:10, more like 12:05 UTC", "began", "12:05"),
    ],
)
def test_an_answer_that_denies_a_moment_puts_it_right_whatever_was_asked(
    text: str, name: str, when: str, about: str
) -> None:
    before = {"began": "12:10", "detected": "12:15", "mitigated": "14:20", "resolved": "14:50"}
    assert told_after(text, about) == {**before, name: when}


@pytest.mark.parametrize("text", ["no, 12:40 UTC", "nope. 12:40 UTC", "Wrong: 12:40 UTC", "actually 12:40 UTC"])
def test_a_bare_time_after_a_no_is_the_moment_that_was_asked_for_and_else_none(text: str) -> None:
    assert told_after(text, "began")["began"] == "12:40"
    assert told_after(text) == told_after("")


@pytest.mark.parametrize(
    "text",
    [
        "it began at 12:40 UTC",
        "no idea, the second one began at 12:40 UTC",
        "no, was it resolved at 15:20 UTC?",
        "it did not begin until 12:10 UTC",
        "no, the deploy started at 12:40 UTC",
        "not 12:10",
        "no, nobody was there at 12:40 UTC",
        "Tom joined at 12:12 UTC, not 12:10",
        "the deploy was 12:05 UTC not 12:10",
        "12:10 or 12:12 UTC, not 12:15",
        "it began 18:40 UTC, not 12:10",
    ],
)
def test_an_answer_that_puts_nothing_right_leaves_the_record_as_it_is(text: str) -> None:
    assert told_after(text, "began") == told_after("")


def settled(interview: Interview, zone: str = "UTC") -> dict[str, str]:
    """The moments as they stand once an answer was heard, with the day where it is not that of the interview."""
    right = put_right(interview, lambda _: zone)
    interview = replace(interview, facts=following(interview.facts, (), right))
    facts = following(with_answers(interview, lambda _: zone), (), put_right(interview, lambda _: zone))
    known = {f.name: f.at for f in facts if f.at is not None and not f.name.startswith(AS_READ)}
    return {n: f"{at:%H:%M}" if at.date() == NOW.date() else f"{at:%a %H:%M}" for n, at in known.items()}


@pytest.mark.parametrize("about", ["began", "window", ""])
@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("it began 12:31 utc, when the cert expired. first alert 13:01", {"began": "12:31", "detected": "13:01"}),
        ("12:31 utc it began, 13:01 first alert", {"began": "12:31", "detected": "13:01"}),
        (
            "it started 12:31 utc, we were paged 13:01 and it was all over at 14:10",
            {"began": "12:31", "detected": "13:01", "resolved": "14:10"},
        ),
        (
            "first felt 11:40 utc in iceland, alert at 12:05, mitigated 14:05, over by 15:00",
            {"began": "11:40", "detected": "12:05", "mitigated": "14:05", "resolved": "15:00"},
        ),
        ("began 12:31 utc; back to normal at 14:05", {"began": "12:31", "mitigated": "14:05"}),
        ("we're handing over at 15:00 utc. latency went over 2s at 12:00", {}),
    ],
)
def test_each_clause_that_names_its_moment_tells_it(text: str, moments: dict[str, str], about: str) -> None:
    assert settled(asked(text, about, ())) == moments


def test_an_answer_that_tells_both_corrects_a_detection_that_the_record_has_too_early() -> None:
    text = "it began 12:31 utc, when the cert expired. first alert 13:01"
    assert settled(asked(text, "began", record(detected="12:25"))) == {"began": "12:31", "detected": "13:01"}


@pytest.mark.parametrize("text", ["it began 12:31 utc, when the cert expired. first alert 13:01", "12:31 UTC"])
def test_a_time_told_the_day_after_is_of_the_day_that_the_record_has(text: str) -> None:
    until_late = Fact("resolved", "all clear", NOW + timedelta(hours=13), "exact", Quote("all clear", "900.9", "U9"))
    interview = asked(text, "began", (*record(detected="13:01"), until_late))
    next_day = replace(interview.said[0], ts=f"{TS + 24 * 3600}.000000")
    known = settled(replace(interview, said=(next_day,)))
    assert known == {"began": "12:31", "detected": "13:01", "resolved": "Sat 05:00"}


@pytest.mark.parametrize(
    ("text", "name", "when"),
    [
        ("it started wed morning, 09:30ish, not tuesday… the vacuum start is not the start", "began", "Wed 09:30"),
        ("first felt 11:40 utc in iceland", "began", "11:40"),
        ("it began at 12:02 UTC", "began", "12:02"),
        ("over at 15:05 today", "resolved", "15:05"),
        ("it was back to normal at 14:35 UTC", "mitigated", "14:35"),
        ("support noticed it at 12:12 UTC", "detected", "12:12"),
        ("I noticed it at 12:40 UTC", "detected", "12:15"),
    ],
)
def test_what_people_say_of_a_moment_outranks_the_record(text: str, name: str, when: str) -> None:
    before = {"began": "12:10", "detected": "12:15", "mitigated": "14:20", "resolved": "14:50"}
    known = record(**before)
    assert settled(asked(text, "", known)) == {**before, name: when}


@pytest.mark.parametrize("text", ["no, 11:40. and it was mitigated at 14:05 when uptimerobot said up", "no, 11:40 UTC"])
def test_a_bare_time_after_a_no_puts_right_the_moment_whose_words_the_question_shows(text: str) -> None:
    known = record(began="12:10", detected="12:15")
    interview = asked(text, "", known)
    shown = replace(interview.asked[0], about=None, quote=known[0].quote)
    assert settled(replace(interview, asked=(shown,)))["began"] == "11:40"
    assert settled(interview)["began"] == "12:10", "it might be any moment"


@pytest.mark.parametrize("text", ["It began 12:40 UTC, not 12:10", "not 12:10 UTC, 12:40", "12:40 UTC and not 12:10"])
def test_a_time_that_an_answer_denies_is_never_taken(text: str) -> None:
    assert moment(asked(text)) == "12:40 exact"
    assert moment(asked("not 12:10 UTC")) is None


def test_a_moment_that_the_record_leaves_open_is_heard_in_any_answer_that_names_it() -> None:
    interview = asked("We rolled back and it was resolved at 14:50 UTC", "")
    assert moment(interview, "resolved") == "14:50 exact"
    assert moment(asked("the config was pushed at 14:50 UTC", ""), "resolved") is None


def test_what_was_put_right_comes_back_with_the_deletion_and_yields_to_the_timeline() -> None:
    known = record(began="12:10")
    interview = asked("it began 12:40 UTC not 12:10", "", known)
    right = put_right(interview, lambda _: "UTC")
    corrected = replace(interview, facts=following(known, (), right))
    assert [f.at for f in corrected.facts if f.name == "began"] == [datetime(2026, 11, 20, 12, 40, tzinfo=UTC)]
    entry = Entry("e", known[0].at, Precision.EXACT, None, Kind.IMPACT_BEGAN, "words of began", "900.1", "U9", "")
    told_as = [(k.entry.kind, k.entry.source_ts) for k in as_told(corrected, [Kept(entry)])]
    assert told_as == [(Kind.IMPACT, "900.1"), (Kind.IMPACT_BEGAN, interview.said[0].ts)], "there is one beginning"
    assert [k.entry.kind for k in as_told(interview, [Kept(entry)])] == [Kind.IMPACT_BEGAN]

    mine = Kept(replace(entry, key="f", at=NOW - timedelta(hours=5)), changed_by="U3", corrected=("kind",))
    facts = {f.name: f for f in following(corrected.facts, [mine], right)}
    assert facts["began"].at == NOW - timedelta(hours=5)

    gone = replace(corrected, said=(replace(corrected.said[0], text="", deleted=True),))
    assert following(with_answers(gone, lambda _: "UTC"), (), put_right(gone, lambda _: "UTC")) == known


@pytest.mark.parametrize("text", ["it began 12:05 UTC not 12:10", "it was noticed 12:11 UTC, not 12:15"])
def test_what_was_open_about_a_moment_is_over_once_an_answer_puts_it_right(text: str) -> None:
    known = record(began="12:10", detected="12:15")
    felt = Fact("loose_end", "it began 5 min before the first alert", quote=known[0].quote)
    other = Fact("loose_end_2", "a suspicion", quote=Quote("maybe", "950.1", "U9"))
    right = put_right(asked(text, "", (*known, felt, other)), lambda _: "UTC")
    after = following((*known, felt, other), (), right)
    assert [f.text for f in after if f.name == "loose_end"] == ["a suspicion"]
    assert {f for f in following(after, ()) if f.name.startswith("loose_end")} == {felt, other}, "taken back"


def test_a_time_without_a_zone_says_by_whose_clock_it_was_read() -> None:
    berlin = with_answers(asked("13:30"), lambda _: "Europe/Berlin")
    assert [f.zone for f in berlin if f.name == "began"] == ["Europe/Berlin"]
    nothing_to_say = [("12:30 UTC", "Europe/Berlin"), ("13:30 CET", "Europe/Berlin"), ("12:30", "Europe/London")]
    for text, zone in nothing_to_say:
        said_by = dict.fromkeys(("U2",), zone)
        assert [f.zone for f in with_answers(asked(text), said_by.__getitem__) if f.name == "began"] == [""]


@pytest.mark.parametrize(
    ("text", "name", "when"),
    [
        ("correction: it was mitigated at 14:26, not 14:20", "mitigated", "20 14:26"),
        ("it began 12:05 UTC, not 12:10", "began", "20 12:05"),
        ("no, it was resolved on friday at 15:20", "resolved", "20 15:20"),
        ("no, it was resolved 21 Nov 09:20", "resolved", "21 09:20"),
    ],
)
def test_a_time_without_a_day_told_days_later_is_of_the_incident(text: str, name: str, when: str) -> None:
    known = record(began="12:10", detected="12:15", mitigated="14:20", resolved="14:50")
    monday = NOW + timedelta(days=3)
    said = replace(asked(text, "", known).said[0], ts=f"{int(monday.timestamp())}.000100")
    interview = replace(asked(text, "", known), said=(said,))
    right = put_right(interview, lambda _: "UTC")
    assert {n: f"{f.at:%d %H:%M}" for n, f in right.items() if f.at is not None} == {name: when}


def other_accounts(interview: Interview) -> list[str]:
    known = replace(interview, facts=with_answers(interview, lambda _: "UTC"))
    known = replace(known, facts=following(known.facts, (), put_right(known, lambda _: "UTC")))
    return [f.text for f in with_other_accounts(known, lambda _: "UTC") if f.name == f"{CONTRADICTION}began"]


def test_of_two_accounts_of_one_moment_both_are_told_until_somebody_puts_one_right() -> None:
    one = asked("12:18 UTC, the graph shows it")
    second = replace(one.said[0], ts=f"{TS + 90}.000000", user="U3", text="first ticket came in at 12:30 UTC")
    two = replace(one, said=(*one.said, second))
    assert other_accounts(one) == []
    assert other_accounts(replace(one, said=(*one.said, replace(second, text="12:19 UTC")))) == [], "they agree"
    [told_both] = other_accounts(replace(one, said=(*one.said, replace(second, text="12:30 UTC"))))
    assert "“12:18 UTC, the graph shows it” (12:18 UTC)" in told_both
    assert "“12:30 UTC” (12:30 UTC) in an answer" in told_both
    third = replace(second, ts=f"{TS + 120}.000000", text="no, it began 12:30 UTC, not 12:18")
    assert other_accounts(replace(two, said=(*two.said, third))) == []


def test_who_tells_a_moment_anew_has_changed_their_mind() -> None:
    one = asked("it began 12:31 UTC, when the cert expired")
    anew = replace(one.said[0], ts=f"{TS + 90}.000000", text="first felt 11:40 utc in iceland")
    two = replace(one, said=(*one.said, anew))
    assert moment(two) == "11:40 exact"
    assert other_accounts(two) == []
    somebody_else = replace(one, said=(*one.said, replace(anew, user="U3")))
    assert moment(somebody_else) == "12:31 exact"


def test_an_answer_that_tells_another_time_than_the_record_stands_and_the_record_is_told_beside_it() -> None:
    record = Fact("began", "first errors", NOW - timedelta(hours=4), "exact", Quote("first errors", "800.1", "U9"))
    assert other_accounts(asked("12:30 UTC", facts=(record,))) == [
        "“first errors” (12:00 UTC), but “12:30 UTC” (12:30 UTC) in an answer."
    ]


def ends(interview: Interview) -> tuple[str | None, str | None]:
    """When it began and from when on it was better, as the interview knows it now."""
    return moment(interview, "began"), moment(interview, "mitigated")


@pytest.mark.parametrize(
    "text",
    [
        "Between 09:40 and 14:12 UTC the assistant promised customers refunds that do not exist.",
        "The assistant promised customers refunds from 09:40 to 14:12 UTC.",
        "From 09:40 until 14:12 UTC the shelf labels carried last year's prices",
        "Labels carried last year's prices, 09:40-14:12 UTC",
        "Checkout was not OK from 09:40 to 14:12 UTC",
        "Nothing worked from 09:40 to 14:12 UTC",
        "The deploy broke checkout from 09:40 to 14:12 UTC, then it was fine again",
    ],
)
def test_a_stretch_of_time_in_the_first_answer_is_that_of_the_incident_whatever_its_verb(text: str) -> None:
    assert ends(asked(text, "window")) == ("09:40 exact", "14:12 exact")
    assert ends(asked(text, "window", ())) == ("09:40 exact", "14:12 exact")


@pytest.mark.parametrize(
    "text",
    [
        "Labels carried last year's prices. Between 09:40 and 14:12 UTC we were on a call with the printer's maker.",
        "Checkout was fine from 09:40 to 14:12 UTC",
        "No problems from 09:40 to 14:12 UTC",
        "From 09:40 to 14:12 UTC nothing was wrong, then all fell over",
        "Support is open from 09:40 to 14:12 UTC, nobody saw it",
        "the deploy ran from 09:40 to 09:50 UTC, then all was down",
        "Between 10:00 and 11:00 UTC the oncall slept",
        "Between 09:40 and 14:12 UTC the store team was at the meeting",
        "Labels are printed between 09:40 and 14:12 UTC every day",
        "Labels carried last year's prices between 09:40 and 10:12 UTC and between 13:40 and 14:12 UTC",
        "Labels carried last year's prices at 09:40 and 14:12 UTC",
        "From 09:40 to 14:12 UTC was planned maintenance",
        "From 09:40 to 18:12 UTC the labels carried last year's prices",
    ],
)
def test_another_stretch_or_more_than_one_says_nothing_of_the_incident(text: str) -> None:
    assert ends(asked(text, "window")) == (None, None)


def test_a_stretch_that_answers_when_it_began_settles_its_end_too_unless_it_is_a_doubt_about_the_beginning() -> None:
    assert ends(asked("from 12:40 until 14:12 UTC, the traces show it")) == ("12:40 exact", "14:12 exact")
    assert ends(asked("between 12:40 and 14:12 UTC")) == ("12:40 exact", "14:12 exact"), "it was noticed meanwhile"
    assert ends(asked("somewhere between 12:30 and 12:40 UTC")) == (None, None), "before it was noticed"
    assert ends(asked("the labels carried last year's prices between 12:40 and 14:12 UTC", "")) == (None, None)


def test_the_end_that_the_record_knows_stays_beside_the_beginning_of_a_stretch() -> None:
    words = "Between 09:40 and 14:12 UTC the labels carried last year's prices"
    interview = asked(words, "window", record(mitigated="14:00"))
    assert ends(interview) == ("09:40 exact", "14:00 exact")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("12:30 UTC", "told as “12:30 UTC” in an answer"),
        ("around 12:30 UTC", "told as “around 12:30 UTC” in an answer"),
        ("12:30 UTC, the queue graph shows it. Ask Tom", "12:30 UTC, the queue graph shows it"),
        ("with the 4312 release at 12:30 UTC", "with the 4312 release at 12:30 UTC"),
        ("it began 12:30 UTC when the cert expired", "it began 12:30 UTC when the cert expired"),
    ],
)
def test_the_timeline_tells_an_answered_moment_by_the_sentence_that_was_said(text: str, line: str) -> None:
    interview = asked(text)
    interview = replace(interview, facts=with_answers(interview, lambda _: "UTC"))
    assert [k.entry.text for k in as_told(interview, [])] == [line]
