"""Servers on loopback for tests: they answer what a test says and remember what they were asked."""
