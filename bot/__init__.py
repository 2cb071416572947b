"""A Slack bot that conducts the incident postmortem as a conversation."""
