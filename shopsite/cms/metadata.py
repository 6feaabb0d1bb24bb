"""What the head of a document says of its page: title, description, address, place in the site."""

from dataclasses import dataclass

from django.core.paginator import Page as PageOfList
from django.template import Context
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from shopsite.cms.addresses import absolute_url
from shopsite.cms.streams import first_words, plain_words
from shopsite.lib.schema_org import Crumb
from shopsite.lib.text import shorten

TITLE_LENGTH = 70  # Search engines show about so much; the name of the shop is the first to go.
DESCRIPTION_LENGTH = 160
INDEXED = "max-image-preview:large"
NOT_INDEXED = "noindex"


@dataclass(frozen=True)
class PageHead:
    """`canonical` and the crumbs are absolute; a document that is no page has neither."""

    title: str
    description: str
    canonical: str = ""
    robots: str = ""
    crumbs: tuple[Crumb, ...] = ()

    @property
    def is_front_page(self) -> bool:
        return len(self.crumbs) == 1


def document_title(name: str, *, brand: str, number: int = 1) -> str:
    """A name with the number of the page of a list, and the shop's unless that is too long."""
    if number > 1:
        name = _("%(name)s, page %(number)d") % {"name": name, "number": number}
    full = f"{name} · {brand}"
    return name if brand in name or len(full) > TITLE_LENGTH else full


def front_title(*, brand: str, tagline: str) -> str:
    return f"{brand} · {tagline}" if tagline else brand


def description_of(page: Page, *, fallback: str = "", max_length: int = DESCRIPTION_LENGTH) -> str:
    """What the editor wrote for search engines, else what the page says first of itself."""
    candidates = (
        page.search_description,
        getattr(page, "summary", ""),
        plain_words(getattr(page, "intro", "") or ""),
    )
    # The stream is looked through only when nobody wrote anything.
    text = next(filter(None, candidates), "") or first_words(page) or fallback
    return shorten(text, max_length)


def canonical_of(page: Page, *, number: int = 1) -> str:
    """The one address of the page, without what was asked of it but for the page of a list."""
    address = absolute_url(page.url or "")
    return f"{address}?page={number}" if address and number > 1 else address


def crumbs_of(page: Page, site: Site | None) -> tuple[Crumb, ...]:
    """The way from the front page to the page itself, in one query."""
    if site is None or not page.pk:
        return ()
    ancestors = page.get_ancestors().filter(depth__gte=site.root_page.depth).live()
    way = [*ancestors.defer_streamfields(), page]
    return tuple(Crumb(step.title, absolute_url(step.url or "")) for step in way)


def number_of_list(context: Context) -> int:
    """Which page of a list the template shows, whatever it calls it; 1 without a list.

    Never asks a lazy value for its class: that would read the session of whoever is looking.
    """
    for layer in context.dicts:
        for value in layer.values():
            if issubclass(type(value), PageOfList):
                return int(value.number)
    return 1
