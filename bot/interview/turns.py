"""How does the interview go from question to question? By a press, by silence, back, and by another kind."""

from __future__ import annotations

from datetime import datetime

from bot.interview import events as ev
from bot.interview.filing import factors, filed, taken_over
from bot.interview.moving import confirmed, moved_back, moved_elsewhere
from bot.interview.outcome import Ignored, active, altered
from bot.interview.plan import Limits, can_go_deeper, following, next_question, room
from bot.interview.putting import again, how
from bot.interview.replacing import replace
from bot.interview.script import Script
from bot.interview.state import Asked, Closed, Interview, Mention, Put, Split, Stage
from bot.interview.thinking import probe_after, worded
from bot.interview.timers import later_quiet, quiet_until


def pressed(script: Script, interview: Interview, event: ev.Pressed, limits: Limits) -> Interview | Ignored:
    if event.position > len(interview.asked) or event.position < 1:
        return Ignored("unknown_question")
    asked = interview.asked[event.position - 1]
    if asked.why is not None:
        closings = {"next": Closed.NEXT, "skip": Closed.SKIPPED, "unknown": Closed.UNKNOWN}
        if asked.closed is not None:
            return Ignored("question_passed")
        if event.button not in closings:
            return Ignored("unknown_button")
        return altered(_close(interview, asked, closings[event.button], event.user, event.at), event.at)
    if event.button == "previous":
        return moved_back(interview, asked, event)
    if interview.stage is not Stage.ASKING:
        return Ignored("interview_over")
    if interview.paused:
        return Ignored("paused")
    if asked.closed is not None:
        return Ignored("question_passed")
    match event.button:
        case "next":
            return _advance(script, interview, asked, Closed.NEXT, event.user, event.at, limits)
        case "elsewhere":
            return moved_elsewhere(script, interview, asked, event)
        case "confirm":
            interview = confirmed(script, interview, asked, event.user)
            return _advance(script, interview, asked, Closed.CONFIRMED, event.user, event.at, limits)
        case "skip":
            return _advance(script, interview, asked, Closed.SKIPPED, event.user, event.at, limits)
        case "unknown":
            return _advance(script, interview, asked, Closed.UNKNOWN, event.user, event.at, limits)
        case "wait":
            return active(_replace_asked(interview, replace(asked, held=True)), event.at)
        case "deeper":
            if not can_go_deeper(script, interview, limits, asked):
                return Ignored("deep_enough")
            if not filed(interview, asked.position):
                return Ignored("nothing_to_go_deeper_on")
            return _advance(script, interview, asked, Closed.DEEPER, event.user, event.at, limits)
        case "other":
            return _other_branch(script, interview, asked, event, limits)
        case "back":
            return _back(script, interview, asked, event, limits)
        case _:
            return Ignored("unknown_button")


def _replace_asked(interview: Interview, asked: Asked) -> Interview:
    return replace(interview, asked=tuple(asked if a.position == asked.position else a for a in interview.asked))


def _close(interview: Interview, asked: Asked, how_closed: Closed, by: str | None, at: datetime) -> Interview:
    return active(
        _replace_asked(interview, replace(asked, closed=how_closed, closed_by=by, closed_at=at, held=False)),
        at,
    )


def _advance(
    script: Script,
    interview: Interview,
    asked: Asked,
    how_closed: Closed,
    by: str | None,
    at: datetime,
    limits: Limits,
) -> Interview:
    closed = _close(interview, asked, how_closed, by, at)
    if how_closed in (Closed.NEXT, Closed.QUIET, Closed.CONFIRMED, Closed.DEEPER):
        thought, probe = probe_after(script, interview, asked, limits, at)
        if thought.thoughts is not closed.thoughts:
            closed = replace(closed, thoughts=thought.thoughts)
        if probe is not None:
            return replace(closed, asked=(*closed.asked, probe))
    if asked.put is Put.PROBE and how_closed is Closed.DEEPER:
        root = next(a for a in reversed(closed.asked) if a.question == asked.question and a.put is not Put.PROBE)
        return open_next(script, _replace_asked(closed, replace(root, closed=Closed.DEEPER)), at, limits)
    coming = following(script, interview, asked, how_closed, limits)
    return _opened(closed, replace(coming, opened_at=at) if coming is not None else None, at)


def think_ahead(script: Script, interview: Interview, limits: Limits) -> None:
    """Works out which question comes once the open one is passed, so that whoever passes it need not wait for that."""
    asked = interview.current
    if asked is not None and asked.why is None and filed(interview, asked.position):
        confirms = asked.put is Put.CONFIRM
        following(script, interview, asked, Closed.CONFIRMED if confirms else Closed.NEXT, limits)


def open_next(script: Script, interview: Interview, at: datetime, limits: Limits) -> Interview:
    return _opened(interview, next_question(script, interview, limits, at), at)


def _opened(interview: Interview, coming: Asked | None, at: datetime) -> Interview:
    """The interview with the question that comes; with none, everything has been raised."""
    interview, coming = worded(interview, coming, at)
    if coming is None:
        return replace(interview, stage=Stage.REVIEWING, changed_at=interview.changed_at or at)
    last = interview.asked[-1] if interview.asked else None
    interview = replace(interview, asked=(*interview.asked, coming))
    if last is not None and last.put is Put.RETURN and coming.put is Put.RETURN and last.why is None:
        # Somebody only looked back: what Back had left returns to its message.
        return _in_its_place(interview, last, coming, at)
    return interview


