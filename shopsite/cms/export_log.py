"""Who took what customers told us along, in the history of the site: how many and as what, and not
whose."""

from typing import Any

from django.contrib.auth.models import User
from wagtail.log_actions import LogFormatter, log


def note_export(action: str, *, user: User, count: int, file_format: str) -> None:
    """Called before the first line is sent, so that a broken download is known as well."""
    person = User.objects.get(pk=user.pk)  # Wagtail logs no lazy object.
    log(person, action, user=person, data={"count": count, "format": file_format})


class ExportFormatter(LogFormatter):
    """Of one kind of thing: its `label`, and a sentence with %(count)d and %(format)s."""

    def words(self, count: int) -> str:
        raise NotImplementedError

    def format_message(self, entry: Any) -> str:
        count = int(entry.data.get("count", 0))
        file_format = str(entry.data.get("format", "")).upper()
        return self.words(count) % {"count": count, "format": file_format}
