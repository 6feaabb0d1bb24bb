"""Background work of the editorial site."""

from celery import shared_task
from django.conf import settings
from django.core.management import call_command

from home.search.counting import record_search
from shopsite.lib.days import kept_since


@shared_task
def count_search(query: str, found: int) -> None:
    record_search(query, found=found)


@shared_task
def forget_old_searches() -> None:
    """Deletes counts older than SEARCH_DAYS, and words nobody used since. Wagtail's command would
    fail with more days than there were."""
    if kept_since(settings.WAGTAILSEARCH_HITS_MAX_AGE):
        call_command("searchpromotions_garbage_collect", verbosity=0)
