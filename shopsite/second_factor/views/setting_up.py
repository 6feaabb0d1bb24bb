"""The way to have codes, for who is let in and for who must have them to be let in."""

from base64 import b32encode
from textwrap import wrap
from typing import Any

import segno
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from shopsite.second_factor import devices, steps
from shopsite.second_factor.forms import CodeAndPasswordForm, FirstCodeForm
from shopsite.second_factor.middleware import waiting_user
from shopsite.second_factor.passwords import check_password
from shopsite.second_factor.views.entering import let_in, way_on

NEW_KEY = "second_factor_key"  # In the session, until a code shows that the app has it.
ACCOUNT = "second-factor"
Form = FirstCodeForm | CodeAndPasswordForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up_app(request: HttpRequest) -> HttpResponse:
    """Shows a new key, and with a code of it makes it the person's. Who was let in before gives the
    password too: an app set up at somebody's desk would lock them out."""
    user = waiting_user(request)
    if not isinstance(user, User) or not user.has_perm(steps.ADMIN):
        return redirect("wagtailadmin_login")
    if devices.has_second_factor(user):
        return redirect(ACCOUNT)
    key = request.session.setdefault(NEW_KEY, random_hex(20))
    form_class = FirstCodeForm if steps.next_step(user) else CodeAndPasswordForm
    form: Form = form_class(request.POST if request.method == "POST" else None)
    try:
        made = _make(request, user, form, key)
    except devices.AlreadySetUp:
        return redirect(ACCOUNT)
    if made is None:
        return _ask(request, user, form, key)
    del request.session[NEW_KEY]
    device, codes = made
    let_in(request, user, device)
    context = {"codes": codes, "way_on": way_on(request)}
    return render(request, "second_factor/backup_codes.html", context)


def _make(
    request: HttpRequest, user: User, form: Form, key: str
) -> tuple[Device, list[str]] | None:
    """The new device and its backup codes; None when the form is to be shown, with what is wrong.
    Raises AlreadySetUp."""
    if not form.is_valid():
        return None
    if isinstance(form, CodeAndPasswordForm) and not check_password(request, user, form):
        return None
    made = devices.set_up(user, key=key, text=form.cleaned_data["code"])
    if made is None:
        form.add_error("code", _("This is not the code of the key shown here. Take the next one."))
    return made


def _ask(request: HttpRequest, user: User, form: Form, key: str) -> HttpResponse:
    app = TOTPDevice(user=user, key=key, digits=devices.DIGITS)
    context: dict[str, Any] = {
        "form": form,
        "next": way_on(request),
        "drawing": _draw(app),
        "key": _in_words(app),
        "is_required": steps.is_required_of(user),
    }
    return render(request, "second_factor/set_up.html", context)


def _draw(app: TOTPDevice) -> SafeString:
    drawing = segno.make(app.config_url, error="m")
    return mark_safe(drawing.svg_inline(dark="#000", light="#fff", omitsize=True))  # noqa: S308 - paths  # nosec


def _in_words(app: TOTPDevice) -> str:
    """The key as it can be typed, four letters at a time."""
    return " ".join(wrap(b32encode(app.bin_key).decode(), 4))
