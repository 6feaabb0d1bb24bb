"""What becomes of the address of a page that goes away."""

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

Address = tuple[int, str]  # A site and the path of a page in it.


def addresses_of(page: Page) -> list[Address]:
    """Where a page can be read, for each site that shows it. Asked before it goes away."""
    found = []
    for root in page._get_relevant_site_root_paths():
        parts = page.get_url_parts()
        if parts is not None and parts[0] == root.site_id:
            found.append((root.site_id, Redirect.normalise_path(parts[2])))
    return found


@transaction.atomic
def redirect_addresses(*, addresses: list[Address], gone: Page, to: Page) -> list[Redirect]:
    """Leads the addresses of a page that is gone to another page, and with them older addresses
    that led to it. A second call with another page corrects the first."""
    Redirect.objects.filter(redirect_page_id=gone.pk).update(
        redirect_page=to, redirect_page_route_path=""
    )
    return [
        Redirect.objects.update_or_create(
            old_path=path,
            site=Site.objects.get(pk=site_id),
            defaults={"redirect_page": to, "redirect_link": "", "is_permanent": True},
        )[0]
        for site_id, path in addresses
    ]
