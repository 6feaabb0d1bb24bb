"""What a slice of each kind of job does. The claim is held by `jobs`."""

from collections.abc import Callable

from django.db import transaction

from products.catalog_file.exporting import (
    export_columns,
    header_of,
    lines_of,
    with_all_exported,
)
from products.catalog_file.importing import (
    ImportOptions,
    ImportSource,
    check_portion,
    read_source,
    write_portion,
)
from products.catalog_file.reporting import Report
from products.models import ImportJob, Product, ProductIndexPage

EXPORT_PORTION = 2_000  # Each of them writes the file so far.

IsOver = Callable[[], bool]
Portion = Callable[[ImportSource, int, Report, ImportOptions], int]


class JobTaken(Exception):
    """Somebody else went on with the job; what this slice was about to write is taken back."""


def check(job: ImportJob, is_over: IsOver) -> bool:
    """True when the whole file is checked. Raises FileError."""
    return _go_through(job, check_portion, is_over)


def import_lines(job: ImportJob, is_over: IsOver) -> bool:
    """True when the whole file is written. Raises FileError."""
    return _go_through(job, write_portion, is_over)


def export(job: ImportJob, is_over: IsOver) -> bool:
    """True when the file is whole."""
    columns = export_columns()
    content = bytes(job.content) or header_of(columns).encode()
    last = job.report.get("last_product", 0)
    while not is_over():
        products = Product.objects.filter(pk__gt=last).order_by("pk")
        portion = list(with_all_exported(products)[:EXPORT_PORTION])
        for product in portion:
            content += "".join(lines_of(product, columns)).encode()
        last = portion[-1].pk if portion else last
        rest = Product.objects.filter(pk__gt=last).count()
        position = job.position + len(portion)
        _advance(
            job, position, content=content, total=position + rest, report={"last_product": last}
        )
        if not rest:
            return True
    return False


STEPS: dict[ImportJob.Step, Callable[[ImportJob, IsOver], bool]] = {
    ImportJob.Step.CHECK: check,
    ImportJob.Step.IMPORT: import_lines,
    ImportJob.Step.EXPORT: export,
}


def _go_through(job: ImportJob, portion: Portion, is_over: IsOver) -> bool:
    source = read_source(bytes(job.content))
    shop = ProductIndexPage.objects.order_by("pk").first() if job.with_pages else None
    options = ImportOptions(user=job.user, shop=shop, note=f"Import of {job.file_name}"[:200])
    report = Report.from_json(job.report)
    if job.position == 0:
        report = Report()
        report.add_problems(source.problems)
        _advance(job, 0, total=source.total, report=report.to_json())
    while job.position < source.total and not is_over():
        with transaction.atomic():
            position = portion(source, job.position, report, options)
            _advance(job, position, report=report.to_json())
    return job.position >= source.total


def _advance(job: ImportJob, position: int, **values: object) -> None:
    """Writes how far the job has come, unless somebody else did; in the transaction of the work."""
    is_mine = ImportJob.objects.filter(
        pk=job.pk, state=ImportJob.State.RUNNING, position=job.position
    ).update(position=position, **values)
    if not is_mine:
        raise JobTaken
    job.position = position
