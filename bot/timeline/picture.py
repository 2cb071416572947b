"""What does the picture of a timeline show, and where? Everything is placed here; a template only draws it.

Sizes are in units of which the picture is `WIDTH` wide: text of 21 units is 13 pixels high on a phone. A moment that is
not known is counted and never drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from bot.timeline.axis import Axis, Tick, axis_of, clock_of, day_of, length_of, roughly, ticks_of
from bot.timeline.lanes import LANE, Marks, lanes_of
from bot.timeline.lettering import cut_to, width_of, with_letters
from bot.timeline.naming import POINT, POINT_ROW, Listed, Named, below, chosen_of, named_of, points_of
from bot.timeline.phases import Phase, phases_of
from bot.timeline.values import MILESTONES, Entry, Kind, Precision
from bot.timeline.zones import known_zone

WIDTH = 600
#: Where the time axis begins and ends; the names of the lanes stand before it.
LEFT, RIGHT = 96.0, 586.0
#: Where the names of the phases stand, two in a row; the distance of the rows, and of the notes under the list.
PHASES_AT, PHASE_ROW, NOTE = 100.0, 28.0, 25.0
#: The distance of the strokes that fill an empty part, and the least between the lengths written above two of them.
HATCH, LABELS_APART = 13, 5.0


@dataclass(frozen=True, slots=True)
class Silence:
    """A hatched part: nothing on the timeline. `label` is empty where there is no room for it."""

    x: float
    width: float
    length: str
    label: str
    shortened: bool
    #: Its strokes, as a path.
    strokes: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn timeline. The top and the bottom of the axis are those of its shading."""

    title: str
    when: str
    zone: str
    height: int
    top: float
    bottom: float
    phases_at: float
    ticks: tuple[Tick, ...]
    phases: tuple[Phase, ...]
    silences: tuple[Silence, ...]
    lanes: tuple[Marks, ...]
    named: tuple[Named, ...]
    #: Entries that have only a mark, and entries without a known time, which are not drawn.
    unnamed: int
    untimed: int
    #: Milestones that every incident has and nobody has given: impact_began and resolved; none of a near miss.
    unknown: tuple[Kind, ...]
    notes_at: float
    #: Whether some letters stand as …, since the font has none for them.
    unlettered: bool = False

    @property
    def about(self) -> bool:
        """Whether something is drawn whose time is not exact."""
        return any(mark.about for lane in self.lanes for mark in lane.marks) or any(n.about for n in self.named)


