"""Celery's door to the catalog's work. Tasks carry ids only."""

from celery import shared_task

from products import jobs
from products.listing_entries import refresh_listing


@shared_task
def run_import_job(job_id: int) -> bool:
    """Does a slice of one job if it is still due."""
    return jobs.run_job(job_id)


@shared_task
def run_waiting_jobs() -> int:
    """Sweeps up what no message reached: broker down, worker killed."""
    return jobs.run_waiting_jobs()


@shared_task
def refresh_product_list() -> None:
    """Mends what a process that died after its commit left behind."""
    refresh_listing()
