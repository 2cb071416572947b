"""What a postmortem is held against: one rule for each thing that a reader would miss. Pure."""
