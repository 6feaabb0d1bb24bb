from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from home.dashboard.panel import arrange_homepage
from home.landing_admin import NewLandingPageView, ShortAddressViewSet
from home.models import LandingIndexPage
from home.page_listings import LandingPageViewSet, StoryPageViewSet
from home.search.report import PERMISSION, MissedSearchesView
from home.story_checks import check_story


@hooks.register("register_admin_viewset")
def short_addresses_viewset() -> ShortAddressViewSet:
    return ShortAddressViewSet()


@hooks.register("register_admin_viewset")
def stories_viewset() -> StoryPageViewSet:
    return StoryPageViewSet()


@hooks.register("register_admin_viewset")
def landing_pages_viewset() -> LandingPageViewSet:
    return LandingPageViewSet()


hooks.register("construct_homepage_panels", arrange_homepage)


@hooks.register("register_admin_urls")
def landing_page_urls() -> list[URLPattern]:
    return [path("landing-pages/new/", NewLandingPageView.as_view(), name="new_landing_page")]


@hooks.register("register_page_header_buttons")
def new_from_template_button(
    page: Page, user: User, next_url: str | None = None, view_name: str = ""
) -> list[Button]:
    is_index = isinstance(page.specific_deferred, LandingIndexPage)
    if not is_index or not page.permissions_for_user(user).can_add_subpage():
        return []
    url = reverse("new_landing_page")
    return [Button(_("New from template"), url=url, icon_name="copy", priority=1)]


@hooks.register("register_admin_urls")
def missed_searches_urls() -> list[URLPattern]:
    address = "reports/missed-searches/"
    return [
        path(address, MissedSearchesView.as_view(), name="missed_searches"),
        path(
            f"{address}results/",
            MissedSearchesView.as_view(results_only=True),
            name="missed_searches_results",
        ),
    ]


class MissedSearchesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


@hooks.register("register_reports_menu_item")
def missed_searches_menu_item() -> MissedSearchesMenuItem:
    return MissedSearchesMenuItem(
        gettext_lazy("Searches without result"),
        reverse("missed_searches"),
        icon_name="search",
        order=1310,
    )


hooks.register("register_page_checks", lambda: [check_story])
