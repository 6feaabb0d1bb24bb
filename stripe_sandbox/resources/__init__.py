"""Builders of Stripe's objects. Pure: they take values and return new dictionaries."""
