"""Tests: fast hashing, mail in memory, most background work at once. The database comes from
DATABASE_URL when it is set, so the same tests run on PostgreSQL."""

import tempfile
from pathlib import Path

from shopsite.settings.base import *  # noqa: F403
from shopsite.settings.base import DATABASES, LOCAL_MEMORY_CACHE
from shopsite.settings.security import CONTENT_SECURITY_POLICY

DEBUG = False
# No secret, but long and mixed enough for workers that the tests start as in production.
SECRET_KEY = "signs-what-the-tests-sign-and-nothing-else-9f4c1b7e20d86a35"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = SITE_URL
DEMO = True
MEDIA_ROOT = tempfile.mkdtemp(prefix="shop-test-media-")
STATIC_ROOT = Path(tempfile.mkdtemp(prefix="shop-test-static-"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": tempfile.mkdtemp(prefix="shop-test-private-"),
            "file_permissions_mode": 0o440,
        },
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": LOCAL_MEMORY_CACHE}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT = ""  # What the address says.
CELERY_BROKER_TRANSPORT_OPTIONS = {}
# Nobody keeps Wagtail's indexes of words and of uses, a fifth of what making a page costs. Tests of
# searching and of what is used where ask for the fixture `indexes`.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
CLIENT_LIMIT_FACTOR = 10_000  # All tests are one client; those of the limits set it to 1.
DRAWS_WHEN_PUBLISHED = False  # A test of what follows from publishing turns it on.
STRIPE_SECRET_KEY = "sk_test_tests"
STRIPE_WEBHOOK_SECRETS = ["whsec_tests"]
STRIPE_API_BASE = "http://127.0.0.1:9"  # Nobody listens there: a test names its own sandbox.
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append("http://127.0.0.1:*")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: threads of a race test need connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": tempfile.mktemp(suffix=".sqlite3")}  # noqa: S306  # nosec
