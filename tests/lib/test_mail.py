import smtplib
from datetime import date
from email.message import EmailMessage as ParsedMessage
from email.parser import BytesParser
from email.policy import default as default_policy
from typing import Any

import pytest
from django.core import mail
from django.core.mail import BadHeaderError, EmailMultiAlternatives
from django.utils import translation

from shopsite.lib.mail import (
    Attachment,
    InvalidMessage,
    is_permanent,
    render_message,
    send,
    tidy_text,
)
from shopsite.lib.palette import DEFAULT_PALETTE, named_tokens

NAMES = ["order_confirmation", "staff_new_order"]


def context(**order: object) -> dict[str, Any]:
    return {
        "order": {
            "number": "FK-1042",
            "placed_on": date(2026, 11, 22),
            "name": "Ada Lovelace",
            "country": "Ireland",
            "lines": [
                {
                    "title": "Hearth teapot",
                    "options_label": "Oat glaze, 600 ml",
                    "sku": "TEAPOT-OAT",
                    "quantity": 1,
                    "line_total": "€84.00",
                },
                {
                    "title": "Hōjicha",
                    "options_label": "",
                    "sku": "HOJICHA-80",
                    "quantity": 2,
                    "line_total": "€31.00",
                },
            ],
            "subtotal": "€115.00",
            "shipping_method": "Standard",
            "shipping_total": "€6.50",
            "taxes": [{"rate": "19", "amount": "€15.40"}, {"rate": "7", "amount": "€1.64"}],
            "total": "€121.50",
            "shipping_lines": ["Ada Lovelace", "12 Fern Row", "Dublin", "Ireland"],
            "order_url": "https://fern.example/orders/token/",
            "admin_url": "https://fern.example/admin/orders/1/",
            "invoice_number": "2026-00042",
        }
        | order,
        "brand": {
            "name": "Fern & Kettle",
            "support_email": "hello@fern.example",
            "light": named_tokens(DEFAULT_PALETTE.light),
            "dark": named_tokens(DEFAULT_PALETTE.dark),
        },
    }


def render(name: str = "order_confirmation", **changes: Any) -> EmailMultiAlternatives:
    arguments: dict[str, Any] = {
        "context": context(),
        "to": "ada@example.com",
        "from_email": "Fern & Kettle <orders@fern.example>",
        "message_id": "FK-1042.confirmation",
    }
    return render_message(name=name, **(arguments | changes))


def html_of(message: EmailMultiAlternatives) -> str:
    content, content_type = message.alternatives[0]
    assert content_type == "text/html"
    return str(content)


def parse(message: EmailMultiAlternatives) -> ParsedMessage:
    parsed = BytesParser(policy=default_policy).parsebytes(message.message().as_bytes())
    assert isinstance(parsed, ParsedMessage)
    return parsed


def test_headers_identify_the_message() -> None:
    parsed = parse(render())
    assert parsed["Message-ID"] == "<FK-1042.confirmation@fern.example>"
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["To"] == "ada@example.com"
    assert parsed["Subject"] == "Your Fern & Kettle order FK-1042 is confirmed"
    assert parse(render())["Message-ID"] == parsed["Message-ID"]


def test_order_confirmation_as_text() -> None:
    assert (
        render().body
        == """\
Thank you, Ada Lovelace.

Your order FK-1042 of 22 November 2026 is paid, and we are getting it ready.

See your order:
https://fern.example/orders/token/

WHAT YOU ORDERED

1 x Hearth teapot (Oat glaze, 600 ml)
    TEAPOT-OAT, €84.00

2 x Hōjicha
    HOJICHA-80, €31.00

Subtotal: €115.00
Delivery (Standard): €6.50
Total: €121.50
Tax included (19 %): €15.40
Tax included (7 %): €1.64

SHIPS TO

Ada Lovelace
12 Fern Row
Dublin
Ireland

Your invoice 2026-00042 is on the order page, too.

--
Fern & Kettle
Something not right? Write to hello@fern.example.
"""
    )


def test_staff_mail_as_text() -> None:
    message = render("staff_new_order")
    assert message.subject == "New order FK-1042: €121.50, Ada Lovelace"
    assert "Ada Lovelace in Ireland paid €121.50." in message.body
    assert "https://fern.example/admin/orders/1/" in message.body
    assert "2 x Hōjicha\n    HOJICHA-80, €31.00" in message.body


@pytest.mark.parametrize("name", NAMES)
def test_html_is_small_self_contained_and_styled_in_place(name: str) -> None:
    html = html_of(render(name))
    assert len(html.encode()) < 60 * 1024
    assert "max-width: 600px" in html
    assert html.count('style="') > 20
    assert html.count("<style>") == 1
    assert html.count("prefers-color-scheme: dark") == 1
    for foreign in ("<img", "<link", "<script", "url(", "http://"):
        assert foreign not in html
    assert html.count("https://") == 1


@pytest.mark.parametrize("name", NAMES)
def test_html_and_text_say_the_same_facts(name: str) -> None:
    message = render(name)
    for fact in ("FK-1042", "Ada Lovelace", "Hearth teapot", "TEAPOT-OAT", "€84.00", "Hōjicha"):
        assert fact in message.body
        assert fact in html_of(message)
    assert "Fern & Kettle" in message.body
    assert "Fern &amp; Kettle" in html_of(message)


