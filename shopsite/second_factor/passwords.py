from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shopsite.second_factor.forms import PasswordForm


def check_password(request: HttpRequest, user: User, form: PasswordForm) -> bool:
    """Whether the form's password is the person's; if not, the form says so. Wrong tries count like
    those of a log-in."""
    name, password = user.get_username(), form.cleaned_data["password"]
    if authenticate(request, username=name, password=password) == user:
        return True
    form.add_error("password", _("This is not your password."))
    return False
