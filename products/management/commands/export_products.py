from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser

from products.catalog_file.exporting import export_catalog

STDOUT = "-"


class Command(BaseCommand):
    help = "Writes all products as the CSV file that import_products reads, one line per variant."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--output", default=STDOUT, metavar="FILE", help="- is standard output (the default)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        output = options["output"]
        try:
            if output == STDOUT:
                # Bytes, so that names arrive as UTF-8 whatever the terminal's own encoding is.
                cast("BinaryIO", self.stdout.buffer).writelines(encoded())
                return
            with Path(output).open("wb") as stream:
                stream.writelines(encoded())
        except OSError as error:
            text = f"The products cannot be written to {output}: {error}."
            raise CommandError(text) from error
        self.stderr.write(self.style.SUCCESS(f"The products are in {output}."))


def encoded() -> Iterator[bytes]:
    return (line.encode() for line in export_catalog())
