"""What every form passes that stands in a page which is the same for everybody."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shopsite.clients import is_too_often, seconds_left
from shopsite.contact.guard import LookAgain, Stamp, check_post

LIMIT_SECONDS = 600


class NotTaken(Exception):
    """The form is shown again, with what is wrong written in it and this status."""

    def __init__(self, status: int = 200) -> None:
        super().__init__(status)
        self.status = status

    def mark(self, response: HttpResponse) -> HttpResponse:
        """The answer with its status, and with how long to wait if that is what is wrong."""
        response.status_code = self.status
        if self.status == 429:
            response.headers["Retry-After"] = str(seconds_left(LIMIT_SECONDS))
        return response


def take_in(
    request: HttpRequest, form: forms.BaseForm, *, purpose: str, what: str, limit: int
) -> Stamp:
    """The stamp of a valid form that a person has sent, `limit` times in ten minutes at most.

    `purpose` is that of the stamp, `what` names the counter. Raises NotTaken, or CaughtInTrap for
    a robot.
    """
    if is_too_often(request, what=what, limit=limit, seconds=LIMIT_SECONDS):
        form.add_error(None, _("You have sent a lot. Please wait some minutes and send it again."))
        raise NotTaken(429)
    try:
        stamp = check_post(request.POST, purpose=purpose)
    except LookAgain as error:
        if form.is_valid():  # Otherwise what is wrong is asked for first.
            form.add_error(None, str(error))
        raise NotTaken from error
    if not form.is_valid():
        raise NotTaken
    return stamp
