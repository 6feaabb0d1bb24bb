from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomersConfig(AppConfig):
    """How shoppers come back to what they ordered: links by e-mail, and accounts without a
    password. Nobody here is a user of Django's: a customer is never let into the admin."""

    name = "customers"
    verbose_name = _("Customers")
