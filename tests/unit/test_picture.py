"""What the picture of a timeline shows: everything in its place, readable, and nothing that is not known."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise

import pytest

from bot.places import TEMPLATES
from bot.publish.raster import ZOOM, png
from bot.rendering import Renderer
from bot.report.tables import MILESTONES as NAMES
from bot.timeline.lanes import LANE, Lane, lane_of
from bot.timeline.lettering import TEXT, cut_to, width_of
from bot.timeline.naming import NAMED, POINT
from bot.timeline.phases import Span
from bot.timeline.picture import LEFT, RIGHT, WIDTH, Picture, in_shipped_letters, picture_of
from bot.timeline.values import MILESTONES, Entry, Kind, Precision

DAY = datetime(2026, 11, 19, tzinfo=UTC)
RENDERER = Renderer(TEMPLATES)


def entry(
    clock: str, kind: Kind, text: str = "words", actor: str | None = "U1ONCALL", *, day: int = 0, about: bool = False
) -> Entry:
    hours, minutes = map(int, clock.split(":"))
    at = DAY + timedelta(days=day, hours=hours, minutes=minutes)
    precision = Precision.ABOUT if about else Precision.EXACT
    return Entry(f"{day}-{clock}-{kind}-{text}", at, precision, None, kind, text, None, actor, "", 1.0)


CHECKOUT = (
    entry("12:30", Kind.IMPACT_BEGAN, "first complaints around half twelve", about=True),
    entry("13:02", Kind.DETECTED, "checkout 5xx > 5 %", "Grafana"),
    entry("13:09", Kind.DECLARED, "declaring SEV-2"),
    entry("13:40", Kind.HYPOTHESIS, "could be the payment provider"),
    entry("13:44", Kind.ESCALATION, "let's jump on a call"),
    entry("14:12", Kind.CAUSE_IDENTIFIED, "the pool is exhausted: 20 of 20 in use since release 4312"),
    entry("14:25", Kind.CHANGE, "rolling back 4312"),
    entry("14:31", Kind.MITIGATED, "rolled back", "deploybot"),
    entry("14:36", Kind.RECOVERY, "errors are dropping"),
    entry("15:05", Kind.RESOLVED, "all clear"),
)


def busy() -> tuple[Entry, ...]:
    """Three hundred entries within three hours."""
    kinds = (Kind.FINDING, Kind.ALERT, Kind.NOTE, Kind.CHANGE, Kind.ALERT)
    return (
        *(each for each in CHECKOUT if each.kind in MILESTONES),
        *(entry(f"{13 + n * 29 // 4320}:{n * 29 // 72 % 60:02}", kinds[n % 5], f"number {n}") for n in range(294)),
    )


def days() -> tuple[Entry, ...]:
    """Bursts of work on three days, with nights between them."""
    work = [entry(f"{9 + n % 2}:{n * 7 % 60:02}", Kind.FINDING, f"found {n}", day=n % 3) for n in range(40)]
    return (entry("08:55", Kind.DETECTED), *work, entry("11:30", Kind.RESOLVED, day=2))


def picture(entries: Sequence[Entry], zone: str = "UTC", title: str = "checkout errors") -> Picture:
    drawn = picture_of(entries, title=title, zone=zone, names=NAMES, words=lambda each: each.text)
    assert drawn is not None
    return drawn


def texts(drawn: Picture) -> str:
    """What stands in the drawing, as a reader sees it."""
    root = ET.fromstring(RENDERER.picture(drawn))  # noqa: S314 -- our own drawing
    return " ".join("".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text"))


MANY = {
    "ten entries": CHECKOUT,
    "three hundred": busy(),
    "three days": days(),
    "one moment": tuple(entry("12:00", Kind.NOTE, f"at once {n}") for n in range(30)),
    "two moments": tuple(entry(f"{12 + 3 * (n % 2)}:00", Kind.NOTE, f"at once {n}") for n in range(30)),
    "few in two days": (*CHECKOUT, entry("12:00", Kind.NOTE, day=2)),
    "one entry": CHECKOUT[1:2],
    "a minute": (entry("12:00", Kind.DETECTED), entry("12:01", Kind.RESOLVED)),
    "ten years": (entry("12:00", Kind.DETECTED), entry("12:00", Kind.RESOLVED, day=3650)),
    "order of milestones turned": (entry("15:00", Kind.DETECTED), entry("12:00", Kind.RESOLVED)),
}


@pytest.mark.parametrize("entries", MANY.values(), ids=MANY)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "America/Los_Angeles"])
def test_everything_stands_inside_and_nothing_covers_anything_else(entries: tuple[Entry, ...], zone: str) -> None:
    drawn = picture(entries, zone)
    points = [(each.x, each.y) for each in drawn.named]
    assert all(abs(x1 - x2) >= 2 * POINT or abs(y1 - y2) >= 2 * POINT for (x1, y1), (x2, y2) in combinations(points, 2))
    lowest_lane = drawn.lanes[0].y - LANE / 2
    assert all(LEFT <= x <= RIGHT and drawn.top + POINT <= y <= lowest_lane - POINT for x, y in points)
    ticks = [(each.x - width_of(each.utc, 19) / 2, each.x + width_of(each.utc, 19) / 2) for each in drawn.ticks]
    assert all(one[1] < two[0] for one, two in pairwise(ticks))
    assert all(left > LEFT - 8 and right < WIDTH for left, right in ticks)
    silences = [(each.x, each.x + each.width) for each in drawn.silences]
    assert all(one[1] <= two[0] + 0.2 for one, two in pairwise(silences))
    for each in drawn.named:
        wide = width_of(f"{each.name} ", TEXT, bold=True) + width_of(each.text, TEXT)
        assert each.words_at + wide <= WIDTH
        assert each.words_at + width_of(each.more, TEXT) <= WIDTH
    marks = [mark.x for lane in drawn.lanes for mark in lane.marks]
    assert all(LEFT <= x <= RIGHT for x in (*marks, *(each.stem for each in drawn.named)))
    assert all(two.row - one.row >= (57 if one.more else 32) for one, two in pairwise(drawn.named))
    assert drawn.named[-1].row < drawn.notes_at < drawn.height + 20
    assert 300 <= drawn.height <= 1000


def test_ten_entries_are_all_named_in_order_and_three_hundred_are_marks_with_few_names() -> None:
    ten, many = picture(CHECKOUT), picture(busy())
    assert [each.text.split()[0] for each in ten.named] == [
        *("first", "checkout", "declaring", "could", "let's", "the", "rolling", "rolled", "errors", "all"),
    ]
    assert ten.unnamed == 0
    assert len(many.named) == NAMED
    milestones = [each.name for each in many.named if each.milestone]
    assert milestones == ["Impact began", "Detected", "Declared", "Cause identified", "Mitigated", "Resolved"]
    assert sum(lane.count for lane in many.lanes) == 300
    assert f"{300 - NAMED} more as marks only" in texts(many)
    assert sum(len(lane.marks) for lane in many.lanes) < 200


def test_what_people_added_is_named_before_what_the_rules_chose() -> None:
    by_hand = entry("14:02", Kind.NOTE, "the phones were down too")
    drawn = picture_of(
        (*busy(), by_hand), title="t", zone="UTC", names=NAMES, words=lambda each: each.text, first={by_hand.key}
    )
    assert drawn is not None
    assert by_hand.text in [each.text for each in drawn.named]


def test_lanes_tell_alerts_people_and_changes_apart() -> None:
    lanes = {each.text: lane_of(each) for each in CHECKOUT}
    assert lanes["checkout 5xx > 5 %"] is Lane.ALERTS
    assert lanes["rolled back"] is Lane.CHANGES
    assert lanes["rolling back 4312"] is Lane.CHANGES
    assert lanes["errors are dropping"] is Lane.PEOPLE
    assert lane_of(entry("12:00", Kind.RECOVERY, "back to normal", "Datadog")) is Lane.ALERTS


def test_phases_are_shaded_between_known_milestones_and_never_guessed() -> None:
    whole = picture(CHECKOUT)
    assert [(each.span, each.length) for each in whole.phases] == [
        (Span.UNNOTICED, "32 min"),
        (Span.SEARCHING, "1 h 10 min"),
        (Span.REPAIRING, "19 min"),
        (Span.WATCHING, "34 min"),
    ]
    assert all(one.x + one.width <= two.x + 0.1 for one, two in pairwise(whole.phases))
    endless = picture([each for each in CHECKOUT if each.kind not in (Kind.IMPACT_BEGAN, Kind.RESOLVED)])
    assert [each.span for each in endless.phases] == [Span.SEARCHING, Span.REPAIRING]
    assert "Not known: when the impact began, when it was resolved." in texts(endless)
    assert picture([entry("15:00", Kind.DETECTED), entry("12:00", Kind.RESOLVED)]).phases == ()


def test_a_time_that_is_about_looks_so_and_one_that_is_unknown_is_counted_and_not_drawn() -> None:
    unknown = Entry("x", None, Precision.UNKNOWN, None, Kind.NOTE, "no idea when", None, None, "")
    guessed = Entry("y", DAY, Precision.UNKNOWN, None, Kind.NOTE, "nor this", None, None, "")
    drawn = picture([*CHECKOUT, unknown, guessed])
    assert [each.about for each in drawn.named] == [True] + [False] * 9
    assert drawn.named[0].when == "~12:30"
    assert "no idea when" not in texts(drawn)
    assert "2 without a known time, and so not drawn." in texts(drawn)
    assert "2 without a known time, not drawn." in RENDERER.picture_in_words(drawn)
    assert picture_of([unknown], title="t", zone="UTC", names=NAMES, words=lambda each: each.text) is None


def test_silences_are_marked_with_their_length() -> None:
    drawn = picture(CHECKOUT)
    assert [each.length for each in drawn.silences] == ["32 min", "31 min", "28 min", "29 min"]
    assert all(each.label == each.length and not each.shortened for each in drawn.silences)


def test_nights_between_days_of_work_are_drawn_shorter_and_say_so() -> None:
    drawn = picture(days(), "Asia/Kolkata")
    assert [each.shortened for each in drawn.silences] == [True, True]
    assert all(each.label.startswith("~2") for each in drawn.silences)
    assert "// is shortened" in texts(drawn)
    work = RIGHT - LEFT - sum(each.width for each in drawn.silences)
    assert work > (RIGHT - LEFT) / 2


def test_half_an_hour_of_work_and_a_word_of_the_next_day_do_not_leave_the_picture_empty() -> None:
    work = [entry(f"09:{n * 4:02}", Kind.FINDING, f"found {n}") for n in range(8)]
    drawn = picture((*work, entry("09:40", Kind.NOTE, day=1), entry("16:00", Kind.NOTE, day=1)))
    assert [each.shortened for each in drawn.silences] == [True, True]
    assert sum(each.width for each in drawn.silences) < (RIGHT - LEFT) / 2
    # Their lengths are written beside each other, in whole units where there is no room for more.
    assert [each.label for each in drawn.silences] == ["1 d", "~6 h"]
    first, second = ((each.x + each.width / 2, width_of(each.label, 18) / 2) for each in drawn.silences)
    assert first[0] + first[1] < second[0] - second[1]


def test_the_axis_is_in_utc_and_in_the_zone_of_the_team_with_dates_where_they_change() -> None:
    assert [(each.utc, each.local, each.utc_day) for each in picture(CHECKOUT, "Asia/Kolkata").ticks][:2] == [
        ("13:00", "18:30", ""),
        ("13:30", "19:00", ""),
    ]
    assert picture(CHECKOUT, "Asia/Kolkata").zone == "IST"
    assert picture(CHECKOUT, "Europe/London").zone == ""  # The same clock in November.
    assert picture(CHECKOUT, "no such zone").zone == ""
    night = (entry("22:00", Kind.DETECTED), entry("02:00", Kind.RESOLVED, day=1))
    ticks = picture(night, "America/Sao_Paulo").ticks
    assert [each.utc_day for each in ticks if each.utc_day] == ["19 Nov", "20 Nov"]
    assert [each.local_day for each in ticks if each.local_day] == ["19 Nov"]
    assert picture(night, "America/Sao_Paulo").zone == "UTC-03"


HOSTILE = (
    "</text><script>alert(1)</script>",
    '"><image href="https://example.com/x.png"/>',
    "{{ 7 * 7 }} {% raw %} &lt;b&gt; ]]> <!-- x",
    "\u202eevil\u202c \x00\x07 \ud83d zero\u200bwidth",
    "W" * 5000,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_peoples_words_stay_words(text: str) -> None:
    drawn = picture([entry("12:00", Kind.NOTE, text)], title=text)
    root = ET.fromstring(RENDERER.picture(drawn))  # noqa: S314 -- our own drawing
    assert {each.tag.rpartition("}")[2] for each in root.iter()} <= {
        *("svg", "title", "desc", "rect", "text", "tspan", "line", "path", "circle"),
    }
    assert "49" not in texts(drawn)
    assert drawn.named[0].text.rstrip("…")[:20] in texts(drawn)


def test_words_are_cut_where_a_word_ends() -> None:
    assert cut_to("all of this fits", 400, TEXT) == "all of this fits"
    cut = cut_to("the connection pool is exhausted, since the release", 300, TEXT)
    assert cut == "the connection pool is…"
    assert width_of("日本語", TEXT) > width_of("abc", TEXT) * 1.5
    assert cut_to("a\n b\t c", 400, TEXT) == "a b c"


def test_long_words_go_on_below_and_all_of_them_stand_beside_the_picture() -> None:
    said = "found it: the pool is exhausted, 20 of 20 connections in use since release 4312 went out"
    fits, goes_on, cut = picture(
        [
            entry("12:00", Kind.CAUSE_IDENTIFIED, "the pool"),
            entry("12:10", Kind.NOTE, said),
            entry("12:20", Kind.NOTE, f"{said}, and what came before it was a change of the driver that nobody saw"),
        ]
    ).named
    assert not fits.more
    assert f"{goes_on.text} {goes_on.more}" == said, "nothing is left out, and no word is divided"
    assert cut.more.endswith("…")
    assert f"{cut.text} {cut.more[:-1]}" in cut.words
    drawn = picture([entry("12:00", Kind.NOTE, "all words, " * 150), entry("12:10", Kind.NOTE, f"{said} at last")])
    page = RENDERER.picture(drawn)
    assert " at last." in page.partition("<desc")[2].partition("</desc>")[0]
    assert drawn.named[0].words.count("all words") == 150
    # A word without an end is divided all the same.
    assert picture([entry("12:00", Kind.NOTE, "W" * 500)]).named[0].text


def test_what_the_font_has_no_letters_for_is_said() -> None:
    drawn = picture([entry("12:00", Kind.NOTE, "データベース down"), entry("12:05", Kind.NOTE, "откат ждём שלום سلام")])
    shown = in_shipped_letters(drawn)
    assert [each.text for each in shown.named] == ["… down", "откат ждём שלום سلام"]
    assert "Where … stands alone, the document has the words." in texts(shown)
    assert shown.height > drawn.height
    assert in_shipped_letters(picture(CHECKOUT)) == picture(CHECKOUT)


def test_the_words_beside_it_tell_what_it_shows() -> None:
    words = RENDERER.picture_in_words(picture(CHECKOUT))
    assert words.startswith("Timeline of checkout errors, 19 Nov 2026, 12:30–15:05 UTC. ~12:30 Impact began: first")
    assert "14:12 Cause identified: the pool is exhausted" in words
    assert "not noticed for 32 min, finding the cause took 1 h 10 min" in words
    assert "Alerts: 1, Lines of 1 person: 7, Changes: 2." in words
    more = entry("15:07", Kind.NOTE, "same here", "U2DEV"), entry("15:08", Kind.NOTE, "posted", "Statuspage")
    asked = (*CHECKOUT, *more)
    assert "Lines of 2 people: 9," in RENDERER.picture_in_words(picture(asked)), "a tool is no person"
    assert "Nothing on record for 32 min" in words
    assert len(RENDERER.picture_in_words(picture(CHECKOUT), 300)) <= 300


def test_the_image_is_of_the_wanted_size_and_shows_something() -> None:
    drawn = in_shipped_letters(picture(CHECKOUT))
    image = png(RENDERER.picture(drawn))
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", image[16:24]) == (WIDTH * ZOOM, drawn.height * ZOOM)
    assert len(image) < 500_000
    pixels = zlib.decompress(b"".join(_chunks(image, b"IDAT")))
    assert len(set(pixels[:: len(pixels) // 5000])) > 20


def test_the_words_in_the_image_are_drawn_with_the_font_that_ships() -> None:
    def drawn(text: str) -> bytes:
        return png(f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text y="15">{text}</text></svg>')

    shown = {drawn(text) for text in ("", "a", "ж", "ש", "س", "ł", "→", "…")}
    assert len(shown) == 8


def _chunks(image: bytes, wanted: bytes) -> list[bytes]:
    found, place = [], 8
    while place < len(image):
        (length,) = struct.unpack(">I", image[place : place + 4])
        if image[place + 4 : place + 8] == wanted:
            found.append(image[place + 8 : place + 8 + length])
        place += 12 + length
    return found
