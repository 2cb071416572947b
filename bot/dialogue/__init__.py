"""What does each message of a channel do for an incident, and is there one in it at all?"""
