"""What Lighthouse measured, as figures that are held against our targets. Pure.

The cart and a search stay out of search engines on purpose. Lighthouse takes 31 points off a page
for that; there the one check `is-crawlable` does not count, and all its other checks do.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from statistics import median
from typing import Any

KB = 1024
HIDDEN_ON_PURPOSE = "is-crawlable"
PICTURES = ("Image", "Media")


@dataclass(frozen=True)
class Figures:
    """Scores reach from 0 to 100; `lcp` and `tbt` are milliseconds, `weight` is KB without
    pictures and films."""

    accessibility: float
    best_practices: float
    seo: float
    performance: float
    lcp: float
    cls: float
    tbt: float
    weight: float


@dataclass(frozen=True)
class Target:
    title: str
    limit: float
    digits: int
    is_met: Callable[[float, float], bool]
    sign: str


def at_least(value: float, limit: float) -> bool:
    return value >= limit


def at_most(value: float, limit: float) -> bool:
    return value <= limit


# By the name of the figure, in the order of the table.
TARGETS: Mapping[str, Target] = {
    "accessibility": Target("a11y", 100, 0, at_least, ">="),
    "best_practices": Target("practices", 100, 0, at_least, ">="),
    "seo": Target("SEO", 100, 0, at_least, ">="),
    "performance": Target("perf.", 98, 0, at_least, ">="),
    "lcp": Target("LCP ms", 1500, 0, at_most, "<="),
    "cls": Target("CLS", 0, 3, at_most, "<="),
    "tbt": Target("TBT ms", 0, 0, at_most, "<="),
    "weight": Target("KB", 120, 1, at_most, "<="),
}


def read_figures(report: Mapping[str, Any], *, is_hidden: bool) -> Figures:
    """From the JSON that one run of Lighthouse wrote."""
    audits, categories = report["audits"], report["categories"]
    without = {HIDDEN_ON_PURPOSE} if is_hidden else set()
    return Figures(
        accessibility=score(categories["accessibility"], audits),
        best_practices=score(categories["best-practices"], audits),
        seo=score(categories["seo"], audits, without=without),
        performance=categories["performance"]["score"] * 100,
        lcp=audits["largest-contentful-paint"]["numericValue"],
        cls=round(audits["cumulative-layout-shift"]["numericValue"], 3),
        tbt=audits["total-blocking-time"]["numericValue"],
        weight=weight_without_pictures(audits["network-requests"]),
    )


def score(
    category: Mapping[str, Any],
    audits: Mapping[str, Any],
    *,
    without: set[str] | frozenset[str] = frozenset(),
) -> float:
    """The weighted mean of the checks that say something about this page, as Lighthouse has it."""
    counted = [
        (reference["weight"], audits[reference["id"]]["score"])
        for reference in category["auditRefs"]
        if reference["id"] not in without and audits[reference["id"]]["score"] is not None
    ]
    total = sum(weight for weight, _score in counted)
    return round(sum(weight * value for weight, value in counted) / total * 100) if total else 0


def failed_checks(report: Mapping[str, Any]) -> list[str]:
    """The titles of what costs points in any category but performance."""
    return sorted(
        f"{name}: {report['audits'][reference['id']]['title']}"
        for name, category in report["categories"].items()
        if name != "performance"
        for reference in category["auditRefs"]
        if reference["weight"] and report["audits"][reference["id"]]["score"] not in (None, 1)
    )


def weight_without_pictures(audit: Mapping[str, Any]) -> float:
    sizes: list[int] = [
        request.get("transferSize", 0)
        for request in audit["details"]["items"]
        if request.get("resourceType") not in PICTURES
    ]
    return sum(sizes) / KB


def median_figures(runs: Sequence[Figures]) -> Figures:
    """Each figure's own median."""
    return Figures(
        **{each.name: median(getattr(run, each.name) for run in runs) for each in fields(Figures)}
    )


def missed_targets(name: str, figures: Figures) -> list[str]:
    """A sentence for each figure beyond its target, judged as it is shown."""
    missed = []
    for key, target in TARGETS.items():
        value = round(getattr(figures, key), target.digits)
        if not target.is_met(value, target.limit):
            missed.append(
                f"{name}: {target.title} is {value:g}, not {target.sign} {target.limit:g}."
            )
    return missed


def make_table(results: Mapping[str, Figures]) -> str:
    head = ["", *(target.title for target in TARGETS.values())]
    rows = [
        [name, *(f"{getattr(figures, key):.{target.digits}f}" for key, target in TARGETS.items())]
        for name, figures in results.items()
    ]
    rows.append(["target", *(f"{target.sign} {target.limit:g}" for target in TARGETS.values())])
    widths = [max(len(row[place]) for row in [head, *rows]) for place in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in [head, *rows]
    )
