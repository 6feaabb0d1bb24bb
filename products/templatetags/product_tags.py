"""Price and stock for templates, read at the moment a page is rendered."""

from collections.abc import Iterable

from django import template
from django.db.models import prefetch_related_objects
from wagtail.models import Page
from wagtail.query import PageQuerySet

from products.cards import ProductCard, product_cards
from products.facets.lists import ProductList, product_list
from products.facets.starts import start_of_collection, start_of_shop
from products.listing import Listing, listing_for
from products.models import CollectionPage, ProductPage, ProductPagePicture
from products.offer_facts import facts_of, images_of
from products.offers import offers_for_pages
from products.specifications import Specification, specifications_for, weight_row
from products.structured_data import product_things
from shopsite.cms.addresses import absolute_url
from shopsite.cms.machine_pictures import addresses_of
from shopsite.cms.models import BrandSettings
from shopsite.cms.templatetags.head_tags import list_title
from shopsite.lib.schema_org import script_json

register = template.Library()


@register.simple_tag
def cards_for(pages: Iterable[ProductPage | None]) -> list[ProductCard]:
    """Cards of the pages that every shopper may see, in their order; drafts, private pages and
    gaps fall out. 2 queries more than the cards themselves."""
    chosen = [page for page in pages if page is not None and page.live]
    public = ProductPage.objects.public().filter(pk__in=[page.pk for page in chosen])
    public_ids = set(public.values_list("pk", flat=True))
    return product_cards([page for page in chosen if page.pk in public_ids])


@register.simple_tag(takes_context=True)
def listing_of(context: template.Context, page: ProductPage) -> Listing:
    """What can be chosen and bought on the page of a product. `?sku=` in the address selects one.
    Also puts `structured_data`, made of the same offers, into the context, so that the two cannot
    differ."""
    offers = offers_for_pages([page])[page.pk]
    request = context.get("request")
    brand = BrandSettings.load(request_or_site=request)
    facts = facts_of(
        page,
        offers,
        url=absolute_url(page.get_url(request) or ""),
        pictures=addresses_of(images_of(page, offers)),
    )
    things = product_things(facts, brand=brand.name)
    context["structured_data"] = script_json(things)
    wanted_sku = request.GET.get("sku", "") if request else ""
    return listing_for(page, offers, wanted_sku=wanted_sku)


@register.simple_tag
def gallery_of(page: ProductPage) -> list[ProductPagePicture]:
    """The pictures of a product's page; their renditions in 1 query for all that are there."""
    pictures = list(page.pictures.all())
    prefetch_related_objects([picture.image for picture in pictures], "renditions")
    return pictures


@register.simple_tag
def specifications_of(page: ProductPage, listing: Listing) -> list[Specification]:
    """The table of details of a product, with what one weighs at its end."""
    rows = specifications_for([page.product_id])[page.product_id] if page.product_id else []
    return rows + weight_row(listing.weight_grams)


@register.simple_tag
def collections_below(page: Page) -> PageQuerySet:
    """The collections directly below a page, as cards show them."""
    return CollectionPage.shown_below(page)


@register.simple_tag(takes_context=True)
def product_list_of(context: template.Context, page: Page) -> ProductList:
    """The products of the shop or of a collection, as the address filters and orders them. Worked
    out once for a request, however often it is asked for."""
    request = context["request"]
    found: ProductList | None = getattr(request, "product_list", None)
    if found is None:
        is_collection = isinstance(page, CollectionPage)
        start = start_of_collection(page) if is_collection else start_of_shop()
        found = product_list(start, dict(request.GET.lists()))
        request.product_list = found
    return found


@register.simple_tag(takes_context=True)
def product_list_title(context: template.Context, page: Page) -> str:
    """The title of that page of the list which is shown."""
    return list_title(context, product_list_of(context, page).canonical_number)
