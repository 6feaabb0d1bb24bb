from celery import shared_task

from checkout import reconciling


@shared_task
def reconcile_payments() -> int:
    return reconciling.reconcile_payments()


@shared_task
def expire_orders() -> int:
    return reconciling.expire_orders()
