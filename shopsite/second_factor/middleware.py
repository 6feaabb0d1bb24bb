"""Who has not given the second factor yet is nobody, everywhere: each view sees a stranger, also
those that nobody thought of. Only the two pages of the log-in look at who waits."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from shopsite.second_factor.steps import next_step

WAITING = "waiting_user"


class SecondFactorMiddleware:
    """Stands behind django-otp's, and like that one asks for nobody until a view does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        by_password = request.user
        setattr(request, WAITING, by_password)

        def known() -> User | AnonymousUser:
            return AnonymousUser() if next_step(by_password) else by_password

        request.user = SimpleLazyObject(known)  # type: ignore[assignment]
        return self.get_response(request)


def waiting_user(request: HttpRequest) -> User | AnonymousUser:
    """Whose password was right, whether or not more is asked of them."""
    user: User | AnonymousUser = getattr(request, WAITING)
    return user
