"""Background work of the editorial base, through the same door as Wagtail's own."""

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks import task

from shopsite.cms.making_share_pictures import make_share_picture, pages_without_picture
from shopsite.cms.pages import ContentPage


@task()
def make_share_picture_task(page_id: int) -> None:
    make_share_picture(page_id)


@task()
def make_missing_share_pictures_task() -> None:
    """For what no publication told of: another name of the shop, another focal point."""
    for page_id in list(pages_without_picture()):
        make_share_picture(page_id)


def after_publishing(*, instance: Any, **_kwargs: Any) -> None:
    """Receives Wagtail's page_published. Never on the way of whoever publishes."""
    if isinstance(instance, ContentPage):
        enqueue = partial(make_share_picture_task.enqueue, instance.pk)
        transaction.on_commit(enqueue, robust=True)
