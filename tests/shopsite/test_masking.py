"""No log and no report of an error holds a secret or what somebody told us of themselves."""

import inspect
import io
import logging
import re
import typing
from logging import WARNING, LogRecord
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.signing import dumps
from django.test import Client, RequestFactory
from django.utils.log import DEFAULT_LOGGING
from django.views.debug import ExceptionReporter, get_exception_reporter_filter

from home.models import HomePage
from orders import views as order_views
from shopsite.celery import app
from shopsite.lib.masking import LONGEST, mask
from shopsite.lib.tokens import make_token
from shopsite.log_masking import MaskingFilter
from tests.factories import make_order

ROOT = Path(__file__).resolve().parents[2]
LIVE_KEY = "sk_live_" + "51Abc" * 4


def test_masking_takes_no_longer_for_a_word_that_never_ends() -> None:
    """From the middle of it nothing is looked for: that took eight seconds."""
    for letters in ("a", "a%40", "a@", "//a", "'", "-."):
        started = process_time()
        assert len(mask(letters * 100_000)) <= LONGEST + 10
        assert process_time() - started < 0.5


def test_a_line_that_does_not_fit_its_arguments_is_logged_and_breaks_nothing() -> None:
    record = LogRecord("shop", WARNING, __file__, 1, "%s and %s", ("one",), None)
    assert MaskingFilter().filter(record) is True
    assert record.getMessage() == "%s and %s (with other arguments than it has places for)"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("To Alice.O'Neil+x@mail.example.co.uk now", "To ***@*** now"),
        ("?email=alice%40example.com&x=1", "?email=***@***&x=1"),
        (f"Key {LIVE_KEY}.", "Key sk_live_***."),
        ("rk_test_abc, whsec_abc", "rk_test_***, whsec_***"),
        ("postgresql://shop:p4ss@db:5432/shop", "postgresql://***@db:5432/shop"),
        ("smtp+tls://a%40b.de:p4ss@mail:587", "smtp+tls://***@mail:587"),
        ("redis://:p4ss@redis:6379/0", "redis://***@redis:6379/0"),
        ("  DETAIL:  Failing row contains (1, Alice, Gartenweg 3).", "  DETAIL: ***"),
        ("/admin/password_reset/confirm/Mg/c0-0123456789abcdef0123/", None),
    ],
)
def test_what_must_stand_in_no_log_is_masked(text: str, masked: str | None) -> None:
    if masked is None:
        masked = "/admin/password_reset/confirm/Mg/***/"
    assert mask(text) == masked
    assert mask(masked) == masked


@pytest.mark.parametrize(
    "path",
    [
        "/orders/{}/",
        "/orders/{}/invoice/",
        "/orders/{}/pay/",
        "/checkout/return/{}/",
        "/checkout/canceled/{}/",
        "/newsletter/{}/confirm/",
        "/newsletter/{}/unsubscribe/",
        "/account/log-in/{}/",
    ],
)
def test_links_that_open_a_door_are_masked_wherever_they_stand(path: str) -> None:
    for token in (make_token(), dumps(7, salt="x")):
        line = f"Internal Server Error: {path.format(token)} http://shop{path.format(token)}?a=1"
        assert mask(line) == line.replace(token, "***")


@pytest.mark.parametrize(
    "text",
    [
        "Order T000123 was paid: cs_test_1, pi_1, evt_1",
        "/orders/find/sent/ /newsletter/thanks/ /account/log-in/sent/",
        "celery@worker-1 ready. https://checkout.stripe.com/c/pay",
    ],
)
def test_what_a_log_is_for_stays(text: str) -> None:
    assert mask(text) == text


def test_every_handler_of_every_logger_masks() -> None:
    handlers = django_settings.LOGGING["handlers"]
    assert all(one["filters"] == ["mask"] for one in handlers.values())
    # Loggers to which Django gave handlers of its own lose them.
    for name, logger in DEFAULT_LOGGING["loggers"].items():
        assert logger["handlers"], name
        assert django_settings.LOGGING["loggers"][name]["handlers"] == []
        assert logging.getLogger(name).handlers == []


