"""What follows when somebody changes what products can be asked: a type, an attribute, a choice."""

from django_tasks import task

from products.generation import bump_generation
from products.listing_entries import refresh_listing


@task()
def refresh_all_lists() -> None:
    refresh_listing()


def follow_change_of_details() -> None:
    """The new words are shown at once; the entries of all products follow in the background."""
    bump_generation()
    refresh_all_lists.enqueue()
