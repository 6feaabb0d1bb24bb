import re
import threading
from html import unescape
from typing import Any

import pytest
import requests

from stripe_sandbox.testing import RunningSandbox
from tests.sandbox.merchant import TYPED, CreateSession, press_pay

DECLINES = {
    "4000000000000002": ("card_declined", "generic_decline", "Your card was declined"),
    "4000000000009995": ("card_declined", "insufficient_funds", "insufficient funds"),
    "4000000000000069": ("expired_card", "expired_card", "has expired"),
    "4000000000000127": ("incorrect_cvc", "incorrect_cvc", "security code is incorrect"),
    "4000000000000119": ("processing_error", "processing_error", "error occurred"),
}


def open_page(session: Any) -> requests.Response:
    return requests.get(session.url, timeout=5)


def text_of(answer: requests.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def test_page_shows_what_is_bought_and_that_it_is_a_sandbox(create: CreateSession) -> None:
    answer = open_page(create(branding_settings={"display_name": "Fern & Kettle"}))
    text = text_of(answer)
    assert answer.status_code == 200
    assert "No real money moves" in text
    assert "Pay Fern & Kettle" in text
    assert "Fern tea 2 × €19.99 €39.98" in text
    assert "Strainer €5.00" in text
    assert "Total due €44.98" in text
    assert "Test cards" in text
    assert ">Pay €44.98</button>" in answer.text
    assert 'href="http://127.0.0.1:8000/orders/abc/?canceled=1"' in answer.text


def test_page_needs_no_script_and_no_other_host(
    create: CreateSession, sandbox: RunningSandbox
) -> None:
    answer = open_page(create(cancel_url=None))
    assert "<script" not in answer.text
    assert "style=" not in answer.text
    assert re.findall(r'(?:src|href)="(?!/static/)([^"]*)"', answer.text) == []
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    sheet = requests.get(f"{sandbox.base_url}/static/sandbox.css", timeout=5)
    assert sheet.status_code == 200
    assert "url(" not in sheet.text


@pytest.mark.parametrize("field", TYPED)
def test_every_field_has_a_label(create: CreateSession, field: str) -> None:
    html = open_page(create()).text
    (tag,) = re.findall(rf'<input[^>]*id="{field}"[^>]*>', html)
    assert f'name="{field}"' in tag
    assert f'<label for="{field}">' in html


@pytest.mark.parametrize(
    ("currency", "amount", "language", "shown"),
    [
        ("jpy", 1500, "en", "Pay ¥1,500"),
        ("kwd", 12340, "en", "Pay KWD\u00a012.340"),
        ("eur", 123456, "de", "Pay 1.234,56\u00a0€"),
        ("usd", 1999, "en-US", "Pay $19.99"),
        ("isk", 50000, "en", "Pay ISK\u00a0500.00"),
    ],
)
def test_amounts_are_written_with_the_decimals_of_their_currency(
    create: CreateSession,
    order: dict[str, Any],
    currency: str,
    amount: int,
    language: str,
    shown: str,
) -> None:
    item = order["line_items"][1]
    item["price_data"] |= {"currency": currency, "unit_amount": amount}
    session = create(line_items=[item])
    answer = requests.get(session.url, headers={"Accept-Language": language}, timeout=5)
    assert f">{shown}</button>" in unescape(answer.text)


def test_locale_of_the_session_wins_over_the_browser(create: CreateSession) -> None:
    session = create(locale="de")
    answer = requests.get(session.url, headers={"Accept-Language": "en"}, timeout=5)
    assert "Pay 44,98\u00a0€" in answer.text


def test_names_are_escaped(create: CreateSession, order: dict[str, Any]) -> None:
    order["line_items"][0]["price_data"]["product_data"]["name"] = "<b>Tea</b> & more"
    answer = open_page(create(line_items=order["line_items"]))
    assert "&lt;b&gt;Tea&lt;/b&gt; &amp; more" in answer.text


def test_payment_completes_the_session_and_leads_to_the_shop(
    create: CreateSession, client: Any, sandbox: RunningSandbox
) -> None:
    session = create()

    answer = press_pay(session.url)

    assert answer.status_code == 303
    assert (
        answer.headers["Location"] == f"http://127.0.0.1:8000/orders/abc/?session_id={session.id}"
    )
    paid = client.checkout.sessions.retrieve(session.id)
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert paid.customer_details.email == "payer@example.com"
    assert paid.customer_details.name == "Pat Payer"
    assert paid.amount_total == 4498
    intent = client.payment_intents.retrieve(paid.payment_intent)
    assert (intent.status, intent.amount_received, intent.description) == (
        "succeeded",
        4498,
        "Order 1",
    )
    charge = client.charges.retrieve(intent.latest_charge)
    assert (charge.amount, charge.paid, charge.captured, charge.refunded) == (
        4498,
        True,
        True,
        False,
    )
    assert charge.payment_method_details.card.last4 == "4242"
    assert [event["type"] for event in sandbox.events()] == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]


