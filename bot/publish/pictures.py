"""How does the timeline's picture come into Slack? As an image of nobody else's, until the summary shows it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.errors import SlackRefused
from bot.interview import events as ev
from bot.interview.script import Script
from bot.interview.state import Interview
from bot.move_results import Done
from bot.publish.documents import Documents
from bot.slack.room import Room

#: Slack's limit for what an uploaded image shows in words.
ALT_TEXT = 1000
#: How often one step is tried before the document does without a picture.
MOST_TRIES = 10
#: How long after it looked in vain the bot looks again whether Slack is done with an image.
LOOK_AGAIN = timedelta(seconds=3)


@dataclass
class Pictures:
    """Takes the pictures of one workspace from step to step; each is at most one call, and can be made again."""

    room: Room
    documents: Documents
    clock: Clock

    def draw(self, script: Script, interview: Interview, following: str) -> Done:
        """One step. Raises SlackUnavailable and SlackRefused."""
        now, drawing = self.clock.now(), interview.drawing
        if drawing.tries >= MOST_TRIES:
            return self.refused(interview, following, "it took too long")
        match following:
            case "reserved":
                picture = self.documents.picture(script, interview)
                if picture is None:
                    return Done((ev.DrawingStep("empty", now, revision=interview.timeline_revision),))
                image = self.documents.png(picture)
                digest = _digest(image)
                if digest == drawing.digest and drawing.shown:
                    return Done((ev.DrawingStep("same", now, revision=interview.timeline_revision),))
                words = self.documents.in_words(picture, ALT_TEXT)
                file, url = self.room.file_reserve(f"{interview.number}-timeline.png", len(image), words)
                return Done((ev.DrawingStep(following, now, file, url, interview.timeline_revision, digest),))
            case "uploaded":
                picture = self.documents.picture(script, interview)
                image = b"" if picture is None else self.documents.png(picture)
                if _digest(image) != drawing.digest:
                    # The length was promised to Slack: what has changed since is reserved anew.
                    return Done((ev.DrawingStep("", now),))
                self.room.file_upload(drawing.url, image)
            case "completed":
                self.room.file_keep(drawing.id, f"{interview.number} · timeline")
            case "done" if not self.room.file_ready(drawing.id):
                return Done((ev.Blocked(now + LOOK_AGAIN, now, "drawing"),))
            case "removed":
                self.room.file_delete(drawing.old)
        return Done((ev.DrawingStep(following, now),))

    def refused(self, interview: Interview, following: str, why: str) -> Done:
        """The document is worth more than its picture, and waits for nothing."""
        now = self.clock.now()
        if following == "removed":
            return Done((ev.DrawingStep(following, now),))
        return Done((ev.DrawingStep("failed", now, revision=interview.timeline_revision, why=why),))

    def find(self, interview: Interview) -> Done | None:
        """Whether the upload was ended already, when nobody heard that it was."""
        try:
            self.room.file_ready(interview.drawing.id)
        except SlackRefused as err:
            if err.error != "file_not_found":
                raise
            return None
        return Done((ev.DrawingStep("completed", self.clock.now()),))


def _digest(image: bytes) -> str:
    return hashlib.sha256(image).hexdigest()[:16]
