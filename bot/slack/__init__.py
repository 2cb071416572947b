"""Everything that knows Slack: what comes in becomes values, what goes out is built here and sent by the room."""
