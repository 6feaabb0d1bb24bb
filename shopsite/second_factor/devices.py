"""A person's second factor: an app that makes codes, and ten codes on paper for when it is lost.

The records are django-otp's, which also makes each code good for one time, and makes who gave a
wrong one wait: a second, then twice as long each time.
"""

import time
from binascii import unhexlify
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django_otp import devices_for_user, verify_token
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.log_actions import log

DIGITS = 6
BACKUP_CODES = 10
# What an app shows for so many seconds before and after is right as well: clocks differ.
TOLERANCE_STEPS = 1
APP, PAPER = "App", "Backup codes"


class WaitFirst(Exception):
    """Too many wrong codes; `until` says when the next one is looked at."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class AlreadySetUp(Exception):
    """Another window was quicker."""


def has_second_factor(user: User) -> bool:
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def backup_codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def verify_code(user: User, text: str) -> Device | None:
    """The device whose code this is, which uses the code up; None for a wrong one.

    Six digits are the app's, all else is a backup code, so that guesses of one do not hold up the
    other. Raises WaitFirst.
    """
    code = _plain(text)
    kind = TOTPDevice if _is_of_app(code) else StaticDevice
    device = kind.objects.filter(user=user, confirmed=True).first()
    if device is None:
        return None
    is_allowed, why = device.verify_is_allowed()
    if not is_allowed:
        raise WaitFirst(why["locked_until"])
    return verify_token(user, device.persistent_id, code)


def set_up(user: User, *, key: str, text: str) -> tuple[Device, list[str]] | None:
    """Makes the app with this key the person's, if `text` is a code of it; the new device and the
    backup codes, which are shown once. None for a wrong code. Raises AlreadySetUp.

    One transaction. The code is used up.
    """
    code = _plain(text)
    totp = TOTP(unhexlify(key), digits=DIGITS)
    totp.time = time.time()
    if not _is_of_app(code) or not totp.verify(int(code), TOLERANCE_STEPS):
        return None
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        if has_second_factor(user):
            raise AlreadySetUp
        device = TOTPDevice.objects.create(
            user=user, name=APP, key=key, digits=DIGITS, drift=totp.drift, last_t=totp.t()
        )
        codes = make_backup_codes(user)
        log(user, "second_factor.set_up", user=user)
    return device, codes


@transaction.atomic
def make_backup_codes(user: User) -> list[str]:
    """Ten new ones, in the place of those from before."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name=PAPER)
    codes = [StaticToken.random_token() for _number in range(BACKUP_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


@transaction.atomic
def take_away(user: User, *, by: User | None) -> bool:
    """Ends the second factor with its backup codes; False when there was none.

    `by` is who did it, None for a command. It stands in the history of the site.
    """
    user = User.objects.select_for_update().get(pk=user.pk)  # Wagtail logs no lazy object.
    devices = list(devices_for_user(user, confirmed=None))
    for device in devices:
        device.delete()
    if devices:
        log(user, "second_factor.take_away", user=by)
    return bool(devices)


def _plain(text: str) -> str:
    return "".join(text.split()).replace("-", "").lower()


def _is_of_app(code: str) -> bool:
    return len(code) == DIGITS and code.isascii() and code.isdigit()
