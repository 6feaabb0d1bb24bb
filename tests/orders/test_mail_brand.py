"""The brand in mails: logo and colors, in light and dark. What holds for every kind of mail stands
in tests/shopsite/test_every_mail.py."""

import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone

from orders.emails import build_message
from orders.models import OutgoingEmail
from orders.status import OrderStatus
from shopsite.cms.models import BrandSettings
from tests.factories import make_image, make_order

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_store(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    cache.clear()


def set_brand(**fields: object) -> None:
    BrandSettings.load()
    BrandSettings.objects.update(**fields)


def mail_of(kind: str = "order_confirmation") -> tuple[str, str, str]:
    """Sender, text and HTML."""
    order = make_order(status=OrderStatus.PAID, paid_at=timezone.now())
    email = OutgoingEmail(order=order, kind=kind)
    message = build_message(email, with_pdf=False)
    return message.from_email, message.body, str(message.alternatives[0][0])


def test_the_logo_has_an_absolute_address_and_is_named_like_the_shop() -> None:
    set_brand(logo=make_image("Logo"), logo_dark=make_image("Logo for the dark"))
    _sender, _text, html = mail_of()
    [picture] = re.findall(r"<img[^>]*>", html)
    assert 'src="http://testserver/media/images/' in picture
    assert '.png"' in picture
    assert 'alt="Fern &amp; Kettle"' in picture
    assert 'width="60"' in picture
    [source] = re.findall(r"<source[^>]*>", html)
    assert 'srcset="http://testserver/media/images/' in source


def test_without_a_logo_there_is_no_picture() -> None:
    assert "<img" not in mail_of()[2]


def test_a_logo_whose_file_is_gone_leaves_the_name() -> None:
    logo = make_image("Logo")
    set_brand(logo=logo)
    Path(logo.file.path).unlink()
    assert "<img" not in mail_of()[2]


def test_the_colors_are_those_of_the_brand_in_light_and_dark() -> None:
    set_brand(accent_light="#7a1f3d", accent_dark="#ff9fc0", paper_dark="#101018")
    head, _body, body = mail_of()[2].partition("<body")
    button = re.findall(r'<td class="button-cell"[^>]*>', body)[0]
    assert "background-color: #7a1f3d" in button
    assert "background-color: #ff9fc0 !important" in head
    assert "#2f5640" not in head + body
