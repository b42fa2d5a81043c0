"""The accuracy corpus: generated column pages with a known truth, and the scoring of extractors on them."""
