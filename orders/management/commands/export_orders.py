import argparse
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from orders.exports import export_csv, export_xlsx, placed_between
from orders.models import Order

STDOUT = "-"


def day(text: str) -> date:
    """A date of an argument. No shop sold in years that other time zones cannot express."""
    try:
        parsed = date.fromisoformat(text)
    except ValueError:
        parsed = date.min
    if not 1970 <= parsed.year < 3000:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day. Write it as in 2026-05-31.")
    return parsed


class Command(BaseCommand):
    help = "Writes orders as a table, one row each, to a file or to standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=("csv", "xlsx"), default="csv")
        parser.add_argument("--from", type=day, dest="start", help="first day, as in 2026-05-01")
        parser.add_argument("--to", type=day, dest="end", help="last day, included")
        parser.add_argument(
            "--output", default=STDOUT, metavar="FILE", help="- is standard output (the default)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        start, end, output = options["start"], options["end"], options["output"]
        if start and end and start > end:
            raise CommandError(f"The first day ({start}) is after the last day ({end}).")
        orders = placed_between(Order.objects.order_by("created_at", "pk"), start=start, end=end)
        try:
            if output == STDOUT:
                # Bytes, so that names arrive as UTF-8 whatever the terminal's own encoding is.
                write_orders(orders, options["format"], cast("BinaryIO", self.stdout.buffer))
                return
            with Path(output).open("wb") as stream:
                write_orders(orders, options["format"], stream)
        except OSError as error:
            raise CommandError(f"The orders cannot be written to {output}: {error}.") from error
        self.stderr.write(self.style.SUCCESS(f"The orders are in {output}."))


def write_orders(orders: QuerySet[Order], file_format: str, stream: BinaryIO) -> None:
    if file_format == "xlsx":
        export_xlsx(orders, stream)
    else:
        stream.writelines(line.encode() for line in export_csv(orders))
