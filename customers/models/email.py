from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models import Order
from shopsite.cms.models import OutboxEmail


class Kind(models.TextChoices):
    ORDER_LINKS = "order_links", _("Links to the orders")
    LOG_IN = "account_log_in", _("Link to log in")


class After(models.TextChoices):
    """Where a link to log in leads. A list, so that no address of another site ever can be."""

    ACCOUNT = "account", _("Account")
    CHECKOUT = "checkout", _("Checkout")

    @classmethod
    def of(cls, text: str) -> Self:
        """The place of this name; the account for anything else."""
        return cls(text) if text in cls.values else cls.ACCOUNT


class CustomerEmail(OutboxEmail):
    """A mail that somebody asked for by an address. Whether there is anything to send is found out
    by the worker, so that the answer to who asked can tell nothing, not even by its time."""

    Kind = Kind

    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices)
    email = models.EmailField(_("e-mail"), help_text=_("In small letters."))
    # One mail for each: the minute it was asked for in, or what else it is about.
    slot = models.CharField(max_length=60)
    # What a replaced link belongs to; a mail that was asked for by an address is about all of them.
    order = models.ForeignKey(
        Order, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    after = models.CharField(max_length=20, choices=After.choices, default=After.ACCOUNT)
    # A link to log in works once.
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta(OutboxEmail.Meta):
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "email", "slot"], name="customers_email_once_per_slot"
            )
        ]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="customers_email_due"),
            models.Index(fields=["email", "created_at"], name="customers_email_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.pk})"
