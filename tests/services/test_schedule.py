"""What beat sends is what the workers know, and it never piles up."""

from types import SimpleNamespace

import pytest
from django.conf import settings

from customers.outbox import OUTBOX as CUSTOMER_OUTBOX
from orders.models import OutgoingEmail
from orders.outbox import OUTBOX, process_outbox
from orders.stock_outbox import STOCK_OUTBOX
from shopsite.celery import app
from shopsite.cms import outbox as outboxes
from shopsite.contact.outbox import OUTBOX as CONTACT_OUTBOX
from tests.factories import make_order


def test_beat_and_the_outbox_name_only_tasks_that_workers_know() -> None:
    app.loader.import_default_modules()
    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert len(named) == 20
    outboxes_of_all = (OUTBOX, CONTACT_OUTBOX, CUSTOMER_OUTBOX, STOCK_OUTBOX)
    assert named | {one.send_task_name for one in outboxes_of_all} <= set(app.tasks)


def test_a_claim_on_a_mail_ends_after_its_worker_was_stopped() -> None:
    assert settings.OUTBOX_CLAIM_SECONDS > settings.CELERY_TASK_TIME_LIMIT


def test_what_no_worker_took_is_dropped_before_it_piles_up() -> None:
    often = [
        entry
        for entry in settings.CELERY_BEAT_SCHEDULE.values()
        if isinstance(entry["schedule"], float)
    ]
    assert len(often) == 11
    assert all(entry["options"]["expires"] <= entry["schedule"] for entry in often)


@pytest.mark.django_db
def test_a_sweep_ends_before_the_next_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail server that hangs costs a time-out for each mail."""
    interval = settings.CELERY_BEAT_SCHEDULE["process-outbox"]["schedule"]
    assert interval >= outboxes.SWEEP_SECONDS + settings.EMAIL_TIMEOUT
    for _number in range(9):
        OutgoingEmail.objects.create(order=make_order(), kind=OutgoingEmail.Kind.CONFIRMATION)
    seconds = 0.0
    tried: list[int] = []

    def hang_until_time_out(_outbox: object, email_id: int) -> bool:
        nonlocal seconds
        tried.append(email_id)
        seconds += settings.EMAIL_TIMEOUT
        return False

    monkeypatch.setattr(outboxes, "time", SimpleNamespace(monotonic=lambda: seconds))
    monkeypatch.setattr(outboxes.Outbox, "send", hang_until_time_out)
    assert process_outbox() == 0
    oldest_first = OutgoingEmail.objects.order_by("next_attempt_at", "pk")
    assert tried == list(oldest_first.values_list("pk", flat=True)[:2])
