"""Rules that Stripe states in prose, so that no type can check them."""
