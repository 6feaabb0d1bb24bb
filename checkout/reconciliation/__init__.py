"""The books of Stripe beside the shop's own: what only one of them knows, and how to apply it."""
