from dataclasses import replace
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)

from home import granting
from home.granting import create_roles
from home.models import HomePage
from home.roles import ROLES
from tests.factories import make_user
from tests.site_tree import leave_welcome_page

pytestmark = pytest.mark.django_db

FILES = {
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
}
DOCUMENTS = {
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
}


def dotted(permission: Permission) -> str:
    return f"{permission.content_type.app_label}.{permission.codename}"


def model_permissions(group: str) -> set[str]:
    return {dotted(one) for one in Group.objects.get(name=group).permissions.all()}


def page_permissions(group: str) -> set[tuple[str, str]]:
    grants = GroupPagePermission.objects.filter(group__name=group)
    return {(grant.page.slug, grant.permission.codename) for grant in grants}


def file_permissions(group: str) -> set[tuple[str, str]]:
    grants = GroupCollectionPermission.objects.filter(group__name=group)
    return {(grant.collection.name, dotted(grant.permission)) for grant in grants}


def all_grants() -> dict[str, tuple[set, set, set]]:
    return {
        group.name: (
            model_permissions(group.name), page_permissions(group.name),
            file_permissions(group.name),
        )
        for group in Group.objects.all()
    }  # fmt: skip


SECTIONS = {"products.add_section", "products.change_section", "products.publish_section"}
WRITE = ("add_page", "change_page")
PUBLISH = (*WRITE, "publish_page")
LEAD = (*PUBLISH, "lock_page", "unlock_page")


def may(verbs: tuple[str, ...], *slugs: str) -> set[tuple[str, str]]:
    return {(slug, verb) for slug in slugs for verb in verbs}


def test_each_group_gets_exactly_what_it_is_meant_to_have(site: HomePage) -> None:
    assert create_roles() == []
    editorial = {
        "wagtailadmin.access_admin",
        "products.add_product",
        "products.view_product",
        "products.view_productvariant",
        "products.view_stockrecord",
        "orders.view_page_sales",
    }
    assert all_grants() == {
        "Editors": (
            editorial | {"products.add_section", "products.change_section"},
            may(PUBLISH, "shop", "collections") | may(WRITE, "stories"),
            {("Root", name) for name in FILES | DOCUMENTS},
        ),
        "Editors in chief": (
            editorial | SECTIONS,
            may(LEAD, "shop", "collections", "stories"),
            {("Root", name) for name in FILES | DOCUMENTS},
        ),
        "Marketers": (
            {
                "wagtailadmin.access_admin",
                "cms.change_brandsettings",
                "cms.change_navigationsettings",
                "home.view_shortaddress",
                "home.add_shortaddress",
                "home.change_shortaddress",
                "home.delete_shortaddress",
                "contact.add_contactform",
                "contact.change_contactform",
                "wagtailsearchpromotions.add_searchpromotion",
                "wagtailsearchpromotions.change_searchpromotion",
                "wagtailsearchpromotions.delete_searchpromotion",
                "orders.view_page_sales",
            }
            | SECTIONS,
            may(PUBLISH, "campaigns", "collections"),
            {("Root", name) for name in FILES | DOCUMENTS},
        ),
        "Accountants": (
            {
                "wagtailadmin.access_admin",
                "orders.view_order",
                "orders.export_order",
                "orders.view_sales_reports",
                "orders.view_page_sales",
                "checkout.view_reconciliation",
                "products.view_product",
                "products.view_productvariant",
                "products.view_stockrecord",
                "products.view_taxrate",
            },
            set(),
            set(),
        ),
        "Shop staff": (
            {
                "wagtailadmin.access_admin",
                "orders.view_order",
                "orders.export_order",
                "orders.ship_order",
                "orders.cancel_order",
                "orders.refund_order",
                "orders.view_sales_reports",
                "orders.view_page_sales",
                "orders.view_carrier",
                "orders.add_carrier",
                "orders.change_carrier",
                "orders.delete_carrier",
                "orders.change_sellersettings",
                "orders.change_mailtext",
                "orders.publish_mailtext",
                "orders.view_mailtext",
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
                "products.view_producttype",
                "products.add_producttype",
                "products.change_producttype",
                "products.delete_producttype",
                "products.view_taxrate",
                "products.add_taxrate",
                "products.change_taxrate",
                "products.delete_taxrate",
                "products.view_attribute",
                "products.add_attribute",
                "products.change_attribute",
                "products.delete_attribute",
                "products.add_importjob",
                "products.view_importjob",
            },
            set(),
            {("Root", "wagtailimages.choose_image")},
        ),
    }


