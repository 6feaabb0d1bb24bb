"""The rules that say what is not ready on any page."""

import pytest

from shopsite.cms.readiness import (
    ContentFacts,
    Finding,
    LinkFacts,
    PictureFacts,
    content_findings,
    one_for_each_place,
)


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (ContentFacts(has_description=True), []),
        (ContentFacts(has_description=False), ["no_description"]),
        (ContentFacts(has_description=True, empty_body="body"), ["empty_body"]),
        (
            ContentFacts(
                has_description=True,
                pictures=[PictureFacts("a", "Hero", True), PictureFacts("b", "Hero", False)],
            ),
            ["no_alt_text"],
        ),
        (
            ContentFacts(
                has_description=False,
                links=[
                    LinkFacts("a", "Text", "Tea", "live"),
                    LinkFacts("b", "Text", "Mug", "unpublished"),
                    LinkFacts("c", "Text", "", "deleted"),
                ],
            ),
            ["link_to_unpublished_page", "link_to_deleted_page", "no_description"],
        ),
    ],
)
def test_what_is_not_ready(facts: ContentFacts, codes: list[str]) -> None:
    assert [finding.code for finding in content_findings(facts)] == codes


def test_a_finding_names_the_block_and_the_page() -> None:
    links = [LinkFacts("body.a.page", "Call to action", "Mug", "unpublished")]
    assert content_findings(ContentFacts(has_description=True, links=links)) == [
        Finding(
            "link_to_unpublished_page",
            "Call to action: a link leads to “Mug”, which is not published.",
            "body.a.page",
        )
    ]


def test_of_two_findings_about_one_place_the_first_stands_and_what_blocks_comes_first() -> None:
    product = Finding("product_sold_out", "Sold out.", "body.a")
    link = Finding("link_to_unpublished_page", "A link.", "body.a")
    record = Finding("no_variant", "Nothing to sell.", is_blocking=True)
    other = Finding("no_stock", "No stock.")
    assert one_for_each_place([product, link, other, record]) == [record, product, other]


def test_a_place_is_found_in_the_form_by_each_part_of_its_path() -> None:
    assert Finding("x", "X", "body.a1.page").selector == (
        '[data-contentpath="body"] [data-contentpath="a1"] [data-contentpath="page"]'
    )
