import argparse
from pathlib import Path
from typing import Any, TextIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser

from products.catalog_file.columns import ATTRIBUTE_PREFIX, HELP
from products.catalog_file.importing import (
    ImportOptions,
    ImportSource,
    check_portion,
    read_source,
    run_whole,
    write_portion,
)
from products.catalog_file.reading import FileError
from products.catalog_file.reporting import Report, problem_lines, summary_lines
from products.models import ProductIndexPage
from shopsite.lib.progress import ProgressBar

SHOWN_PROBLEMS = 50


class Command(BaseCommand):
    help = "Creates and updates products from a CSV file, one line per variant, by SKU."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = format_help()
        parser.add_argument("file", metavar="FILE.csv")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be written")
        parser.add_argument(
            "--skip-errors",
            action="store_true",
            help="write the lines that are right even if others are wrong",
        )
        parser.add_argument(
            "--with-pages",
            action="store_true",
            help="make the draft of a page for each product that has none",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source = self._read(options["file"])
        to = self._options(with_pages=options["with_pages"], file=options["file"])
        checked = self._run(source, "checked", check_portion, to)
        self._tell_problems(checked)
        if checked.problem_count and not options["skip_errors"]:
            raise CommandError(
                f"Nothing was written: {checked.problem_count} things are wrong. Mend them, or "
                "write the other lines with --skip-errors."
            )
        if options["dry_run"]:
            self._tell(checked, "This was a dry run; nothing was written. The import would change:")
            return
        written = self._run(source, "written", write_portion, to)
        self._tell(written, "The import changed:")
        if written.problem_count > checked.problem_count:
            self._tell_problems(written)
            raise CommandError("Somebody changed the catalog meanwhile: some lines were left out.")

    def _read(self, file: str) -> ImportSource:
        try:
            return read_source(Path(file).read_bytes())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error}.") from error
        except FileError as error:
            problem = error.problem
            raise CommandError(
                f"Line {problem.line}: {problem.text} Nothing was written."
            ) from error

    def _options(self, *, with_pages: bool, file: str) -> ImportOptions:
        shop = ProductIndexPage.objects.order_by("pk").first() if with_pages else None
        if with_pages and shop is None:
            raise CommandError("There is no shop page to make drafts below. Nothing was written.")
        return ImportOptions(shop=shop, note=f"Import of {Path(file).name}"[:200])

    def _run(self, source: ImportSource, label: str, portion: Any, to: ImportOptions) -> Report:
        bar = ProgressBar(cast("TextIO", self.stderr), total=source.total)
        return run_whole(source, portion, to, lambda done: bar.show(done, f"products {label}"))

    def _tell(self, report: Report, heading: str) -> None:
        self.stdout.write(heading)
        for line in summary_lines(report):
            self.stdout.write(f"  {line}")

    def _tell_problems(self, report: Report) -> None:
        for line in problem_lines(report, limit=SHOWN_PROBLEMS):
            self.stderr.write(line)


def format_help() -> str:
    columns = "\n".join(f"  {name:<14}{text}" for name, text in HELP.items())
    return (
        f"The first line names the columns; all but sku may be left out:\n\n{columns}\n"
        f"  {ATTRIBUTE_PREFIX}CODE     One column for each attribute, by its code.\n\n"
        "An empty cell leaves things as they are, a dash takes them away. UTF-8, separated by "
        "commas,\nsemicolons or tabs. export_products writes the same format."
    )
