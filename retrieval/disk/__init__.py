"""A collection on disk: reads of millions of paragraphs those that a question needs, and is changed in place."""
