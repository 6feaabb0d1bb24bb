"""Between the password and the admin: a code, or the way to have codes."""

from base64 import b32encode
from math import ceil
from textwrap import wrap
from typing import Any
from urllib.parse import urlencode

import segno
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as remember_device
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex
from wagtail.admin.views.account import LoginView

from shopsite.second_factor import devices, steps
from shopsite.second_factor.forms import CodeForm, FirstCodeForm
from shopsite.second_factor.middleware import waiting_user

NEW_KEY = "second_factor_key"  # In the session, until a code shows that the app has it.
ACCOUNT = "second-factor"


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
        return redirect(_way_on(request))
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
    _let_in(request, user, device)
    return redirect(_way_on(request))


def _ask(request: HttpRequest, form: Form, *, retry_after: int = 0) -> HttpResponse:
    context = {"form": form, "next": _way_on(request)}
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
@require_http_methods(["GET", "HEAD", "POST"])
def set_up_app(request: HttpRequest) -> HttpResponse:
    """Shows a new key, and with a code of it makes it the person's. For who is let in and has none,
    and for who must have one to be let in."""
    user = waiting_user(request)
    if not isinstance(user, User) or not user.has_perm(steps.ADMIN):
        return redirect("wagtailadmin_login")
    if devices.has_second_factor(user):
        return redirect(ACCOUNT)
    key = request.session.setdefault(NEW_KEY, random_hex(20))
    form = FirstCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = devices.set_up(user, key=key, text=form.cleaned_data["code"])
        except devices.AlreadySetUp:
            return redirect(ACCOUNT)
        if made is not None:
            del request.session[NEW_KEY]
            device, codes = made
            _let_in(request, user, device)
            made_codes = {"codes": codes, "way_on": _way_on(request)}
            return render(request, "second_factor/backup_codes.html", made_codes)
        form.add_error("code", _("This is not the code of the key shown here. Take the next one."))
    app = TOTPDevice(user=user, key=key, digits=devices.DIGITS)
    context: dict[str, Any] = {
        "form": form,
        "next": _way_on(request),
        "drawing": _draw(app),
        "key": _in_words(app),
        "is_required": steps.is_required_of(user),
    }
    return render(request, "second_factor/set_up.html", context)


def _draw(app: TOTPDevice) -> SafeString:
    drawing = segno.make(app.config_url, error="m")
    return mark_safe(drawing.svg_inline(dark="#000", light="#fff", omitsize=True))  # noqa: S308 - paths


def _in_words(app: TOTPDevice) -> str:
    """The key as it can be typed, four letters at a time."""
    return " ".join(wrap(b32encode(app.bin_key).decode(), 4))


def _let_in(request: HttpRequest, user: User, device: Device) -> None:
    """Under a new session key: who knew that of the half log-in knows nothing."""
    request.session.cycle_key()
    request.user = user
    remember_device(request, device)


def _way_on(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("wagtailadmin_home")


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Ends a log-in that is not done, to begin as somebody else."""
    logout(request)
    return redirect("wagtailadmin_login")
