"""A collection in memory: built from all articles at once, never changed, exact to the last bit."""