def _other_branch(
    script: Script, interview: Interview, asked: Asked, event: ev.Pressed, limits: Limits
) -> Interview | Ignored:
    factor = next((f for f in factors(interview) if f.key == event.value), None)
    if factor is None:
        return Ignored("unknown_factor")
    if not can_go_deeper(script, interview, limits, asked):
        return Ignored("deep_enough")
    closed = _close(interview, asked, Closed.NEXT, event.user, event.at)
    deeper = how(closed, script.question(asked.question), factor, event.at)
    return replace(closed, asked=(*closed.asked, deeper))


def _back(script: Script, interview: Interview, asked: Asked, event: ev.Pressed, limits: Limits) -> Interview | Ignored:
    # Pressed twice, it goes back twice: it looks before where this question was put first.
    first = next(a for a in interview.asked if (a.question, a.level) == (asked.question, asked.level))
    earlier = next((a for a in reversed(interview.asked[: first.position - 1]) if a.put is not Put.PROBE), None)
    if earlier is None:
        return Ignored("nothing_before")
    left = Closed.LEFT if not filed(interview, asked.position) else Closed.NEXT
    closed = _close(interview, asked, left, event.user, event.at)
    before = again(script, closed, earlier, event.at)
    back = replace(closed, asked=(*closed.asked, before))
    if left is Closed.LEFT:
        return _in_its_place(back, asked, before, event.at)
    return back if room(script, closed, limits) > 0 else _where_it_stood(back, earlier, before, event.at)


def _where_it_stood(interview: Interview, earlier: Asked, again: Asked, at: datetime) -> Interview:
    """A question once more in the message in which it stood last, where the thread has no room for another one."""
    here = taken_over(interview)
    stood = [
        post
        for asked in interview.asked
        if (asked.question, asked.level) == (earlier.question, earlier.level) and asked.key not in here
        if (post := interview.post(asked.key)) is not None
    ]
    if not stood:
        return interview
    return replace(interview, posts=(*interview.posts, replace(stood[-1], key=again.key, posted_at=at)))


def _in_its_place(interview: Interview, asked: Asked, following: Asked, at: datetime) -> Interview:
    """A question in the message of one that nobody has answered, which is one message less."""
    post = interview.post(asked.key)
    if post is None or filed(interview, asked.position):
        return interview
    return replace(interview, posts=(*interview.posts, replace(post, key=following.key, posted_at=at)))


def split(interview: Interview, event: ev.SplitInto) -> Interview | Ignored:
    if not 0 < event.position <= len(interview.asked):
        return Ignored("unknown_question")
    lines = tuple(f.strip() for f in event.factors if f.strip())
    if not lines:
        return Ignored("nothing_written")
    kept = tuple(s for s in interview.splits if s.position != event.position)
    return altered(replace(interview, splits=(*kept, Split(event.position, lines, event.user))), event.at)


def asked_person(interview: Interview, event: ev.AskedPerson) -> Interview | Ignored:
    key = f"someone-{event.position}-{event.user}"
    if any(m.key == key for m in interview.mentions):
        return Ignored("already_asked")
    mention = Mention(key, (event.user,), event.by, event.position)
    return active(replace(interview, mentions=(*interview.mentions, mention)), event.at)


def kind_changed(script: Script, interview: Interview, event: ev.KindChanged, limits: Limits) -> Interview | Ignored:
    """Follows `script`, that of the new kind, from here; an open question that nobody answered gives way."""
    if interview.kind == event.kind:
        return Ignored("same_kind")
    if interview.stage not in (Stage.OPENING, Stage.READING, Stage.ASKING):
        return Ignored("kind_settled")
    changed = altered(replace(interview, kind=event.kind), event.at)
    asked = changed.current
    if asked is None:
        return changed
    answered = bool(filed(changed, asked.position))
    fits = any(q.id == asked.question for q in script.questions)
    if fits and answered:
        return changed
    left = _close(changed, asked, Closed.NEXT if answered else Closed.LEFT, event.by, event.at)
    following = next_question(script, left, limits, event.at)
    if fits and following is not None and following.question == asked.question:
        return changed
    return open_next(script, left, event.at, limits)


def quiet(script: Script, interview: Interview, event: ev.QuietPassed, limits: Limits) -> Interview | Ignored:
    later = next((until for position, until in later_quiet(interview, limits) if position == event.position), None)
    if later is not None and later <= event.at:
        return _close(interview, interview.asked[event.position - 1], Closed.QUIET, None, event.at)
    asked = interview.current
    if asked is None or asked.position != event.position or asked.held or interview.paused:
        return Ignored("question_passed")
    if interview.stage is not Stage.ASKING:
        return Ignored("interview_over")
    until = quiet_until(interview, limits)
    if until is None or until > event.at:
        # Somebody wrote between the look at the clock and now.
        return Ignored("question_passed")
    return _advance(script, interview, asked, Closed.QUIET, None, event.at, limits)
