from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry

from shopsite.second_factor.views.account import AccountView, TakeAwayView


@hooks.register("register_admin_urls")
def pages_of_accounts() -> list[URLPattern]:
    return [
        path("account/second-factor/", AccountView.as_view(), name="second-factor"),
        path(
            "users/<int:pk>/second-factor/", TakeAwayView.as_view(), name="second-factor-take-away"
        ),
    ]


@hooks.register("register_account_menu_item")
def way_to_own(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("second-factor"),
        "label": _("Second factor"),
        "help_text": _("A code from an app beside your password, so that a stolen one is no use."),
    }


@hooks.register("register_user_listing_buttons")
def way_to_take_away(user: User, request_user: User) -> Iterator[Button]:
    if request_user.is_superuser and user != request_user:
        yield Button(
            _("Take the second factor away"),
            url=reverse("second-factor-take-away", args=[user.pk]),
            icon_name="key",
            priority=90,
        )


@hooks.register("register_log_actions")
def words_of_the_history(actions: LogActionRegistry) -> None:
    actions.register_action(
        "second_factor.set_up",
        gettext_lazy("Set up a second factor"),
        gettext_lazy("Second factor set up"),
    )
    actions.register_action(
        "second_factor.take_away",
        gettext_lazy("Take a second factor away"),
        gettext_lazy("Second factor taken away"),
    )
