"""The second factor of one's own account, and of a colleague who has lost it."""

from typing import Any, cast

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from shopsite.second_factor import devices, steps
from shopsite.second_factor.forms import PasswordForm
from shopsite.second_factor.passwords import check_password


class AccountView(WagtailAdminTemplateMixin, FormView):
    """Says how it stands. New backup codes, and taking it away, both want the password, whose
    wrong tries count like those of a log-in."""

    form_class = PasswordForm
    template_name = "second_factor/account.html"
    page_title = gettext_lazy("Second factor")
    header_icon = "key"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("wagtailadmin_account"), "label": _("Account")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = cast("User", self.request.user)
        return super().get_context_data(
            has_second_factor=devices.has_second_factor(user),
            codes_left=devices.backup_codes_left(user),
            is_required=steps.is_required_of(user),
            **kwargs,
        )

    def form_valid(self, form: PasswordForm) -> HttpResponse:
        user = cast("User", self.request.user)
        if not check_password(self.request, user, form):
            return self.form_invalid(form)
        if not devices.has_second_factor(user):
            return redirect("second-factor")
        if "take_away" in self.request.POST:
            devices.take_away(user, by=user)
            messages.success(self.request, _("Your log-in asks for no second factor any more."))
            return redirect("second-factor")
        context = self.get_context_data(form=form, codes=devices.make_backup_codes(user))
        return self.render_to_response(context)


class TakeAwayView(WagtailAdminTemplateMixin, TemplateView):
    """Of a colleague, who logs in by password alone afterwards. For superusers."""

    template_name = "second_factor/take_away.html"
    page_title = gettext_lazy("Take the second factor away")
    header_icon = "key"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_superuser:
            raise PermissionDenied
        if kwargs["pk"] == request.user.pk:
            return redirect("second-factor")  # Where one's own takes the password.
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def person(self) -> User:
        return get_object_or_404(get_user_model(), pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("wagtailusers_users:index"), "label": _("Users")},
            {"url": "", "label": self.page_title},
        ]

    def get_page_subtitle(self) -> str:
        return str(get_user_display_name(self.person))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            person=get_user_display_name(self.person),
            has_second_factor=devices.has_second_factor(self.person),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = get_user_display_name(self.person)
        if devices.take_away(self.person, by=cast("User", request.user)):
            told = _("%(name)s logs in by password alone now.") % {"name": name}
            messages.success(request, told)
        else:
            messages.info(request, _("%(name)s had no second factor.") % {"name": name})
        return redirect("wagtailusers_users:index")
