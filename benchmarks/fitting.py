"""How are the weights found by which `bot.dialogue` tells what a message does?

`make weights` fits them anew to the labelled channels of `benchmarks/talk`, and writes them down as modules that a
person can read. It is run when channels were added, and needs scikit-learn, which nothing else does.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.labelled_talk import Channel, labelled
from bot.dialogue.features import around, of_stretch, words_of
from bot.dialogue.turns import ACTS, Act

INTO = Path(__file__).resolve().parent.parent / "bot" / "dialogue"
#: What stands in fewer messages than this is no hint; what weighs less than this is left out, to keep it readable.
_OFTEN, _LIGHT = 3, 0.1
#: How freely the weights follow the labels: the inverse of the strength of regularisation, found by trial.
_WORDS_FREELY, _SURROUNDINGS_FREELY, _STRETCH_FREELY = 1.0, 0.1, 0.1
#: No channel that was made shorter has fewer messages.
_A_FEW = 5
#: What the words say of a message is learned without its own channel: each of so many parts is read by the others.
_PARTS = 5


Rows = Sequence[Sequence[float]]


def main() -> int:
    """Fits the three tables one on the other, writes them, and says how large they are."""
    channels = labelled()
    acts = [act for channel in channels for act in channel.acts]
    whose = [place for place, channel in enumerate(channels) for _ in channel.turns]
    words = _often([dict.fromkeys(words_of(turn), 1.0) for channel in channels for turn in channel.turns])
    read, told = _fitted(words, acts, whose, _WORDS_FREELY, _LIGHT)
    _write("words", "the words of a message", told)

    several = [
        (place, shorter, rows)
        for place, (channel, own) in enumerate(zip(channels, _apart(channels, read), strict=True))
        for shorter, rows in _and_shorter(channel, own)
    ]
    around_it = [each for _, channel, rows in several for each in around(channel.turns, rows)]
    acts = [act for _, channel, _ in several for act in channel.acts]
    whose = [place for place, channel, _ in several for _ in channel.turns]
    seen, told = _fitted(around_it, acts, whose, _SURROUNDINGS_FREELY, 0.01)
    _write("surroundings", "what stands around a message", told)

    in_all = [of_stretch(rows) for rows in _apart([channel for _, channel, _ in several], seen)]
    incidents = ["incident" if channel.incident else "none" for _, channel, _ in several]
    chances, told = _fitted(in_all, incidents, [place for place, _, _ in several], _STRETCH_FREELY, 0.0)
    _write("stretch", "a stretch of a conversation", told)
    _say_how_well(several, seen, [row[0] for row in chances])
    return 0


def _and_shorter(channel: Channel, rows: Rows) -> Iterator[tuple[Channel, Rows]]:
    """The channel as it is, without its talk, and with half of what is said: other channels have few words."""
    yield channel, rows
    chosen = Random(channel.name)  # noqa: S311 - the same each time is what is wanted
    places = range(len(rows))
    for kept in (
        [each for each in places if channel.acts[each] is not Act.CHATS],
        [each for each in places if chosen.random() < 0.5],
    ):
        if len(kept) >= _A_FEW:
            turns, acts = tuple(channel.turns[each] for each in kept), tuple(channel.acts[each] for each in kept)
            yield replace(channel, turns=turns, acts=acts), [rows[each] for each in kept]


def _say_how_well(several: Sequence[tuple[int, Channel, Rows]], seen: Rows, chances: Sequence[float]) -> None:
    """Prints how well messages and channels are read by weights that were fitted without their own channel."""
    right = total = wrong = 0
    every = [channel for _, channel, _ in several]
    for channel, rows, chance in zip(every, _apart(every, seen), chances, strict=True):
        likeliest = [ACTS[max(range(len(row)), key=row.__getitem__)] for row in rows]
        right += sum(found is act for found, act in zip(likeliest, channel.acts, strict=True))
        total += len(rows)
        wrong += bool(chance > 0.5) is not channel.incident
    sys.stdout.write(f"{right} of {total} messages, and all but {wrong} of {len(several)} channels, are read right\n")


def _often(rows: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    counts = Counter(name for row in rows for name in row)
    return [{name: much for name, much in row.items() if counts[name] >= _OFTEN} for row in rows]


def _apart(channels: Sequence[Channel], rows: Rows) -> list[Rows]:
    found, first = [], 0
    for channel in channels:
        found.append(rows[first : first + len(channel.turns)])
        first += len(channel.turns)
    return found


def _fitted(
    rows: Sequence[Mapping[str, float]], names: Sequence[str], whose: Sequence[int], freely: float, light: float
) -> tuple[list[list[float]], tuple[dict[str, float], dict[str, dict[str, float]]]]:
    """How likely each label is in each row, as read without its own part; and the weights that all rows give."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MaxAbsScaler

    labels = [str(name) for name in names]
    pipeline = make_pipeline(DictVectorizer(), MaxAbsScaler(), LogisticRegression(C=freely, max_iter=5000))
    read = cross_val_predict(
        pipeline, rows, labels, groups=whose, cv=GroupKFold(_PARTS), method="predict_proba", n_jobs=-1
    )
    pipeline.fit(rows, labels)
    return _in_order(read, pipeline.classes_), _weights(pipeline, light)


def _in_order(read: Any, classes: Sequence[str]) -> list[list[float]]:
    """The columns in the order of the acts, or that of the incidents; ValueError where an act has no message."""
    if set(classes) == {"incident", "none"}:
        return [[float(row[list(classes).index("incident")])] for row in read]
    if set(classes) != {str(act) for act in ACTS}:
        raise ValueError(f"no message is labelled with {', '.join({str(act) for act in ACTS} - set(classes))}")
    places = [list(classes).index(str(act)) for act in ACTS]
    return [[float(row[place]) for place in places] for row in read]


def _weights(pipeline: Any, light: float) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    vectors, scaler, fit = (step for _, step in pipeline.steps)
    if len(fit.classes_) == 2:  # one row of weights, for the second class, which is what is not asked for
        classes, rows, always = [str(fit.classes_[0])], -fit.coef_, -fit.intercept_
    else:
        classes, rows, always = [str(each) for each in fit.classes_], fit.coef_, fit.intercept_
    rows = rows / scaler.scale_
    told = {}
    for column, name in enumerate(vectors.feature_names_):
        weights = {each: round(float(row[column]), 2) for each, row in zip(classes, rows, strict=True)}
        if kept := {each: weight for each, weight in weights.items() if abs(weight) >= max(light, 0.01)}:
            told[name] = kept
    return dict(zip(classes, (round(float(each), 2) for each in always), strict=True)), told


def _write(name: str, of: str, told: tuple[dict[str, float], dict[str, dict[str, float]]]) -> None:
    path = INTO / f"fitted_{name}.py"
    written_down(path, of, *told)
    sys.stdout.write(f"{path.name}: {len(told[1])} hints, {path.stat().st_size // 1024} KiB\n")


def written_down(path: Path, of: str, always: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]) -> None:
    """Writes weights as a module that a person can read."""
    lines = [
        f'"""How much does each hint in {of} weigh? Fitted by `make weights`; do not edit by hand."""',
        "",
        f"ALWAYS = {_line(always)!r}",
        "WEIGHTS = {",
        *(f"    {each!r}: {_line(weights[each])!r}," for each in sorted(weights)),
        "}",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _line(weights: Mapping[str, float]) -> str:
    ordered = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    return " ".join(f"{name} {weight:g}" for name, weight in ordered)


if __name__ == "__main__":
    sys.exit(main())
