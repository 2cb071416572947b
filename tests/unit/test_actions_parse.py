"""Items are read from how people write them; what was not recognised stays in their words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions.find import Spoken, find_items
from bot.actions.gate import Strength, lacks, sharper, strength
from bot.actions.parse import parse_items
from bot.actions.typed import typed
from bot.actions.values import Draft, Due, Group, Owner, Person, Priority, Words

TUESDAY = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
PEOPLE = {"maria": "U9", "db-lead": "U8", "tom": "U7"}


def items(text: str) -> tuple[Draft, ...]:
    return parse_items(text, said_at=TUESDAY, zone="Europe/London", speaker="U0", people=PEOPLE)


def item(text: str) -> Draft:
    (found,) = items(text)
    return found


FRIDAY = Due(date(2026, 11, 27), "friday")


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        ("written explanation to the shop / tom / fri", [("written explanation to the shop", "U7", "2026-11-27")]),
        ("alert on CPU/memory / maria / friday", [("alert on CPU/memory", "U9", "2026-11-27")]),
        ("macro for label customers tom tomorrow", [("macro for label customers", "U7", "2026-11-25")]),
        ("ask tom tomorrow", [("ask tom", None, "2026-11-25")]),
        ("walk the plan through with tom tomorrow", [("walk the plan through with tom", None, "2026-11-25")]),
        ("tom sends the shop a letter by fri", [("sends the shop a letter", "U7", "2026-11-27")]),
        ("tom and maria add the alert by fri", [("tom and maria add the alert", None, "2026-11-27")]),
        ("tom said it would be fine", [("tom said it would be fine", None, None)]),
        ("tom's macro for labels by fri", [("tom's macro for labels", None, "2026-11-27")]),
        (
            "all of them. tom evals by fri, me terraform next week, maria approver rule 10 dec",
            [("evals", "U7", "2026-11-27"), ("terraform", "U0", "next week"), ("approver rule", "U9", "2026-12-10")],
        ),
        ("order disks, call tom and maria by fri", [("order disks, call tom and maria", None, "2026-11-27")]),
        ("fix the pool / add an alert / security review", [
            ("fix the pool", None, None), ("add an alert", None, None), ("security review", None, None),
        ]),
        ("limit per customer (tom, end of month), vacuum on sundays maria, dashboard for queues @tom tomorrow", [
            ("limit per customer", "U7", "2026-11-30"), ("vacuum on sundays", "U9", None),
            ("dashboard for queues", "U7", "2026-11-25"),
        ]),
        ("lock test (tom, end of month), alert on stuck workers maria, I post a note in #eng", [
            ("lock test", "U7", "2026-11-30"), ("alert on stuck workers", "U9", None),
            ("post a note in #eng", "U0", None),
        ]),
        ("order disks with tom, review the plan with maria",
         [("order disks with tom, review the plan with maria", None, None)]),
        ("maria moves the mails to the list, and tom asks support to page us by fri",
         [("moves the mails to the list", "U9", None), ("asks support to page us", "U7", "2026-11-27")]),
        ("alert on the certificate: tom, by fri", [("alert on the certificate", "U7", "2026-11-27")]),
        ("I post in #eng", [("post in #eng", "U0", None)]),
        ("I think we need an alert", [("I think we need an alert", None, None)]),
        ("I checked the disks", [("I checked the disks", None, None)]),
        ("runbook - anyone?", [("runbook - anyone?", None, None)]),
        ("refund 150 bookings, asap!!", [("refund 150 bookings", None, "asap")]),
    ],
)  # fmt: skip
def test_whose_an_item_is_may_stand_anywhere_when_the_name_is_known(
    text: str, drafts: list[tuple[str, str | None, str | None]]
) -> None:
    found = items(text)
    owners = [each.owner.user_id if isinstance(each.owner, Person) else each.owner for each in found]
    days = [each.due.date.isoformat() if each.due else each.due_words for each in found]
    assert list(zip((each.text for each in found), owners, days, strict=True)) == drafts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fix the alert / zoe / friday / P1", [("fix the alert", "zoe", "P1")]),
        ("fix the alert / Zoe Lindqvist / friday", [("fix the alert", "Zoe Lindqvist", None)]),
        ("fix the alert / @zoe / friday / P1", [("fix the alert", "@zoe", "P1")]),
        ("fix the alert / zoe / drill for the failover / P1", [
            ("fix the alert", None, None), ("zoe", None, None), ("drill for the failover", None, "P1"),
        ]),
        ("fix the alert / runbook / friday", [("fix the alert", None, None), ("runbook", None, None)]),
        ("fix the alert / friday / canary / monday", [("fix the alert", None, None), ("canary", None, None)]),
        ("fix the alert / dashboards / friday", [("fix the alert", None, None), ("dashboards", None, None)]),
    ],
)  # fmt: skip
def test_a_name_that_nobody_here_has_is_an_unknown_owner_and_no_second_item(
    text: str, told: list[tuple[str, str | None, str | None]]
) -> None:
    found = items(text)
    assert [(d.text, d.owner.text if isinstance(d.owner, Words) else None, d.priority) for d in found] == told
    assert found[-1].due is not None or "friday" not in text.split(" / ")[-2:]


def test_one_line_with_slashes_gives_several_items() -> None:
    text = (
        "alert on checkout error rate alone, me, friday / query plan in CI (db team?) / improve monitoring"
        " / route payment tickets to on-call"
    )
    assert items(text) == (
        Draft("alert on checkout error rate alone", Person("U0"), FRIDAY),
        Draft("query plan in CI", Words("db team?")),
        Draft("improve monitoring"),
        Draft("route payment tickets to on-call"),
    )


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        (
            "AI: <@U1|x> to do Y by Dec 3 P1",
            Draft("do Y", Person("U1"), Due(date(2026, 12, 3), "by Dec 3"), None, Priority.P1, None, "P1"),
        ),
        ("- [ ] add a canary stage (owner: <@U2>)", Draft("add a canary stage", Person("U2"))),
        ("<!subteam^S1|@db> add an index, next sprint", Draft("add an index", Group("S1"), None, "next sprint")),
        ("I’ll add an index to “orders”, friday", Draft("add an index to “orders”", Person("U0"), FRIDAY)),
        ("Maria will rotate the key", Draft("rotate the key", Person("U9"))),
        ("raise the pool to 40 – tom – friday", Draft("raise the pool to 40", Person("U7"), FRIDAY)),
        ("the db team to add the limit", Draft("add the limit", Words("db team"))),
        (
            "[P0] remove the retry loop <@U5>",
            Draft("remove the retry loop", Person("U5"), None, None, Priority.P0, None, "P0"),
        ),
        (
            "load-test the importer, tom, we'll know it works when p99 < 200ms",
            Draft("load-test the importer", Person("U7"), None, None, None, "p99 < 200ms"),
        ),
        ("drop the old index, asap", Draft("drop the old index", None, None, "asap", None, None, "asap")),
        ("ask <@U3> about the index", Draft("ask <@U3> about the index")),
        (
            "me: cap the queue, by the 11th",
            Draft("cap the queue", Person("U0"), Due(date(2026, 12, 11), "by the 11th")),
        ),
        ("cap the queue (me, 2 weeks)", Draft("cap the queue", Person("U0"), Due(date(2026, 12, 8), "2 weeks"))),
        ("cap the queue - me - 2 weeks", Draft("cap the queue", Person("U0"), Due(date(2026, 12, 8), "2 weeks"))),
        ("cap the queue -&gt; me, EOW", Draft("cap the queue", Person("U0"), Due(date(2026, 11, 27), "EOW"))),
        ("rename a -> b", Draft("rename a -> b")),
        ("add a page @tom 15/12", Draft("add a page", Person("U7"), Due(date(2026, 12, 15), "15/12"))),
        ("add a page @ann 5/12", Draft("add a page", Words("@ann"), None, "5/12")),
        ("page @ann friday", Draft("page @ann", None, FRIDAY)),
        ("use the decorator @retry", Draft("use the decorator @retry")),
        ("cap the queue by monday week", Draft("cap the queue", None, Due(date(2026, 12, 7), "by monday week"))),
        (
            "cap the queue, done when a test ticket pages on-call, 3 days",
            Draft("cap the queue", None, Due(date(2026, 11, 27), "3 days"), None, None, "a test ticket pages on-call"),
        ),
        (
            "cap the queue, worked if it fills in no load test",
            Draft("cap the queue", measure="it fills in no load test"),
        ),
        (
            "cap the queue, done when it is quiet for 3 days",
            Draft("cap the queue", None, None, None, None, "it is quiet for 3 days"),
        ),
        ("page the on-call for P1", Draft("page the on-call for P1")),
        (
            "drop 12 of 30 pods, see <https://x.example/a/b|the / doc>",
            Draft("drop 12 of 30 pods, see <https://x.example/a/b|the / doc>"),
        ),
        ("add a case for 31 Feb to the tests", Draft("add a case for 31 Feb to the tests")),
    ],
)
def test_an_item_is_read(text: str, draft: Draft) -> None:
    assert item(text) == draft


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("cap the queue, Ann + me", Words("Ann + me")),
        ("Ann + me: cap the queue", Words("Ann + me")),
        ("cap the queue @ann & @bo 15/12", Words("ann & bo")),
        ("cap the queue (tom and maria), friday", Words("tom and maria")),
        ("owner: ann & @bo, cap the queue", Words("ann & bo")),
    ],
)
def test_two_owners_stay_the_words_they_are(text: str, owner: Words) -> None:
    found = item(text)
    assert (found.text, found.owner) == ("cap the queue", owner)


def test_of_two_who_are_mentioned_the_first_is_the_owner_and_both_stay_in_the_text() -> None:
    assert item("cap the queue <@U1> &amp; <@U2> friday") == Draft(
        "cap the queue <@U1> &amp; <@U2>", Person("U1"), FRIDAY
    )


def test_two_things_are_no_owners() -> None:
    assert item("cap the queue (reads and writes)").owner is None
    assert item("ask @ann & @bo").owner is None


def test_a_name_that_is_taken_back_is_not_torn_from_the_one_that_stands() -> None:
    known = item("cap the queue by monday week (bo? no, tom)")
    assert (known.text, known.owner) == ("cap the queue (bo? no, tom)", Person("U7"))
    unknown = item("cap the queue (bo? no, ann)")
    assert (unknown.text, unknown.owner) == ("cap the queue", Words("bo? no, ann"))


@pytest.mark.parametrize(
    "text",
    [
        "Not going to write a guide.", "We're not doing a drill, we have no time", "none of these, we have no time",
        "let's see after easter", "all of them except the first", "guide written already last monday", "mine",
        "ok, I do it", "I just told you? all of those but the last", "pass", "skip this one", "see above",
        "same as above", "not sure yet", "tom sent the apology (done)", "done: the alert",
    ],
)  # fmt: skip
def test_a_line_that_commits_to_nothing_is_no_item(text: str) -> None:
    assert [each.text for each in items(f"cap the queue\n{text}")] == ["cap the queue"]
    assert items(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Stop retrying without backoff", "Do not page on staging alerts any more (maria, friday)",
        "Not going to page on staging any more", "Not going to write a guide, add an alert instead (maria)",
        "none of the alerts should page at night", "all of them need a canary stage",
        "let's see the error rate on the dashboard", "skip jobs already done", "I do the guide",
        "none of these - a drill", "skip jobs that failed twice", "tell people when it is done", "alert when it's done",
    ],
)  # fmt: skip
def test_a_line_that_changes_something_stays_an_item(text: str) -> None:
    assert len(items(text)) == 1


def test_lists_of_every_sort_give_an_item_a_line() -> None:
    for text in (
        "add a\nadd b",
        "- add a\n- add b",
        "• add a\n• add b",
        "1. add a\n2. add b",
        "1) add a 2) add b",
        "Actions:\n* add a\n* add b",
    ):
        assert [each.text for each in items(text)] == ["add a", "add b"], text


def test_nothing_and_thanks_are_no_items() -> None:
    assert items("nothing") == items("none for now") == items("thanks!") == items("") == items("\n - \n") == ()


def test_an_item_of_owner_and_day_alone_keeps_its_words() -> None:
    assert item("me, friday") == Draft("me, friday", Person("U0"), FRIDAY)


def test_a_zone_that_is_unknown_is_utc() -> None:
    (found,) = parse_items("add a, tomorrow", said_at=TUESDAY, zone="Mars/Olympus", speaker=None)
    assert found.due == Due(date(2026, 11, 25), "tomorrow")


@pytest.mark.timeout(30)
def test_five_hundred_items_are_all_there_and_soon() -> None:
    text = "\n".join(f"{n}. add an alert on queue {n}, <@U{n}>, by Dec 3, P1" for n in range(1, 501))
    found = items(text)
    assert [each.text for each in found] == [f"add an alert on queue {n}" for n in range(1, 501)]
    assert {each.owner for each in found} == {Person(f"U{n}") for n in range(1, 501)}


def test_what_is_beyond_any_list_is_kept_as_it_is() -> None:
    text = "\n".join(f"add alert {n}" for n in range(1_200))
    assert "add alert 1199" in items(text)[-1].text
    assert items("x" * 1_000_000)[0].text == "x" * 1_000_000


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- add an alert\nmine", [("add an alert", Person("U0"), None)]),
        ("- add an alert\n@tom 15/12", [("add an alert", Person("U7"), date(2026, 12, 15))]),
        ("- add an alert\n<@U7>, P1", [("add an alert", Person("U7"), None)]),
        ("- add an alert\nby friday", [("add an alert", None, date(2026, 11, 27))]),
        ("- add an alert\n  platform team, friday", [("add an alert", Words("platform team"), date(2026, 11, 27))]),
        # What names something to do, or says again what is said, is a line of its own.
        ("- monitoring of queue 7\n- security", [("monitoring of queue 7", None, None), ("security", None, None)]),
        ("- add an alert, @tom\nmine", [("add an alert", Person("U7"), None)]),
        ("- add an alert\nmia rotates the key", [("add an alert", None, None), ("mia rotates the key", None, None)]),
    ],
)
def test_a_line_that_says_only_whose_and_by_when_belongs_to_the_item_above(
    text: str, found: list[tuple[str, Owner | None, date | None]]
) -> None:
    assert [(d.text, d.owner, d.due.date if d.due else None) for d in items(text)] == found


@pytest.mark.parametrize(
    ("text", "words"),
    [("add an alert, owner: R&D", "R&D"), ("add an alert, owner: platform & infra", "platform & infra")],
)
def test_an_owner_of_two_words_keeps_both_as_they_were_typed(text: str, words: str) -> None:
    found = item(text)
    assert (found.text, found.owner) == ("add an alert", Words(words))


WORDS = st.sampled_from(
    [
        "add",
        "fix",
        "the",
        "alert",
        "on",
        "queue",
        "me",
        "friday",
        "<@U1>",
        "(db",
        "team?)",
        ",",
        "-",
        "/",
        ":",
        "by",
        "Dec",
        "3",
        "P1",
        "asap",
        "14:02",
        "“é”",
        "`a;b`",
        "&amp;",
        "next",
        "sprint",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=12).map(" ".join))
def test_no_word_of_the_author_is_lost(text: str) -> None:
    told = []
    for found in items(text):
        owner = found.owner.text if isinstance(found.owner, Words) else ""
        told += [found.text, found.measure or "", found.due_words or "", found.due.words if found.due else "", owner]
    for word in ("alert", "queue", "fix", "“é”", "`a;b`", "14:02", "&amp;"):
        assert word not in text or word in " ".join(told) or not told


@given(st.text(max_size=200))
def test_any_text_can_be_parsed(text: str) -> None:
    assert all(each.text.strip() for each in items(text))


# the gate --------------------------------------------------------------------------------------------------------


def test_an_item_says_what_it_lacks() -> None:
    assert lacks(item("improve monitoring")) == ("owner", "due", "measure", "sharper")
    assert lacks(item("query plan in CI (db team?)")) == ("owner", "due", "measure")
    assert lacks(item("add a limit, me, next friday")) == ("due", "measure")
    assert lacks(item("add a limit, me, friday, done when the graph is flat")) == ()


def test_a_vague_item_is_met_with_a_question_about_it() -> None:
    assert sharper("improve monitoring") == "of what, so that we see what earlier?"
    assert sharper("be more careful") == "what could make it safe for anyone who is not?"
    assert sharper("alert on the checkout error rate") is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("remove the retry loop", Strength.REMOVE),
        ("cap connections per release at 10", Strength.REMOVE),
        ("run the query plan in CI", Strength.AUTOMATE),
        ("add a test for an empty basket", Strength.AUTOMATE),
        ("alert on checkout error rate alone", Strength.DETECT),
        ("write a runbook for the failover", Strength.DOCUMENT),
        ("be more careful with force push", Strength.CAREFUL),
        ("the orders thing", None),
    ],
)
def test_a_remedy_has_a_strength(text: str, kind: Strength | None) -> None:
    assert strength(text) == kind


# in the channel --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "AI: rotate the key", "TODO: write the runbook for dns", "follow-up: add index on orders",
        "I'll write the runbook tomorrow",
        "we should alert on this so it never happens again", "someone should file a ticket for the pool size",
        "let's add a canary next sprint", "<@U2> please add the limit by Friday",
        "we need to move the cron job after this", "filed OPS-77 to raise the pool size",
        "AI @omar write the runbook", "TODO(omar) write the runbook", "Action items:\n- JIRA-77",
        "need to write a runbook for this after the incident",
        "I promise them the corrected list by Wednesday, ok?", "I promised the shops a new export by Friday",
        "I'll put the forty tickets in the eval set", "ok, I'll add the restart order to our runbook",
    ],
)  # fmt: skip
def test_a_commitment_in_the_channel_is_found(text: str) -> None:
    assert len(find_items([Spoken(text, TUESDAY, "U1")], zone="UTC")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "I'll restart it now", "I'll roll back 4312 now", "we need to check the replica first",
        "we should have tested this", "I'll look into it",
        "should be fine by tomorrow", "should we add a ticket?", "p99 back to 210ms", "we should roll back",
        "it will recover tomorrow", "", "opened a ticket with the provider for the disk",
        "raised an AWS support ticket to get the node back", "opened an incident for this: checkout is down",
        "I'll grab lunch", "I'll grab lunch, back by 13:30", "I'll look", "I'll look tomorrow", "I'll be off on Friday",
        "I'll be back tomorrow", "we should have a beer next week", "I'll put the shop in maintenance mode",
        "I promise it is not the cache", "I'll post it in the channel", "I'll join on Monday",
        "should I write the runbook by Friday?", "should I roll it back?", "let me know by Friday",
        "we should order pizza tomorrow",
    ],
)  # fmt: skip
def test_what_is_done_now_or_only_wondered_is_none(text: str) -> None:
    assert find_items([Spoken(text, TUESDAY, "U1")], zone="UTC") == ()


@pytest.mark.parametrize(
    ("asked", "answered", "item"),
    [
        ("I promise them the corrected list by Wednesday, ok?", "yes", "promise them the corrected list"),
        ("I promise them the corrected list by Wednesday, ok?", "what list?", "promise them the corrected list"),
        ("I promise them the corrected list by Wednesday, ok?", "no, that is too soon", None),
        ("should I write the runbook by Wednesday?", "yes please", "write the runbook"),
        ("Shall I open a ticket for the pool size?", "go ahead, thanks", "open a ticket for the pool size"),
        ("should I write the runbook by Wednesday?", "which one?", None),
        ("should I roll it back?", "yes", None),
        ("are you back tomorrow?", "yes", None),
    ],
)
def test_what_is_asked_is_promised_once_somebody_else_agrees(asked: str, answered: str, item: str | None) -> None:
    found = find_items(
        [Spoken(asked, TUESDAY, "U1"), Spoken(answered, TUESDAY + timedelta(minutes=4), "U2")], zone="UTC"
    )
    assert [(d.text, d.owner) for d in found] == ([(item, Person("U1"))] if item else [])
    late = Spoken(answered, TUESDAY + timedelta(hours=3), "U2")
    assert asked.endswith("ok?") or not find_items([Spoken(asked, TUESDAY, "U1"), late], zone="UTC")


def test_the_points_under_a_heading_are_items_and_a_sentence_beside_one_tells_whose_it_is() -> None:
    text = "Resolved at ten.\nAction items:\n- canary for banners (@ann, Friday)\n- JIRA-77\nthanks all"
    canary, ticket = find_items([Spoken(text, TUESDAY, "U1")], zone="UTC")
    assert (canary.text, canary.owner) == ("canary for banners", Words("@ann"))
    assert ticket.text == "JIRA-77", "a ticket alone is kept as it was written"
    (tested,) = find_items([Spoken("Action: test each pair. Owner: Omar, due 4 December.", TUESDAY, "U1")], zone="UTC")
    assert (tested.text, tested.owner) == ("test each pair.", Words("Omar"))
    assert tested.due is not None
    assert tested.due.date == date(2026, 12, 4)


@pytest.mark.parametrize(
    "said",
    [
        "I'll write the runbook for a full pool by Friday", "AI: rotate the key, <@U2>, P1, by 4 December",
        "we should alert on this so it never happens again", "<@U2> please add the limit by Friday, measure: no page",
        "TODO(omar) write the runbook", "let's add a canary next sprint", "I promise them the list by Wednesday, ok?",
    ],
)  # fmt: skip
def test_what_was_said_reads_the_same_when_it_is_typed_as_an_item_on_another_day(said: str) -> None:
    (found,) = find_items([Spoken(said, TUESDAY, "U1")], zone="UTC")
    (again,) = parse_items(typed(found), said_at=TUESDAY + timedelta(days=1), zone="UTC", speaker="U9")
    assert (again.text, again.owner, again.priority) == (found.text, found.owner, found.priority)
    assert again.measure == found.measure
    assert (again.due and again.due.date) == (found.due and found.due.date)
    (late,) = parse_items(typed(found), said_at=TUESDAY + timedelta(days=60), zone="UTC", speaker="U9")
    assert late.text == found.text
    assert late.due is None, "a day that has passed is asked for again"


def test_who_says_i_will_is_the_owner() -> None:
    (found,) = find_items([Spoken("ok. I'll write the runbook tomorrow.", TUESDAY, "U1")], zone="UTC")
    assert found.owner == Person("U1")
    assert found.due is not None
    assert found.due.date == date(2026, 11, 25)
    assert found.text.startswith("write the runbook")


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("and I'll script it, 25 min by hand is too long", True),
        ("someone ought to look through the old box as well", True),
        ("can you please pass the salt", False),
    ],
)
def test_what_is_planned_by_all_that_is_said_around_it_needs_no_day(text: str, offered: bool) -> None:
    assert bool(find_items([Spoken(text, TUESDAY, "U1", planned=True)], zone="UTC")) is offered
    assert find_items([Spoken(text, TUESDAY, "U1")], zone="UTC") == ()
