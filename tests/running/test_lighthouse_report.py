"""What is made of Lighthouse's reports; the measuring itself is `make lighthouse`."""

from typing import Any

from bin.lighthouse_report import (
    Figures,
    failed_checks,
    make_table,
    median_figures,
    missed_targets,
    read_figures,
)

GOOD = Figures(100, 100, 100, 99, 1200.4, 0, 0, 88.04)


def report(**scores: float | None) -> dict[str, Any]:
    """Every check passes unless `scores` says otherwise; `is_crawlable` weighs as much as two."""
    score = {"image-alt": 1.0, "is-crawlable": 1.0, "title": 1.0, "https": 1.0, **scores}
    sizes = [("Document", 2048), ("Image", 90_000), ("Media", 90_000), ("Font", 1024)]
    return {
        "categories": {
            "accessibility": {"auditRefs": [{"id": "image-alt", "weight": 1}]},
            "best-practices": {"auditRefs": [{"id": "https", "weight": 1}]},
            "seo": {
                "auditRefs": [{"id": "is-crawlable", "weight": 2}, {"id": "title", "weight": 1}]
            },
            "performance": {"score": 0.98, "auditRefs": []},
        },
        "audits": {
            **{name: {"score": value, "title": name} for name, value in score.items()},
            "largest-contentful-paint": {"numericValue": 1400},
            "cumulative-layout-shift": {"numericValue": 0.0004},
            "total-blocking-time": {"numericValue": 0},
            "network-requests": {
                "details": {
                    "items": [{"resourceType": kind, "transferSize": size} for kind, size in sizes]
                }
            },
        },
    }


def test_figures_are_read_from_a_report() -> None:
    assert read_figures(report(), is_hidden=False) == Figures(100, 100, 100, 98, 1400, 0, 0, 3)


def test_a_page_that_is_hidden_on_purpose_loses_nothing_by_it() -> None:
    hidden = report(**{"is-crawlable": 0})
    assert read_figures(hidden, is_hidden=False).seo == 33
    assert read_figures(hidden, is_hidden=True).seo == 100


def test_another_failed_check_of_a_hidden_page_counts() -> None:
    failed = report(**{"is-crawlable": 0, "title": 0})
    assert read_figures(failed, is_hidden=True).seo == 0
    assert failed_checks(failed) == ["seo: is-crawlable", "seo: title"]


def test_a_check_that_says_nothing_of_the_page_does_not_count() -> None:
    assert read_figures(report(title=None), is_hidden=False).seo == 100


def test_the_median_is_taken_of_each_figure() -> None:
    runs = [Figures(100, 100, 100, number, 1000 + number, 0, 0, 80) for number in (97, 99, 98)]
    assert median_figures(runs) == Figures(100, 100, 100, 98, 1098, 0, 0, 80)


def test_targets_that_are_met_are_not_told() -> None:
    assert missed_targets("home", GOOD) == []


def test_each_missed_target_is_told_with_its_limit() -> None:
    bad = Figures(99, 100, 100, 97, 1501, 0.002, 30, 120.06)
    assert missed_targets("home", bad) == [
        "home: a11y is 99, not >= 100.",
        "home: perf. is 97, not >= 98.",
        "home: LCP ms is 1501, not <= 1500.",
        "home: CLS is 0.002, not <= 0.",
        "home: TBT ms is 30, not <= 0.",
        "home: KB is 120.1, not <= 120.",
    ]


def test_the_table_shows_pages_and_targets() -> None:
    head, row, targets = make_table({"home": GOOD}).split("\n")
    assert head.split()[:2] == ["a11y", "practices"]
    assert row.split() == ["home", "100", "100", "100", "99", "1200", "0.000", "0", "88.0"]
    assert targets.split()[:3] == ["target", ">=", "100"]
