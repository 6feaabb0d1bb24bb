"""The demo's settings with everything it writes in one folder, so that a shop under test and a
developer's own demo share nothing."""

import os
from pathlib import Path

from shopsite.settings.background import CELERY_BROKER_TRANSPORT_OPTIONS
from shopsite.settings.dev import *  # noqa: F403

FOLDER = Path(os.environ["SHOP_FOLDER"])
MAIL_FOLDER = FOLDER / "mail"
EMAIL_FILE_PATH = str(MAIL_FOLDER)
MESSAGES = FOLDER / "queue" / "messages"
CONTROL = FOLDER / "queue" / "control"
for folder in (MESSAGES, CONTROL):
    folder.mkdir(parents=True, exist_ok=True)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    **CELERY_BROKER_TRANSPORT_OPTIONS,
    "data_folder_in": str(MESSAGES),
    "data_folder_out": str(MESSAGES),
    "control_folder": str(CONTROL),
}
# The shop's own addresses, and two that fail: nobody can make a working shop do that.
ROOT_URLCONF = "tests.browser.urls"
# All browsers of the tests are one client.
CLIENT_LIMIT_FACTOR = 10_000
# Hashing well is slow on purpose, and these passwords are no secret.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
