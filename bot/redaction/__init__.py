"""What of a text may be kept and shown?"""