def test_card_number_is_written_nowhere(create: CreateSession, sandbox: RunningSandbox) -> None:
    press_pay(create().url)
    with sandbox.store.reading() as records:
        dump = "\n".join(records.connection.iterdump())
    assert "4242424242424242" not in dump
    assert "4242 4242 4242 4242" not in dump


def test_email_given_by_the_shop_is_locked(create: CreateSession, client: Any) -> None:
    session = create(customer_email="given@example.com")
    html = open_page(session).text
    assert re.search(r'id="email"[^>]*value="given@example.com"[^>]*readonly', html)

    press_pay(session.url, email="other@example.com")

    paid = client.checkout.sessions.retrieve(session.id)
    assert paid.customer_details.email == "given@example.com"


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("email", "", "Enter your e-mail address."),
        ("email", "nobody@", "Enter an e-mail address such as name@example.com."),
        ("cardNumber", "", "Enter your card number."),
        ("cardNumber", "4242 4242", "Your card number is incomplete."),
        ("cardNumber", "4242 4242 4242 4241", "Your card number is invalid."),
        ("cardNumber", "４２４２４２４２４２４２４２４２", "Your card number is incomplete."),
        ("cardExpiry", "", "Enter the expiry date as month and year."),
        ("cardExpiry", "13/40", "The month must be from 01 to 12."),
        ("cardExpiry", "01/20", "Your card's expiry date is in the past."),
        ("cardExpiry", "01/2099", "Your card's expiry year is invalid."),
        ("cardCvc", "", "Enter your card's security code."),
        ("cardCvc", "12", "The security code has 3 digits."),
        ("cardCvc", "1234", "The security code has 3 digits."),
        ("billingName", " ", "Enter the name on the card."),
    ],
)
def test_wrong_field_is_named_at_the_field_and_in_the_summary(
    create: CreateSession,
    client: Any,
    sandbox: RunningSandbox,
    field: str,
    typed: str,
    message: str,
) -> None:
    session = create()

    answer = press_pay(session.url, **{field: typed})

    html = unescape(answer.text)
    assert answer.status_code == 200
    assert "<title>Error: Pay" in html
    assert f'<a href="#{field}">{message}</a>' in html
    assert f'id="{field}-error">{message}</p>' in html
    (tag,) = re.findall(rf'<input[^>]*id="{field}"[^>]*>', html)
    assert 'aria-invalid="true"' in tag
    (described_by,) = re.findall(r'aria-describedby="([^"]*)"', tag)
    assert f"{field}-error" in described_by.split()
    assert client.checkout.sessions.retrieve(session.id).payment_intent is None
    assert sandbox.events() == []


def test_what_was_typed_stays_except_the_security_code(create: CreateSession) -> None:
    html = press_pay(create().url, cardExpiry="01/20", cardCvc="987").text
    assert 'value="4242 4242 4242 4242"' in html
    assert 'value="Pat Payer"' in html
    assert "987" not in re.findall(r'value="([^"]*)"', html)


def test_american_express_has_four_digits_in_its_security_code(create: CreateSession) -> None:
    session = create()
    card = "3782 822463 10005"
    assert "has 4 digits" in press_pay(session.url, cardNumber=card).text
    assert press_pay(session.url, cardNumber=card, cardCvc="1234").status_code == 303


