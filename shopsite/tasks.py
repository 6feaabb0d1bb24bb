"""Celery tasks that belong to no single app: Wagtail's own work and house-keeping."""

from typing import Any

from celery import shared_task
from django.core.exceptions import ObjectDoesNotExist
from django.core.management import call_command
from django.utils.module_loading import import_string
from django_tasks.base import Task

from shopsite.password_reset import send_password_resets


@shared_task
def run_wagtail_task(path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Runs one django_tasks task of Wagtail's, named by its dotted path.

    What it works on may be deleted by the time it runs; then there is nothing left to do.
    """
    task = import_string(path)
    if not isinstance(task, Task):
        raise TypeError(f"{path} is no task.")
    try:
        task.call(*args, **kwargs)
    except ObjectDoesNotExist:
        return


@shared_task
def publish_scheduled() -> None:
    """Publishes and unpublishes what editors scheduled for a time that has come."""
    call_command("publish_scheduled", verbosity=0)


@shared_task
def prepare_pictures() -> None:
    """What no publication told of; most nights there is nothing to do."""
    call_command("prepare_pictures", verbosity=0)


@shared_task(name="shopsite.tasks.send_password_resets")
def send_password_resets_soon(keys: list[int]) -> None:
    send_password_resets(keys)


@shared_task
def clear_sessions() -> None:
    call_command("clearsessions", verbosity=0)
