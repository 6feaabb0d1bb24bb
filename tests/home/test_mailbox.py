from email.message import EmailMessage as RawMessage
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client

from home import mailbox

# The templates of base.html read the name of the shop.
pytestmark = pytest.mark.django_db

SCRIPT = "<p>Thank you.</p><script>alert(1)</script>"


@pytest.fixture(autouse=True)
def folder(settings: object, tmp_path: Path) -> Path:
    settings.DEMO = True
    settings.EMAIL_BACKEND = mailbox.FILE_BACKEND
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.EMAIL_FILE_PATH = str(settings.MAIL_FOLDER)
    settings.MAIL_FOLDER.mkdir()
    return settings.MAIL_FOLDER


def send(
    *subjects: str, body: str = "Thank you.", html: str = SCRIPT, date: str | None = None
) -> None:
    """Sends the mails over one connection: Django writes them into one file."""
    connection = get_connection(mailbox.FILE_BACKEND)
    messages = []
    for subject in subjects:
        headers = {"Date": date} if date else {}
        message = EmailMultiAlternatives(
            subject, body, "Shop <shop@example.com>", ["Alice <alice@example.com>"], headers=headers
        )
        message.attach_alternative(html, "text/html")
        message.attach("invoice FK-1.pdf", b"%PDF-1.7 \x00\xff", "application/pdf")
        messages.append(message)
    connection.send_messages(messages)


def only_mail() -> mailbox.Mail:
    (mail,) = mailbox.list_mails()
    return mail


def test_a_mail_is_read_as_it_was_sent() -> None:
    send(
        "Your order F1 – thank you", body="Grüße aus Berlin", date="Sun, 1 Nov 2026 10:00:00 -0000"
    )
    mail = only_mail()
    assert mail.subject == "Your order F1 – thank you"
    assert (mail.sender, mail.to) == ("Shop <shop@example.com>", "Alice <alice@example.com>")
    assert mail.headers[2] == ("Date", "1 November 2026, 10:00")
    assert mail.text.strip() == "Grüße aus Berlin"
    assert mail.html.strip() == SCRIPT
    assert mail.attachment(0) == ("invoice FK-1.pdf", b"%PDF-1.7 \x00\xff")


def test_mails_of_one_file_stand_apart_and_the_newest_comes_first() -> None:
    send("Oldest", date="Sun, 1 Nov 2026 10:00:00 -0000")
    send("Third", "Second", date="Sun, 1 Nov 2026 12:00:00 +0100")
    send("Newest", date="Mon, 2 Nov 2026 10:00:00 +0000")
    assert [mail.subject for mail in mailbox.list_mails()] == [
        "Newest", "Second", "Third", "Oldest",
    ]  # fmt: skip


def test_a_line_of_dashes_inside_a_mail_does_not_split_it() -> None:
    body = "Above\n" + "-" * 79 + "\nbelow\n"
    send("Dashes", "Next", body=body)
    mails = {mail.subject: mail for mail in mailbox.list_mails()}
    assert set(mails) == {"Dashes", "Next"}
    assert mails["Dashes"].text.split() == ["Above", "-" * 79, "below"]


def test_an_empty_mailbox_says_so(client: Client, folder: Path) -> None:
    folder.rmdir()
    response = client.get("/demo/mail/")
    assert response.status_code == 200
    assert response.context["mails"] == []


def test_the_list_leads_to_the_mail_and_the_mail_to_its_parts(client: Client) -> None:
    send("Your order F1")
    listed = client.get("/demo/mail/")
    assert "Your order F1" in listed.content.decode()
    assert "no-store" in listed.headers["Cache-Control"]
    mail = listed.context["mails"][0]
    page = client.get(mail.url)
    html = page.content.decode()
    assert page.status_code == 200
    assert mail.html_url in html
    assert mail.attachments[0].url in html
    assert "alert(1)" not in html
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]


def test_the_html_part_can_run_nothing_and_load_nothing_of_another_host(client: Client) -> None:
    send("Your order F1")
    response = client.get(only_mail().html_url)
    assert response.content.decode().strip() == SCRIPT
    directives = response.headers["Content-Security-Policy"].split("; ")
    assert set(directives) == {
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src 'self' data:",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
        "sandbox allow-popups allow-popups-to-escape-sandbox",
    }


