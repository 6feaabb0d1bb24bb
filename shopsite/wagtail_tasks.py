"""A django_tasks backend that sends Wagtail's background work through Celery, after commit.

Wagtail enqueues inside the transaction that saves a page. A worker that is quick enough would look
for rows that are not committed yet, so the message is sent on commit.
"""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_module_path, get_random_id, normalize_json

from shopsite.broker import send_task
from shopsite.tasks import run_wagtail_task

logger = logging.getLogger(__name__)


class CeleryBackend(BaseTaskBackend):
    """OPTIONS: `at_once` runs the work in this process on commit, for a site without a broker."""

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        self.validate_task(task)
        path = get_module_path(task.func)
        arguments = normalize_json(list(args)), normalize_json(kwargs)
        transaction.on_commit(lambda: self._send(path, *arguments), robust=True)
        return TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )

    def _send(self, path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
        if self.options.get("at_once"):
            run_wagtail_task(path, args, kwargs)
            return
        if not send_task(run_wagtail_task.name, (path, args, kwargs)):
            # Publishing must not fail for a broker that is down, nor the search index fall behind.
            logger.warning("%s runs here.", path)
            run_wagtail_task(path, args, kwargs)
