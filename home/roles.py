"""Who may do what: the groups of the people who work in the admin, as a table.

The table is the truth. Running `create_roles` brings the groups to it, so that a right given by
hand does not outlive the next deploy; a new group of one's own is never touched.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
)

from home.models import LandingIndexPage, StoryIndexPage
from home.workflows import create_story_workflow
from products.models import CollectionIndexPage, ProductIndexPage

EDITORS = "Editors"
CHIEFS = "Editors in chief"
MARKETERS = "Marketers"
SHOP_STAFF = "Shop staff"
ACCOUNTANTS = "Accountants"

ADMIN = frozenset({"wagtailadmin.access_admin"})
WRITE_PAGES = frozenset({"add_page", "change_page"})
PUBLISH_PAGES = WRITE_PAGES | {"publish_page"}
LEAD_PAGES = PUBLISH_PAGES | {"lock_page", "unlock_page"}
PROMOTE_RESULTS = frozenset(
    f"wagtailsearchpromotions.{verb}_searchpromotion" for verb in ("add", "change", "delete")
)
WRITE_IMAGES = frozenset(f"wagtailimages.{verb}_image" for verb in ("add", "change", "choose"))
WRITE_DOCUMENTS = frozenset(f"wagtaildocs.{verb}_document" for verb in ("add", "change", "choose"))


class UnknownPermission(Exception):
    """The table names a permission that the database does not have; its text says what to do."""


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


# Make new products and see what they cost; only the staff changes price and stock.
SEE_PRODUCTS = frozenset(
    {
        "products.add_product",
        "products.view_product",
        "products.view_productvariant",
        "products.view_stockrecord",
    }
)
# What the pages that they may change have sold, and no order, customer or other page.
SEE_PAGE_SALES = frozenset({"orders.view_page_sales"})
# A section appears at once in every page that shows it, so it goes live by the same hands as those.
WRITE_SECTIONS = frozenset({"products.add_section", "products.change_section"})
PUBLISH_SECTIONS = WRITE_SECTIONS | {"products.publish_section"}
ROLES = (
    # A product goes live when its editor says so. A story is read by the chief first.
    Role(
        name=EDITORS,
        permissions=ADMIN | SEE_PRODUCTS | SEE_PAGE_SALES | WRITE_SECTIONS,
        files=WRITE_IMAGES | WRITE_DOCUMENTS,
        branches=(
            Branch(ProductIndexPage, PUBLISH_PAGES),
            Branch(CollectionIndexPage, PUBLISH_PAGES),
            Branch(StoryIndexPage, WRITE_PAGES),
        ),
    ),
    Role(
        name=CHIEFS,
        permissions=ADMIN | SEE_PRODUCTS | SEE_PAGE_SALES | PUBLISH_SECTIONS,
        files=WRITE_IMAGES | WRITE_DOCUMENTS,
        branches=(
            Branch(ProductIndexPage, LEAD_PAGES),
            Branch(CollectionIndexPage, LEAD_PAGES),
            Branch(StoryIndexPage, LEAD_PAGES),
        ),
    ),
    # They build forms; what comes in through them is personal and the staff's to read.
    # Not the home page: Wagtail's rights reach down, and everything lies below it.
    Role(
        name=MARKETERS,
        permissions=ADMIN
        | PUBLISH_SECTIONS
        | PROMOTE_RESULTS
        | SEE_PAGE_SALES
        | {
            "cms.change_brandsettings",
            "cms.change_navigationsettings",
            "home.view_shortaddress",
            "home.add_shortaddress",
            "home.change_shortaddress",
            "home.delete_shortaddress",
            "contact.add_contactform",
            "contact.change_contactform",
        },
        files=WRITE_IMAGES | WRITE_DOCUMENTS,
        branches=(
            Branch(LandingIndexPage, PUBLISH_PAGES),
            Branch(CollectionIndexPage, PUBLISH_PAGES),
        ),
    ),
    Role(
        name=SHOP_STAFF,
        permissions=ADMIN
        | SEE_PAGE_SALES
        | {
            "orders.view_order",
            "orders.export_order",
            "orders.ship_order",
            "orders.cancel_order",
            "orders.refund_order",
            "orders.view_sales_reports",
            "orders.view_carrier",
            "orders.add_carrier",
            "orders.change_carrier",
            "orders.delete_carrier",
            "orders.change_sellersettings",
            "orders.view_mailtext",
            "orders.change_mailtext",
            "orders.publish_mailtext",
            "orders.resend_email",
            "customers.handle_customer_data",
            "contact.view_formsubmission",
            "contact.export_formsubmission",
            "contact.delete_formsubmission",
            "contact.view_newslettersubscription",
            "contact.export_newslettersubscription",
            "contact.delete_newslettersubscription",
            "checkout.view_webhookevent",
            "checkout.replay_webhookevent",
            "checkout.view_reconciliation",
            "checkout.apply_reconciliation",
            "checkout.view_shippingmethod",
            "checkout.add_shippingmethod",
            "checkout.change_shippingmethod",
            "checkout.delete_shippingmethod",
            "products.view_product",
            "products.change_product",
            "products.view_productvariant",
            "products.add_productvariant",
            "products.change_productvariant",
            "products.view_pricechange",
            "products.view_stockrecord",
            "products.change_stockrecord",
            "products.view_stockmovement",
        }
        | {
            f"products.{verb}_{model}"
            for verb in ("view", "add", "change", "delete")
            for model in ("producttype", "attribute", "taxrate")
        }
        # A file of products also makes new ones, and drafts of their pages for the editors.
        | {"products.add_importjob", "products.view_importjob"},
        files=frozenset({"wagtailimages.choose_image"}),
    ),
    # They read orders and papers, hold them against Stripe's books, and change nothing.
    Role(
        name=ACCOUNTANTS,
        permissions=ADMIN
        | SEE_PAGE_SALES
        | {
            "orders.view_order",
            "orders.export_order",
            "orders.view_sales_reports",
            "checkout.view_reconciliation",
            "products.view_product",
            "products.view_productvariant",
            "products.view_stockrecord",
            "products.view_taxrate",
        },
    ),
)

# What Wagtail's own migrations give the group of this name, on the root of the pages.
WAGTAIL_MODERATORS = "Moderators"
WAGTAIL_MODERATORS_PAGES = LEAD_PAGES
WAGTAIL_MODERATORS_APPS = frozenset({"wagtailadmin", "wagtailimages", "wagtaildocs"})
WAGTAIL_WORKFLOW = "Moderators approval"


@transaction.atomic
def create_roles() -> list[str]:
    """Brings the groups to the table, all or none; running it again changes nothing.

    Returns a sentence for each thing that could not be given yet. Raises UnknownPermission.
    """
    notes = []
    permissions = PermissionKeys()
    for role in ROLES:
        group, _created = Group.objects.get_or_create(name=role.name)
        group.permissions.set(permissions.of(role.permissions))
        _set_files(group, permissions.of(role.files))
        notes += _set_branches(group, role, permissions)
    _retire_moderators()
    create_story_workflow(editors=_group(EDITORS), chiefs=_group(CHIEFS))
    return notes


def _group(name: str) -> Group:
    return Group.objects.get(name=name)


class PermissionKeys:
    """The primary keys of all permissions there are, read once."""

    def __init__(self) -> None:
        self._by_name: defaultdict[str, set[int]] = defaultdict(set)
        rows = Permission.objects.values_list("content_type__app_label", "codename", "pk")
        for app_label, codename, pk in rows:
            # A codename may belong to several models of an app.
            self._by_name[f"{app_label}.{codename}"].add(pk)

    def of(self, names: Iterable[str]) -> set[int]:
        """Of the permissions named "app.codename". Raises UnknownPermission."""
        found: set[int] = set()
        for name in sorted(names):
            if name not in self._by_name:
                raise UnknownPermission(
                    _("There is no permission %(name)s. Run “migrate” first.") % {"name": name}
                )
            found |= self._by_name[name]
        return found


def _set_files(group: Group, permissions: set[int]) -> None:
    root = Collection.get_first_root_node().pk
    _set_grants(
        GroupCollectionPermission, group, "collection_id", {(root, one) for one in permissions}
    )


def _set_branches(group: Group, role: Role, permissions: PermissionKeys) -> list[str]:
    notes, wanted = [], set()
    for branch in role.branches:
        model = branch.page_type
        keys = permissions.of(f"wagtailcore.{name}" for name in branch.verbs)
        pages = Page.objects.type(model).values_list("pk", flat=True)
        if not pages:
            notes.append(
                _(
                    "%(group)s cannot write below “%(page)s” yet: there is no such page. "
                    "Make it and run create_roles again."
                )
                % {"group": group.name, "page": model._meta.verbose_name}
            )
        wanted |= set(product(pages, keys))
    _set_grants(GroupPagePermission, group, "page_id", wanted)
    return notes


def _set_grants(
    model: type[GroupCollectionPermission | GroupPagePermission],
    group: Group,
    place: str,
    wanted: set[tuple[int, int]],
) -> None:
    """Makes the group's rows those of the wanted (place, permission) pairs; the rest goes."""
    kept, gone = set(), []
    for pk, *pair in model.objects.filter(group=group).values_list("pk", place, "permission_id"):
        if tuple(pair) in wanted:
            kept.add(tuple(pair))
        else:
            gone.append(pk)
    model.objects.filter(pk__in=gone).delete()
    model.objects.bulk_create(
        model(group=group, permission_id=permission, **{place: where})
        for where, permission in sorted(wanted - kept)
    )


def _retire_moderators() -> None:
    """Removes the group Wagtail came with, which may publish everything, if nobody uses it.

    What it approved is approved by the editors in chief from then on; a workflow without approvers
    would keep what is submitted for ever.
    """
    moderators = Group.objects.filter(name=WAGTAIL_MODERATORS, user__isnull=True).first()
    if not moderators or not _is_as_wagtail_made_it(moderators):
        return
    for task in GroupApprovalTask.objects.filter(groups=moderators):
        task.groups.add(_group(CHIEFS))
    for model in (Task, Workflow):
        model.objects.filter(name=WAGTAIL_WORKFLOW).update(name=_("Approval by editors in chief"))
    moderators.delete()


def _is_as_wagtail_made_it(group: Group) -> bool:
    grants = GroupPagePermission.objects.filter(group=group).select_related("page", "permission")
    apps = group.permissions.values_list("content_type__app_label", flat=True)
    return (
        {grant.permission.codename for grant in grants} == WAGTAIL_MODERATORS_PAGES
        and all(grant.page.is_root() for grant in grants)
        and set(apps) <= WAGTAIL_MODERATORS_APPS
    )
