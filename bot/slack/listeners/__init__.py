"""Which of Slack's deliveries do we listen to? Everything that the manifest names, and nothing else."""

from __future__ import annotations

from slack_bolt import App

from bot.slack.ears import Ears
from bot.slack.listeners import buttons, commands, events, home, modals, shortcuts


def register(app: App, ears: Ears) -> None:
    """Puts the keeping middleware first, then every listener."""
    app.use(ears.keep)
    # Bolt asks one listener after the other: those of presses first, for which somebody waits.
    buttons.register(app, ears)
    commands.register(app, ears)
    events.register(app, ears)
    modals.register(app, ears)
    shortcuts.register(app, ears)
    home.register(app, ears)
