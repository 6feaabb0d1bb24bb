from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Customer(models.Model):
    """Somebody who has shown that an address is theirs, and wants their orders in one place.

    Holds no right and no password. What they ordered is found by the address, and stays when the
    account goes.
    """

    email = models.EmailField(_("e-mail"), unique=True, help_text=_("In small letters."))
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    logged_in_at = models.DateTimeField(_("last logged in"), default=timezone.now)

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        ordering = ["email"]
        default_permissions = ()  # No page of the admin shows them.

    def __str__(self) -> str:
        return self.email
