"""Products by rule: turns a Selection into the live, public pages it is about.

Collections, product grids and feeds all ask here, so that a rule means the same everywhere.
"""

from datetime import timedelta

from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.utils import timezone
from wagtail.query import PageQuerySet

from products.models import AttributeValue, ProductPage, ProductTag
from products.rules import Answer, Between, OneOf, ProductOrder, Selection

__all__ = ["Answer", "Between", "OneOf", "ProductOrder", "Selection", "order_by", "select_pages"]


def select_pages(selection: Selection) -> PageQuerySet:
    """The pages in the order of the selection, what is sold out last, cut off at its limit.

    With a limit the queryset is sliced: it can be iterated, not filtered any further.
    """
    pages = ProductPage.objects.live().public().filter(matching(selection))
    pages = pages.order_by(*order_by(selection.order))
    return pages[: selection.limit] if selection.limit else pages


def order_by(order: ProductOrder) -> list[OrderBy]:
    """The columns of a query of product pages, down to one that decides every tie."""
    columns = {
        ProductOrder.NEWEST: F("first_published_at").desc(nulls_last=True),
        ProductOrder.PRICE_UP: F("listing__price").asc(nulls_last=True),
        ProductOrder.PRICE_DOWN: F("listing__price").desc(nulls_last=True),
        ProductOrder.NAME: F("listing__title_key").asc(nulls_last=True),
    }
    sold_out_last = F("listing__is_buyable").desc(nulls_last=True)
    return [sold_out_last, columns[ProductOrder(order)], F("pk").desc()]


def matching(selection: Selection) -> Q:
    """The condition on product pages, without order and limit."""
    condition = Q(product__isnull=False)
    if selection.type_ids:
        condition &= Q(product__product_type_id__in=selection.type_ids)
    if selection.tag_ids:
        tagged = ProductTag.objects.filter(tag_id__in=selection.tag_ids)
        condition &= Q(product_id__in=tagged.values("content_object_id"))
    if selection.price_min is not None:
        condition &= Q(listing__price__gte=selection.price_min)
    if selection.price_max is not None:
        condition &= Q(listing__price__lte=selection.price_max)
    if selection.new_within_days is not None:
        since = timezone.now() - timedelta(days=selection.new_within_days)
        condition &= Q(first_published_at__gte=since)
    if selection.in_stock:
        condition &= Q(listing__is_buyable=True)
    for values in _attribute_conditions(selection):
        answered = AttributeValue.objects.filter(values)
        condition &= Q(product_id__in=answered.values("product_id"))
    return condition


def _attribute_conditions(selection: Selection) -> list[Q]:
    conditions = [
        Q(attribute_id=one.attribute_id, choice_id__in=one.choice_ids) for one in selection.choices
    ]
    conditions += [Q(attribute_id=one.attribute_id, boolean=one.value) for one in selection.answers]
    for span in selection.numbers:
        condition = Q(attribute_id=span.attribute_id, number__isnull=False)
        if span.minimum is not None:
            condition &= Q(number__gte=span.minimum)
        if span.maximum is not None:
            condition &= Q(number__lte=span.maximum)
        conditions.append(condition)
    return conditions
