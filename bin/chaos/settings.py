"""Production's settings for a run of chaos: beat comes round more often, and a claim on a mail ends
sooner. What is settled by waiting in a shop is settled by minutes that are put back here."""

from shopsite.settings.background import every
from shopsite.settings.env import env
from shopsite.settings.production import *  # noqa: F403
from shopsite.settings.production import INSTALLED_APPS, STORAGES

# Straight from the folders of the apps: styles and scripts are not what is put to the test.
WHITENOISE_USE_FINDERS = True
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CELERY_BEAT_SCHEDULE_FILENAME = env("CHAOS_SCHEDULE")
CELERY_BEAT_SCHEDULE = {
    "process-outbox": every(2.0, "orders.tasks.process_outbox"),
    "reconcile-payments": every(3.0, "checkout.tasks.reconcile_payments"),
    "send-waiting-refunds": every(3.0, "orders.tasks.send_waiting_refunds"),
    "expire-orders": every(3.0, "checkout.tasks.expire_orders"),
    "retry-events": every(3.0, "checkout.tasks.retry_events"),
    "keep-missing-papers": every(10.0, "orders.tasks.keep_missing_papers"),
}
CELERY_TASK_SOFT_TIME_LIMIT = 15
CELERY_TASK_TIME_LIMIT = 20
OUTBOX_CLAIM_SECONDS = 25  # Still longer than the hard limit.
EMAIL_TIMEOUT = 4
INSTALLED_APPS = [*INSTALLED_APPS, "bin.chaos.guards.GuardsConfig"]
