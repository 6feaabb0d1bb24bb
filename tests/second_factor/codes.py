"""An app that makes codes, and people who have one."""

import time
from binascii import unhexlify
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django_otp.oath import TOTP

from shopsite.second_factor import devices
from tests.factories import make_user

KEY = "3132333435363738393031323334353637383930"


@dataclass
class App:
    """What a phone does; `steps` of 30 seconds before or after now."""

    key: str = KEY

    def code(self, *, steps: int = 0) -> str:
        totp = TOTP(unhexlify(self.key))
        totp.time = time.time() + 30 * steps
        return f"{totp.token():06d}"


def make_guarded_user(name: str = "ada", **options: object) -> tuple[User, list[str]]:
    """A superuser who gave the last code half a minute ago, and the backup codes."""
    user = make_user(name, **({"is_superuser": True} | options))
    made = devices.set_up(user, key=KEY, text=App().code(steps=-1))
    assert made is not None
    return user, made[1]


def give_password(client: Client, name: str = "ada", password: str = "password") -> HttpResponse:
    data = {"username": name, "password": password, "next": "/admin/"}
    return client.post("/admin/login/", data)


def give_code(client: Client, code: str, way_on: str = "/admin/") -> HttpResponse:
    return client.post("/admin/second-factor/code/", {"code": code, "next": way_on})