def test_the_web_server_writes_no_log_of_addresses() -> None:
    assert "access-log" not in (ROOT / "Procfile").read_text()
    assert "--log-level warning" in (ROOT / "Procfile").read_text()


def test_an_error_at_an_orders_page_is_logged_without_its_link_and_shown_without_its_words(
    site: HomePage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = make_order(token=make_token())
    said = f"{order.email} {LIVE_KEY} amqp://shop:p4ss@rabbit"

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError(said)

    monkeypatch.setattr(order_views, "render", fail)
    masked, raw = io.StringIO(), io.StringIO()
    handlers = [logging.StreamHandler(masked), logging.StreamHandler(raw)]
    handlers[0].addFilter(MaskingFilter())
    logger = logging.getLogger("django.request")
    # The one that does not mask comes first: a masked record is masked for all.
    for handler in reversed(handlers):
        logger.addHandler(handler)
    client.raise_request_exception = False
    try:
        response = client.get(order.get_absolute_url())
    finally:
        for handler in handlers:
            logger.removeHandler(handler)

    secrets = (order.token, order.email, LIVE_KEY, "p4ss")
    assert response.status_code == 500
    assert all(secret in raw.getvalue() for secret in secrets)
    assert not any(secret in masked.getvalue() for secret in secrets)
    assert "Internal Server Error: /orders/***/" in masked.getvalue()
    assert "RuntimeError: ***@*** sk_live_*** amqp://***@rabbit" in masked.getvalue()
    page = response.content.decode()
    assert not any(word in page for word in (*secrets, "Traceback", "RuntimeError", "order_page"))


def test_a_report_of_an_error_shows_no_setting_no_variable_and_no_form(
    db: None, settings: Any
) -> None:
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_secretword"]
    settings.STRIPE_SECRET_KEY = "sk_test_secretword"
    for name in ("EMAIL_URL", "CELERY_BROKER_URL", "REDIS_URL", "SEARCH_URL"):
        setattr(settings, name, "smtp://shop:secretword@mail:587")
    settings.CACHES = {"default": {"LOCATION": "redis://:secretword@redis"}}
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"URLS": ["https://u:secretword@search"]}}
    request = RequestFactory().post("/checkout/", {"name": "secretword", "email": "a@b.example"})
    reporter_filter = get_exception_reporter_filter(request)
    assert "secretword" not in repr(reporter_filter.get_safe_settings())
    assert reporter_filter.get_safe_settings()["EMAIL_URL"] == "smtp://***@mail:587"
    try:
        told = "secretword"
        raise RuntimeError("No words of anybody.")
    except RuntimeError as error:
        reporter = ExceptionReporter(request, type(error), error, error.__traceback__)
        # The lines of this test itself, which spell the word, are no part of a report's values.
        data = reporter.get_traceback_data()
    assert told not in repr(dict(data["filtered_POST_items"]))
    assert told not in repr([frame["vars"] for frame in data["frames"]])


# What a task may be told beside ids, and why.
MORE_THAN_IDS = {
    "home.tasks.count_search": {"query": str, "found": int},  # Words of a search.
    "shopsite.tasks.send_password_resets": {"keys": list[int]},  # Of people.
    # Of Wagtail's own: a path in the code, and keys of pages and models.
    "shopsite.tasks.run_wagtail_task": {
        "path": str,
        "args": list[Any],
        "kwargs": dict[str, Any],
    },
}


def test_tasks_are_told_ids_and_nothing_of_anybody() -> None:
    app.loader.import_default_modules()
    ours = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}
    assert len(ours) > 20
    for name, task in ours.items():
        function = inspect.unwrap(task.run)
        hints = typing.get_type_hints(function)
        told = {
            parameter: hints.get(parameter) for parameter in inspect.signature(function).parameters
        }
        if name in MORE_THAN_IDS:
            assert told == MORE_THAN_IDS[name]
            continue
        assert all(kind is int for kind in told.values()), name
        assert all(re.fullmatch(r"\w+_id", parameter) for parameter in told), name
