"""What do the record and the answers tell: facts, moments, items, severity and kind?"""
