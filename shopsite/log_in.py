"""Guards the log-in of the staff against guessing: what django-axes counts, and what it says.

Names are counted whether or not there is such a person, so no answer tells who there is.
"""

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_parameters, get_client_username
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from shopsite.clients import client_address

# Failures in the time of settings.AXES_COOLOFF_TIME. One address may be a whole office; one name
# from everywhere is a botnet, and locks its owner out too, so that limit is the highest.
MOST_FROM_ADDRESS = 20
MOST_FOR_NAME = 50
UNKNOWN = "0.0.0.0"  # noqa: S104  (no server listens there)  # nosec


class LogInGuard(AxesDatabaseHandler):
    """Django-axes counts all its rules up to one limit; here each has a limit of its own."""

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """The failures of the rule that is nearest to its limit, as parts of the setting's."""
        limit = settings.AXES_FAILURE_LIMIT
        address = counted_address(request)
        rules = get_client_parameters(
            get_client_username(request, credentials), address, "", request
        )
        counts = [
            sum(attempts.values_list("failures_since_start", flat=True))
            for attempts in self.get_user_attempts(request, credentials)
        ]
        # A proxy that names no client would lock out everybody with the first who guesses.
        return max(
            count * limit // _limit_of(set(rule))
            for rule, count in zip(rules, counts, strict=True)
            if set(rule) != {"ip_address"} or address != UNKNOWN
        )

    def reset_user_attempts(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """After a log-in only the person's own failures are forgotten: who has an account of their
        own must not clear what they tried on another's."""
        [own, *_others] = self.filter_user_attempts(request, credentials)
        number, _by_model = own.delete()
        return number


def _limit_of(rule: set[str]) -> int:
    if rule == {"ip_address"}:
        return MOST_FROM_ADDRESS
    return MOST_FOR_NAME if rule == {"username"} else settings.AXES_FAILURE_LIMIT


def counted_address(request: HttpRequest) -> str:
    """The client's, as far as it is believed; all whose address is not known share UNKNOWN, since
    a row without any would not be found to be the same."""
    return client_address(request).partition("/")[0] or UNKNOWN


def answer_locked_out(
    request: HttpRequest, response: HttpResponse, credentials: dict | None
) -> HttpResponse:
    """429 in words. The same for a name that there is and one that there is not."""
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    minutes = seconds // 60
    words = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    answer = render(request, "second_factor/locked_out.html", {"wait": words}, status=429)
    answer.headers["Retry-After"] = str(seconds)
    return answer
