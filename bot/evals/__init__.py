"""How good is the bot at what can be compared with what people wrote down afterwards?"""
