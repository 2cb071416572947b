"""How are the weights found by which `bot.timeline.beginnings` tells since when it was broken?

`make weights` fits them anew: to the moments that are named in the labelled channels of `benchmarks/talk`, where a
message is labelled as saying when it began, and in the cases of `benchmarks/talk_aside`, which have a truth. The fifth
set there is kept aside: no weight is fitted to it, so that it can be measured by.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.fitting import written_down
from benchmarks.labelled_talk import Channel, labelled
from bot.cases import Case, read_cases
from bot.dialogue.turns import Act, Turn
from bot.evals.talk import TOLERANCES
from bot.evals.truth import truth_of
from bot.timeline.beginning_hints import SAME, Named, named_moments
from bot.timeline.denied_times import undenied_moments
from bot.timeline.reading import Reading
from bot.timeline.signs import read_signs
from bot.timeline.values import RecordMessage

ASIDE = Path(__file__).resolve().parent / "talk_aside"
KEPT_ASIDE = "fifth_"
INTO = Path(__file__).resolve().parent.parent / "bot" / "timeline" / "fitted_beginnings.py"
#: What stands beside fewer moments than this is no hint; how freely the weights follow, by trial (0.03 to 0.3).
_OFTEN, _FREELY = 5, 0.03
#: What is farther than this from a labelled beginning is none.
_CLEARLY_OTHER = timedelta(minutes=8)
#: By these nobody says when it began.
_NO_BEGINNING = (Act.CLOSES, Act.RECOVERS, Act.MENDS, Act.DECIDES, Act.TELLS, Act.PLANS, Act.CHATS, Act.ELSEWHERE)

Example = tuple[dict[str, float], bool]


def main() -> int:
    """Fits the weights, writes them, and says how many moments they were fitted to."""
    examples = [each for channel in labelled() if channel.incident for each in _of_channel(channel)]
    paths = (path for path in sorted(ASIDE.glob("*.jsonl")) if not path.name.startswith(KEPT_ASIDE))
    examples += [each for path in paths for case in read_cases(path) for each in of_case(case)]
    always, weights = fitted(examples)
    written_down(INTO, "what speaks for a moment at which harm began", always, weights)
    sys.stdout.write(f"{INTO.name}: {len(weights)} hints from {len(examples)} moments\n")
    return 0


def fitted(examples: Sequence[Example]) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """How much everything that is weighed speaks for a beginning."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(name for hints, _ in examples for name in hints)
    rows = [{name: much for name, much in hints.items() if counts[name] >= _OFTEN} for hints, _ in examples]
    vectors = DictVectorizer()
    fit = LogisticRegression(C=_FREELY, max_iter=3000).fit(vectors.fit_transform(rows), [told for _, told in examples])
    weights = zip(vectors.feature_names_, fit.coef_[0], strict=True)
    return (
        {"began": round(float(fit.intercept_[0]), 2)},
        {name: {"began": round(float(each), 2)} for name, each in weights if abs(each) >= 0.01},
    )


def of_case(case: Case) -> Iterator[Example]:
    """The moments that the messages of a case name, and whether its truth says that it began then."""
    truth = truth_of(case)
    detected = None if truth is None else truth.milestones["detected"]
    if truth is None or detected is None:
        return
    right = [truth.milestones["start"], *(at for name, at in truth.accepted if name == "start")]
    for named in named_moments([_reading(each, case.zone) for each in case.messages], detected):
        yield named.hints, any(at is not None and abs(named.moment.at - at) <= TOLERANCES["start"] for at in right)


def _of_channel(channel: Channel) -> Iterator[Example]:
    """Those of a labelled channel of which it is clear whether it began then."""
    harm = (Act.HARM, Act.ALERTS)
    detected = next((turn.at for turn, act in zip(channel.turns, channel.acts, strict=True) if act in harm), None)
    if detected is None:
        return
    messages = [_message(place, turn) for place, turn in enumerate(channel.turns)]
    acts = dict(zip((each.ts for each in messages), channel.acts, strict=True))
    named = named_moments([_reading(each, "UTC") for each in messages], detected)
    began = set(_dated(named, acts).values())
    for each in named:
        act, far = acts[each.reading.read.message.ts], [abs(each.moment.at - at) for at in began]
        if began and min(far) <= SAME:
            yield each.hints, True
        elif _is_none(each, act, far):
            yield each.hints, False


def _is_none(named: Named, act: Act, far: Sequence[timedelta]) -> bool:
    """Whether a moment is no beginning, so `far` from each that is labelled."""
    if act is Act.DATES:
        return "ends a span" in named.hints
    if far:
        return min(far) > _CLEARLY_OTHER
    return act in _NO_BEGINNING and "opens a span" not in named.hints  # "closing. 10:02 to 10:45"


def _dated(named: Sequence[Named], acts: Mapping[str, Act]) -> dict[str, datetime]:
    """The earliest moment of each message that is labelled as saying when it began."""
    found: dict[str, datetime] = {}
    for each in named:
        ts = each.reading.read.message.ts
        if acts[ts] is Act.DATES:
            found[ts] = min(found.get(ts, each.moment.at), each.moment.at)
    return found


def _message(place: int, turn: Turn) -> RecordMessage:
    ts = f"{int(turn.at.timestamp())}.{place:06d}"
    return RecordMessage(ts, None if turn.tool else turn.writer, turn.text, turn.writer if turn.tool else None)


def _reading(message: RecordMessage, zone: str) -> Reading:
    return Reading(read_signs(message), (), None, undenied_moments(message.text, message.at, zone))


if __name__ == "__main__":
    sys.exit(main())
