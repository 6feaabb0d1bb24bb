"""What the pages with buttons have in common."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Conflict, NotFound

from stripe_sandbox.errors import ApiError


@contextmanager
def refusals_as_pages() -> Iterator[None]:
    """What a service refuses, as an error that a browser shows."""
    try:
        yield
    except ApiError as error:
        raise (NotFound if error.status == 404 else Conflict)(str(error)) from error


def back_to_overview() -> ResponseReturnValue:
    """After a button of the start page."""
    return redirect(url_for("overview.show"), 303)
