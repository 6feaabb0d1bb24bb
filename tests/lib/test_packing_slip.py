import io
from datetime import date

from pypdf import PdfReader

from shopsite.lib.packing_slip import PackingSlip, SlipLine, SlipLook, render_packing_slips

LOOK = SlipLook("Fern & Kettle", "en-gb")
DAY = date(2026, 11, 22)


def make_slip(number: str, lines: int) -> PackingSlip:
    return PackingSlip(
        order_number=number,
        placed_on=date(2026, 11, 20),
        ship_to=("Łukasz Żółć", "ul. Długa 7", "31-147 Kraków", "Poland"),
        shipping_method="Standard",
        lines=tuple(SlipLine(f"SKU-{n}", "Hearth teapot", "Oat", n) for n in range(1, lines + 1)),
    )


def read(*slips: PackingSlip) -> PdfReader:
    return PdfReader(io.BytesIO(render_packing_slips(slips, look=LOOK, dated=DAY)))


def test_a_slip_says_what_to_pack_for_whom() -> None:
    text = read(make_slip("FK-1", 2)).pages[0].extract_text()
    for expected in (
        "Fern & Kettle",
        "Packing slip FK-1",
        "20 November 2026",
        "Łukasz Żółć\nul. Długa 7\n31-147 Kraków\nPoland",
        "SKU-2 Hearth teapot\nOat\n2",
        "Pieces in all: 3",
    ):
        assert expected in text


def test_each_slip_counts_its_own_pages() -> None:
    pages = [page.extract_text() for page in read(make_slip("A", 40), make_slip("B", 1)).pages]
    ends = [page.strip().splitlines()[-1] for page in pages]
    assert ends == [
        *(f"Fern & Kettle · Order A Page {number} of 4" for number in (1, 2, 3, 4)),
        "Fern & Kettle · Order B Page 1 of 1",
    ]
    # The header of the table stands on each page that has a line; its letters are spaced.
    assert all("QTY" in "".join(page.upper().split()) for page in pages[:3])


def test_the_same_slips_give_the_same_bytes() -> None:
    first = render_packing_slips([make_slip("A", 1)], look=LOOK, dated=DAY)
    assert render_packing_slips([make_slip("A", 1)], look=LOOK, dated=DAY) == first


def test_a_title_with_markup_and_no_spaces_stays_text() -> None:
    title = "#import$x$" * 12
    slip = PackingSlip("A", DAY, (), "", (SlipLine("S" * 60, title, "", 1),))
    text = read(slip).pages[0].extract_text().replace("\n", "").replace("\u200b", "")
    assert title in text
