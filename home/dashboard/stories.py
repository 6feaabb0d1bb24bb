"""What stories, landing pages and collections sold in the last days."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.models import User

from home.dashboard.bars import lengths_of
from home.models import HomePage, LandingPage, StoryPage
from orders.reports.page_figures import blocks_url
from orders.reports.page_sales import PageSales, sales_by_page
from orders.reports.rights import lines_seen_by
from products.models import CollectionPage
from shopsite.cms.reports.days import last_days

SPAN = 30
BEST = 5
# A product's page is no story: it sells nearly everything, and would leave no place to see them.
TYPES = (StoryPage, LandingPage, CollectionPage, HomePage)


@dataclass(frozen=True)
class StorySales:
    """`length` is that of its bar, in hundredths of the longest."""

    page: PageSales
    url: str
    length: int


def best_stories(user: User, *, today: date) -> list[StorySales]:
    """In the currency of the shop, of the pages that the person may see the sales of, what brought
    most first. As many queries for many pages as for few."""
    days = last_days(SPAN, until=today)
    found = sales_by_page(days, lines=lines_seen_by(user, *TYPES))
    best = [one for one in found if one.currency == settings.SHOP_CURRENCY and one.pieces][:BEST]
    lengths = lengths_of([one.kept.amount for one in best])
    return [
        StorySales(one, blocks_url(one.page_id, days), length)
        for one, length in zip(best, lengths, strict=True)
    ]
