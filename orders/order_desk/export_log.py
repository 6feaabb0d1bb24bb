"""Who took orders along, in the history of the site: how many and as what, and not whose."""

from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter, log

EXPORTED = "orders.export"


def note_export(user: User, *, count: int, file_format: str) -> None:
    """Written before the first line is sent, so that a broken download is known as well."""
    person = User.objects.get(pk=user.pk)  # Wagtail logs no lazy object.
    log(person, EXPORTED, user=person, data={"count": count, "format": file_format})


@hooks.register("register_log_actions")
def register_export(actions: LogActionRegistry) -> None:
    @actions.register_action(EXPORTED)
    class ExportedFormatter(LogFormatter):
        label = gettext_lazy("Take orders along")

        def format_message(self, entry: Any) -> str:
            count = int(entry.data.get("count", 0))
            return ngettext(
                "%(count)d order was taken along as %(format)s.",
                "%(count)d orders were taken along as %(format)s.",
                count,
            ) % {"count": count, "format": str(entry.data.get("format", "")).upper()}