def test_a_link_of_a_mail_opens_outside_of_its_frame(client: Client) -> None:
    link = '<a href="/shop/">Shop</a>'
    send("Your order F1", html=f"<html><head lang=en></head><body>{link}</body></html>")
    html = client.get(only_mail().html_url).content.decode().strip()
    assert html == (f'<html><head lang=en><base target="_blank"></head><body>{link}</body></html>')


def test_an_attachment_is_a_download_and_nothing_else(client: Client) -> None:
    send("Your order F1")
    response = client.get(only_mail().attachments[0].url)
    assert response.content == b"%PDF-1.7 \x00\xff"
    assert response.headers["Content-Disposition"] == 'attachment; filename="invoice FK-1.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Type"] == "application/octet-stream"


def test_the_name_of_an_attachment_cannot_leave_the_download_folder(folder: Path) -> None:
    message = RawMessage()
    message["Subject"] = "Trick"
    message.set_content("Look.")
    message.add_attachment(
        b"x", maintype="text", subtype="html", filename="../../etc/\u202egpj.exe"
    )
    (folder / "one.log").write_bytes(message.as_bytes())
    assert only_mail().attachment(0) == ("..-..-etc-gpj.exe", b"x")


@pytest.mark.parametrize(
    "path",
    [
        "/demo/mail/nothing-0/",
        "/demo/mail/outside-0/",
        "/demo/mail/linked-0/",
        "/demo/mail/..%2Foutside-0/",
        "/demo/mail/..%2F..%2Fetc%2Fpasswd/",
        "/demo/mail/%2Fetc%2Fpasswd-0/html/",
        "/demo/mail/mail-1/",
        "/demo/mail/mail-00/",
        "/demo/mail/mail-0/html/",
        "/demo/mail/mail-0/attachments/0/",
        "/demo/mail/mail/",
    ],
)
def test_no_address_reads_another_file_or_part(path: str, folder: Path, client: Client) -> None:
    (folder / "mail.log").write_bytes(b"Subject: Plain\n\nHello.\n")
    outside = folder.parent / "outside.log"
    outside.write_bytes(b"Subject: Secret\n\nSecret.\n")
    (folder / "linked.log").symlink_to(outside)
    assert client.get("/demo/mail/mail-0/").status_code == 200
    response = client.get(path)
    assert response.status_code == 404
    assert b"Secret." not in response.content


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"-" * 79 + b"\n",
        b"\xff\xfe\x00 no header at all",
        b"Subject: =?utf-8?b?/////?=\nDate: yesterday\n\n\xff\xff",
        b"Content-Type: text/html; charset=klingon\n\n<p>\xc3\xa4</p>",
        b"Content-Type: multipart/mixed; boundary=x\nDate: Mon, 01 Jan 0001 00:00:00 +1200\n\n--x",
    ],
)
def test_a_broken_file_breaks_no_page(raw: bytes, folder: Path, client: Client) -> None:
    (folder / "broken.log").write_bytes(raw)
    (folder / "with space.log").write_bytes(raw)
    send("Whole")
    response = client.get("/demo/mail/")
    assert response.status_code == 200
    assert "Whole" in [mail.subject for mail in response.context["mails"]]
    for mail in response.context["mails"]:
        assert client.get(mail.url).status_code == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [("DEMO", False), ("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")],
)
def test_without_a_demo_there_is_no_mailbox(
    name: str, value: object, settings: object, client: Client
) -> None:
    send("Your order F1")
    mail = only_mail()
    urls = ["/demo/mail/", mail.url, mail.html_url, mail.attachments[0].url]
    assert [client.get(url).status_code for url in urls] == [200] * 4
    setattr(settings, name, value)
    assert [client.get(url).status_code for url in urls] == [404] * 4


def test_the_mailbox_only_answers_questions(client: Client) -> None:
    assert client.post("/demo/mail/").status_code == 405
