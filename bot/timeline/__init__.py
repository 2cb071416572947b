"""What the messages of an incident say happened, and when."""
