import io
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from shopsite.lib.invoice_document import (
    InvalidInvoiceDocument,
    InvoiceDocument,
    InvoiceLine,
    TaxLine,
    paper_of,
)
from shopsite.lib.invoice_rendering import render_invoice

DOCUMENT = InvoiceDocument(
    number="2026-00042",
    order_number="FK-1042",
    issued_on=date(2026, 11, 22),
    paid_on=date(2026, 11, 21),
    language="en-gb",
    seller_name="Fern & Kettle",
    seller_address=("14 Harbour Lane", "Galway H91 X2", "Ireland"),
    seller_vat_id="IE1234567A",
    seller_email="hello@fern.example",
    bill_to=("Ada Lovelace", "12 Fern Row", "Dublin", "Ireland"),
    ship_to=("Łukasz Żółć", "ul. Długa 7", "31-147 Kraków", "Poland"),
    lines=(
        InvoiceLine("TEAPOT-OAT", "Hearth teapot", "Oat glaze, 600 ml", 1, "€84.00", "€84.00"),
        InvoiceLine("HOJICHA-80", "Hōjicha", "", 2, "€15.50", "€31.00"),
    ),
    subtotal="€115.00",
    shipping_method="Standard",
    shipping_total="€6.50",
    tax_lines=(TaxLine("VAT 23 %", "€98.78", "€22.72"),),
    total="€121.50",
)


def read(document: InvoiceDocument) -> PdfReader:
    return PdfReader(io.BytesIO(render_invoice(document)))


def all_text(document: InvoiceDocument) -> str:
    return "\n".join(page.extract_text() for page in read(document).pages)


def test_an_invoice_says_everything_the_document_holds() -> None:
    text = all_text(DOCUMENT)
    for expected in (
        "Invoice\n",
        "2026-00042",
        "FK-1042",
        "22 November 2026",
        "Ada Lovelace\n12 Fern Row\nDublin\nIreland",
        "Łukasz Żółć\nul. Długa 7\n31-147 Kraków\nPoland",
        "Hearth teapot\nOat glaze, 600 ml · TEAPOT-OAT\n1 €84.00 €84.00",
        "Hōjicha\nHOJICHA-80\n2 €15.50 €31.00",
        "Subtotal €115.00",
        "Shipping (Standard) €6.50",
        "Total €121.50",
        "VAT 23 % €98.78 €22.72",
        "Paid on 21 November 2026 by card. Thank you.",
        "Fern & Kettle · 14 Harbour Lane · Galway H91 X2 · Ireland",
        "VAT ID IE1234567A · hello@fern.example",
        "Page 1 of 1",
    ):
        assert expected in text


def test_an_invoice_is_accessible_and_names_itself() -> None:
    reader = read(DOCUMENT)
    root = reader.trailer["/Root"]
    assert "/StructTreeRoot" in root
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Invoice 2026-00042"
    assert reader.metadata.author == "Fern & Kettle"


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render_invoice(DOCUMENT) == render_invoice(replace(DOCUMENT))


def test_what_is_empty_is_left_out() -> None:
    text = all_text(
        replace(
            DOCUMENT,
            paid_on=None,
            ship_to=(),
            tax_lines=(),
            seller_vat_id="",
            seller_email="",
            shipping_method="",
            shipping_total="",
        )
    )
    for absent in ("Paid on", "Łukasz", "VAT", "Shipping", "Tax included", "Discount"):
        assert absent not in text
    assert "Total €121.50" in text


def test_discount_and_note_are_shown() -> None:
    text = all_text(replace(DOCUMENT, discount_total="−€10.00", note="Reverse charge applies."))
    assert "Discount −€10.00" in text
    assert "Reverse charge applies." in text


def test_a_credit_note_names_the_invoice_it_corrects() -> None:
    credit_note = replace(DOCUMENT, number="CN-7", corrects="2026-00042")
    assert read(credit_note).metadata.title == "Credit note CN-7"  # type: ignore[union-attr]
    assert "2026-00042" in all_text(credit_note)
    assert "Credit note\n" in all_text(credit_note)


def test_two_hundred_lines_run_over_pages_with_their_header() -> None:
    lines = tuple(
        InvoiceLine(f"SKU-{n:03}", f"Product {n}", "", n, "€1.00", f"€{n}.00")
        for n in range(1, 201)
    )
    pages = [page.extract_text() for page in read(replace(DOCUMENT, lines=lines)).pages]
    assert len(pages) > 5
    assert all(f"Page {number} of {len(pages)}" in text for number, text in enumerate(pages, 1))
    assert all("Invoice 2026-00042" in text for text in pages[1:])
    assert [f"SKU-{n:03}" in "".join(pages) for n in range(1, 201)] == [True] * 200
    header = "UNIT PRICE"
    assert all(header in text for text in pages if "SKU-" in text)
    assert "Total €121.50" in pages[-1]


