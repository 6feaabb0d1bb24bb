import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import BooleanObject

from shopsite.lib.pdf import PdfError, render_pdf

TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(font: "Libertinus Serif", lang: "en")
#data.text
"""
DAY = date(2026, 11, 22)

# A noncharacter: no font can ever have a glyph for it.
GLYPHLESS = "\ufdd0"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "root" / "page.typ"
    path.parent.mkdir()
    path.write_text(TEMPLATE)
    return path


def render(template: Path, text: str) -> PdfReader:
    return PdfReader(io.BytesIO(render_pdf(template, {"title": "Page", "text": text}, dated=DAY)))


def conforms_to_ua(reader: PdfReader) -> bool:
    return b"<pdfuaid:part>1</pdfuaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data()


def test_a_pdf_is_tagged_titled_and_dated(template: Path) -> None:
    reader = render(template, "Good tea")
    root = reader.trailer["/Root"]
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"] == BooleanObject(True)
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Page"
    assert reader.metadata["/CreationDate"] == "D:20261122000000Z"
    assert conforms_to_ua(reader)


def test_same_data_gives_same_bytes(template: Path) -> None:
    data = {"title": "Page", "text": "Good tea"}
    first = render_pdf(template, data, dated=DAY)
    assert render_pdf(template, data, dated=DAY) == first
    assert render_pdf(template, data | {"text": "Better tea"}, dated=DAY) != first


@pytest.mark.parametrize(
    "text",
    [
        '#import "@preview/cetz:0.3.0"',
        "#read('/etc/passwd')",
        "$x^2$ *bold* _it_ <label> @ref",
        "\\u{41} \"quoted\" 'single'",
        "Hōjicha Łódź Ελλάδα Привет",
    ],
)
def test_text_is_shown_as_it_is_and_never_run(template: Path, text: str) -> None:
    shown = render(template, text).pages[0].extract_text()
    straight = shown.replace("“", '"').replace("”", '"').replace("‘", "'").replace("’", "'")
    assert straight == text


@pytest.mark.parametrize("text", ["nul\x00l", "\x1bnull", "nu\u202ell", "nul\ud800l"])
def test_control_characters_leave_no_trace(template: Path, text: str) -> None:
    reader = render(template, text)
    assert reader.pages[0].extract_text() == "null"
    assert conforms_to_ua(reader)


def test_a_character_without_a_glyph_costs_the_standard_but_not_the_document(
    template: Path,
) -> None:
    reader = render(template, f"Tea {GLYPHLESS} pot")
    assert reader.pages[0].extract_text().startswith("Tea ")
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert not conforms_to_ua(reader)


def test_scripts_beyond_the_fonts_in_the_wheel_are_no_error(template: Path) -> None:
    assert len(render(template, "山田太郎 مرحبا שלום 👩‍🚀 ไทย").pages) == 1


def test_a_template_reads_nothing_outside_its_folder(template: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    template.write_text('#set document(title: "x")\n#read("../secret.txt")')
    with pytest.raises(PdfError, match=r"^page\.typ could not be typeset"):
        render_pdf(template, {}, dated=DAY)
    template.write_text('#set document(title: "x")\n#read("/etc/passwd")')
    with pytest.raises(PdfError, match=r"^page\.typ could not be typeset"):
        render_pdf(template, {}, dated=DAY)


def test_a_broken_template_is_a_pdf_error(template: Path) -> None:
    template.write_text("#let x = ")
    with pytest.raises(PdfError, match="expected expression"):
        render_pdf(template, {}, dated=DAY)
