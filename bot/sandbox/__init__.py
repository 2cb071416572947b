"""A local Slack: a strict stand-in that speaks Slack's Web API and Socket Mode on this computer only."""