@pytest.mark.parametrize("name", NAMES)
def test_free_text_is_escaped_in_html_and_plain_in_text(name: str) -> None:
    hostile = "<script>alert(1)</script> & {{ 7 }}"
    lines = context()["order"]["lines"]
    lines[0]["title"] = '"><img src=x onerror=alert(1)>'
    message = render(name, context=context(name=hostile, lines=lines))
    assert hostile in message.body
    html = html_of(message)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 }}" in html
    assert "<script" not in html
    assert "<img" not in html


def test_free_text_cannot_add_headers() -> None:
    hostile = "Ada\r\nBcc: eve@example.com\r\n\r\nBuy now\x00\u202e"
    message = render("staff_new_order", context=context(name=hostile))
    parsed = parse(message)
    assert parsed["Bcc"] is None
    assert message.recipients() == ["ada@example.com"]
    assert message.subject == "New order FK-1042: €121.50, Ada Bcc: eve@example.com Buy now"


def test_a_very_long_subject_is_cut() -> None:
    message = render("staff_new_order", context=context(name="A" * 1000))
    assert len(message.subject) == 150
    assert message.subject.endswith("…")


@pytest.mark.parametrize(
    "address",
    [
        "a@example.com,b@example.com",
        "Ada <ada@example.com>",
        "ada@example.com\r\nBcc: eve@example.com",
        "ada@example.com\n",
        "ada",
        "",
        "a@b@example.com",
        "ada@example.com;b@example.com",
    ],
)
def test_a_message_goes_to_exactly_one_address(address: str) -> None:
    with pytest.raises(InvalidMessage, match="exactly one e-mail address"):
        render(to=address)


@pytest.mark.parametrize("message_id", ["", "a b", "a@b", "a>\r\nBcc: x", ".a", "é"])
def test_a_message_id_is_plain(message_id: str) -> None:
    with pytest.raises(InvalidMessage, match="message id"):
        render(message_id=message_id)


def test_a_sender_without_an_address_is_refused() -> None:
    with pytest.raises(InvalidMessage, match="sender"):
        render(from_email="Fern & Kettle")


def test_parts_are_text_html_and_attachment() -> None:
    invoice = Attachment("invoice-2026-00042.pdf", b"%PDF-1.7 \x00\xff", "application/pdf")
    parsed = parse(render(attachments=[invoice]))
    assert [part.get_content_type() for part in parsed.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    (attached,) = parsed.iter_attachments()
    assert attached.get_filename() == "invoice-2026-00042.pdf"
    assert attached.get_content() == b"%PDF-1.7 \x00\xff"


def test_an_attachment_name_cannot_add_headers() -> None:
    evil = Attachment("a.pdf\r\nX-Evil: 1", b"%PDF", "application/pdf")
    (attached,) = parse(render(attachments=[evil])).iter_attachments()
    assert attached.get_filename() == "a.pdf X-Evil: 1"
    assert attached["X-Evil"] is None


def test_letters_of_all_scripts_arrive() -> None:
    message = render(context=context(name="山田 Żółć 👩‍🚀", shipping_lines=["مرحبا", "שלום"]))
    parsed = parse(message)
    text = parsed.get_body(("plain",))
    assert text is not None
    assert "山田 Żółć 👩‍🚀" in text.get_content()
    assert "<bdi>مرحبا</bdi><br><bdi>שלום</bdi>" in html_of(message)


def test_send_hands_the_message_to_the_mail_server() -> None:
    message = render()
    send(message)
    (delivered,) = mail.outbox
    assert delivered.subject == message.subject
    assert delivered.extra_headers["Message-ID"] == "<FK-1042.confirmation@fern.example>"


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"a@example.com": (550, b"No such user")}),
        smtplib.SMTPDataError(554, b"Rejected"),
        smtplib.SMTPSenderRefused(552, b"Too large", "orders@fern.example"),
        BadHeaderError("Header values can't contain newlines"),
        InvalidMessage("The recipient must be exactly one e-mail address."),
        "\ud800".encode,
    ],
)
def test_errors_that_trying_again_cannot_mend(error: Any) -> None:
    if not isinstance(error, Exception):
        with pytest.raises(UnicodeEncodeError) as caught:
            error()
        error = caught.value
    assert is_permanent(error)


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"a@example.com": (451, b"Greylisted")}),
        smtplib.SMTPRecipientsRefused(
            {"a@x.example": (550, b"No"), "b@x.example": (450, b"Later")}
        ),
        smtplib.SMTPDataError(451, b"Try again"),
        smtplib.SMTPSenderRefused(530, b"Authentication required", "orders@fern.example"),
        smtplib.SMTPAuthenticationError(535, b"Bad credentials"),
        smtplib.SMTPConnectError(421, b"Busy"),
        smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
        ConnectionRefusedError(),
        TimeoutError(),
        OSError("Network is unreachable"),
    ],
)
def test_errors_that_pass(error: Exception) -> None:
    assert not is_permanent(error)


def test_tidy_text_closes_gaps_and_trims() -> None:
    assert tidy_text("\n\n a  \n \n\n\n\nb\n\n") == "a\n\nb\n"


def test_a_right_to_left_language_turns_the_sheet_round() -> None:
    with translation.override("ar"):
        html = html_of(render())
    assert '<html lang="ar" dir="rtl">' in html
    item = html[html.index('<td class="item"') :].split(">")[0]
    assert "text-align: right" in item
