"""Which products a collection holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When
from wagtail.query import PageQuerySet

from products.models import CollectionPage, CollectionPick, ProductPage
from products.rules import ProductOrder, Selection
from products.selection import matching, order_by, select_pages


@dataclass(frozen=True)
class Contents:
    """`picks` are page ids in the order of the editor; `rules` those of the collection and of the
    ones below it, whose picks are in `also`. `order` is that of everything not picked."""

    picks: tuple[int, ...] = ()
    also: tuple[int, ...] = ()
    rules: tuple[Selection, ...] = ()
    order: ProductOrder = ProductOrder.NEWEST


def pages_in(collection: CollectionPage) -> PageQuerySet:
    """Its live, public product pages: by hand first, then by rule; what is sold out last."""
    return pages_of(contents_of(collection))


def contents_of(collection: CollectionPage) -> Contents:
    """As the collection is at hand, also unsaved in a preview. The ones below as they are live;
    the number of queries does not grow with the products."""
    own = collection.selection
    below = _below(collection) if collection.includes_below else []
    also = CollectionPick.objects.filter(page__in=below).values_list("product_page_id", flat=True)
    return Contents(
        picks=tuple(pick.product_page_id for pick in collection.picks.all()),
        also=tuple(also) if below else (),
        rules=tuple(filter(None, [own, *(page.selection for page in below)])),
        order=own.order if own else ProductOrder.NEWEST,
    )


def pages_of(contents: Contents) -> PageQuerySet:
    condition = Q(pk__in={*contents.picks, *contents.also})
    for rule in contents.rules:
        condition |= _found_by(rule)
    pages = ProductPage.objects.live().public().filter(condition, product__isnull=False)
    sold_out_last, *rest = order_by(contents.order)
    # Without picks there is no place: a constant in ORDER BY is a column's number to PostgreSQL.
    by_hand = [_place_among(contents.picks)] if contents.picks else []
    return pages.order_by(sold_out_last, *by_hand, *rest)


def _below(collection: CollectionPage) -> Sequence[CollectionPage]:
    if not collection.path:  # A preview of a page that was never saved.
        return []
    pages: PageQuerySet = CollectionPage.objects.descendant_of(collection)
    return list(pages.live().public().order_by("path"))


def _found_by(rule: Selection) -> Q:
    if rule.limit is None:
        return matching(rule)
    # As a list: a limit inside would be worked out anew by some planners for every row.
    return Q(pk__in=list(select_pages(rule).values_list("pk", flat=True)))


def _place_among(picks: Sequence[int]) -> Case:
    places = [When(pk=pk, then=Value(place)) for place, pk in enumerate(dict.fromkeys(picks))]
    return Case(*places, default=Value(len(picks)), output_field=IntegerField())
