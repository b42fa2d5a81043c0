"""The demo city 云景市: planned websites with known faults, served on loopback, and the truth about them.

`make_plan` -> `serve` -> `truth_of` and `write_registry`; `replay` serves captured pages the same way.
Everything is fictional; nothing here ever asks a real host for anything.
"""
