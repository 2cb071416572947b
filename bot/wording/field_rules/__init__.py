"""The rules by which the words of single fields are known."""