def test_running_it_again_changes_nothing(site: HomePage) -> None:
    create_roles()
    before = all_grants()
    rows = set(GroupPagePermission.objects.values_list("pk", flat=True))
    assert create_roles() == []
    assert all_grants() == before
    assert set(GroupPagePermission.objects.values_list("pk", flat=True)) == rows


def test_rights_given_by_hand_are_taken_back_and_other_groups_are_left_alone(
    site: HomePage,
) -> None:
    create_roles()
    before = all_grants()
    marketers = Group.objects.get(name="Marketers")
    own = Group.objects.create(name="Photographers")
    view_order = Permission.objects.get(codename="view_order")
    publish = Permission.objects.get(codename="publish_page")
    cellar = Collection.get_first_root_node().add_child(name="Cellar")
    change_image = Permission.objects.get(
        codename="change_image", content_type__app_label="wagtailimages"
    )
    for group in (marketers, own):
        group.permissions.add(view_order)
        GroupPagePermission.objects.create(group=group, page=site, permission=publish)
        GroupCollectionPermission.objects.create(
            group=group, collection=cellar, permission=change_image
        )
    create_roles()
    assert all_grants() == before | {
        "Photographers": (
            {"orders.view_order"},
            {("home", "publish_page")},
            {("Cellar", "wagtailimages.change_image")},
        )
    }


def test_pages_that_do_not_exist_yet_are_named_and_given_by_the_next_run() -> None:
    leave_welcome_page()
    output = StringIO()
    call_command("create_roles", stdout=output)
    assert "Editors cannot write below “shop” yet" in output.getvalue()
    assert "Editors cannot write below “stories” yet" in output.getvalue()
    assert "Marketers cannot write below “landing pages” yet" in output.getvalue()
    # Not even the root that Wagtail gives its Editors.
    assert page_permissions("Editors") == set()
    assert "orders.view_order" in model_permissions("Shop staff")


def test_the_command_says_that_all_is_well(site: HomePage) -> None:
    output = StringIO()
    call_command("create_roles", stdout=output)
    assert output.getvalue() == (
        "The groups are in order: Editors, Editors in chief, Marketers, Shop staff, Accountants.\n"
    )


def test_wagtails_unused_moderators_go_and_chiefs_approve_in_their_place(site: HomePage) -> None:
    assert Group.objects.filter(name="Moderators").exists()
    create_roles()
    assert not Group.objects.filter(name="Moderators").exists()
    task = GroupApprovalTask.objects.get(name="Approval by editors in chief")
    assert [group.name for group in task.groups.all()] == ["Editors in chief"]
    assert [page.slug for page in Workflow.objects.get(name=task.name).all_pages()][:2] == [
        "root", "home",
    ]  # fmt: skip


def test_moderators_with_a_member_stay(site: HomePage) -> None:
    make_user("mona", group="Moderators")
    create_roles()
    assert page_permissions("Moderators") == {
        ("root", verb)
        for verb in ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
    }
    task = GroupApprovalTask.objects.get(name="Moderators approval")
    assert [group.name for group in task.groups.all()] == ["Moderators"]


@pytest.mark.parametrize("change", ["less", "elsewhere", "another app"])
def test_moderators_that_somebody_changed_stay(site: HomePage, change: str) -> None:
    moderators = Group.objects.get(name="Moderators")
    if change == "less":
        moderators.page_permissions.filter(permission__codename="lock_page").delete()
    elif change == "elsewhere":
        moderators.page_permissions.update(page=Page.objects.get(slug="stories"))
    else:
        moderators.permissions.add(Permission.objects.get(codename="view_order"))
    create_roles()
    assert Group.objects.filter(name="Moderators").exists()


def test_an_unknown_permission_is_an_error_and_changes_nothing(
    site: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = replace(ROLES[2], permissions=frozenset({"cms.paint_walls"}))
    monkeypatch.setattr(granting, "ROLES", (ROLES[0], wrong))
    before = all_grants()
    with pytest.raises(CommandError, match=r"There is no permission cms\.paint_walls\."):
        call_command("create_roles")
    assert all_grants() == before
