"""From the bytes of a catalog file to its lines, whatever program wrote it."""

import pytest

from products.catalog_file.columns import protect, unprotect
from products.catalog_file.reading import FileError, Line, Problem, read_table

NO_SUCH_ATTRIBUTE = (
    "There is no attribute with the code “colour”. Make it under Products > Attributes first."
)


def lines_of(text: str | bytes) -> list[Line]:
    content = text if isinstance(text, bytes) else text.encode()
    table = read_table(content, attribute_codes=["capacity"])
    assert table.problems == []
    return table.lines


def problem_of(content: bytes) -> Problem:
    with pytest.raises(FileError) as refused:
        read_table(content, attribute_codes=["capacity"])
    return refused.value.problem


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_separator_line_ending_and_byte_order_mark_are_those_of_the_file(
    separator: str, ending: str, mark: str
) -> None:
    text = mark + ending.join(
        separator.join(cells) for cells in (["SKU", " Product "], ["A-1", "Müller"], ["A-2", ""])
    )
    assert lines_of(text) == [
        Line(2, {"sku": "A-1", "product": "Müller"}), Line(3, {"sku": "A-2"}),
    ]  # fmt: skip


def test_empty_lines_are_passed_over_and_the_numbers_are_those_of_the_file() -> None:
    text = '\nsku,product\n\n,\nA-1,"Two\nlines"\n\nA-2,Mug\n   \n'
    assert [(line.number, line.cells["sku"]) for line in lines_of(text)] == [(5, "A-1"), (8, "A-2")]


def test_short_lines_and_empty_columns_behind_the_last_are_no_fault() -> None:
    assert lines_of("sku,product,price,,\nA-1,Mug\nA-2,Mug,3,,\n") == [
        Line(2, {"sku": "A-1", "product": "Mug"}),
        Line(3, {"sku": "A-2", "product": "Mug", "price": "3"}),
    ]


def test_a_line_with_too_many_cells_is_told() -> None:
    table = read_table(b"sku,product\nA-1,Mug,24.90\nA-2,Mug", attribute_codes=[])
    assert table.problems == [
        Problem(2, "The line has 3 cells, but the first line names 2 columns.")
    ]
    assert [line.number for line in table.lines] == [3]


@pytest.mark.parametrize(
    ("content", "line", "text"),
    [
        (b"", 1, "The file is empty."),
        (b"\n \n", 1, "The file is empty."),
        (b"sku,price\n", 1, "The file has no lines below the names of its columns."),
        ("sku,product\nA,Müller".encode("latin-1"), 2, "The file is not in UTF-8."),
        ("sku,product\nA,Mug".encode("utf-16"), 1, "The file is not in UTF-8."),
        (b"product,price\nMug,3", 1, "The first line must name the columns, and one of them is"),
        (
            b"A-1,Mug\nA-2,Mug",
            1,
            "The column “a-1” is not known. The first line of the file names the columns, such as",
        ),
        (b"sku,prise\nA,3", 1, "The column “prise” is not known. Is it “price”?"),
        (
            b"sku,attr:colour\nA,3",
            1,
            NO_SUCH_ATTRIBUTE,
        ),
        (b"sku,price,SKU\nA,3,A", 1, "The column “sku” is there twice."),
        (b"sku,,price\nA,,3", 1, "Column 2 has no name."),
        (b'sku,product\nA,Mug\nB,"Mug\nC,Mug', 3, "The quotation marks of this line do not match"),
        (b'sku,product\nA,"24" plate', 2, "The quotation marks of this line do not match"),
    ],
)
def test_a_file_that_cannot_be_trusted_says_why(content: bytes, line: int, text: str) -> None:
    problem = problem_of(content)
    assert problem.line == line
    assert problem.text.startswith(text)


@pytest.mark.parametrize("text", ["=1+1", "+49", "-5 °C", "@home", "'=1", "''", "'Mug", "Mug", "-"])
def test_text_survives_the_protection_against_formulas(text: str) -> None:
    cell = protect(text)
    assert cell[0] not in "=+-@"
    assert unprotect(cell) == text
