"""Names of deleted things in the log of the admin: a deleted subscription leaves its address."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from shopsite.cms.personal_data import Part, Record, record_of


def _entries(email: str) -> QuerySet[ModelLogEntry]:
    return ModelLogEntry.objects.filter(label__iexact=email)


def find(email: str) -> list[Record]:
    return [record_of(entry, "label", "action", "timestamp") for entry in _entries(email)]


def erase(email: str) -> None:
    _entries(email).update(label="")


LOGGED_NAMES = Part(
    code="admin_log",
    words=_("Entries in the log of the admin that name the address"),
    find=find,
    erase=erase,
    fields={"wagtailcore.ModelLogEntry": ("label",)},
)
