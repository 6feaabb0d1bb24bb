"""Production: refuses to start without what it needs (see refusals.py), HTTPS only."""

from shopsite.settings.base import *  # noqa: F403
from shopsite.settings.base import STRIPE_API_BASE
from shopsite.settings.env import env
from shopsite.settings.refusals import start_or_refuse
from shopsite.settings.security import CONTENT_SECURITY_POLICY

DEMO = False
SITE_URL = env("SITE_URL", default="").rstrip("/")
WAGTAILADMIN_BASE_URL = SITE_URL
# Says that real money is meant: then a test key is a mistake.
LIVE = env.bool("LIVE", default=False)
# Says that a file of SQLite's is meant, and no server was forgotten.
SQLITE = env.bool("SQLITE", default=False)
start_or_refuse(vars())
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# `make stack` runs this on one machine without a certificate; everywhere else it is HTTPS.
HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # Probes come without the proxy in front.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# HTTPS ends at a proxy, so there is one; a CDN before it makes two.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1 if HTTPS else 0)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    # A browser takes a cookie of such a name from this very host alone, so that nobody on another
    # subdomain can plant one.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
if STRIPE_API_BASE:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(STRIPE_API_BASE)
