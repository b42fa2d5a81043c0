"""A page as bytes, text and tree: what every other room of the extractors reads."""
