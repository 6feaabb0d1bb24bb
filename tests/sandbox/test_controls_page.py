"""The controls as a person uses them: plain forms, and pages that say what is set."""

import re
from html import unescape
from typing import Any

import pytest
import requests

from stripe_sandbox.testing import RunningSandbox
from tests.sandbox.merchant import CreateSession, connect
from tests.sandbox.receiver import Receiver


def text_of(answer: requests.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def read(sandbox: RunningSandbox, path: str = "/") -> str:
    return text_of(requests.get(f"{sandbox.base_url}{path}", timeout=5))


def press(sandbox: RunningSandbox, path: str, **typed: str) -> requests.Response:
    """Sends a form and follows where it leads."""
    return requests.post(f"{sandbox.base_url}{path}", data=typed, timeout=10)


def test_a_sandbox_nobody_touched_says_nothing_of_controls(sandbox: RunningSandbox) -> None:
    assert 'class="notes"' not in requests.get(f"{sandbox.base_url}/", timeout=5).text
    page = read(sandbox, "/controls")
    assert "The API answers." in page
    assert "All events were delivered." in page


def test_what_is_set_is_said_on_both_pages(sandbox: RunningSandbox) -> None:
    press(sandbox, "/controls/faults", kind="hang", endpoint="POST /v1/refunds", times="2")
    press(sandbox, "/controls/webhooks", hold="on", copies="3", at_once="on", types="*")
    press(sandbox, "/controls/session", amount_total="1")
    press(sandbox, "/controls/clock", seconds="86400")
    for path in ("/", "/controls"):
        page = read(sandbox, path)
        assert "The clock is 1 day ahead of this machine's." in page
        assert "Webhooks: all events held, 3 copies, at once." in page
        assert "Never answer, nothing was done: POST /v1/refunds, 2 requests." in page
        assert "The next session says something else: amount total." in page
    press(sandbox, "/controls/reset")
    assert "ahead of this machine" not in read(sandbox)
    state = sandbox.control.state()
    assert (state["faults"], state["session_changes"], state["ahead"]) == ([], {}, 0)
    assert state["deliveries"]["copies"] == 1


def test_an_empty_number_of_requests_is_until_the_fault_is_taken_away(
    sandbox: RunningSandbox,
) -> None:
    press(sandbox, "/controls/faults", kind="rate_limit", endpoint="", times="", seconds="")
    (fault,) = sandbox.control.state()["faults"]
    assert (fault["times"], fault["endpoint"], fault["seconds"]) == (None, "*", 0)
    press(sandbox, "/controls/faults-clear")
    assert sandbox.control.state()["faults"] == []


def test_what_cannot_be_set_is_said_beside_its_field_and_changes_nothing(
    sandbox: RunningSandbox,
) -> None:
    answer = press(sandbox, "/controls/webhooks", copies="99", hold="on")
    assert answer.status_code == 400
    assert "<title>Error: Controls" in answer.text
    assert 'href="#webhooks-copies"' in answer.text
    (tag,) = re.findall(r'<input[^>]*id="webhooks-copies"[^>]*>', answer.text)
    assert 'value="99"' in tag
    assert 'aria-invalid="true"' in tag
    assert "webhooks-copies-error" in tag
    assert sandbox.control.state()["deliveries"]["hold"] is False


def test_every_field_of_the_controls_has_a_label_and_an_id_of_its_own(
    sandbox: RunningSandbox,
) -> None:
    html = requests.get(f"{sandbox.base_url}/controls", timeout=5).text
    ids = re.findall(r'<(?:input|select)[^>]*? id="([^"]+)"', html.replace("\n", " "))
    assert len(ids) == len(set(ids)) == 26
    for name in ids:
        assert f'<label for="{name}">' in html


@pytest.mark.parametrize(
    ("amount", "fails", "left", "status"),
    [("5.00", "", "€39.98", "succeeded"), ("5", "on", "€44.98", "failed")],
)
def test_a_payment_is_refunded_by_hand(
    sandbox: RunningSandbox,
    create: CreateSession,
    amount: str,
    fails: str,
    left: str,
    status: str,
) -> None:
    intent = sandbox.pay(create().id).session["payment_intent"]
    typed = {"amount": amount, **({"fails": fails} if fails else {})}
    page = text_of(press(sandbox, f"/payments/{intent}/refund", **typed))
    assert f"€5.00 {status} re_" in page
    assert f"Empty for all that is left, {left}" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("a lot", "Enter an amount such as 5.00"),
        ("0.001", "Enter an amount such as 5.00"),
        ("NaN", "Enter an amount such as 5.00"),
        ("-1", "Enter an amount such as 5.00"),
        ("100", "Refund amount (€100.00) is greater than unrefunded amount on charge (€44.98)"),
    ],
)
def test_a_refund_that_cannot_be_is_said_beside_the_amount(
    sandbox: RunningSandbox, create: CreateSession, typed: str, words: str
) -> None:
    intent = sandbox.pay(create().id).session["payment_intent"]
    answer = press(sandbox, f"/payments/{intent}/refund", amount=typed)
    assert answer.status_code == 400
    assert words in text_of(answer)
    assert f'value="{typed}"' in answer.text
    assert sandbox.events("refund.created") == []


@pytest.mark.parametrize(
    ("end", "status"), [("comes", "succeeded"), ("fails", "requires payment method")]
)
def test_a_debit_is_decided_by_hand(
    sandbox: RunningSandbox, create: CreateSession, end: str, status: str
) -> None:
    session = sandbox.control.pay(create().id, debit=True)["session"]
    intent = session["payment_intent"]
    assert "processing" in read(sandbox)
    assert f"/payments/{intent}/{end}" in requests.get(sandbox.base_url, timeout=5).text
    assert f"{intent} {status}" in text_of(press(sandbox, f"/payments/{intent}/{end}"))
    assert press(sandbox, f"/payments/{intent}/{end}").status_code == 409


def test_an_event_shows_its_tries_and_goes_out_again_by_hand(
    sending: RunningSandbox, receiver: Receiver, order: dict[str, Any]
) -> None:
    sending.control.deliver(drop=True)
    sending.expire(connect(sending).checkout.sessions.create(order).id)
    sending.wait_for_deliveries()
    (event,) = sending.events()
    page = read(sending, f"/events/{event['id']}")
    assert "Dropped by the sandbox. It was given up." in page
    assert '"type": "checkout.session.expired"' in page
    sending.control.deliver()
    page = text_of(press(sending, f"/events/{event['id']}/resend"))
    assert "The shop has taken it." in page
    assert [delivered.event.id for delivered in receiver.received] == [event["id"]]
    assert "delivered (200, 2 tries)" in read(sending)


@pytest.mark.parametrize("path", ["/events/evt_none", "/payments/pi_none"])
def test_a_page_of_nothing_is_a_404(sandbox: RunningSandbox, path: str) -> None:
    assert requests.get(f"{sandbox.base_url}{path}", timeout=5).status_code == 404


def test_a_foreign_session_is_made_and_paid_by_hand(sandbox: RunningSandbox) -> None:
    press(sandbox, "/controls/foreign", amount="1999", currency="eur", reference="1001")
    assert "open €19.99 1001" in read(sandbox)
    answer = press(sandbox, "/controls/foreign", amount="1", currency="eur")
    assert answer.status_code == 400
    assert "Nothing was changed" in text_of(answer)
