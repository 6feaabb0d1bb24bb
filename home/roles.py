"""Who may do what: the groups of the people who work in the admin, as a table.

The table is the truth. Running `create_roles` (home/granting.py) brings the groups to it, so that a
right given by hand does not outlive the next deploy; a new group of one's own is never touched.
"""

from dataclasses import dataclass

from wagtail.models import Page

from home import rights
from home.models import LandingIndexPage, StoryIndexPage
from products.models import CollectionIndexPage, ProductIndexPage

EDITORS = "Editors"
CHIEFS = "Editors in chief"
MARKETERS = "Marketers"
SHOP_STAFF = "Shop staff"
ACCOUNTANTS = "Accountants"


@dataclass(frozen=True)
class Branch:
    """What a group may do with the pages of a type and with everything below them."""

    page_type: type[Page]
    verbs: frozenset[str]


@dataclass(frozen=True)
class Role:
    """One group. `permissions` hold everywhere, `files` in the root collection."""

    name: str
    permissions: frozenset[str]
    files: frozenset[str] = frozenset()
    branches: tuple[Branch, ...] = ()


ROLES = (
    # A product goes live when its editor says so. A story is read by the chief first.
    Role(
        name=EDITORS,
        permissions=rights.ADMIN
        | rights.MAKE_PRODUCTS
        | rights.SEE_PAGE_SALES
        | rights.WRITE_SECTIONS,
        files=rights.WRITE_FILES,
        branches=(
            Branch(ProductIndexPage, rights.PUBLISH_PAGES),
            Branch(CollectionIndexPage, rights.PUBLISH_PAGES),
            Branch(StoryIndexPage, rights.WRITE_PAGES),
        ),
    ),
    Role(
        name=CHIEFS,
        permissions=rights.ADMIN
        | rights.MAKE_PRODUCTS
        | rights.SEE_PAGE_SALES
        | rights.PUBLISH_SECTIONS,
        files=rights.WRITE_FILES,
        branches=(
            Branch(ProductIndexPage, rights.LEAD_PAGES),
            Branch(CollectionIndexPage, rights.LEAD_PAGES),
            Branch(StoryIndexPage, rights.LEAD_PAGES),
        ),
    ),
    # Not the home page: Wagtail's rights reach down, and everything lies below it.
    Role(
        name=MARKETERS,
        permissions=rights.ADMIN
        | rights.ARRANGE_SITE
        | rights.BUILD_FORMS
        | rights.PROMOTE_RESULTS
        | rights.PUBLISH_SECTIONS
        | rights.SEE_PAGE_SALES,
        files=rights.WRITE_FILES,
        branches=(
            Branch(LandingIndexPage, rights.PUBLISH_PAGES),
            Branch(CollectionIndexPage, rights.PUBLISH_PAGES),
        ),
    ),
    Role(
        name=SHOP_STAFF,
        permissions=rights.ADMIN
        | rights.ARRANGE_ORDERS
        | rights.DESCRIBE_PRODUCTS
        | rights.HANDLE_CUSTOMERS
        | rights.KEEP_PRODUCTS
        | rights.MEND_PAYMENTS
        | rights.SEE_PAGE_SALES
        | rights.WORK_ON_ORDERS,
        files=rights.CHOOSE_IMAGES,
    ),
    # They read orders and papers, hold them against Stripe's books, and change nothing.
    Role(
        name=ACCOUNTANTS,
        permissions=rights.ADMIN
        | rights.COMPARE_WITH_STRIPE
        | rights.READ_ORDERS
        | rights.SEE_PAGE_SALES
        | rights.SEE_PRODUCTS
        | rights.SEE_TAX_RATES,
    ),
)
