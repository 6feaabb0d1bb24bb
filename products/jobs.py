"""Imports and exports in the background: started by a person, done by whoever claims them.

A job is done in slices that end long before a worker's time limit. What a slice wrote and how far
it came are committed together, so that a killed worker repeats nothing.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from products.catalog_file.reading import FileError
from products.job_steps import STEPS, JobTaken
from products.models import ImportJob
from shopsite.broker import send_task

logger = logging.getLogger(__name__)

RUN_TASK = "products.tasks.run_import_job"
SLICE_SECONDS = 40  # Half of a worker's soft time limit.
KEPT_DAYS = 90
EXPORT_NAME = "products-{:%Y-%m-%d}.csv"

State, Step = ImportJob.State, ImportJob.Step


@transaction.atomic
def start_check(
    *, file_name: str, content: bytes, with_pages: bool, user: User | None
) -> ImportJob:
    """Takes a file in and has it checked; it is imported only after somebody saw the report."""
    return _start(
        ImportJob(
            step=Step.CHECK, file_name=file_name[:200], content=content, with_pages=with_pages,
            user=user,
        )
    )  # fmt: skip


@transaction.atomic
def start_export(*, user: User | None) -> ImportJob:
    name = EXPORT_NAME.format(timezone.localdate())
    return _start(ImportJob(step=Step.EXPORT, file_name=name, user=user))


@transaction.atomic
def start_import(*, job: ImportJob) -> bool:
    """Goes from the report on to the import; False when somebody did so already."""
    started = ImportJob.objects.filter(pk=job.pk, state=State.CHECKED).update(
        step=Step.IMPORT, state=State.WAITING, position=0, report={}
    )
    if started:
        transaction.on_commit(partial(nudge, job.pk), robust=True)
    return bool(started)


@transaction.atomic
def start_again(*, job: ImportJob) -> bool:
    """Takes up what failed or stands still, where it had come to; False when there is nothing to
    take up."""
    stuck = Q(state=State.FAILED) | Q(pk__in=due_jobs().values("pk"))
    started = (
        ImportJob.objects.filter(stuck, pk=job.pk)
        .exclude(content=b"", step__in=[Step.CHECK, Step.IMPORT])
        .update(state=State.WAITING, error="", claimed_until=None, finished_at=None)
    )
    if started:
        transaction.on_commit(partial(nudge, job.pk), robust=True)
    return bool(started)


def nudge(job_id: int) -> None:
    """Tells a worker. Without a broker the first slice is done on the spot, the sweep does more."""
    if not send_task(RUN_TASK, (job_id,)):
        run_job(job_id)


def due_jobs() -> QuerySet[ImportJob]:
    """What waits, and what a killed worker left behind."""
    abandoned = Q(state=State.RUNNING, claimed_until__lt=timezone.now())
    return ImportJob.objects.filter(Q(state=State.WAITING) | abandoned)


def run_waiting_jobs() -> int:
    """One slice of every job that nobody works on, oldest first; how many there were."""
    ids = list(due_jobs().order_by("created_at", "pk").values_list("pk", flat=True))
    deadline = time.monotonic() + SLICE_SECONDS
    return sum(run_job(pk) for pk in ids if time.monotonic() < deadline)


def run_job(job_id: int, *, seconds: float = SLICE_SECONDS) -> bool:
    """Does a slice of a job if it is due and free. False when it was not."""
    claim = timezone.now() + timedelta(seconds=settings.OUTBOX_CLAIM_SECONDS)
    if not due_jobs().filter(pk=job_id).update(state=State.RUNNING, claimed_until=claim):
        return False
    job = ImportJob.objects.select_related("user").get(pk=job_id)
    try:
        is_done = STEPS[Step(job.step)](job, _deadline(seconds))
    except JobTaken:
        return True
    except FileError as error:
        line, text = error.problem.line, error.problem.text
        _finish(job, State.FAILED, _("Line %(line)d: %(text)s") % {"line": line, "text": text})
        return True
    except Exception as error:
        logger.exception("Job %s stopped.", job.pk)
        _finish(job, State.FAILED, _("It stopped unexpectedly (%s).") % type(error).__name__)
        return True
    if is_done:
        _finish(job, State.CHECKED if job.step == Step.CHECK else State.DONE)
    else:
        _of(job).update(state=State.WAITING, claimed_until=None)
        send_task(RUN_TASK, (job.pk,))
    return True


def _start(job: ImportJob) -> ImportJob:
    ImportJob.objects.filter(created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()
    job.save()
    transaction.on_commit(partial(nudge, job.pk), robust=True)
    return job


def _deadline(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def _finish(job: ImportJob, state: ImportJob.State, error: str = "") -> None:
    _of(job).update(state=state, error=error[:500], claimed_until=None, finished_at=timezone.now())


def _of(job: ImportJob) -> QuerySet[ImportJob]:
    return ImportJob.objects.filter(pk=job.pk, state=State.RUNNING)
