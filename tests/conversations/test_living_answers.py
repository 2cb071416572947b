"""What becomes of an answer that is changed, deleted, late, off the record, or somebody else's?"""

from __future__ import annotations

import threading

from storage.database import Database
from tests.conversations.talk import ASHA, MARIA, TOM, Talk, channel_with, conversation, where_sent, where_stored
from tests.fakes.scene import CHANNEL

SECRET_WORDS = "the swordfish was not plugged in"


def finished(talk: Talk) -> Talk:
    talk.to_review()
    talk.write()
    return talk


def papers(talk: Talk) -> list[str]:
    """The executive summary, the report and the full document as somebody takes them along now, as Markdown."""
    found = []
    for kind in ("executive", "report", "full"):
        talk.slash(f"export {kind} md", MARIA)
        sent = [f for m in talk.direct(MARIA) for f in m.get("files", ())][-1]
        found.append(talk.s.person(MARIA).file(sent["id"]).decode())
    return found


def part(document: str, heading: str) -> str:
    """What stands below or beside these words, up to what comes next; nothing where they do not stand."""
    _, _, rest = document.partition(heading)
    return rest.partition("\n\n**")[0].partition("\n#")[0]


def test_editing_a_reply_changes_the_answer(talk: Talk) -> None:
    ts = talk.answer("40 % of customers could not pay", user=TOM)
    talk.edit(ts, "4 % of customers could not pay", TOM)
    document = finished(talk).document()
    assert "4 % of customers could not pay" in document
    assert "40 %" not in document


def test_deleting_a_reply_erases_its_words_everywhere(talk: Talk) -> None:
    ts = talk.answer(SECRET_WORDS, user=TOM)
    talk.until("prevention.ideas")
    idea = talk.answer(f"plug in what {SECRET_WORDS[4:]}", user=TOM)
    task = talk.answer(f"check daily that {SECRET_WORDS}\nlabel the plugs", user=TOM)
    finished(talk)
    assert SECRET_WORDS in talk.document()
    assert where_stored(talk.s.database, SECRET_WORDS)
    assert where_sent(talk, SECRET_WORDS)

    for each in (ts, idea, task):
        talk.delete(each, TOM)
    talk.s.later(601)
    talk.s.later(601)
    assert where_stored(talk.s.database, "swordfish") == set()
    assert where_sent(talk, "swordfish") == []
    assert "swordfish" not in talk.document()
    assert [s.deleted for s in talk.row().said] == [True, True, True], "that they were deleted stays"


def test_a_deleted_answer_leaves_the_question_that_quotes_it(talk: Talk) -> None:
    talk.until("causes.how")
    ts = talk.answer(SECRET_WORDS, user=TOM)
    assert SECRET_WORDS in talk.asked()
    talk.delete(ts, TOM)
    talk.s.later(15)
    assert "swordfish" not in talk.read()
    assert "“…”" not in talk.asked(), "it is put on what stands now"
    assert where_stored(talk.s.database, "swordfish") == set()


def test_a_message_of_the_record_that_is_deleted_goes_from_timeline_and_questions(talk: Talk) -> None:
    found = next(m for m in talk.s.person().sees(CHANNEL) if "4312 uses all" in m["text"])
    assert "4312 uses all" in talk.message("What I understand happened")
    talk.until("causes.how")
    assert "4312 uses all" in talk.asked()
    talk.delete(found["ts"], TOM)
    talk.s.later(15)
    assert where_stored(talk.s.database, "4312 uses all") == set()
    assert where_sent(talk, "4312 uses all") == []


