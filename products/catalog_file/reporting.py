"""What an import did, counted and in plain sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.catalog_file.plans import ProductPlan
from products.catalog_file.reading import Problem

MAX_PROBLEMS = 1_000  # Kept for the report; the others are counted.


@dataclass
class Report:
    """What an import did, or would do."""

    lines: int = 0
    new_products: int = 0
    new_variants: int = 0
    changed_products: int = 0
    changed_variants: int = 0
    new_prices: int = 0
    counted: int = 0
    new_pages: int = 0
    unchanged: int = 0
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add_problems(self, problems: Sequence[Problem]) -> None:
        self.problem_count += len(problems)
        self.problems = sorted([*self.problems, *problems])[:MAX_PROBLEMS]

    def add_plan(self, plan: ProductPlan) -> None:
        self.lines += plan.lines
        self.new_products += plan.is_new
        is_changed = plan.is_changed or plan.values or plan.new_tags or plan.old_tags
        self.changed_products += bool(is_changed) and not plan.is_new
        self.new_variants += len(plan.new_variants)
        self.changed_variants += len(plan.changed_variants)
        self.new_prices += len(plan.prices)
        self.counted += len(plan.counts)
        self.new_pages += plan.page is not None
        self.unchanged += plan.lines - len(plan.touched)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        problems = [Problem(**problem) for problem in data.get("problems", [])]
        return cls(**{**data, "problems": problems})


def summary_lines(report: Report) -> list[str]:
    """What an import did or would do; a single sentence when that is nothing."""
    counted = [
        (report.new_products, ngettext("%d new product", "%d new products", report.new_products)),
        (report.new_variants, ngettext("%d new variant", "%d new variants", report.new_variants)),
        (report.new_pages, ngettext("%d draft of a page", "%d drafts of pages", report.new_pages)),
        (
            report.changed_products,
            ngettext("%d changed product", "%d changed products", report.changed_products),
        ),
        (
            report.changed_variants,
            ngettext("%d changed variant", "%d changed variants", report.changed_variants),
        ),
        (report.new_prices, ngettext("%d new price", "%d new prices", report.new_prices)),
        (report.counted, ngettext("%d stock count", "%d stock counts", report.counted)),
    ]
    lines = [text % number for number, text in counted if number]
    if not lines:
        return [_("Nothing: the catalog says all of it already.")]
    if report.unchanged:
        text = ngettext(
            "%d line whose variant stays as it is",
            "%d lines whose variants stay as they are",
            report.unchanged,
        )
        lines.append(text % report.unchanged)
    return lines


def problem_lines(report: Report, *, limit: int) -> Iterator[str]:
    """One line of text for each problem, and how many more there are."""
    for problem in report.problems[:limit]:
        yield _("Line %(line)d: %(text)s") % {"line": problem.line, "text": problem.text}
    more = report.problem_count - min(limit, len(report.problems))
    if more > 0:
        yield ngettext("And %d more.", "And %d more.", more) % more