def test_words_of_markup_in_free_text_stay_words() -> None:
    line = InvoiceLine("#X", "#import $x$ *b*", "</text>", 1, "€1.00", "€1.00")
    text = all_text(replace(DOCUMENT, lines=(line,), bill_to=("#eval(1)", "{{ 7 }}")))
    assert "#import $x$ *b*\n</text> · #X" in text
    assert "#eval(1)\n{{ 7 }}" in text


@pytest.mark.parametrize("language", ["ja", "xx", "", "zh-hans", "../../etc", "ar"])
def test_any_language_and_script_gives_an_invoice(language: str) -> None:
    document = replace(
        DOCUMENT, language=language, bill_to=("山田太郎", "👩‍🚀", "مرحبا", "日" * 250)
    )
    assert "2026-00042" in all_text(document)


def test_a_long_word_breaks_instead_of_running_over_the_next_column() -> None:
    line = InvoiceLine("SKU", "Extraordinarily" * 15, "", 1, "€1.00", "€1.00")
    text = all_text(replace(DOCUMENT, lines=(line,)))
    longest = max(len(word) for word in text.split())
    assert 24 <= longest <= 60


@pytest.mark.parametrize("language", ["en", "en-us", "xx"])
def test_dates_are_written_as_on_the_site(language: str) -> None:
    text = all_text(replace(DOCUMENT, language=language))
    assert "22 November 2026" in text
    assert "Paid on 21 November 2026" in text


def test_dates_follow_the_language() -> None:
    assert "22. November 2026" in all_text(replace(DOCUMENT, language="de"))


def test_a_document_survives_storage_as_json_exactly() -> None:
    for document in (DOCUMENT, replace(DOCUMENT, paid_on=None, ship_to=(), corrects="1")):
        stored = json.loads(json.dumps(document.to_json()))
        assert InvoiceDocument.from_json(stored) == document


def test_a_document_stored_before_optional_parts_existed_can_be_read() -> None:
    stored = DOCUMENT.to_json()
    for name in ("discount_total", "note", "corrects"):
        del stored[name]
    assert InvoiceDocument.from_json(stored) == DOCUMENT


@pytest.mark.parametrize(
    "change",
    [{"issued_on": "yesterday"}, {"issued_on": None}, {"lines": [{"sku": "A"}]}, {"surplus": 1}],
)
def test_broken_stored_content_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidInvoiceDocument, match=r"^The stored invoice is not whole: "):
        InvoiceDocument.from_json(DOCUMENT.to_json() | change)
    with pytest.raises(InvalidInvoiceDocument):
        InvoiceDocument.from_json({})


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("us-letter", (612, 792))])
def test_an_invoice_is_as_large_as_the_paper_of_its_reader(
    paper: str, size: tuple[int, int]
) -> None:
    [page] = read(replace(DOCUMENT, paper=paper)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == size


@pytest.mark.parametrize(
    ("country", "paper"), [("DE", "a4"), ("GB", "a4"), ("US", "us-letter"), ("CA", "us-letter")]
)
def test_north_america_prints_on_letter_and_everybody_else_on_a4(country: str, paper: str) -> None:
    assert paper_of(country) == paper


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_a_total_never_stands_on_a_page_without_a_line(paper: str) -> None:
    breaks = 0
    for count in range(1, 26):
        lines = tuple(
            InvoiceLine(f"SKU-{n:03}", f"Product {n}", "", 1, "€1.00", "€1.00")
            for n in range(count)
        )
        pages = read(replace(DOCUMENT, lines=lines, paper=paper)).pages
        [sums] = [text for page in pages if "Subtotal" in (text := page.extract_text())]
        assert f"SKU-{count - 1:03}" in sums
        breaks += len(pages) > 1
    assert breaks > 10


def test_one_address_for_both_is_written_once() -> None:
    text = all_text(replace(DOCUMENT, ship_to=DOCUMENT.bill_to))
    assert text.count("Ada Lovelace") == 1
    assert "BILLED AND SHIPPED TO" in text


def test_an_invoice_is_set_in_the_fonts_of_the_site() -> None:
    [page] = read(DOCUMENT).pages
    fonts = {font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()}
    assert {font.partition("+")[2].partition("-")[0] for font in fonts} == {"Fraunces", "Inter"}