def test_two_people_who_answer_at_once_are_both_heard(talk: Talk) -> None:
    both = [
        threading.Thread(target=talk.s.person(user).say, args=(CHANNEL, words, talk.s.thread_ts))
        for user, words in ((TOM, "Checkout was down for everybody."), (ASHA, "Search was slow for some."))
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    talk.s.settle()
    talk.go_on()
    document = finished(talk).document()
    assert "Checkout was down for everybody." in document
    assert "Search was slow for some." in document


def test_an_answer_that_is_edited_two_questions_later_stays_with_its_own(talk: Talk) -> None:
    ts = talk.s.say("Checkout was down.", TOM)
    talk.go_on()
    talk.s.later(5)
    talk.answer("we sat in a call", user=ASHA)
    talk.edit(ts, "Checkout was down for a tenth of all customers.", TOM)
    document = finished(talk).document()
    summary = document[document.index("## Summary") : document.index("## Impact")]
    assert "for a tenth of all customers" in summary


def test_lines_that_begin_with_two_slashes_are_never_stored(talk: Talk) -> None:
    talk.s.say(f"// {SECRET_WORDS}", TOM)
    talk.s.say(f"Checkout was down.\n  // {SECRET_WORDS}\nFor an hour.", TOM)
    talk.go_on()
    finished(talk)
    assert where_stored(talk.s.database, "swordfish") == set()
    assert where_sent(talk, "swordfish") == []
    assert "Checkout was down." in talk.document()
    assert "For an hour." in talk.document()


def test_an_answer_that_is_edited_off_the_record_is_gone_and_comes_back_when_it_is_edited_again(talk: Talk) -> None:
    ts = talk.answer(SECRET_WORDS, user=TOM)
    talk.edit(ts, f"// {SECRET_WORDS}", TOM)
    assert talk.row().said[0].text == ""
    assert where_stored(talk.s.database, "swordfish") == set()
    talk.edit(ts, f"The plug was out.\nFor an hour, {SECRET_WORDS}.", TOM)
    talk.edit(ts, f"The plug was out.\n// For an hour, {SECRET_WORDS}.", TOM)
    talk.s.later(15)
    assert where_stored(talk.s.database, "swordfish") == set(), "nor one line of it"
    assert where_sent(talk, "swordfish") == []
    document = finished(talk).document()
    assert "The plug was out." in document
    assert "swordfish" not in document


def test_thanks_are_kept_and_never_printed(talk: Talk) -> None:
    talk.s.say("Checkout was down.", TOM)
    talk.s.say("brb", ASHA)
    talk.s.say("thanks!", MARIA)
    talk.go_on()
    assert [s.text for s in talk.row().said] == ["Checkout was down.", "brb", "thanks!"]
    document = finished(talk).document()
    assert "brb" not in document
    assert "thanks!" not in document


def test_another_bot_in_the_thread_is_not_answered(talk: Talk) -> None:
    from bot.sandbox.messages import post

    length, before = talk.length(), talk.row()
    workspace = talk.s.slack.workspace
    message = {"subtype": "bot_message", "bot_id": "B0PD", "username": "PagerDuty", "text": "Resolved: 5xx"}
    post(workspace, workspace.channels[CHANNEL], message, thread_ts=talk.s.thread_ts)
    talk.s.settle()
    talk.s.later(300)
    assert talk.length() == length + 1
    assert talk.row().said == before.said


def test_what_stands_beside_the_thread_is_no_answer(talk: Talk) -> None:
    talk.s.person(TOM).say(CHANNEL, "lunch, anybody?")
    talk.s.settle()
    assert talk.row().said == ()


def test_a_beginning_that_nobody_wrote_down_is_asked_for_and_known_from_the_answer(database: Database) -> None:
    seed = channel_with(
        {"at": "-3h", "bot": {"name": "PagerDuty", "id": "B0PD"}, "text": "Triggered: checkout 5xx above 5 %"},
        {"at": "-2h", "user": "maria", "text": "rolled back, everything is back to normal"},
    )
    with conversation(database, seed) as talk:
        talk.answer("Customers could not pay.")
        assert "I could not read when it really began" in talk.asked()
        talk.answer("12:30 UTC or 12:50 UTC", user=TOM)
        assert "At about what time did it begin? I could not take one clock time from “12:30 UTC or" in talk.asked()
        ts = talk.answer("12:30 UTC, the queue graph shows it", user=TOM)
        assert "began 12:30 UTC" in talk.asked()
        talk.edit(ts, "12:10 UTC, the queue graph shows it", TOM)
        talk.s.later(15)
        assert "began 12:10 UTC" in talk.asked()
        talk.delete(ts, TOM)
        talk.s.later(15)
        assert "began" not in talk.asked(), "it is unknown again"
        assert "12:10" not in finished(talk).document()


RECORD = "release 4312 uses all database connections"
#: A channel in which one thing was suspected before another was found.
SUSPECTED = channel_with(
    {"at": "-3h40m", "bot": {"name": "PagerDuty", "id": "B0PD"}, "text": "Triggered: checkout 5xx above 5 %"},
    {"at": "-3h10m", "user": "maria", "text": "could be the payment provider, their status page is yellow"},
    {"at": "-2h30m", "user": "tom", "text": f"found it: {RECORD}"},
    {"at": "-2h10m", "user": "maria", "text": "rolled back 4312, errors are gone, back to normal"},
    {"at": "-1h40m", "user": "maria", "text": "resolved, all clear"},
)


def asked_for_evidence(talk: Talk) -> None:
    """Goes on to the question whether what the record takes for the cause was it."""
    talk.until("causes.how")
    while (asked := talk.row().current) is not None and asked.question == "causes.how":
        talk.answer("staging has too little data", user=ASHA)
    assert asked is not None
    assert asked.question == "causes.evidence"
    assert f"As the cause I have “{RECORD}”" in talk.asked()


def test_a_cause_that_people_deny_is_told_nowhere_as_the_cause_until_they_take_that_back(database: Database) -> None:
    with conversation(database, SUSPECTED) as talk:
        asked_for_evidence(talk)
        denial = talk.answer("no, that is not the cause!!", user=TOM)
        talk.choose("back")
        assert "What is taken for the cause now" in talk.asked()
        assert "cause identified" not in talk.message("What I understand happened")
        while talk.row().current is not None:
            assert RECORD not in talk.asked()
            talk.press("skip", message=talk.question())
        talk.write()
        for each in (talk.document(), *papers(talk)):
            assert "Cause identified" not in each
            assert RECORD not in part(each, "Why it happened")
            assert RECORD not in part(each, "## Immediate cause")
            assert "that is not the cause" not in part(each, "What showed it")

        talk.delete(denial, TOM)
        talk.s.later(15)
        executive, report, full = papers(talk)
        assert RECORD in part(executive, "Why it happened")
        assert RECORD in part(report, "## Immediate cause")
        assert "Cause identified" in full


def test_a_suspicion_that_nobody_closed_is_asked_about_and_what_set_it_off_is_then_the_cause(
    database: Database,
) -> None:
    seed = channel_with(
        {"at": "-3h40m", "bot": {"name": "PagerDuty", "id": "B0PD"}, "text": "Triggered: mail queue older than 15 min"},
        {"at": "-3h10m", "user": "tom", "text": "i bet it's 2.31.0, its retry has no limit"},
        {"at": "-2h30m", "user": "maria", "text": "rolling back to 2.30.4"},
        {"at": "-2h10m", "user": "maria", "text": "backlog is gone, back to normal, resolved"},
    )
    with conversation(database, seed) as talk:
        talk.until("causes.how")
        assert "What set it off: “i bet it's 2.31.0, its retry has no limit”, or something else?" in talk.asked()
        talk.answer(
            "a message without a template throws, and is put back first\nno alert on the age of the queue", user=TOM
        )
        assert "“a message without a template throws, and is put back first”: how did that come" in talk.asked()
        report = papers(finished(talk))[1]
        cause = part(report, "## Immediate cause")
        assert "a message without a template throws, and is put back first" in cause
        assert "no alert on the age" not in cause
        assert "no alert on the age of the queue" in part(report, "## Contributing factors")


def test_what_people_name_after_a_no_is_the_cause_and_back_asks_about_that(database: Database) -> None:
    with conversation(database, SUSPECTED) as talk:
        asked_for_evidence(talk)
        ts = talk.answer("nope, the cast to int in the rates job", user=TOM)
        talk.choose("back")
        assert "As the cause I have “the cast to int in the rates job”" in talk.asked()
        assert RECORD not in talk.asked()
        talk.delete(ts, TOM)
        talk.s.later(15)
        assert f"As the cause I have “{RECORD}”" in talk.asked(), "and no quote is left empty"


def test_what_people_say_the_cause_was_stands_in_place_of_what_the_record_seems_to_say(talk: Talk) -> None:
    own = "the cause is the cast to int in the rates job, the rollback is how we fixed it"
    talk.until("causes.how")
    ts = talk.answer(own, user=ASHA)
    finished(talk)
    assert own in part(papers(talk)[0], "Why it happened")
    talk.edit(ts, "the cause is the job that casts its rates", ASHA)
    talk.s.later(15)
    assert all("the cast to int" not in each for each in papers(talk))
    assert "the job that casts its rates" in part(papers(talk)[0], "Why it happened")
    talk.delete(ts, ASHA)
    talk.s.later(601)
    talk.s.later(601)
    assert where_stored(talk.s.database, "casts its rates") == set()
    assert "release 4312 uses all database connections" in part(papers(talk)[0], "Why it happened")


def test_each_moment_of_an_answer_is_taken_and_one_that_corrects_the_record_stands_in_the_document(
    database: Database,
) -> None:
    seed = channel_with(
        {"at": "-3h", "bot": {"name": "PagerDuty", "id": "B0PD"}, "text": "Triggered: booking-api is down"},
        {"at": "-2h50m", "user": "maria", "text": "looking"},
        {"at": "-1h", "user": "maria", "text": "cert renewed, everything is back to normal"},
    )
    with conversation(database, seed) as talk:
        talk.answer("Nobody could book.")
        assert "I could not read when it really began" in talk.asked()
        talk.answer("it began 12:31 utc, when the cert expired. first alert 13:01", user=TOM)
        assert "began 12:31 UTC" in talk.asked()
        talk.answer("first felt 11:40 utc in iceland", user=TOM)
        talk.s.later(15)
        document = finished(talk).document()
    began = next(line for line in document.splitlines() if "Impact began" in line and "iceland" in line)
    assert "11:40" in began
