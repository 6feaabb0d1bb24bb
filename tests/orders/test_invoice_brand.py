"""The brand on an invoice: what it was on the day of issue, whatever it became since."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from orders.invoice_brand import logo_name
from orders.invoices import issue_invoice
from orders.models import Invoice
from orders.papers import paper_pdf
from orders.status import OrderStatus
from shopsite.cms.models import BrandSettings, ShopImage
from shopsite.lib.invoice_document import InvoiceDocument
from tests.factories import make_order

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_store(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    cache.clear()


def issued() -> Invoice:
    return issue_invoice(make_order(status=OrderStatus.PAID, paid_at=timezone.now()))


def set_brand(**fields: object) -> BrandSettings:
    BrandSettings.load()
    BrandSettings.objects.update(**fields)
    return BrandSettings.load()


def make_logo(color: str = "navy") -> ShopImage:
    buffer = BytesIO()
    Image.new("RGBA", (400, 80), color).save(buffer, "PNG")
    return ShopImage.objects.create(title="Logo", file=ImageFile(buffer, name="logo.png"))


def pictures_of(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages[0].images)


def test_an_invoice_has_the_accent_as_it_can_be_read_on_white() -> None:
    set_brand(accent_light="#7a1f3d")
    assert issued().document["accent"] == "#7a1f3d"
    set_brand(accent_light="#ffd866", paper_light="#101010", ink_light="#ffffff")
    assert issued().document["accent"] == "#877236"


def test_another_accent_changes_no_invoice_that_was_issued() -> None:
    invoice = issued()
    before = paper_pdf(invoice)
    set_brand(accent_light="#7a1f3d")
    assert paper_pdf(Invoice.objects.get()) == before
    assert paper_pdf(issued()) != before


def test_a_logo_stands_on_the_invoice_and_is_read_out_as_the_seller() -> None:
    set_brand(logo=make_logo())
    pdf = paper_pdf(issued())
    assert pictures_of(pdf) == 1
    assert len(pdf) < 100_000


def test_another_logo_changes_no_invoice_that_was_typeset() -> None:
    set_brand(logo=make_logo())
    invoice = issued()
    before = paper_pdf(invoice)
    ShopImage.objects.all().delete()
    set_brand(logo=make_logo("crimson"))
    assert paper_pdf(Invoice.objects.get(pk=invoice.pk)) == before


def test_a_logo_that_is_gone_before_it_was_kept_leaves_the_name() -> None:
    set_brand(logo=make_logo())
    invoice = issued()
    set_brand(logo=None)
    pdf = paper_pdf(invoice)
    assert pictures_of(pdf) == 0
    assert not default_storage.exists(invoice.document["logo"])


def test_issuing_reads_no_picture() -> None:
    brand = set_brand(logo=make_logo())
    Path(brand.logo.file.path).unlink()
    invoice = issued()
    assert invoice.document["logo"] == logo_name(brand)
    assert pictures_of(paper_pdf(invoice)) == 0


def test_an_invoice_from_before_there_was_a_brand_is_still_typeset() -> None:
    invoice = issued()
    old = {key: value for key, value in invoice.document.items() if key not in ("accent", "logo")}
    assert InvoiceDocument.from_json(old).accent == ""
    Invoice.objects.update(document=old)
    assert paper_pdf(Invoice.objects.get()).startswith(b"%PDF")
