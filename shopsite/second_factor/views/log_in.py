"""Between the password and the admin: a code."""

from math import ceil
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.views.account import LoginView

from shopsite.second_factor import devices, steps
from shopsite.second_factor.forms import CodeForm
from shopsite.second_factor.middleware import waiting_user
from shopsite.second_factor.views.entering import let_in, way_on


class LogInView(LoginView):
    """Wagtail's, which leads who gave the right password already to what is asked next."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        step = steps.next_step(waiting_user(request))
        if step is None:
            answer: HttpResponse = super().get(request, *args, **kwargs)
            return answer
        return redirect(f"{reverse(step)}?{urlencode({'next': self.get_success_url()})}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_code(request: HttpRequest) -> HttpResponse:
    """Asks for a code, and lets in who has it. 429 while too many were wrong."""
    user = waiting_user(request)
    if not isinstance(user, User) or steps.next_step(user) != steps.GIVE_CODE:
        return redirect(way_on(request))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _ask(request, form)
    try:
        device = devices.verify_code(user, form.cleaned_data["code"])
    except devices.WaitFirst as error:
        seconds = max(ceil((error.until - timezone.now()).total_seconds()), 1)
        form.add_error("code", _wait_words(seconds))
        return _ask(request, form, retry_after=seconds)
    if device is None:
        form.add_error("code", _("This code is wrong, or was used before. Take the next one."))
        return _ask(request, form)
    let_in(request, user, device)
    return redirect(way_on(request))


def _ask(request: HttpRequest, form: Form, *, retry_after: int = 0) -> HttpResponse:
    context = {"form": form, "next": way_on(request)}
    status = 429 if retry_after else 200
    response = render(request, "second_factor/code.html", context, status=status)
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _wait_words(seconds: int) -> str:
    if seconds < 60:
        return ngettext(
            "There were wrong codes. Please wait %(count)d second.",
            "There were wrong codes. Please wait %(count)d seconds.",
            seconds,
        ) % {"count": seconds}
    minutes = ceil(seconds / 60)
    return ngettext(
        "There were many wrong codes. Please wait %(count)d minute, or take a backup code.",
        "There were many wrong codes. Please wait %(count)d minutes, or take a backup code.",
        minutes,
    ) % {"count": minutes}


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Ends a log-in that is not done, to begin as somebody else."""
    logout(request)
    return redirect("wagtailadmin_login")
