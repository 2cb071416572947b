"""What people did to the timeline decides what is known; what they take back leaves what the record says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.interview.state import Fact, Quote
from bot.timeline.corrections import KIND, ORDINARY, TIME, Correction, When, against, corrected, from_record, merged
from bot.timeline.values import MILESTONES, Entry, Kind, Precision
from bot.understanding.known_facts import fact_of, following, spans, spelled, told
from storage.entries import Kept

AT = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)


def entry(key: str, minutes: int | None, kind: Kind = Kind.NOTE) -> Entry:
    at = None if minutes is None else AT + timedelta(minutes=minutes)
    precision = Precision.EXACT if at is not None else Precision.UNKNOWN
    return Entry(key, at, precision, None, kind, f"words of {key}", f"{key}.1", "U2", "says so")


BEGAN, RESOLVED = entry("b", 0, Kind.IMPACT_BEGAN), entry("r", 90, Kind.RESOLVED)
NOTE = entry("n", 120)


def record() -> tuple[Fact, ...]:
    moments = [fact_of("began", BEGAN), fact_of("resolved", RESOLVED)]
    return (
        *moments,
        *spans({f.name: f for f in moments}),
        Fact("severity", "SEV-2"),
        *told([BEGAN, RESOLVED, NOTE]),
        Fact("loose_end", "What happened then?"),
    )


def value(facts: tuple[Fact, ...], name: str) -> str | None:
    return next((f.text for f in facts if f.name == name), None)


def test_what_nobody_touched_is_as_the_record_says() -> None:
    kept = [Kept(BEGAN), Kept(RESOLVED), Kept(NOTE)]
    assert following(record(), kept) == record()
    assert value(record(), "duration") == "1 h 30 min"


def test_a_person_says_which_moment_was_the_end_and_all_lengths_follow() -> None:
    named = Kept(replace(NOTE, kind=Kind.RESOLVED), corrected=(KIND,), found_as=Kind.NOTE, changed_by="U7")
    yielded = Kept(replace(RESOLVED, kind=ORDINARY[Kind.RESOLVED]), found_as=Kind.RESOLVED)
    facts = following(record(), [Kept(BEGAN), yielded, named])
    assert value(facts, "resolved") == "words of n"
    assert value(facts, "duration") == value(facts, "resolved_after") == "2 h"
    assert value(facts, "severity") == "SEV-2"
    assert set(following(facts, [Kept(BEGAN), Kept(RESOLVED), Kept(NOTE)])) == set(record()), "taken back"


def test_a_loose_end_is_gone_once_somebody_has_put_right_what_it_builds_on_and_back_with_it() -> None:
    ends = (
        Fact("loose_end", "felt before the alert", quote=Quote("words of b", "b.1", "U2")),
        Fact("loose_end_2", "a suspicion", quote=Quote("words of n", "n.1", "U2")),
    )
    known = (*record()[:-1], *ends)
    kept = [Kept(BEGAN), Kept(RESOLVED), Kept(NOTE)]
    moved = Kept(replace(BEGAN, at=AT + timedelta(minutes=5)), corrected=(TIME, KIND), changed_by="U7")
    after = following(known, [moved, *kept[1:]])
    assert value(after, "loose_end") == "a suspicion"
    assert value(after, "loose_end_2") is None
    off = following(after, [moved, kept[1], replace(kept[2], removed_by="U7")])
    assert value(off, "loose_end") is None
    assert set(following(off, kept)) == set(known), "taken back"
    alert = Kept(entry("a", 2, Kind.DETECTED), added_by="U7")
    assert value(following(known, [*kept, alert]), "loose_end") == "a suspicion", "how long before is no longer known"
    merged_away = following(known, [*kept[:2], replace(kept[2], removed_by="U7", merged_into="b")])
    assert value(merged_away, "loose_end_2") == "a suspicion", "it is still what somebody said"


def test_a_milestone_whose_entry_was_taken_off_is_not_known_any_more() -> None:
    facts = following(record(), [Kept(BEGAN), Kept(RESOLVED, removed_by="U7"), Kept(NOTE)])
    assert value(facts, "resolved") is None
    assert value(facts, "duration") is None
    assert value(facts, "milestones") == "1"
    assert following(facts, [Kept(BEGAN), Kept(RESOLVED, removed_by="U7"), Kept(NOTE)]) == facts
    assert set(following(facts, [Kept(BEGAN), Kept(RESOLVED), Kept(NOTE)])) == set(record())


def test_an_entry_that_is_something_else_now_is_no_milestone() -> None:
    renamed = Kept(replace(RESOLVED, kind=Kind.NOTE), corrected=(KIND,), found_as=Kind.RESOLVED)
    assert value(following(record(), [Kept(BEGAN), renamed]), "resolved") is None


def test_a_milestone_with_a_time_that_nobody_knows_is_not_known() -> None:
    unknown = Kept(replace(RESOLVED, at=None, precision=Precision.UNKNOWN), corrected=("time", KIND))
    assert value(following(record(), [Kept(BEGAN), unknown]), "resolved") is None


def test_a_deleted_message_takes_its_words_and_leaves_the_moment() -> None:
    facts = following(record(), [Kept(BEGAN), Kept(replace(RESOLVED, text=""), erased=True)])
    assert value(facts, "duration") == "1 h 30 min"


def test_what_was_merged_into_another_milestone_stays_known() -> None:
    kept = [Kept(BEGAN), Kept(RESOLVED, removed_by="U7", merged_into="m"), Kept(entry("m", 91, Kind.MITIGATED))]
    assert value(following(record(), kept), "resolved") == "words of r"


def test_a_milestone_that_only_a_person_knows_is_known_until_they_take_it_off() -> None:
    mine = Kept(replace(NOTE, kind=Kind.MITIGATED), added_by="U7")
    facts = following(record(), [Kept(BEGAN), Kept(RESOLVED), mine])
    assert value(facts, "mitigation") == "words of n"
    assert value(facts, "mitigated_after") == "2 h"
    gone = following(facts, [Kept(BEGAN), Kept(RESOLVED), replace(mine, removed_by="U8")])
    assert value(gone, "mitigated") is None
    assert value(gone, "resolved") == "words of r"


def test_about_is_said_of_a_length_and_what_ends_before_it_begins_has_none() -> None:
    about = replace(fact_of("began", BEGAN), precision="about")
    ended = fact_of("resolved", RESOLVED)
    assert [f.text for f in spans({"began": about, "resolved": ended})] == ["about 1 h 30 min"] * 2
    assert spans({"began": replace(ended, name="began"), "resolved": replace(about, name="resolved")}) == []


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "less than a minute"), (45, "45 min"), (120, "2 h"), (155, "2 h 35 min"), (4440, "3 d 2 h")],
)
def test_a_length_reads_as_people_say_it(minutes: int, words: str) -> None:
    assert spelled(timedelta(minutes=minutes)) == words


# --- one entry ---


def test_only_what_differs_is_a_correction_and_a_milestone_is_vouched_for() -> None:
    same = Correction(NOTE.text, When(NOTE.at, NOTE.precision, "Europe/Warsaw"), NOTE.kind)
    assert against(NOTE, same).fields == ()
    assert against(NOTE, Correction(text="other")).fields == ("text",)
    assert against(RESOLVED, Correction(text="other")) == Correction("other", None, Kind.RESOLVED)


def test_a_new_reading_changes_only_what_nobody_has_said_otherwise() -> None:
    mine = corrected(NOTE, Correction("my words", When(AT, Precision.ABOUT, "UTC")))
    assert (mine.actor, mine.source_ts) == (NOTE.actor, NOTE.source_ts)
    fresh = replace(NOTE, text="edited", kind=Kind.FINDING, at=AT + timedelta(hours=3))
    assert from_record(fresh, mine, ("text", "time")) == replace(mine, kind=Kind.FINDING)
    assert from_record(fresh, mine, ()) == fresh


def test_of_two_that_tell_the_same_the_known_time_and_the_milestone_stay() -> None:
    nameless = entry("x", None)
    assert merged(nameless, RESOLVED) == Correction(None, When(RESOLVED.at, Precision.EXACT, None), Kind.RESOLVED)
    assert merged(BEGAN, RESOLVED).fields == ()


def test_every_milestone_has_something_ordinary_that_it_can_be() -> None:
    assert set(ORDINARY) == set(MILESTONES)
    assert not set(ORDINARY.values()) & set(MILESTONES)


def test_how_long_each_step_took_is_worked_out_from_its_moments() -> None:
    steps = (("began", 0), ("detected", 5), ("acknowledged", 12), ("mitigated", 60), ("resolved", 90))
    facts = spans({name: fact_of(name, entry(name, minutes)) for name, minutes in steps})
    assert {fact.name: fact.text for fact in facts if fact.name.endswith("_after")} == {
        "detected_after": "5 min",
        "acknowledged_after": "12 min",
        "mitigated_after": "1 h",
        "resolved_after": "1 h 30 min",
    }


def test_a_length_is_what_a_reader_gets_from_the_times_beside_it() -> None:
    seen, taken = (
        fact_of(name, replace(entry(name, 0), at=AT + timedelta(seconds=seconds)))
        for name, seconds in (("began", 15), ("acknowledged", 245))
    )
    assert value(tuple(spans({"began": seen, "acknowledged": taken})), "acknowledged_after") == "4 min"


def test_the_first_idea_is_what_somebody_supposes_and_no_question_about_something_else() -> None:
    asked = replace(entry("q", 1, Kind.HYPOTHESIS), text="Cards only, or PayPal too?")
    for words in ("could it be the new cache?", "the provider times out"):
        idea = replace(entry("i", 2, Kind.HYPOTHESIS), text=words)
        assert value(tuple(told([asked, idea])), "hypothesis") == words
    assert value(tuple(told([asked])), "hypothesis") is None


def test_who_tells_the_whole_window_in_one_message_does_not_say_what_ended_it() -> None:
    both = fact_of("began", entry("began", 0))
    told = replace(fact_of("mitigated", entry("mitigated", 60)), quote=both.quote)
    assert value(tuple(spans({"began": both, "mitigated": told})), "mitigation") is None
    apart = fact_of("mitigated", entry("mitigated", 60))
    assert value(tuple(spans({"began": both, "mitigated": apart})), "mitigation") is not None


@pytest.mark.parametrize(
    ("words", "describes"),
    [
        ("no, 11:40. and it was mitigated at 14:05 when uptimerobot said up. nothing else", False),
        ("it was over at 08:05 today", False),
        ("first felt 11:40 utc, back to normal by 14:05", False),
        ("mitigated at 14:05 when we rolled back", True),
        ("14:05. we rolled back 4312", True),
        ("the vacuum finished at 06:42", True),
        ("rolled back 4312", True),
    ],
)
def test_who_only_tells_when_it_was_better_does_not_say_what_ended_it(words: str, describes: bool) -> None:
    told = replace(fact_of("mitigated", entry("mitigated", 60)), quote=Quote(words, "9.1", "U2"))
    assert (value(tuple(spans({"mitigated": told})), "mitigation") is not None) is describes


@pytest.mark.parametrize(
    ("text", "kind", "actor", "heard"),
    [
        ("posted on the status page: we are looking into failed payments", Kind.COMMUNICATION, "U2", True),
        ("all shops were informed by mail", Kind.COMMUNICATION, "U2", True),
        ("Investigating - some payments fail", Kind.DETECTED, "Status Page", True),
        ("status page set to partial outage", Kind.DECLARED, "U2", True),
        ("status page: 502 for everybody", Kind.DETECTED, "U2", False),
        ("the status page was not updated", Kind.COMMUNICATION, "U2", False),
        ("did anybody post on the status page?", Kind.COMMUNICATION, "U2", False),
        ("told the data team", Kind.COMMUNICATION, "U2", False),
        ("the status page of the provider is green", Kind.FINDING, "U2", False),
    ],
)  # fmt: skip
def test_what_customers_were_told_is_known_where_somebody_told_them(
    text: str, kind: Kind, actor: str, heard: bool
) -> None:
    facts = {f.name: f for f in told([replace(entry("t", 10, kind), text=text, actor=actor)])}
    assert ("customers_told" in facts) is heard
