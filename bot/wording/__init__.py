"""What does a text say, and what does it lack?"""
