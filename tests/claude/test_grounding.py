"""What of an answer holds: nothing that was not written, and everything that was, in other words too."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.claude.envelope import Reply
from bot.claude.envelope import said as as_said
from bot.claude.evidence import conclude
from bot.claude.outgoing import Outgoing, nonces, outgoing
from bot.interview.thoughts import Conclusion, Evidence, Line, Material, Purpose
from tests.fakes.claude import EMPTY, NOON, claim

RAJ, MARIA, WILL = "U0AAAAAA1", "U0BBBBBB2", "U0CCCCCC3"
PEOPLE = {RAJ: "Raj Patel", MARIA: "Maria Lopez", WILL: "Will Chen"}
_TEXTS = (
    (RAJ, "p99 of checkout-api went up to 4.2 s right after the deploy of 4312"),  # m0001
    (MARIA, "maybe the connection pool in payments-db is exhausted?"),  # m0002
    (RAJ, "Maria, I am rolling back 4312 now, see https://ci.example.com/runs/881"),  # m0003
    (WILL, "errors are back to zero, 5xx rate was 12 % for 25 minutes"),  # m0004
    (MARIA, "support says about 1,200 customers could not pay, all of them in Germany"),  # m0005
    (RAJ, "no alert fired, a customer told us on twitter"),  # m0006
    (MARIA, "the retry queue was full because the worker had no limit"),  # m0007
    (WILL, "I'll add an alert on pool usage above 80 % by Friday"),  # m0008
    (MARIA, "this is a P1, paging the database team"),  # m0009
    (RAJ, "deploys were frozen until the next morning"),  # m0010
    (WILL, "the rollback did not help at first"),  # m0011
)
LINES = tuple(
    Line(f"1795000{n:03d}.000100", text, user, "the responder who wrote", NOON + timedelta(minutes=n))
    for n, (user, text) in enumerate(_TEXTS)
)
FACTS = {"severity": "SEV2", "time to mitigate": "41 minutes"}
MATERIAL = Material(Purpose.DRAFT, "service", "Checkout errors", LINES, FACTS, "What happened?", people=PEOPLE)
NONCE = nonces(b"secret")


def q(local: str, quote: str = "") -> tuple[str, str]:
    return local, quote or LINES[int(local[1:]) - 1].text.removeprefix("Maria, ")


def concluded(material: Material, sent: Outgoing | None = None, **parts: Any) -> Conclusion:
    sent = sent or outgoing(material, by_name=False, nonce=NONCE)
    return conclude(material, sent, as_said(Reply.model_validate({**EMPTY, **parts})), lambda quote: f"And “{quote}”?")


def drafted(text: str, *evidence: tuple[str, str], **more: Any) -> Conclusion:
    return concluded(replace(MATERIAL, **more), statements=[claim(text, *evidence)])


#: Who is P1, P2, P3 while the record speaks of a severity P1.
RAJ_P, MARIA_P, WILL_P = "P101", "P102", "P103"

#: Sentences that say what is in their evidence, in its words or in others.
HOLD: dict[str, tuple[Any, ...]] = {
    "its own words": ("p99 of checkout-api went up to 4.2 s.", q("m0001")),
    "other words": ("Response times of checkout-api went up to 4.2 s after deploy 4312.", q("m0001")),
    "a person": (f"{RAJ_P} rolled back 4312.", q("m0003")),
    "a person who was spoken to": (f"{MARIA_P} was told of the rollback of 4312.", q("m0003")),
    "a number": ("About 1,200 customers could not pay.", q("m0005")),
    "a number written otherwise": ("Some 1200 customers could not pay.", q("m0005")),
    "a fact": ("It took 41 minutes until errors were back to zero.", q("m0004")),
    "a severity": ("It was taken as a SEV2, and the database team was paged.", q("m0009")),
    "a severity that looks like a person": ("The database team was paged for a P1.", q("m0009")),
    "a guess": (f"{MARIA_P} suspected that the connection pool was exhausted.", q("m0002")),
    "a denial": ("No alert fired.", q("m0006")),
    "a denial in other words": ("No alert told anybody; a customer did, on twitter.", q("m0006")),
    "two lines": ("Errors went back to zero and deploys were frozen.", q("m0004"), q("m0010")),
    "a cause with two lines": (
        "The retry queue was full because the worker had no limit, and p99 went up.", q("m0007"), q("m0001")),
    "a cause as a guess": ("The exhausted connection pool may have caused the errors.", q("m0002")),
    "a link": ("The rollback is run https://ci.example.com/runs/881.", q("m0003")),
    "a quotation": ("Somebody wrote “deploys were frozen until the next morning”.", q("m0010")),
    "all": ("All of the customers who could not pay were in Germany.", q("m0005")),
    "a country": ("Germany was where customers could not pay.", q("m0005")),
    "percent": ("The 5xx rate was 12% for 25 minutes.", q("m0004")),
    "twenty-five": ("The 5xx rate was 12 % for twenty-five minutes.", q("m0004")),
    "a promise": (f"{WILL_P} will add an alert on pool usage above 80 % by Friday.", q("m0008")),
    "did not": ("The rollback did not help at first.", q("m0011")),
    "failed in place of did not": ("At first the rollback failed to help.", q("m0011")),
}  # fmt: skip

#: Sentences that do not, each with a line that stands there word for word.
FALL: dict[str, tuple[Any, ...]] = {
    "a line that was not sent": ("p99 went up to 4.2 s.", ("m0099", _TEXTS[0][1])),
    "a line's own id": ("p99 went up to 4.2 s.", (LINES[0].id, _TEXTS[0][1])),
    "no evidence": ("p99 went up to 4.2 s.",),
    "an altered quote": ("p99 went up to 4.2 s.", ("m0001", "p99 of checkout-api went up to 5.2 s")),
    "a quote of another line": ("p99 went up to 4.2 s.", ("m0002", "p99 of checkout-api went up")),
    "a quote too short": ("p99 went up to 4.2 s.", ("m0001", "4.2 s")),
    "a quote that cuts a number": ("p99 went up to 4.2 s.", ("m0001", "went up to 4.2 s right after the deploy of 43")),
    "a quote of nothing": ("p99 went up to 4.2 s.", ("m0001", "        ")),
    "one good quote and one bad": ("p99 went up to 4.2 s.", q("m0001"), ("m0002", "the pool is fine")),
    "a changed number": ("p99 went up to 4.8 s.", q("m0001")),
    "a number in words": ("It went on for eighteen minutes.", q("m0004")),
    "a number in joined words": ("The 5xx rate was 12 % for forty-five minutes.", q("m0004")),
    "a rounded number": ("Over a thousand customers could not pay.", q("m0005")),
    "a changed unit": ("The 5xx rate was 12 % for 25 hours.", q("m0004")),
    "a changed percentage": ("The 5xx rate was 21 % for 25 minutes.", q("m0004")),
    "an hour": ("Customers could not pay for an hour.", q("m0005")),
    "a computed number": ("2,400 payments of customers failed.", q("m0005")),
    "a time": ("At 14:02 p99 went up to 4.2 s.", q("m0001")),
    "a time in words": ("On Tuesday p99 went up to 4.2 s.", q("m0001")),
    "a date": ("On 2026-11-24 p99 went up to 4.2 s.", q("m0001")),
    "an invented person": ("Sven rolled back 4312.", q("m0003")),
    "an invented person within": ("The rollback of 4312 was done by Sven.", q("m0003")),
    "somebody else's number": (f"{WILL_P} rolled back 4312.", q("m0003")),
    "a number of nobody": ("P9 rolled back 4312.", q("m0003")),
    "an invented system at the beginning": ("Redis went up to 4.2 s after the deploy.", q("m0001")),
    "an invented system": ("p99 of the Redis cluster went up to 4.2 s.", q("m0001")),
    "an invented system in small letters": ("p99 of kafka went up to 4.2 s.", q("m0001")),
    "an invented country": ("France was where customers could not pay.", q("m0005")),
    "an invented service": ("p99 of orders-api went up to 4.2 s.", q("m0001")),
    "an invented ticket": ("p99 went up to 4.2 s, see OPS-4411.", q("m0001")),
    "blame": (f"{RAJ_P} broke checkout-api with the deploy of 4312.", q("m0001")),
    "blame by a role": ("The careless engineer did the deploy of 4312.", q("m0001")),
    "human error": ("The deploy of 4312 was a human error.", q("m0001")),
    "guilt": ("The deploy of 4312 was the culprit.", q("m0001")),
    "what should have been": ("The deploy of 4312 should have been tested.", q("m0001")),
    "a ping of all": ("@channel p99 went up to 4.2 s.", q("m0001")),
    "a ping in markup": ("<!channel> p99 went up to 4.2 s.", q("m0001")),
    "a ping of one": ("<@U0AAAAAA1> saw p99 go up to 4.2 s.", q("m0001")),
    "HTML": ("p99 <b>went up</b> to 4.2 s.", q("m0001")),
    "an entity": ("p99 went up &lt;to&gt; 4.2 s.", q("m0001")),
    "an image": ("p99 went up ![x](https://ci.example.com/runs/881) to 4.2 s.", q("m0003")),
    "a link of Markdown": ("[Rolled back](https://ci.example.com/runs/881) 4312.", q("m0003")),
    "a template": ("p99 went up to {{ secret }} after the deploy.", q("m0001")),
    "code": ("```p99``` went up to 4.2 s.", q("m0001")),
    "a link that nobody wrote": ("The rollback is https://evil.example.com/x.", q("m0003")),
    "a link with more": ("The rollback is https://ci.example.com/runs/881?leak=1.", q("m0003")),
    "a host that nobody wrote": ("The rollback is at evil-login.com now.", q("m0003")),
    "a script": ("The rollback is at javascript:alert(1) now.", q("m0003")),
    "a local id": ("m0001 says that p99 went up to 4.2 s.", q("m0001")),
    "a hidden character": ("p99 went\u200b up to 4.2 s.", q("m0001")),
    "a turned direction": ("p99 went \u202eup to 4.2 s.", q("m0001")),
    "a secret": ("The key AKIAIOSFODNN7EXAMPLE went up to 4.2 s.", q("m0001")),
    "another language": ("Die Antwortzeiten von checkout-api sind nach dem Deploy auf 4.2 s gestiegen.", q("m0001")),
    "another script": ("Время ответа checkout-api выросло до 4.2 s после выкладки 4312.", q("m0001")),
    "a quotation that nobody wrote": ("Somebody wrote “we are all doomed” about the deploy.", q("m0001")),
    "a denial that nobody made": ("p99 of checkout-api never went up to 4.2 s.", q("m0001")),
    "a dropped denial": ("The rollback did help at first.", q("m0011")),
    "a guess that became known": ("The connection pool in payments-db was exhausted.", q("m0002")),
    "all of them": ("Every customer could not pay.", q("m0010")),
    "most": ("Most deploys were frozen until the next morning.", q("m0010")),
    "nobody": ("Nobody could deploy until the next morning.", q("m0010")),
    "something else altogether": ("Disks filled up with logs of a batch job overnight.", q("m0010")),
    "a question": ("Did p99 of checkout-api go up to 4.2 s?", q("m0001")),
    "a whole story": ("p99 went up. Then it went down. Then it went up to 4.2 s.", q("m0001")),
    "two paragraphs": ("p99 went up to 4.2 s.\n\nDeploys were frozen.", q("m0001"), q("m0010")),
    "no end": ("p99 went up to 4.2 s " + "and up " * 80, q("m0001")),
    "nothing": ("", q("m0001")),
}  # fmt: skip


@pytest.mark.parametrize("case", HOLD)
def test_what_was_written_holds(case: str) -> None:
    text, *evidence = HOLD[case]
    found = drafted(text, *evidence)
    assert len(found.sentences) == 1
    assert found.dropped == 0
    assert all(each.quote and each.quote in LINES[_index(each)].text for each in found.sentences[0].evidence)


def _index(evidence: Evidence) -> int:
    return next(n for n, line in enumerate(LINES) if line.id == evidence.id)


@pytest.mark.parametrize("case", FALL)
def test_what_was_not_written_falls_and_is_counted(case: str) -> None:
    text, *evidence = FALL[case]
    found = drafted(text, *evidence)
    assert found.sentences == ()
    assert found.dropped == 1


def test_people_are_called_by_what_they_did_and_never_by_a_number() -> None:
    found = drafted(f"{RAJ_P} rolled back 4312 in the P1.", q("m0003"), q("m0009"))
    assert found.sentences[0].text == "the responder who wrote rolled back 4312 in the P1."


def test_a_cause_that_one_line_supports_becomes_a_question() -> None:
    found = drafted("The full retry queue caused the worker to have no limit.", q("m0007"))
    assert found.sentences == ()
    (question,) = found.questions
    assert question.text == "And “the retry queue was full because the worker had no limit”?"
    assert question.evidence[0].id == LINES[6].id


def test_of_too_much_the_first_are_looked_at_and_the_rest_is_counted() -> None:
    many = [claim(f"p99 of checkout-api went up to 4.2 s{'!' * n}", q("m0001")) for n in range(40)]
    found = concluded(MATERIAL, statements=many)
    assert (len(found.sentences), found.dropped) == (6, 34)
    item = {"evidence": [{"id": "m0008", "quote": _TEXTS[7][1]}], "text": "", "owner": None, "due_words": None}
    items = [{**item, "text": f"Add an alert on pool usage above 80 % {'x' * n}"} for n in range(40)]
    found = concluded(replace(MATERIAL, purpose=Purpose.ITEMS), items=items)
    assert len(found.items) + found.dropped == 40
    assert len(found.items) <= 8


def item(**different: Any) -> dict[str, Any]:
    return {
        "evidence": [{"id": "m0008", "quote": _TEXTS[7][1]}], "text": "Add an alert on pool usage above 80 %",
        "owner": WILL_P, "due_words": "by Friday", **different,
    }  # fmt: skip


def test_an_item_has_the_owner_and_the_date_that_stand_in_its_line() -> None:
    found = concluded(replace(MATERIAL, purpose=Purpose.ITEMS), items=[item()])
    (proposal,) = found.items
    assert (proposal.owner, proposal.due_words) == (WILL, "by Friday")


@pytest.mark.parametrize(
    "different",
    [
        {"owner": RAJ_P}, {"owner": "P1"}, {"owner": "Will Chen"}, {"owner": WILL}, {"owner": "everybody"},
        {"due_words": "by Monday"}, {"due_words": "2026-12-01"}, {"text": "Improve monitoring"},
        {"text": "Add an alert on pool usage above 90 %"}, {"text": "Add an alert <!here>"}, {"evidence": []},
        {"text": "Train the careless engineers on pool usage above 80 %"},
        {"text": "Add an alert on pool usage above 80 % to https://evil.example.com"},
    ],
)  # fmt: skip
def test_an_item_with_anything_else_falls(different: dict[str, Any]) -> None:
    found = concluded(replace(MATERIAL, purpose=Purpose.ITEMS), items=[item(**different)])
    assert (found.items, found.dropped) == ((), 1)


def test_two_of_one_name_are_nobody() -> None:
    people = {RAJ: "Alex Kim", MARIA: "Alex Kim"}
    lines = (Line("1.0", "Alex will add an alert on pool usage above 80 %", WILL, "", NOON),)
    told = Material(Purpose.ITEMS, "service", "x", lines, people=people)
    sent = outgoing(told, by_name=False, nonce=NONCE)
    assert sent.lines["m0001"].text == "somebody will add an alert on pool usage above 80 %"
    by_name = outgoing(told, by_name=True, nonce=NONCE)
    named = item(owner="Alex Kim", due_words=None)
    named["evidence"] = [{"id": "m0001", "quote": lines[0].text}]
    assert concluded(told, by_name, items=[named]).items == ()


# --- questions ---


def asked(text: str, *evidence: tuple[str, str], purpose: Purpose = Purpose.QUESTION, **more: Any) -> Conclusion:
    wanted = replace(MATERIAL, purpose=purpose, question="How was it noticed?", **more)
    return concluded(wanted, questions=[claim(text, *evidence)])


def test_a_question_that_builds_on_what_was_said_holds() -> None:
    text = "“no alert fired”: how was it noticed, and what would have told you earlier?"
    assert asked(text, q("m0006")).questions[0].text == text


@pytest.mark.parametrize(
    "text",
    [
        "Why did no alert fire?",
        "How come nobody added an alert for the 30 databases?",
        "Who forgot the alert?",
        f"What was {RAJ_P} thinking when no alert fired?!",
        "No alert fired.",
        "How was it noticed? What did users see? What did the alert say?",
        "How did Sven notice that no alert fired?",
        "“no alert ever fires”: how was it noticed?",
        "How should you have noticed that no alert fired?",
        "How was it noticed that the deploy caused no alert?",
    ],
)
def test_a_question_that_blames_asks_why_or_brings_something_in_falls(text: str) -> None:
    assert asked(text, q("m0006")).questions == ()


def test_what_was_asked_is_not_asked_again() -> None:
    text = "What told you about it when no alert fired?"
    assert asked(text, q("m0006")).questions
    assert not asked(text, q("m0006"), asked=("When no alert fired, what told you about it?",)).questions


def test_two_accounts_disagree_only_with_both_of_them() -> None:
    text = "How would one tell whether the rollback brought errors back to zero?"
    one, both = (q("m0011"),), (q("m0011"), q("m0004"))
    assert not asked(text, *one, purpose=Purpose.ACCOUNTS).questions
    assert asked(text, *both, purpose=Purpose.ACCOUNTS).questions


def test_enough_is_only_an_answer_to_a_critique() -> None:
    assert concluded(replace(MATERIAL, purpose=Purpose.CRITIQUE), enough=True).enough
    assert not concluded(MATERIAL, enough=True).enough


# --- the timeline ---


def test_a_gloss_is_of_one_line_short_and_without_a_time() -> None:
    wanted = replace(MATERIAL, purpose=Purpose.GLOSS)

    def gloss(text: str, local: str = "m0010", about: str = "m0010") -> Conclusion:
        return concluded(wanted, statements=[claim(text, q(local), about=about)])

    assert gloss("Deploys frozen.").sentences[0].about == LINES[9].id
    assert not gloss("Deploys frozen.", about="m0009").sentences
    assert not gloss("Deploys frozen at 9:00.").sentences
    assert not gloss("Deploys were frozen, " + "and frozen " * 15).sentences
    twice = [claim("Deploys frozen.", q("m0010"), about="m0010"), claim("Deploys.", q("m0010"), about="m0010")]
    assert len(concluded(wanted, statements=twice).sentences) == 1


# --- rewording ---

_BLAMING = "Raj broke checkout with 4312, <@U0BBBBBB2> and Sven did not notice the Redis alert for 12 minutes"


def reworded(text: str, line: str = _BLAMING) -> Conclusion:
    answer = Line("answer-1", line, WILL, "", NOON, "answer")
    wanted = Material(Purpose.REWORDING, "service", "Checkout errors", (answer,), about=("answer-1",), people=PEOPLE)
    return concluded(wanted, statements=[claim(text, ("a0001", line[-20:]), about="a0001")])


_GOOD = "With 4312 of P2, checkout broke; the Redis alert did not reach P3 and Sven for 12 minutes"


def test_a_rewording_keeps_every_name_as_its_author_typed_it() -> None:
    # Will wrote it and is P1; Raj was typed, Maria was mentioned, and of Sven nobody knows.
    found = reworded(_GOOD)
    told = "With 4312 of <@U0BBBBBB2>, checkout broke; the Redis alert did not reach Raj and Sven for 12 minutes"
    assert [each.text for each in found.sentences] == [told]


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("Sven", "somebody"), ("P2", "the author"), ("P3", "P2"), ("Redis", "cache"), ("12 minutes", "a while"),
        ("12", "20"), ("4312", "4313"), ("4312", "a change"), ("did not reach", "never reached"),
        ("checkout broke", "P2 broke checkout"), ("checkout broke", "checkout broke at 14:02"),
        ("checkout broke", "checkout broke because of Kafka"), ("checkout broke", "all of checkout broke"),
    ],
)  # fmt: skip
def test_a_rewording_that_loses_changes_or_adds_something_falls(word: str, other: str) -> None:
    assert word in _GOOD
    assert reworded(_GOOD.replace(word, other)).sentences == ()
