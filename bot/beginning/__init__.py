"""How does a postmortem begin: by command, menu, offer or export, on which window?"""
