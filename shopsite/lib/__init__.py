"""Layer 0: money, text, tokens, mail and PDF. Knows no model, no Wagtail, no Stripe."""
