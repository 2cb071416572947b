"""How does Claude help: what leaves, what it costs, what comes back, and which of it holds?"""