def picture_of(
    entries: Sequence[Entry],
    *,
    title: str,
    zone: str,
    names: Mapping[Kind, str],
    words: Callable[[Entry], str],
    first: Collection[str] = (),
    missed: Sequence[Kind] = (Kind.IMPACT_BEGAN, Kind.RESOLVED),
) -> Picture | None:
    """The picture of `entries`, in any order; None when none of them has a known time.

    `names` are those of the milestones, `words` how the text of an entry is told, `first` the keys of the entries that
    are named before others, as are those that people added. `zone` is the team's, an IANA name. `missed` are
    the milestones that every such incident has.
    """
    dated = ((each.at, each) for each in entries if each.precision is not Precision.UNKNOWN)
    timed = sorted(((at, each) for at, each in dated if at is not None), key=_order)
    if not timed:
        return None
    moments = [at for at, _ in timed]
    known = {entry.kind: at for at, entry in reversed(timed)}
    axis = axis_of(moments, LEFT, RIGHT - LEFT)
    local = known_zone(zone) or UTC
    here = _zone_name(moments, local)
    ticks = ticks_of(axis, local)
    phases = phases_of(known, axis)
    silences = _silences(axis)
    chosen = chosen_of(timed, first)

    top = PHASES_AT - 8 + PHASE_ROW * -(-len(phases) // 2) + (4 if phases else 0)
    top += (46 if any(tick.local_day for tick in ticks) else 26) if here else 0
    points, rows = points_of([axis.x(at) for at, _ in chosen], LEFT, RIGHT, top + POINT + 6)
    lanes_at = top + rows * POINT_ROW + 12 + (24 if any(each.label for each in silences) else 0)
    lanes = lanes_of(timed, axis, lanes_at)
    bottom = lanes_at + LANE * len(lanes)
    list_at = bottom + (84 if any(tick.utc_day for tick in ticks) else 62)
    listed = Listed(WIDTH - 14, names, words, days=len({day_of(at) for at in moments}) > 1)
    named = named_of(chosen, axis, points, list_at, listed)
    picture = Picture(
        title=cut_to(title, WIDTH - 28, 25, bold=True),
        when=_when(moments),
        zone=here,
        height=0,
        top=top,
        bottom=bottom,
        phases_at=PHASES_AT,
        ticks=ticks,
        phases=phases,
        silences=tuple(replace(each, strokes=_strokes(each, lanes_at, bottom)) for each in silences),
        lanes=lanes,
        named=named,
        unnamed=len(timed) - len(chosen),
        untimed=len(entries) - len(timed),
        unknown=tuple(kind for kind in missed if kind not in known),
        notes_at=below(named[-1]) + 2,
    )
    return replace(picture, height=int(picture.notes_at + NOTE * notes_in(picture) - 6))


def notes_in(picture: Picture) -> int:
    """How many lines of notes stand under the list."""
    drawn = picture.about or bool(picture.silences)
    return sum(map(bool, (drawn, picture.unnamed, picture.untimed, picture.unknown, picture.unlettered)))


def in_shipped_letters(picture: Picture) -> Picture:
    """The picture for a drawing with the shipped font alone: what it has no letters for stands as …, and is told."""
    title = with_letters(picture.title)
    named = tuple(replace(n, text=with_letters(n.text), more=with_letters(n.more)) for n in picture.named)
    if title == picture.title and named == picture.named:
        return picture
    return replace(picture, title=title, named=named, unlettered=True, height=int(picture.height + NOTE))


def _order(timed: tuple[datetime, Entry]) -> tuple[datetime, int, str]:
    """By time; milestones of the same time in the order in which they usually come."""
    at, entry = timed
    return at, MILESTONES.index(entry.kind) if entry.kind in MILESTONES else len(MILESTONES), entry.key


def _silences(axis: Axis) -> tuple[Silence, ...]:
    found = []
    written = LEFT - LABELS_APART
    for each in axis.empty:
        length, middle = length_of(each.end - each.start), each.x + each.width / 2
        label = ""
        for words in (length, roughly(each.end - each.start)):
            half = width_of(words, 18) / 2
            if half * 2 <= each.width + 6 and middle - half >= written + LABELS_APART:
                label, written = words, middle + half
                break
        found.append(Silence(round(each.x, 1), round(each.width, 1), length, label, each.shortened))
    return tuple(found)


def _strokes(silence: Silence, top: float, bottom: float) -> str:
    """Slanting strokes that fill the part from `top` to `bottom`."""
    left, right, height = silence.x, silence.x + silence.width, bottom - top
    found = []
    for foot in range(int(left - height), int(right), HATCH):
        one, other = max(foot, left), min(foot + height, right)
        if one < other:
            found.append(f"M{one:.1f} {bottom - one + foot:.1f}L{other:.1f} {bottom - other + foot:.1f}")
    return "".join(found)


def _zone_name(moments: Sequence[datetime], zone: tzinfo) -> str:
    """How the zone is called at these moments: `BST`, `UTC+3`; empty where it is UTC."""
    local = [each.astimezone(zone) for each in moments]
    if not any(each.utcoffset() for each in local):
        return ""
    name = local[0].tzname() or ""
    return name if name[:1].isalpha() else f"UTC{name}"


def _when(moments: Sequence[datetime]) -> str:
    first, last = moments[0].astimezone(UTC), moments[-1].astimezone(UTC)
    year = last.year
    if f"{first:%Y-%m-%d}" == f"{last:%Y-%m-%d}":
        clock = clock_of(first) if first == last else f"{clock_of(first)}–{clock_of(last)}"
        return f"{day_of(first)} {year}, {clock} UTC"
    return f"{day_of(first)} {clock_of(first)} – {day_of(last)} {year} {clock_of(last)} UTC"
