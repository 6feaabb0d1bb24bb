from celery import shared_task

from checkout import inbox_retries, reconciling


@shared_task
def reconcile_payments() -> int:
    return reconciling.reconcile_payments()


@shared_task
def expire_orders() -> int:
    return reconciling.expire_orders()


@shared_task
def retry_events() -> int:
    return inbox_retries.retry_events()


@shared_task
def forget_old_events() -> int:
    return inbox_retries.forget_old_events()
