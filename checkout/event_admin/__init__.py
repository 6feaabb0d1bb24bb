"""The inbox of Stripe's events in the admin: a list, a page for each, and "Replay"."""
