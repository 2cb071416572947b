"""The interview as data: what was asked, what people said, and what the bot owes the room next."""