@pytest.mark.parametrize("expiry", ["12/40", "12 / 2040", "1240", "1/41"])
def test_expiry_dates_are_read_as_people_write_them(create: CreateSession, expiry: str) -> None:
    assert press_pay(create().url, cardExpiry=expiry).status_code == 303


@pytest.mark.parametrize("card", DECLINES)
def test_declined_card_leaves_the_session_open_and_another_one_pays(
    create: CreateSession, client: Any, sandbox: RunningSandbox, card: str
) -> None:
    code, decline_code, words = DECLINES[card]
    session = create()

    answer = press_pay(session.url, cardNumber=card)

    assert answer.status_code == 200
    assert words in text_of(answer)
    declined = client.checkout.sessions.retrieve(session.id)
    assert (declined.status, declined.payment_status) == ("open", "unpaid")
    assert declined.url == session.url
    intent = client.payment_intents.retrieve(declined.payment_intent)
    assert intent.status == "requires_payment_method"
    assert intent.amount_received == 0
    assert intent.last_payment_error.code == code
    assert intent.last_payment_error.decline_code == decline_code
    failed = client.charges.retrieve(intent.latest_charge)
    assert (failed.status, failed.paid, failed.failure_code) == ("failed", False, code)
    (event,) = sandbox.events("payment_intent.payment_failed")
    assert event["data"]["object"]["id"] == intent.id

    assert press_pay(session.url).status_code == 303

    paid = client.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert paid.status == "complete"
    assert paid.payment_intent.id == intent.id
    assert paid.payment_intent.last_payment_error is None
    assert len(sandbox.events("payment_intent.created")) == 1
    assert len(sandbox.events("charge.succeeded")) == 1


def test_real_looking_card_is_declined_with_a_warning(create: CreateSession, client: Any) -> None:
    session = create()
    answer = press_pay(session.url, cardNumber="4111 1111 1111 1111")
    assert answer.status_code == 200
    assert "never a real card" in text_of(answer)
    assert client.checkout.sessions.retrieve(session.id).status == "open"


def test_authentication_is_asked_for_and_completed(
    create: CreateSession, client: Any, sandbox: RunningSandbox
) -> None:
    session = create()

    asked = press_pay(session.url, cardNumber="4000002500003155")
    assert asked.status_code == 303
    page_url = f"{session.url}/authenticate"
    assert requests.compat.urljoin(session.url, asked.headers["Location"]) == page_url
    waiting = client.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert waiting.status == "open"
    assert waiting.payment_intent.status == "requires_action"
    assert waiting.payment_intent.next_action.redirect_to_url.url == page_url
    html = requests.get(page_url, timeout=5).text
    assert "Complete authentication</button>" in html
    assert "Fail authentication</button>" in html
    assert sandbox.events("checkout.session.completed") == []

    done = requests.post(page_url, data={"outcome": "complete"}, timeout=5, allow_redirects=False)

    assert done.status_code == 303
    assert done.headers["Location"].endswith(f"?session_id={session.id}")
    paid = client.checkout.sessions.retrieve(
        session.id, {"expand": ["payment_intent.latest_charge"]}
    )
    assert paid.status == "complete"
    assert paid.customer_details.email == "payer@example.com"
    charge = paid.payment_intent.latest_charge
    assert charge.payment_method_details.card.three_d_secure.result == "authenticated"


def test_failed_authentication_leaves_the_session_open(
    create: CreateSession, client: Any, sandbox: RunningSandbox
) -> None:
    session = create()
    press_pay(session.url, cardNumber="4000002500003155")

    answer = requests.post(f"{session.url}/authenticate", data={"outcome": "fail"}, timeout=5)

    assert answer.status_code == 200
    assert "could not authenticate your card" in text_of(answer)
    assert 'value="payer@example.com"' in answer.text
    assert client.checkout.sessions.retrieve(session.id).status == "open"
    (event,) = sandbox.events("payment_intent.payment_failed")
    error = event["data"]["object"]["last_payment_error"]
    assert error["code"] == "payment_intent_authentication_failure"
    assert press_pay(session.url).status_code == 303


