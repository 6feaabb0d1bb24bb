"""What orders want of whoever takes the money. The checkout implements it; a setting names it."""

import uuid
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from orders.models import Order
from shopsite.lib.money import Money


class ProviderUnavailable(Exception):
    """No answer, or not now. The same may be asked again."""


class ProviderStuck(ProviderUnavailable):
    """It failed, and answers with that failure whenever this reference is asked for again."""


class ProviderRejected(Exception):
    """Understood, and refused for good."""


@dataclass(frozen=True)
class RefundRequest:
    """`reference` names it for ever: the same one is never paid out twice within a day, and comes
    back in what the provider reports of the refund."""

    reference: uuid.UUID
    order_number: str
    payment_intent: str
    amount: Money


@dataclass(frozen=True)
class RefundAnswer:
    stripe_id: str
    state: str


class PaymentProvider(Protocol):
    """All may raise ProviderUnavailable and must not be called inside a transaction."""

    def refund(self, request: RefundRequest) -> RefundAnswer:
        """Gives money back. Raises ProviderStuck and ProviderRejected as well."""

    def find_refund(self, request: RefundRequest) -> RefundAnswer | None:
        """The refund that this reference was given, asked of the provider's books; None if they
        know of none. Changes nothing. Raises ProviderRejected as well."""

    def cancel_unpaid(self, order: Order, *, source: str) -> None:
        """Makes sure that an order cannot be paid any more, and ends it. One that turns out to be
        paid meanwhile stays."""


def payment_provider() -> PaymentProvider:
    provider: PaymentProvider = import_string(settings.PAYMENT_PROVIDER)()
    return provider
