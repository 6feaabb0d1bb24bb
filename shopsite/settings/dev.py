"""A developer's machine and the demo: nothing has to be set, the Stripe sandbox stands in."""

from shopsite.settings.base import *  # noqa: F403
from shopsite.settings.base import (
    STORAGES,
    STRIPE_API_BASE,
    STRIPE_SECRET_KEY,
    STRIPE_WEBHOOK_SECRETS,
)
from shopsite.settings.env import env
from shopsite.settings.security import CONTENT_SECURITY_POLICY

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env("SECRET_KEY", default="only-for-development-" + "0" * 40)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
DEMO = True
TIME_ZONE = env("TIME_ZONE", default="Europe/Berlin")  # Where the demo shop stands.
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Fern & Kettle <shop@fernandkettle.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

if not STRIPE_SECRET_KEY:
    STRIPE_SECRET_KEY = "sk_test_sandbox"
    STRIPE_WEBHOOK_SECRETS = STRIPE_WEBHOOK_SECRETS or ["whsec_sandbox"]
    STRIPE_API_BASE = STRIPE_API_BASE or "http://127.0.0.1:12111"
if STRIPE_API_BASE:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(STRIPE_API_BASE)

# Straight from the folders of the apps: nothing to collect, also with DEBUG off.
WHITENOISE_USE_FINDERS = True
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
