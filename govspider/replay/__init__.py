"""Replaying a look: the same extractors over the kept bytes, without a network, then the same judging."""
