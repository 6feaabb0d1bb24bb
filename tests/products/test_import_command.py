"""`manage.py import_products` as somebody runs it."""

from pathlib import Path

import pytest
from wagtail.models import Page

from products.models import Product
from tests.products.files import file_of, run_command

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalog_file(tmp_path: Path) -> Path:
    path = tmp_path / "catalog.csv"
    path.write_bytes(file_of("sku,product,price", "A,Mug,3", "B,Cup,-1"))
    return path


def test_the_command_writes_nothing_while_a_line_is_wrong(catalog_file: Path) -> None:
    out, err = run_command(str(catalog_file))
    assert out == ""
    assert "Line 3: price: A price is more than zero." in err
    assert "Nothing was written: 1 things are wrong." in err
    assert "100 % 1/1 products checked" in err
    assert not Product.objects.exists()


def test_the_command_leaves_wrong_lines_out_on_request(catalog_file: Path) -> None:
    out, err = run_command(str(catalog_file), "--skip-errors")
    assert "1 new product\n  1 new variant" in out
    assert "Line 3: price" in err
    assert [product.name for product in Product.objects.all()] == ["Mug"]


def test_a_dry_run_says_what_would_happen(catalog_file: Path) -> None:
    out, _err = run_command(str(catalog_file), "--skip-errors", "--dry-run")
    assert out.startswith("This was a dry run; nothing was written.")
    assert "1 new product" in out
    assert not Product.objects.exists()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "Line 1: The file is empty. Nothing was written."),
        (b"sku,prise\nA,3", "Line 1: The column “prise” is not known. Is it “price”?"),
        (b"\xff\xfe\x00", "Line 1: The file is not in UTF-8."),
    ],
)
def test_a_file_that_is_none_ends_in_a_sentence(
    content: bytes, text: str, catalog_file: Path
) -> None:
    catalog_file.write_bytes(content)
    assert text in run_command(str(catalog_file))[1]


def test_a_file_that_is_missing_ends_in_a_sentence(tmp_path: Path) -> None:
    assert "cannot be read" in run_command(str(tmp_path / "none.csv"))[1]
    assert "cannot be read" in run_command(str(tmp_path))[1]


def test_pages_need_a_shop(catalog_file: Path, db: None) -> None:
    Page.objects.filter(depth=2).delete()
    assert "There is no shop page" in run_command(str(catalog_file), "--with-pages")[1]
