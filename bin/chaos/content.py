"""What the shop of a run sells: `python -m bin.chaos.content PRODUCTS STOCK`, into the database
that the environment names.

Writes the paths of the products' pages to standard output, as JSON. A few pages without pictures,
made by the services that people use.
"""

import json
import logging
import os
import sys
from decimal import Decimal
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.db import transaction

NAMES = ("Kettle", "Mug", "Bowl", "Vase", "Plate", "Jug", "Tray", "Spoon", "Candle", "Towel")


def main() -> None:
    products, on_hand = (int(argument) for argument in sys.argv[1:3])
    django.setup()
    logging.getLogger("wagtail").setLevel(logging.WARNING)
    settings.DRAWS_WHEN_PUBLISHED = False  # There are no pictures to be made.
    guards = import_module("bin.chaos.guards")
    with transaction.atomic():
        paths = build(products, on_hand)
    guards.drop_constraints(os.environ.get("CHAOS_CONTROL", ""))
    json.dump(paths, sys.stdout)


def build(products: int, on_hand: int) -> list[str]:
    """Tree, settings and products; returns the paths of the products' pages."""
    # Models cannot be imported before Django is set up.
    demo_settings = import_module("home.demo.build_settings")
    tree_of = import_module("home.demo.build_tree")
    user = import_module("django.contrib.auth.models").User.objects.create_superuser("chaos")
    tree = tree_of.build_tree(user=user)
    tree_of.publish(tree.home, user=user)
    demo_settings.build_settings(terms_page=None)
    demo_settings.build_taxes()
    demo_settings.build_shipping()
    return [_build_page(number, on_hand, tree.shop, user) for number in range(products)]


def _build_page(number: int, on_hand: int, shop: Any, user: Any) -> str:
    catalog = import_module("products.catalog")
    page = catalog.create_product(
        name=f"{NAMES[number % len(NAMES)]} No. {number + 1}",
        sku=f"CHAOS-{number + 1}",
        price=Decimal("7.95") + 3 * number,
        on_hand=on_hand + number,
        picture=None,
        alt_text="",
        parent=shop,
        user=user,
    )
    page.get_latest_revision().publish(user=user)
    page.refresh_from_db()
    return str(page.get_url_parts()[2])


if __name__ == "__main__":
    main()
