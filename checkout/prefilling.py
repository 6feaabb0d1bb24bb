"""What the checkout form is filled in with before the shopper has typed anything."""

from dataclasses import dataclass

from django.http import HttpRequest

from checkout.forms import contact_of
from customers.addresses import SavedAddress, saved_addresses
from customers.models import Customer
from customers.sessions import current_customer
from orders.models import Order

NEW_ADDRESS = "new"


@dataclass(frozen=True)
class Prefill:
    """`contact` are values of the form, `addresses` those a customer can choose among, `chosen`
    the key of the one that is filled in."""

    customer: Customer | None
    addresses: tuple[SavedAddress, ...]
    chosen: str
    contact: dict[str, str]


def prefill_for(request: HttpRequest, open_order: Order | None) -> Prefill:
    """The address that was asked for, if it is one of the customer's own; else that of the order
    the shopper comes back from; else the latest."""
    customer = current_customer(request)
    addresses = tuple(saved_addresses(customer)) if customer else ()
    wanted = request.GET.get("address", "")
    address = next((one for one in addresses if one.key == wanted), None)
    if address is None and wanted != NEW_ADDRESS:
        if open_order is not None:
            return Prefill(customer, addresses, "", contact_of(open_order))
        address = next(iter(addresses), None)
    contact = {**contact_of(address.order), "note": ""} if address else {}
    if customer is not None:
        contact["email"] = customer.email
    return Prefill(customer, addresses, address.key if address else NEW_ADDRESS, contact)
