"""What beat sends is what the workers know."""

from django.conf import settings

from orders.outbox import SEND_TASK
from shopsite.celery import app


def test_beat_and_the_outbox_name_only_tasks_that_workers_know() -> None:
    app.loader.import_default_modules()
    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert len(named) == 5
    assert named | {SEND_TASK} <= set(app.tasks)


def test_a_claim_on_a_mail_ends_after_its_worker_was_stopped() -> None:
    assert settings.OUTBOX_CLAIM_SECONDS > settings.CELERY_TASK_TIME_LIMIT
