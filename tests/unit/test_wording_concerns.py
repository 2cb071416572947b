"""Wording that a facilitator would ask about is found; what people in their roles did, and what is denied, is not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.wording.concerns import MOST, Kind, concerns

SETS = {
    name: tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    for name in ("sentences_wording.toml", "sentences_wording_second.toml")
}
FLAGGED = [(kind, text) for each in SETS.values() for kind, texts in each["flagged"].items() for text in texts]
NEUTRAL = [text for each in SETS.values() for text in each["neutral"]["sentences"]]


def kinds(text: str, names: tuple[str, ...] = ()) -> set[str]:
    return {str(concern.kind) for concern in concerns(text, names)}


def test_there_are_sentences_enough() -> None:
    assert len(FLAGGED) >= 100
    assert len(NEUTRAL) >= 100
    assert {kind for kind, _ in FLAGGED} == set(Kind)


def test_of_every_ten_places_to_ask_nine_are_found() -> None:
    missed = [(kind, text) for kind, text in FLAGGED if kind not in kinds(text)]
    assert len(missed) <= len(FLAGGED) // 10, missed


def test_a_neutral_sentence_is_left_alone() -> None:
    assert [(text, kinds(text)) for text in NEUTRAL if kinds(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "not Raj's fault",
        "it isn't Tom's fault, nobody could have... the tool allows it",
        "this was not human error",
        "we are not saying that someone forgot the index",
        "it was never obvious",
        "I don't blame the vendor",
    ],
)
def test_what_is_denied_is_not_asked_about(text: str) -> None:
    assert not kinds(text) & {"person_as_cause", "human_error", "hindsight"}


@pytest.mark.parametrize(
    ("text", "blames"),
    [
        ("just me being stupid", True),
        ("silly me, I took the default", True),
        ("I was an idiot", True),
        ("I have only myself to blame", True),
        ("it was just me on call", False),
        ("that was me who rolled back", False),
        ("it was not stupid of me, the form offers it", False),
        ("nadia changed it without knowing what the code does", True),
        ("it broke when tom pushed it without testing", True),
        ("argocd applied it without checking the freeze", False),
        ("the form lets anybody change it without knowing who uses it", False),
    ],
)
def test_who_blames_themselves_or_somebody_in_small_letters_names_a_person_as_the_cause(
    text: str, blames: bool
) -> None:
    assert ("person_as_cause" in kinds(text)) is blames


@pytest.mark.parametrize(
    ("text", "blames"),
    [
        ("ines didnt test it properly, simple as that", True),
        ("INES didn't test it", True),
        ("ola dropped the ball", True),
        ("sloppy review by ola", True),
        ("it was because of ines", True),
        ("it was ola's mistake", True),
        ("ines didnt get the page", False),
        ("ines rolled it back at 14:02", False),
        ("it wasnt ines's mistake", False),
        ("a careful review by ines", False),
        ("the job will break the site when the cache restarts", False),
        ("because of the cache", False),
    ],
)
def test_a_person_who_is_known_is_a_person_in_any_letters(text: str, blames: bool) -> None:
    assert ("person_as_cause" in kinds(text, ("Ines Duarte", "ola", "Will Moss"))) is blames


@pytest.mark.parametrize(
    ("text", "blames"),
    [
        ("the dev didnt check", True),
        ("somebody didnt read the alert", True),
        ("the cron didnt run", False),
        ("the dev cluster didnt start", False),
        ("it wasnt the vendor's fault", False),
    ],
)
def test_an_apostrophe_may_be_missing(text: str, blames: bool) -> None:
    assert ("person_as_cause" in kinds(text)) is blames


@pytest.mark.parametrize(
    ("text", "blames"),
    [
        ("lukasz set retention to 30d w/o asking anybody", True),
        ("we only run in one region, raj decided that in 2022 to save money", True),
        ("tom pushed it without review", True),
        ("bea merged w/o approval", True),
        ("tom didnt check the graphs", True),
        ("luke was asleep and didnt hear the pager", True),
        ("it was jiri's change", True),
        ("that was Tom's deploy, nothing else", True),
        ("jiri wouldnt listen", True),
        ("tom rolled back", False),
        ("zoe paged the dba", False),
        ("raj approved the rollback", False),
        ("raj decided to fail over to eu-west-1", False),
        ("raj decided that we would page the dba", False),
        ("tom was asleep, so raj took over", False),
        ("jiri's change went out at 12:28", False),
        ("it was jiri's change that we rolled back", False),
        ("it wasnt jiri's change", False),
        ("it was yesterday's deploy", False),
        ("bea merged the fix at 14:02", False),
        ("luke didnt get the page", False),
    ],
)
def test_how_tired_people_name_a_person_as_the_cause_is_found_and_what_people_did_in_their_roles_is_not(
    text: str, blames: bool
) -> None:
    known = ("Łukasz Nowak", "raj", "Tom Reed", "bea", "Luke Hill", "Jiří Dvořák", "zoe")
    assert ("person_as_cause" in kinds(text, known)) is blames


@pytest.mark.parametrize(
    ("text", "blames"),
    [
        ("lukasz set retention to 30d w/o asking anybody", True),
        ("raj decided that in 2022 to save money", True),
        ("luke was asleep and didnt hear the pager", True),
        ("it was my change", True),
        ("bea merged w/o approval", False),
        ("mergify merged w/o approval", False),
        ("the laptop was asleep and didnt hear it", False),
        ("the device was asleep and didnt respond", False),
        ("it was redis' change", False),
        ("the script deleted it without asking anybody", False),
        ("raft decided that in the second round", False),
    ],
)
def test_a_word_in_small_letters_is_a_person_only_where_nothing_else_can_do_what_it_did(
    text: str, blames: bool
) -> None:
    assert ("person_as_cause" in kinds(text)) is blames


def test_a_concern_says_where_it_stands() -> None:
    text = "At 14:02 someone forgot the index. In hindsight it’s clear, and it was human error."
    found = concerns(text)
    assert [str(each.kind) for each in found] == ["person_as_cause", "hindsight", "human_error"]
    assert all(text[each.start : each.end] == each.words for each in found)
    assert found[0].words.startswith("someone forgot")


def test_curly_apostrophes_read_like_straight_ones() -> None:
    assert kinds("we should’ve tested it") == kinds("we should've tested it") == {"counterfactual"}


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("improve monitoring", True),
        ("improve monitoring of the checkout queue so that we see a stall in a minute", False),
        ("be more careful with deploys", True),
        ("increase the pool to 40", False),
        ("better alerting", True),
        ("- improve our processes", True),
        ("we fixed it at 14:02", False),
        ("quite a lot", True),
        ("quite a lot of tickets were routed to billing", False),
    ],
)
def test_vague_is_what_nobody_could_begin_with(text: str, vague: bool) -> None:
    assert ("vague" in kinds(text)) is vague


def test_luck_told_as_luck_is_no_counterfactual() -> None:
    assert kinds("it could easily have been much worse") == set()
    assert kinds("it could have been the cache") == set()


@pytest.mark.parametrize(
    "unit", ["a", "we should have tested it. ", "improve monitoring\n", "the engineer forgot ", "Raj broke the "]
)
@pytest.mark.timeout(30)  # A tenth of a second is usual; what grows with the square would take minutes.
def test_a_megabyte_is_read_in_a_moment(unit: str) -> None:
    found = concerns((unit * 1_000_000)[:1_000_000])
    assert len(found) <= MOST * len(Kind)
