"""What do incidents of the past have to say: which are like this one, what comes back, how long things take."""
