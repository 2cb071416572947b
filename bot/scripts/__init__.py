"""Which scripts are there, what do their conversations look like, and how are they held without Slack?"""