def test_authentication_that_nobody_asked_for_charges_nothing(
    create: CreateSession, client: Any
) -> None:
    session = create()
    answer = requests.post(
        f"{session.url}/authenticate",
        data={"outcome": "complete"},
        timeout=5,
        allow_redirects=False,
    )
    assert answer.headers["Location"] == f"/c/pay/{session.id}"
    assert client.checkout.sessions.retrieve(session.id).payment_status == "unpaid"


def test_simultaneous_presses_of_pay_charge_once(
    create: CreateSession, sandbox: RunningSandbox
) -> None:
    session = create()
    answers: list[requests.Response] = []
    barrier = threading.Barrier(5)

    def press() -> None:
        barrier.wait()
        answers.append(press_pay(session.url))

    threads = [threading.Thread(target=press) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert len(sandbox.events("charge.succeeded")) == 1
    assert len(sandbox.events("checkout.session.completed")) == 1


def test_paid_session_says_so_and_leads_on(create: CreateSession, sandbox: RunningSandbox) -> None:
    session = create()
    sandbox.pay(session.id)
    answer = open_page(session)
    assert answer.status_code == 200
    assert "already paid" in text_of(answer)
    assert f'href="{sandbox.success_url(session.id)}"' in answer.text
    assert "<form" not in answer.text


def test_expired_session_says_so_and_takes_no_payment(
    create: CreateSession, client: Any, sandbox: RunningSandbox
) -> None:
    session = create()
    client.checkout.sessions.expire(session.id)
    for answer in (open_page(session), press_pay(session.url)):
        assert answer.status_code == 200
        assert "has expired" in text_of(answer)
        assert "<form" not in answer.text
    assert sandbox.events("charge.succeeded") == []


def test_unknown_session_is_a_clear_404(sandbox: RunningSandbox) -> None:
    answer = requests.get(f"{sandbox.base_url}/c/pay/cs_test_none", timeout=5)
    assert answer.status_code == 404
    assert "This page does not exist" in text_of(answer)


def test_free_order_needs_no_card(
    create: CreateSession, order: dict[str, Any], client: Any, sandbox: RunningSandbox
) -> None:
    item = order["line_items"][1]
    item["price_data"]["unit_amount"] = 0
    session = create(line_items=[item])
    html = open_page(session).text
    assert "cardNumber" not in html
    assert "Complete order</button>" in html

    answer = requests.post(
        session.url, data={"email": "a@example.com"}, timeout=5, allow_redirects=False
    )

    assert answer.status_code == 303
    done = client.checkout.sessions.retrieve(session.id)
    assert (done.status, done.payment_status, done.payment_intent) == (
        "complete",
        "no_payment_required",
        None,
    )
    assert [event["type"] for event in sandbox.events()] == ["checkout.session.completed"]


def test_payer_chooses_the_shipping(create: CreateSession, client: Any) -> None:
    def option(name: str, amount: int) -> dict[str, Any]:
        rate = {
            "display_name": name,
            "type": "fixed_amount",
            "fixed_amount": {"amount": amount, "currency": "eur"},
        }
        return {"shipping_rate_data": rate}

    session = create(shipping_options=[option("Post", 490), option("Courier", 990)])
    courier = session.shipping_options[1].shipping_rate
    text = text_of(open_page(session))
    assert "Post Total €49.88 €4.90" in text
    assert "Courier Total €54.88 €9.90" in text

    press_pay(session.url, shippingRate=courier)

    paid = client.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert paid.amount_total == 5488
    assert paid.shipping_cost.shipping_rate == courier
    assert paid.payment_intent.amount_received == 5488


def test_overview_lists_sessions_payments_and_events(
    create: CreateSession, sandbox: RunningSandbox
) -> None:
    session = create()
    sandbox.pay(session.id)
    text = text_of(requests.get(sandbox.base_url, timeout=5))
    assert "order-1" in text
    assert "€44.98" in text
    assert "checkout.session.completed not sent" in text
