"""Crawls that last: whether memory stays flat, and how much many sites and links need. Started by `make`."""
