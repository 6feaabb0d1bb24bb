"""Price and stock for templates, read at the moment a page is rendered."""

from collections.abc import Iterable

from django import template

from products.cards import ProductCard, product_cards
from products.listing import Listing, listing_for, structured_data
from products.models import ProductPage
from products.offers import offers_for_pages

register = template.Library()


@register.simple_tag
def cards_for(pages: Iterable[ProductPage | None]) -> list[ProductCard]:
    """Cards of the pages that every shopper may see, in their order; drafts, private pages and
    gaps fall out. 2 queries more than the cards themselves."""
    chosen = [page for page in pages if page is not None and page.live]
    public = ProductPage.objects.public().filter(pk__in=[page.pk for page in chosen])
    public_ids = set(public.values_list("pk", flat=True))
    return product_cards([page for page in chosen if page.pk in public_ids])


@register.simple_tag
def card_for(page: ProductPage | None) -> ProductCard | None:
    cards = cards_for([page])
    return cards[0] if cards else None


@register.simple_tag(takes_context=True)
def listing_of(context: template.Context, page: ProductPage) -> Listing:
    """What can be chosen and bought on the page of a product. Also puts `structured_data`, made of
    the same offers, into the context, so that the two cannot differ."""
    offers = offers_for_pages([page])[page.pk]
    context["structured_data"] = structured_data(page, offers)
    return listing_for(page, offers)
