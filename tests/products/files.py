"""Catalog files for tests, and a catalog to read them into."""

from io import StringIO

from django.core.management import CommandError, call_command

from products.catalog_file.exporting import export_catalog
from products.catalog_file.importing import (
    ImportOptions,
    check_portion,
    read_source,
    run_whole,
    write_portion,
)
from products.catalog_file.reporting import Report
from products.models import (
    Attribute,
    AttributeChoice,
    AttributeValue,
    PriceChange,
    Product,
    ProductIndexPage,
    ProductPage,
    ProductType,
    ProductVariant,
    StockMovement,
)

HEADER = (
    "sku,product,type,tags,option1_name,option1,price,stock,weight_grams,gtin,active,"
    "attr:care,attr:capacity,attr:material,attr:dishwasher-safe"
)


def make_mug_type() -> ProductType:
    """Mugs with one attribute of each kind: care, capacity, material, dishwasher-safe."""
    kind = Attribute.Kind
    product_type = ProductType.objects.create(name="Mug", code="mug")
    for code, what, unit in (
        ("care", kind.TEXT, ""),
        ("capacity", kind.NUMBER, "ml"),
        ("material", kind.CHOICE, ""),
        ("dishwasher-safe", kind.BOOLEAN, ""),
    ):
        attribute = Attribute.objects.create(name=code.title(), code=code, kind=what, unit=unit)
        product_type.attributes.add(attribute)
    material = Attribute.objects.get(code="material")
    for label in ("Stoneware", "Glass"):
        AttributeChoice.objects.create(attribute=material, label=label)
    return product_type


def file_of(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


def imported(*lines: str, with_pages: bool = False) -> Report:
    """Imports the lines, wrong ones left out."""
    shop = ProductIndexPage.objects.get() if with_pages else None
    options = ImportOptions(shop=shop, note="Import of a test")
    return run_whole(read_source(file_of(*lines)), write_portion, options, lambda done: None)


def checked(*lines: str) -> Report:
    source = read_source(file_of(*lines))
    return run_whole(source, check_portion, ImportOptions(), lambda done: None)


def problems_of(*lines: str) -> list[tuple[int, str]]:
    """What is wrong with the lines, and proof that looking changed nothing."""
    before = everything()
    report = checked(*lines)
    assert everything() == before
    return [(problem.line, problem.text) for problem in report.problems]


def exported() -> bytes:
    return "".join(export_catalog()).encode()


def run_command(file: str, *arguments: str) -> tuple[str, str]:
    """What the command says on its two streams; a refusal ends the second one."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_products", file, *arguments, stdout=out, stderr=err)
    except CommandError as error:
        err.write(f"{error}\n")
    return out.getvalue(), err.getvalue()


def everything() -> list[object]:
    """Every row that an import could touch."""
    models = (
        Product, ProductVariant, AttributeValue, PriceChange, StockMovement, ProductPage,
    )  # fmt: skip
    rows: list[object] = [list(model.objects.order_by("pk").values()) for model in models]
    rows.append([(p.pk, sorted(p.tags.names())) for p in Product.objects.all()])
    rows.append(list(ProductVariant.objects.order_by("pk").values_list("stock__on_hand")))
    return rows


def answers_of(product: Product) -> dict[str, str]:
    return {value.attribute.code: value.label for value in product.attribute_values.all()}
