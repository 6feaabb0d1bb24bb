"""How long things are kept, and what a browser keeps for the shop."""

from shopsite.settings.env import env

# In days; 0 keeps them for ever. What each of them forgets is said in .env.example.
CART_DAYS = env.int("CART_DAYS", default=14)
EVENT_DAYS = env.int("EVENT_DAYS", default=90)
CUSTOMER_MAIL_DAYS = env.int("CUSTOMER_MAIL_DAYS", default=7)
ORDER_LINK_DAYS = env.int("ORDER_LINK_DAYS", default=730)
MESSAGE_DAYS = env.int("MESSAGE_DAYS", default=365)
UNPAID_ORDER_DAYS = env.int("UNPAID_ORDER_DAYS", default=90)
SEARCH_DAYS = env.int("SEARCH_DAYS", default=90)
# Of Wagtail's own counts.
WAGTAILSEARCH_HITS_MAX_AGE = SEARCH_DAYS

# A browser keeps no cookie for longer, whatever it is told.
MOST_COOKIE_DAYS = 400
SESSION_COOKIE_AGE = min(CART_DAYS or MOST_COOKIE_DAYS, MOST_COOKIE_DAYS) * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # Strict would lose the session on the way back from Stripe.
CSRF_COOKIE_SAMESITE = "Lax"
