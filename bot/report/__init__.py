"""From what people said and the record shows to the document: sections, headline and checklist. Pure."""
