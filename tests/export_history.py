"""What the history of the site says of who took something along."""

from wagtail.models import ModelLogEntry


def export_history(action: str) -> list[tuple[str, str, dict[str, object]]]:
    """Who, in what words, and all that is kept about it, oldest first."""
    rows = ModelLogEntry.objects.filter(action=action).order_by("pk")
    return [(str(row.user), row.message, row.data) for row in rows]
