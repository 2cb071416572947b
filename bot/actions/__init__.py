"""What are people going to do, who, until when, and who is to be reminded?"""
