"""Opening an account, coming back to it and leaving it."""

from django.db import transaction
from django.utils import timezone

from customers.login_links import use_link
from customers.models import After, Customer, CustomerEmail


@transaction.atomic
def log_in_by_link(token: str) -> tuple[Customer, After] | None:
    """Whose link it is, and where it leads; the account is made the first time. Uses the link up:
    None for one that is not ours, too old or used."""
    asked = use_link(token)
    if asked is None:
        return None
    customer, _is_new = Customer.objects.update_or_create(
        email=asked.email, defaults={"logged_in_at": timezone.now()}
    )
    return customer, After(asked.after)


@transaction.atomic
def delete_account(customer: Customer) -> None:
    """Ends the account in all browsers, and open links to it. The orders stay with the shop, and
    each can still be reached by its own link."""
    CustomerEmail.objects.filter(email=customer.email).delete()
    customer.delete()
