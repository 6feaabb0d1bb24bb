"""The order desk, by its addresses, and orders to see there."""

import re
from datetime import datetime

from django.test import Client
from django.urls import reverse

from orders.models import Order, Payment
from tests.factories import make_order

FORMULA = '=HYPERLINK("http://evil.example","Click")'
INDEX = "orders_order_modeladmin_index"


def desk(client: Client, **query: str) -> str:
    response = client.get(reverse(INDEX), query)
    assert response.status_code == 200
    return response.content.decode()


def page_of(order: Order, action: str = "inspect") -> str:
    return reverse(f"orders_order_modeladmin_{action}", args=[order.pk])


def listed(html: str) -> list[str]:
    """The numbers of the orders in the list, from top to bottom."""
    return re.findall(r'<td class="field-number[^>]*>.*?>(\w+)</a>', html)


def place(number: str, moment: datetime, **fields: object) -> Order:
    order = make_order(number=number, **fields)
    Order.objects.filter(pk=order.pk).update(created_at=moment)
    return order


def pay(order: Order, **fields: object) -> Payment:
    values = {"payment_intent": f"pi_{order.number}", "amount": order.total, "currency": "EUR"}
    return Payment.objects.create(order=order, **(values | fields))
