"""What base.html needs for the head of a document."""

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from wagtail.models import Site

from shopsite.cms.addresses import absolute_url
from shopsite.cms.logos import logo_url
from shopsite.cms.metadata import (
    INDEXED,
    NOT_INDEXED,
    PageHead,
    canonical_of,
    crumbs_of,
    description_of,
    document_title,
    front_title,
    number_of_list,
)
from shopsite.cms.models import BrandSettings
from shopsite.cms.pages import ContentPage
from shopsite.cms.sharing import SharedPicture, shared_picture_of
from shopsite.cms.streams import block_things
from shopsite.lib import schema_org

register = template.Library()


@register.simple_tag(takes_context=True)
def page_head(context: template.Context) -> PageHead:
    """Title, description, address and place of the page that is shown; 1 query."""
    page, brand = _page(context), _brand(context)
    if page is None:
        return PageHead(title=brand.name, description=brand.tagline)
    number = number_of_list(context)
    crumbs = crumbs_of(page, _site(context))
    is_front = len(crumbs) == 1 and not page.seo_title
    return PageHead(
        title=front_title(brand=brand.name, tagline=brand.tagline)
        if is_front
        else document_title(page.seo_title or page.title, brand=brand.name, number=number),
        description=description_of(page, fallback=brand.tagline),
        canonical=canonical_of(page, number=number),
        robots=INDEXED if page.is_indexable else NOT_INDEXED,
        crumbs=crumbs,
    )


def list_title(context: template.Context, number: int) -> str:
    """The title of one page of a list that the template makes itself."""
    page, brand = _page(context), _brand(context)
    title = (page.seo_title or page.title) if page else ""
    return document_title(title, brand=brand.name, number=number)


@register.simple_tag(takes_context=True)
def list_address(context: template.Context, number: int) -> str:
    """The canonical address of one page of a list that the template makes itself."""
    page = _page(context)
    return canonical_of(page, number=number) if page else ""


@register.simple_tag(takes_context=True)
def shared_picture(context: template.Context) -> SharedPicture | None:
    """The picture of a shared link; 1 query, and another one or two while none was made."""
    page = _page(context)
    return shared_picture_of(page) if page else None


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context, head: PageHead) -> SafeString:
    """JSON-LD of the page, its place and its blocks. What a product costs is said by listing_of."""
    page = _page(context)
    if page is None or not head.crumbs:
        return SafeString("")
    publisher = _publisher(context)
    things = page.describe(
        url=head.canonical, description=head.description, publisher=publisher
    ) + schema_org.merge_faq_pages(block_things(page))
    if head.is_front_page:
        search_url = absolute_url(reverse("search"))
        things.append(schema_org.organization(publisher))
        things.append(schema_org.web_site(publisher, search_url=search_url))
    else:
        things.append(schema_org.breadcrumb_list(head.crumbs))
    return schema_org.script_json(things)


def _publisher(context: template.Context) -> schema_org.Publisher:
    brand = _brand(context)
    return schema_org.Publisher(
        name=brand.name,
        url=absolute_url("/"),
        logo=absolute_url(logo_url(brand)),
        email=brand.support_email,
    )


def _page(context: template.Context) -> ContentPage | None:
    page = context.get("page")
    return page if isinstance(page, ContentPage) else None


def _site(context: template.Context) -> Site | None:
    request = context.get("request")
    return Site.find_for_request(request) if request else None


def _brand(context: template.Context) -> BrandSettings:
    return BrandSettings.load(request_or_site=context.get("request"))
