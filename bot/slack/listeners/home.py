"""What is done when somebody opens the app's home? It is drawn for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import App

from bot.slack.ears import Ears


def register(app: App, ears: Ears) -> None:
    @app.event("app_home_opened")
    def opened(event: Mapping[str, Any]) -> None:
        if event.get("tab") == "home":
            ears.show_home(str(event["user"]))
