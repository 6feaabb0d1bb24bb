"""Neighbors of the shop that fail on demand, for tests and for `make chaos`."""
