"""The project: settings, Celery, URLs, and the two lowest layers of the house (lib and cms)."""

from shopsite.celery import app as celery_app

__all__ = ["celery_app"]
