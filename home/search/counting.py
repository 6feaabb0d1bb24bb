"""Counts what people search for, away from the page that they see.

Wagtail would write a row while the page is rendered; here a message goes to a worker, so that a
search writes nothing, and one that a cache answered is not counted. A lost message is a missing
count and nothing else.
"""

from django.db import transaction
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query

from home.models import SearchOutcome

TASK = "home.tasks.count_search"
MAX_COUNTED_LENGTH = 100  # Longer texts are no words to learn from.


@transaction.atomic
def record_search(query: str, *, found: int) -> None:
    """One more search for these words, and how much it found; for the reports in the admin."""
    record = Query.get(query)
    record.add_hit()
    SearchOutcome.objects.update_or_create(
        query=record, defaults={"found": found, "searched_at": timezone.now()}
    )
