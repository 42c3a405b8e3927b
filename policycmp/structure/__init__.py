"""From a document's text to its structure: sections, clauses, sentences, units responsible."""
