"""Asking for a new password of the admin. Mailing takes time, and time tells who there is: so a
worker does it, for every address alike."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from shopsite.broker import send_task

MAIL = "wagtailadmin/account/password_reset/email"


class PasswordResetForm(WagtailPasswordResetForm):
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Hands on whom to write to, nobody most of the time. Without a broker the mail is sent on
        the spot, since it waits nowhere else."""
        keys = [user.pk for user in self.get_users(self.cleaned_data["email"])]
        if not send_task("shopsite.tasks.send_password_resets", [keys]):
            send_password_resets(keys)


def send_password_resets(keys: list[int]) -> None:
    """Mails each of these people a link. It is made now and not stored; a new password ends it."""
    for user in get_user_model().objects.filter(pk__in=keys, is_active=True):
        WagtailPasswordResetForm().send_mail(
            f"{MAIL}_subject.txt", f"{MAIL}.txt", _facts_of(user), None, user.email
        )


def _facts_of(user: User) -> dict[str, Any]:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return {"user": user, "uid": uid, "token": default_token_generator.make_token(user)}
