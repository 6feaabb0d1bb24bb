import argparse
import random
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.management.commands.bench import check_ratio, measure, table
from orders.models import Order, OrderEvent, OrderLine, OutgoingEmail, Payment
from orders.status import OrderStatus

Kind, Mail = OrderEvent.Kind, OutgoingEmail.Kind

# Each shows a full page in either size, or none in both, so that only the number differs.
QUERIES = {
    "orders": "",
    "page 3": "?p=3",
    "one status": "?status=delivered",
    "this month": "?placed=month",
    "dearest first": "?o=-4",
    "a country": "?country=FR",
    "a product": "?product=speckled",
    "sums": "?sum_from=100&sum_to=200",
    "needs attention": "?attention=any",
    "a name": "?q=ada",
    "an address": "?q=ada.0@example.com",
    "an SKU": "?q=bench-01",
    "what nobody has": "?q=zzz",
    "all at once": "?status=delivered&country=DE&product=speckled&sum_from=50&q=arnold",
    "rarely together": "?country=DE&product=speckled&sum_from=10&q=ada",
}
FIRST_NAMES = ("Ada", "Ben", "Cleo", "Dora", "Emil", "Finn", "Greta", "Hana", "Ida", "Jon")
PORTION = 5_000
CHANCE = 7  # The same orders in each run.
PAID = 60  # And without their stock, so that they need attention: one page of them.
RARE = "Ada"  # Many have this name and many buy what is speckled; both only the oldest orders.
SPECKLED = 40  # So many of the articles.


class Command(BaseCommand):
    """Only the ratios mean anything, as for `bench`."""

    help = "Measures the list of orders with few and with many, in a database without any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = argparse.ArgumentDefaultsHelpFormatter
        parser.add_argument("--small", type=int, default=1_000)
        parser.add_argument("--large", type=int, default=100_000)
        parser.add_argument("--rounds", type=int, default=15)
        parser.add_argument("--limit", type=float, default=2.0, help="the largest ratio allowed")

    def handle(self, *args: Any, **options: Any) -> None:
        if Order.objects.exists():
            raise CommandError("There are orders. Measuring adds thousands, so it starts empty.")
        desk = reverse("orders_order_modeladmin_index")
        pages = {name: f"{desk}{query}" for name, query in QUERIES.items()}
        client = Client()
        client.force_login(User.objects.create_superuser("bench"))
        self._fill(0, options["small"])
        small = dict(measure(options["rounds"], pages, client))
        self._fill(options["small"], options["large"])
        large = dict(measure(options["rounds"], pages, client))
        self.stdout.write(table(small, large, options))
        check_ratio(small, large, options["limit"])

    def _fill(self, first: int, end: int) -> None:
        start = time.perf_counter()
        for begin in range(first, end, PORTION):
            write_orders(range(begin, min(begin + PORTION, end)))
        self.stdout.write(f"{end - first:,} orders in {time.perf_counter() - start:.0f} s")


def write_orders(numbers: range) -> None:
    """Old orders with what belongs to them, straight into the tables."""
    chance = random.Random(CHANCE + numbers.start)  # noqa: S311 - nothing to be kept secret
    orders = Order.objects.bulk_create(_order(number, chance) for number in numbers)
    OrderLine.objects.bulk_create(_lines(orders, chance))
    Payment.objects.bulk_create(
        Payment(order=one, payment_intent=f"pi_{one.number}", amount=one.total, currency="EUR")
        for one in orders
    )
    OrderEvent.objects.bulk_create(
        OrderEvent(order=one, kind=kind, source="bench")
        for one in orders
        for kind in (Kind.PLACED, Kind.STATUS, Kind.INVOICE, Kind.SHIPMENT, Kind.DELIVERY)
    )
    OutgoingEmail.objects.bulk_create(
        OutgoingEmail(order=one, kind=kind, state=OutgoingEmail.State.SENT)
        for one in orders
        for kind in (Mail.CONFIRMATION, Mail.SHIPPED)
    )


def _order(number: int, chance: random.Random) -> Order:
    is_old = number < PAID
    name = RARE if is_old else chance.choice(FIRST_NAMES)
    now = timezone.now()
    # What waits is as much in either shop: the orders of its last days.
    status = OrderStatus.PAID if is_old else OrderStatus.DELIVERED
    return Order(
        number=f"BENCH-{number:06}", checkout_token=f"bench-{number}", status=status,
        currency="EUR", subtotal=Decimal(24), shipping_total=Decimal(5), tax_total=Decimal(4),
        total=Decimal(chance.randint(10, 400)), shipping_method_name="Parcel",
        email=f"{name}.{number}@example.com".lower(), name=f"{name} Arnold",
        address_line1="Gartenweg 3", postal_code="10115", city="Berlin",
        country="DE" if is_old else chance.choice(("DE", "DE", "AT", "FR")),
        terms_accepted_at=now, expires_at=now,
    )  # fmt: skip


def _lines(orders: list[Order], chance: random.Random) -> Iterator[OrderLine]:
    for order in orders:
        is_old = order.status == OrderStatus.PAID
        first, last = _articles(order, is_old=is_old)
        for _line in range(chance.randint(1, 3)):
            article = chance.randint(first, last)
            yield OrderLine(
                order=order, sku=f"BENCH-{article:03}", quantity=1, unit_price=Decimal(24),
                title=f"{'Speckled mug' if article < SPECKLED else 'Bowl'} {article}",
                line_total=Decimal(24), line_tax=Decimal(4), shipped=0 if is_old else 1,
            )  # fmt: skip


def _articles(order: Order, *, is_old: bool) -> tuple[int, int]:
    """The first and the last of what it may be of."""
    if is_old:
        return 0, SPECKLED - 1
    return SPECKLED if order.name.startswith(RARE) else 0, 399
