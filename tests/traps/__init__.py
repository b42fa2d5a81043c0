"""Traps for link checkers: a server on loopback whose every link is dead, fine or unknowable in a way of its own."""
