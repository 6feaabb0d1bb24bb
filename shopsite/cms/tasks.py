"""Background work of the editorial base, through the same door as Wagtail's own."""

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks import task

from shopsite.cms.pages import ContentPage
from shopsite.cms.preparing_pictures import draw_for_shoppers, prepare_pictures
from shopsite.cms.remaking_pictures import remake_picture


@task()
def prepare_pictures_task(page_id: int) -> None:
    prepare_pictures(page_id)
    draw_for_shoppers(page_id)


@task()
def remake_picture_task(image_id: int) -> None:
    remake_picture(image_id)


def after_publishing(*, instance: Any, **_kwargs: Any) -> None:
    """Receives Wagtail's page_published. Never in the way of whoever publishes."""
    if isinstance(instance, ContentPage):
        enqueue = partial(prepare_pictures_task.enqueue, instance.pk)
        transaction.on_commit(enqueue, robust=True)


def after_changing_picture(
    *, instance: Any, created: bool, raw: bool, update_fields: Any, **_kwargs: Any
) -> None:
    """Receives Django's post_save of a picture. A new one is shown nowhere yet, and a few fields
    alone are saved by programs."""
    if not (created or raw or update_fields):
        enqueue = partial(remake_picture_task.enqueue, instance.pk)
        transaction.on_commit(enqueue, robust=True)
