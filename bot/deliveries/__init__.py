"""What does a delivery from Slack mean, and what follows from it?"""
