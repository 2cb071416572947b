"""Where the document goes: composed once, rendered for each destination."""
