"""What stands in for Claude's API on this computer: the real wire, with answers that were written beforehand."""
