"""The demo as a newcomer walks it: ten topics answered in the page, the document opened, the reminder pressed.

The demo is the real command in a process of its own, with the incident that it ships.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.places import ROOT

#: Seconds that the demo gets to end.
STOPPED_WITHIN = 60
BLOCKED = "addEventListener('securitypolicyviolation', (e) => console.error(`blocked ${e.violatedDirective}`))"


@pytest.fixture
def address(browser: Browser, tmp_path: Path) -> Iterator[str]:
    """The address that a demo of the test's own prints."""
    folder = tmp_path / "demo"
    command = [sys.executable, "-u", "-m", "bot", "demo", "--no-browser", "--folder", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as demo:
        lines: Queue[str] = Queue()
        told = demo.stdout
        assert told is not None
        reading = Thread(target=lambda: _read(told, lines))
        reading.start()
        try:
            yield _address(lines)
        finally:
            demo.send_signal(signal.SIGTERM)
            # It finishes what is under way, which may take long where other tests share two cores.
            assert demo.wait(STOPPED_WITHIN) == 0
            reading.join(5)


def _read(told: IO[str], lines: Queue[str]) -> None:
    for line in told:
        lines.put(line)


def _address(lines: Queue[str]) -> str:
    seen = ""
    try:
        while True:
            seen += lines.get(timeout=30)
            if found := re.search(r"http://127\.0\.0\.1:\d+", seen):
                return found.group()
    except Empty:
        pytest.fail(f"The demo printed no address: {seen}")


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page at that address; afterwards nothing may have been blocked or gone wrong in it."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, timezone_id="Europe/London")
    context.add_init_script(BLOCKED)
    page = context.new_page()
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    expect(page.locator("body")).to_have_attribute("data-ready", "yes")
    yield page
    context.close()
    assert complaints == []


class Talk:
    """The thread of a postmortem, as people see it in the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pane = page.get_by_test_id("thread-pane")

    def card(self, text: str) -> Locator:
        """The newest message with this text; waits for it."""
        found = self.pane.get_by_test_id("message").filter(has_text=text).last
        expect(found).to_be_visible()
        return found

    def press(self, text: str, label: str) -> None:
        self.card(text).get_by_role("button", name=label, exact=True).click()

    def say(self, text: str) -> None:
        self.page.get_by_test_id("thread-composer").fill(text)
        self.page.get_by_test_id("thread-composer").press("Enter")
        self.card(text.splitlines()[0])

    def answer(self, question: str, text: str, *, built_on: bool = False) -> None:
        """Answers, and presses Next; what the next question builds on, only once the bot says that it heard it.

        That a question has an answer is shown ten seconds after it was put at the earliest.
        """
        self.say(text)
        if built_on:
            expect(self.card(question)).to_contain_text("Noted from")
        self.press(question, "Next")

    def act_as(self, user: str) -> None:
        self.page.get_by_test_id("act-as").select_option(user)
        expect(self.page.get_by_test_id("act-as")).to_have_value(user)
        expect(self.page.locator("body")).to_have_attribute("data-ready", "yes")
        expect(self.pane.get_by_test_id("message").first).to_be_visible()


def test_an_incident_is_walked_from_the_first_command_to_the_reminder(page: Page) -> None:
    thread = Talk(page)
    # The address opens as somebody who was there, in the incident's channel.
    expect(page.get_by_test_id("act-as")).to_have_value("U0MARIA")
    expect(page.get_by_role("heading", name="inc-checkout")).to_be_visible()
    page.get_by_test_id("composer").fill("/postmortem start Checkout errors")
    page.get_by_test_id("composer").press("Enter")
    expect(page.get_by_test_id("ephemeral")).to_contain_text("Opening PM-")
    page.locator(".main").get_by_test_id("message").filter(has_text="Postmortem PM-").get_by_test_id("replies").click()

    expect(thread.card("I read")).to_contain_text("Nothing else was skipped")
    timeline = thread.card("What I understand happened")
    expect(timeline).to_contain_text("cause identified · Found it.")
    thread.press("What I understand happened", "Looks right")
    expect(timeline).to_contain_text("Looked through by @maria")
    thread.press("These people acted", "Invite them")
    expect(thread.card("invites you").locator(".mention").first).to_be_visible()

    first = thread.card("1 of 10 · what happened")
    expect(first).to_contain_text("what stopped working, and for whom?")
    expect(first).to_contain_text("builds on")
    thread.say("Shoppers could not pay at checkout")
    expect(first).to_contain_text("Noted from one person")
    thread.press("1 of 10", "Next")
    expect(first.locator("[data-action-id]")).to_have_count(0)

    expect(thread.card("2 of 10 · timeline")).to_contain_text("before the first alert. What happened there?")
    thread.act_as("U0BETHAN")
    thread.answer("2 of 10", "We had 11 tickets before anybody was paged, and nobody routes those to on-call")
    thread.press("To show it I have", "That's it")

    impact = thread.card("3 of 10 · impact")
    expect(impact).to_contain_text("Of the impact I have “From the payments dashboard: 1,240 failed payments")
    thread.press("3 of 10", "That's it")
    expect(impact).to_contain_text("Confirmed.")

    causes = thread.card("4 of 10 · how it came to be possible")
    expect(causes).to_contain_text("What else had to be true")
    thread.act_as("U0ROHAN")
    thread.say("One release could use every connection\nStaging has one per cent of the rows")
    thread.press("4 of 10", "Split into causes")
    modal = page.get_by_test_id("modal")
    expect(modal.locator("textarea")).to_have_value(
        "One release could use every connection\nStaging has one per cent of the rows"
    )
    page.get_by_test_id("modal-submit").click()
    expect(modal).to_be_hidden()
    thread.press("What else had to be true", "Next")
    thread.card("“One release could use every connection”: how did that come to be possible?")
    thread.answer("how did that come to be possible?", "Tomasz forgot to run the load test", built_on=True)
    expect(thread.card("one follow-up")).to_contain_text("for anyone in that seat?")
    thread.answer("one follow-up", "The load test is a wiki page that nobody is reminded of", built_on=True)
    thread.press("“The load test is a wiki page that nobody is reminded of”: how", "Skip")

    response = thread.card("5 of 10 · the response")
    expect(response).to_contain_text("What helped most to end it")
    response.locator("[data-action-id=more]").click()
    page.get_by_role("menuitem", name="Ask someone").click()
    modal.locator("[data-action-id=value]").click()
    page.keyboard.type("nadia")
    page.keyboard.press("Enter")
    page.get_by_test_id("modal-submit").click()
    expect(thread.card("thinks that you may know").locator(".mention")).to_have_text("@nadia")
    thread.act_as("U0MARCUS")
    thread.answer("5 of 10", "Rolling back was one command")
    thread.card("One early reading was “I think this is the payment provider")
    thread.answer("One early reading was", "Their status page had been yellow all morning")

    ideas = thread.card("6 of 10 · what would help")
    expect(ideas).to_contain_text("ideas only, nobody commits yet")
    thread.answer("6 of 10", "Alert on failed payments alone")

    expect(thread.card("7 of 10 · actions")).to_contain_text("Which of these will we really do?")
    actions = "Alert on failed payments alone, @maria, tomorrow\nAdd a query plan check to CI (db team?)"
    thread.answer("7 of 10", actions)
    items = thread.card("Actions, as I read them")
    expect(items).to_contain_text("Alert on failed payments alone")
    thread.press("Actions, as I read them", "Fill in what is missing")
    expect(modal).to_contain_text("Owner (written: db team?)")
    modal.get_by_label("How will we know that it worked?").last.fill("A release without an index fails its build")
    page.get_by_test_id("modal-submit").click()
    expect(items).to_contain_text("how we will know: A release without an index fails its build")

    expect(thread.card("8 of 10 · sharing")).to_contain_text("Who outside this channel should learn from this")
    thread.answer("8 of 10", "Ines tells the partners in the monthly call")
    # What the status page told stands in the record, so it is only confirmed.
    told = thread.card("Customers were told")
    expect(told).to_contain_text("Investigating")
    thread.press("Customers were told", "That's it")
    expect(thread.card("9 of 10 · lessons")).to_contain_text("What do you know now")
    thread.answer("9 of 10", "A site-wide alert hides a service with little traffic")
    expect(thread.card("10 of 10 · what was not asked")).to_contain_text("What did I not ask?")
    thread.answer("10 of 10", "How the status page was kept up to date")

    review = thread.card("Before it is written")
    row = review.locator("[data-action-id='section_open.luck']")
    row.click()
    modal.locator("textarea").fill("The newsletter had slipped to next week.")
    page.get_by_test_id("modal-submit").click()
    expect(review).to_contain_text("The newsletter had slipped to next week.")
    thread.press("Before it is written", "Write the document")
    summary = thread.card("is written.")
    expect(summary).to_contain_text("Shoppers could not pay at checkout.")
    timeline_drawn = summary.get_by_role("img", name="Timeline of Checkout errors")
    expect(timeline_drawn).to_have_js_property("naturalWidth", 1200)

    summary.get_by_text("Open the document").click()
    canvas = page.get_by_test_id("canvas")
    for words in (
        "Checkout errors",
        "Shoppers could not pay at checkout",
        "1,240 failed payments",
        "One release could use every connection",
        "The load test is a wiki page that nobody is reminded of",
        "The newsletter had slipped to next week.",
        "A release without an index fails its build",
        "How the status page was kept up to date",
    ):
        expect(canvas).to_contain_text(words)
    expect(canvas).not_to_contain_text("forgot")

    thread.act_as("U0MARIA") if thread.pane.is_visible() else page.get_by_test_id("act-as").select_option("U0MARIA")
    for _ in range(2):
        page.get_by_test_id("clock-week").click()
    page.get_by_test_id("channel-postmortem").click()
    page.get_by_test_id("tab-messages").click()
    reminder = page.locator(".main").get_by_test_id("message").filter(has_text="past its date").last
    expect(reminder).to_contain_text("AI-001")
    reminder.get_by_role("button", name="Done", exact=True).first.click()
    newest = page.locator(".main").get_by_test_id("message").last
    expect(newest).to_contain_text("AI-001 Alert on failed payments alone · done ✓")


def test_the_keyboard_alone_starts_answers_and_goes_on(page: Page) -> None:
    keys = page.keyboard
    page.goto(f"{page.url.partition('/archives')[0]}/archives/C0RELEASES?as=U0TOMASZ")
    expect(page.get_by_test_id("composer")).to_be_focused()
    keys.type("/postmortem start A slow release")
    keys.press("Enter")
    opening = page.locator(".main").get_by_test_id("message").filter(has_text="Postmortem PM-").last
    expect(opening.get_by_test_id("replies")).to_be_visible()
    reach(page, opening.get_by_test_id("replies"), "Shift+Tab")
    keys.press("Enter")

    pane = page.get_by_test_id("thread-pane")
    question = pane.get_by_test_id("message").filter(has_text="1 of 10").last
    expect(question).to_be_visible()
    reach(page, page.get_by_test_id("thread-composer"), "Tab")
    keys.type("Releases took an hour")
    keys.press("Enter")
    expect(question).to_contain_text("Noted from one person")
    reach(page, question.locator("[data-action-id=next]"), "Shift+Tab")
    keys.press("Enter")
    expect(pane.get_by_test_id("message").filter(has_text="2 of 10").last).to_be_visible()


def reach(page: Page, wanted: Locator, key: str) -> None:
    """Presses a key until something has the focus, as somebody without a mouse does."""
    for _ in range(60):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} does not lead to {wanted}")
