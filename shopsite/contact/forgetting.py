"""What visitors sent is kept for a while and no longer."""

from django.conf import settings

from shopsite.contact.models import FormSubmission
from shopsite.lib.days import kept_since


def forget_old_messages() -> int:
    """Deletes messages that were sent MESSAGE_DAYS ago, with the mails about them; returns how
    many messages."""
    before = kept_since(settings.MESSAGE_DAYS)
    if before is None:
        return 0
    _number, by_model = FormSubmission.objects.filter(submitted_at__lt=before).delete()
    return by_model.get(FormSubmission._meta.label, 0)
