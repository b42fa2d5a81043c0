"""Pages with one planted slip each, and clean pages that only look wrong: how often wording is right."""
