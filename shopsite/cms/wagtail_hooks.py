from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.actions.registry import ActionRegistry
from wagtail.admin import messages
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from shopsite.cms.admin.brand_preview import MAIL_PREVIEW, PICTURES_PREVIEW
from shopsite.cms.admin.leaving_bulk import LeavingDeleteBulkAction, LeavingUnpublishBulkAction
from shopsite.cms.admin.page_viewset import CheckedPageViewSet, base_page_viewset
from shopsite.cms.admin.publishing_api import CheckedPagesAPIViewSet
from shopsite.cms.brand_previews import HOOK as BRAND_PREVIEW_HOOK
from shopsite.cms.logged_names import LOGGED_NAMES
from shopsite.cms.personal_data import HOOK as PERSONAL_DATA_HOOK
from shopsite.cms.publishing import HELD_BACK, PublishCheckedPage
from shopsite.cms.reachable_slugs import check_slug_is_reachable
from shopsite.cms.video_serving import serve_part

# Drawn in one manner, for what Wagtail has no picture of.
ICONS = (
    "campaign", "collection", "drawers", "newsletter", "parcel", "percent", "ruler", "section",
    "shelf", "signpost", "story", "storefront", "truck", "variants",
)  # fmt: skip
EDITOR_SCRIPTS = ("calm_admin", "patient_submit")
AFTER_WAGTAIL = 100  # Hooks of a lower number run first, and what comes later replaces it.


@hooks.register("register_icons")
def shop_icons(icons: list[str]) -> list[str]:
    return [*icons, *(f"cms/icons/shop-{name}.svg" for name in ICONS)]


@hooks.register("insert_global_admin_css")
def admin_stylesheet() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/shop.css"))


@hooks.register("insert_editor_js")
def editor_scripts() -> str:
    return format_html_join(
        "", '<script src="{}"></script>', ((static(f"cms/{name}.js"),) for name in EDITOR_SCRIPTS)
    )


@hooks.register("register_admin_viewset", order=AFTER_WAGTAIL)
def page_viewset() -> CheckedPageViewSet:
    return base_page_viewset


@hooks.register("register_actions", order=AFTER_WAGTAIL)
def publishing_action(registry: ActionRegistry) -> None:
    registry.register(Page, PublishCheckedPage)


@hooks.register("construct_admin_api", order=AFTER_WAGTAIL)
def publishing_through_the_admin_api(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", CheckedPagesAPIViewSet)


hooks.register("register_bulk_action", LeavingUnpublishBulkAction, order=AFTER_WAGTAIL)
hooks.register("register_bulk_action", LeavingDeleteBulkAction, order=AFTER_WAGTAIL)


# After Wagtail has asked whether the visitor may have the document.
hooks.register("before_serve_document", serve_part, order=AFTER_WAGTAIL)


hooks.register(PERSONAL_DATA_HOOK, lambda: LOGGED_NAMES)
hooks.register(BRAND_PREVIEW_HOOK, lambda: MAIL_PREVIEW)
hooks.register(BRAND_PREVIEW_HOOK, lambda: PICTURES_PREVIEW)


@hooks.register("before_move_page")
def tell_why_a_page_cannot_move(
    request: HttpRequest, page: Page, destination: Page
) -> HttpResponse | None:
    if not _explained_move(request, [page], destination):
        return None
    return redirect("wagtailadmin_pages:move", page.pk)


@hooks.register("before_bulk_action")
def tell_why_pages_cannot_move(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    if action_type != "move" or action.model is not Page:
        return None
    destination = action.cleaned_form.cleaned_data["chooser"]
    return redirect(action.next_url) if _explained_move(request, objects, destination) else None


def _explained_move(request: HttpRequest, pages: list[Page], destination: Page) -> bool:
    """Whether one of them must not move there; its reason is shown."""
    for page in pages:
        try:
            check_slug_is_reachable(page.slug, destination)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return True
    return False


@hooks.register("register_log_actions")
def register_held_back(actions: LogActionRegistry) -> None:
    @actions.register_action(HELD_BACK)
    class HeldBackFormatter(LogFormatter):
        label = gettext_lazy("Hold back")

        def format_message(self, entry: Any) -> str:
            data: Mapping[str, Any] = entry.data
            return _("Not published at its time. %(reasons)s It goes live when this is mended.") % {
                "reasons": " ".join(data.get("reasons", []))
            }
