"""All that is kept about an e-mail address: seen, taken along, erased. What there is to be found
the layers say themselves; see shopsite/cms/personal_data.py."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from customers.models import DataLogEntry
from orders.by_email import normal_email
from orders.personal_data import ORDERS
from shopsite.cms.personal_data import Record, all_parts
from shopsite.lib.zip_stream import ZipEntry, stream_zip

Kind = DataLogEntry.Kind


class CannotErase(Exception):
    """Nothing was erased; `reasons` are sentences for the clerk."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class FoundPart:
    code: str
    words: str | Promise
    records: list[Record]


@dataclass(frozen=True)
class Found:
    """What is kept about a normal address; parts of which there is nothing are left out."""

    email: str
    parts: list[FoundPart]

    @property
    def orders(self) -> int:
        return sum(len(part.records) for part in self.parts if part.code == ORDERS.code)

    @property
    def records(self) -> int:
        return sum(len(part.records) for part in self.parts)


def find_customer_data(email: str) -> Found:
    email = normal_email(email)
    found = [FoundPart(part.code, part.words, part.find(email)) for part in all_parts()]
    return Found(email, [part for part in found if part.records])


@transaction.atomic
def why_not_erase(email: str) -> list[str]:
    """Sentences for the clerk; none if it can be erased now."""
    email = normal_email(email)
    return [reason for part in all_parts() for reason in part.hindrances(email)]


def export_customer_data(*, email: str, user: User | None) -> Iterator[bytes]:
    """The bytes of a zip: all of it as JSON, and the papers as they were sent. Leaves an entry in
    the log before the first byte."""
    found = find_customer_data(email)
    _log(Kind.EXPORTED, found, user=user)
    return stream_zip(_files(found))


def _files(found: Found) -> Iterator[ZipEntry]:
    now = timezone.localtime()
    content = {
        "email": found.email,
        "made_at": now,
        "kept": {part.code: part.records for part in found.parts},
    }
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    yield ZipEntry("data.json", text.encode(), now)
    for part in all_parts():
        yield from part.files(found.email)


@transaction.atomic
def erase_customer_data(*, email: str, orders: int, user: User | None) -> DataLogEntry | None:
    """Takes the person out of all that is kept, or raises CannotErase and changes nothing.

    `orders` is how many whoever says so has seen: if there are others by now, they look again.
    None, and no entry in the log, when nothing is kept; so a second press changes nothing.
    """
    reasons = why_not_erase(email)
    found = find_customer_data(email)
    if not found.parts:
        return None
    if found.orders != orders:
        reasons.append(
            _("There are %(found)d orders, not %(said)d. Look at them once more.")
            % {"found": found.orders, "said": orders}
        )
    if reasons:
        raise CannotErase(reasons)
    for part in all_parts():
        part.erase(found.email)
    return _log(Kind.ERASED, found, user=user)


def log_of(email: str) -> list[DataLogEntry]:
    """What was done about an address before, newest first."""
    entries = DataLogEntry.objects.filter(digest=digest_of(email))
    return list(entries.select_related("user"))


def digest_of(email: str) -> str:
    """Of a normal address, with the shop's key: without that, addresses could be tried out."""
    salt = "customers.customer_data"
    return salted_hmac(salt, normal_email(email), algorithm="sha256").hexdigest()


def _log(kind: DataLogEntry.Kind, found: Found, *, user: User | None) -> DataLogEntry:
    return DataLogEntry.objects.create(
        kind=kind,
        digest=digest_of(found.email),
        orders=found.orders,
        records=found.records,
        user=user,
    )
