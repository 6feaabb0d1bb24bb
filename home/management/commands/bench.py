import argparse
import gc
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from home.models import HomePage
from products.models import CollectionIndexPage, CollectionPage, ProductIndexPage, ProductPage

# Each shows a full page of products in a shop of either size, so that only their number differs.
PAGES = {
    "the shop": "/shop/",
    "page 3": "/shop/?page=3",
    "by price": "/shop/?sort=price-up",
    "by name": "/shop/?sort=name",
    "three filters": "/shop/?in_stock=1&price_min=10&dishwasher-safe=1",
    "a collection by rule": "/collections/bench/",
    "filtered and ordered": "/collections/bench/?in_stock=1&sort=price-down",
    "search, a common word": "/search/?q=glaze",
    "search with a filter": "/search/?q=glaze&in_stock=1&sort=price-up",
    "suggestions": "/search/suggest/?q=mo",
}


@dataclass(frozen=True)
class Measured:
    milliseconds: float
    queries: int


class Command(BaseCommand):
    """Only the ratios mean anything: both sizes are measured in one run on the same machine."""

    help = "Measures lists and search with few and with many products, in an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = argparse.ArgumentDefaultsHelpFormatter
        parser.add_argument("--small", type=int, default=100)
        parser.add_argument("--large", type=int, default=10_000)
        parser.add_argument("--rounds", type=int, default=15)
        parser.add_argument("--limit", type=float, default=1.5, help="the largest ratio allowed")

    def handle(self, *args: Any, **options: Any) -> None:
        if ProductPage.objects.exists():
            raise CommandError("There are products. Measuring adds thousands, so it starts empty.")
        rounds = options["rounds"]
        make_site()
        self._seed(options["small"])
        small = dict(measure(rounds))
        self._seed(options["large"] - options["small"])
        large = dict(measure(rounds))
        self.stdout.write(table(small, large, options))
        check_ratio(small, large, options["limit"])

    def _seed(self, count: int) -> None:
        start = time.perf_counter()
        call_command("seed_catalogue", count, force=True, verbosity=0, stdout=self.stderr)
        self.stdout.write(f"{count:,} products in {time.perf_counter() - start:.0f} s")


def table(
    small: Mapping[str, Measured], large: Mapping[str, Measured], options: Mapping[str, Any]
) -> str:
    lines = [
        f"\n{connection.vendor}, best of {options['rounds']} in ms",
        f"{'':24}{options['small']:>10,}{options['large']:>10,}   ratio  queries",
    ]
    for name, before in small.items():
        after = large[name]
        lines.append(
            f"{name:24}{before.milliseconds:>10.1f}{after.milliseconds:>10.1f}"
            f"{after.milliseconds / before.milliseconds:>8.2f}"
            f"{before.queries:>5} {after.queries:>3}"
        )
    return "\n".join(lines)


def check_ratio(small: Mapping[str, Measured], large: Mapping[str, Measured], limit: float) -> None:
    worst = max(large[name].milliseconds / small[name].milliseconds for name in small)
    if worst > limit:
        raise CommandError(f"{worst:.2f} times as long is more than {limit}.")


def make_site() -> None:
    """A home page with a shop, and a collection that finds nearly everything by its rule."""
    Page.objects.filter(depth=2).delete()
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Bench", slug="home"))
    home.add_child(instance=ProductIndexPage(title="Shop", slug="shop"))
    index = home.add_child(instance=CollectionIndexPage(title="Collections", slug="collections"))
    rule = json.dumps([{"type": "rule", "value": {"price_max": "200", "order": "newest"}}])
    index.add_child(instance=CollectionPage(title="Bench", slug="bench", rule=rule))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": home}
    )


def measure(
    rounds: int, pages: Mapping[str, str] = PAGES, client: Client | None = None
) -> Iterator[tuple[str, Measured]]:
    """The pages in turns, and the best time of each: what the machine does besides only adds to it.
    The first request after a change of the catalog also reads the index, and is none of these.
    A server neither has just filled its database, whose upkeep would follow in its own time, nor
    holds what filling it left in memory."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    gc.collect()
    gc.freeze()
    client = client or Client()
    times: dict[str, list[float]] = {name: [] for name in pages}
    queries = {}
    for name, address in pages.items():
        for _time in range(2):
            with CaptureQueriesContext(connection) as captured:
                status = client.get(address).status_code
        if status != 200:
            raise CommandError(f"{address} answered {status}.")
        queries[name] = len(captured)
    for _round in range(rounds):
        for name, address in pages.items():
            start = time.perf_counter()
            client.get(address)
            times[name].append((time.perf_counter() - start) * 1000)
    for name, taken in times.items():
        yield name, Measured(min(taken), queries[name])
