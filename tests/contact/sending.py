"""How tests fill in forms, as a browser would: after a while, from the same site."""

from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from shopsite.contact.guard import make_stamp
from shopsite.contact.models import ContactForm

SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
FILLED_IN = {
    "f-name": "Ada",
    "f-e_mail": "ada@example.com",
    "f-about": "A product",
    "f-message": "Is it\r\ndishwasher safe?",
}


def stamp_of(purpose: str, *, seconds_ago: float = 30, shown: str = "") -> str:
    """What a form drawn some time ago holds."""
    with time_machine.travel(datetime.now(UTC) - timedelta(seconds=seconds_ago), tick=False):
        return make_stamp(purpose=purpose, shown=shown)


def send_form(
    form: ContactForm, *, client: Client | None = None, headers: Any = SAME_ORIGIN, **changes: str
) -> HttpResponse:
    """Posts the form filled in; `changes` are other values by name with `__` for the dash."""
    data = {**FILLED_IN, "stamp": stamp_of(f"form-{form.pk}")}
    data |= {name.replace("__", "-"): value for name, value in changes.items()}
    return (client or Client()).post(f"/forms/{form.pk}/", data, **headers)


def sign_up(email: str = "ada@example.com", **changes: str) -> HttpResponse:
    data = {"email": email, "stamp": stamp_of("newsletter", shown="Yes, write to me."), **changes}
    return Client().post("/newsletter/", data, **SAME_ORIGIN)


def forget_counters() -> None:
    cache.clear()
