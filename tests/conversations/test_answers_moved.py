"""What was answered to the wrong question is put where it belongs, without one message more."""

from __future__ import annotations

from tests.conversations.talk import ASHA, MARIA, TOM, Talk, plainly
from tests.fakes.scene import said

IMPACT = "1,240 payments failed"


def test_figures_told_under_a_how_go_to_the_impact_with_one_press(talk: Talk) -> None:
    talk.until("causes.how")
    talk.s.later(15)
    ts = talk.s.say(IMPACT, TOM)
    talk.s.later(10)
    before = talk.length()
    assert "[That is about the impact]" in talk.asked()
    talk.press("elsewhere.0", ASHA)
    assert "An answer from here was moved to *Impact*." in talk.asked()
    assert "[That is about the impact]" not in talk.asked()
    assert "Noted" not in talk.asked()
    assert talk.length() == before, talk.read(before)
    # It waits for a condition again, and an edit of the words follows them.
    talk.s.later(600)
    assert "how it came to be possible" in talk.asked()
    talk.edit(ts, "1,302 payments failed", TOM)
    talk.to_review()
    talk.write()
    document = talk.document()
    assert "1,302 payments failed" in document[document.index("## Impact") : document.index("## Timeline")]
    assert "1,302 payments failed" not in document[document.index("## Contributing factors") :]


def test_in_the_review_each_answer_can_be_moved_to_another_section_and_back(talk: Talk) -> None:
    talk.answer("Customers could not pay", user=TOM)
    talk.answer("the status page was yellow at the same minute, by chance", user=ASHA)
    talk.to_review()
    before = talk.length()
    assert "[Move an answer]" in talk.message("Before it is written")
    talk.press("answers")
    pick(talk, "by chance", "luck")
    listed = [plainly(str(b["text"]["text"])) for b in talk.modal()["blocks"] if b["type"] == "section"]
    assert listed == [
        "*Summary*",
        "“Customers could not pay” · @tom",
        "*Where we were lucky*",
        "“the status page was yellow at the same minute, by chance” · @asha\n_moved here from Timeline by @maria_",
    ]
    talk.s.later(5)
    assert "by chance" in section(talk, "Where we were lucky")
    pick(talk, "by chance", "timeline")
    assert "moved here" not in str(talk.modal()["blocks"])
    talk.s.later(5)
    assert "Not answered" in section(talk, "Where we were lucky")
    assert talk.length() == before
    assert talk.row().said[-1].placed_by == ""


def test_also_after_the_document_is_written_an_answer_moves_and_the_document_follows(talk: Talk) -> None:
    talk.until("actions.items")
    talk.answer("We could not see it: nobody looked at the dashboard", user=TOM)
    talk.to_review()
    talk.write()
    assert "AI-001" in talk.document()
    talk.press("change")
    talk.s.person(MARIA).click_view(talk.modal()["id"], "answers")
    talk.s.settle()
    pick(talk, "nobody looked", "hard")
    talk.s.later(700)
    document = talk.document()
    assert "nobody looked at the dashboard" in document[document.index("## What was hard") :]
    assert "AI-001" not in document


def test_the_review_names_an_answer_that_reads_like_another_section_until_it_is_moved(talk: Talk) -> None:
    talk.until("causes.how")
    talk.answer(IMPACT, user=TOM)
    talk.to_review()
    told = f"“{IMPACT}” stands under *Contributing factors* and reads like *Impact*; *Move an answer* puts it there."
    assert told in talk.message("Before it is written")
    talk.press("answers")
    pick(talk, IMPACT, "impact")
    talk.s.later(5)
    assert "reads like" not in talk.message("Before it is written")


def pick(talk: Talk, words: str, section: str) -> None:
    """Chooses a section in the picker beside the answer with these words."""
    view = talk.modal()
    block = next(b for b in view["blocks"] if b.get("accessory") and words in str(b["text"]))
    talk.s.person(MARIA).click_view(view["id"], "answer_move", section, block_id=block["block_id"])
    talk.s.settle()


def section(talk: Talk, heading: str) -> str:
    """A section's first lines, as the review shows them."""
    review = next(m for m in reversed(talk.s.from_bot()) if "Before it is written" in said(m))
    return next(plainly(b["text"]["text"]) for b in review["blocks"] if heading in str(b.get("text")))
