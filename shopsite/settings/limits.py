"""Who is calling, and how much one client may do in a while."""

from shopsite.settings.env import env

# How many proxies of our own stand in front and append to X-Forwarded-For. Forms are limited by
# client; too high a number lets a client make addresses up, too low a one makes all clients one.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
# Multiplies what one client may do in a while (shopsite/limits.py): all of a load test is one.
CLIENT_LIMIT_FACTOR = env.int("CLIENT_LIMIT_FACTOR", default=1)
