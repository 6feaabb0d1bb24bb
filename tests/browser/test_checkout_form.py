"""What a choice in the checkout changes, seen in a browser."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.shopper import Shopper
from tests.browser.visitors import Visitors
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser

# Instead of sending it.
NOTE_WHAT_IS_SENT = """() => {
  window.sent = [];
  document.querySelector(".checkout__columns").addEventListener("submit", (event) => {
    event.preventDefault();
    window.sent.push(event.submitter.name || "go on");
  });
}"""


@pytest.fixture
def visit(visitors: Visitors) -> tuple[Page, Watch]:
    """At the checkout, with one tea towel in the cart."""
    page, watch = visitors.arrive_watched()
    shopper = Shopper(page)
    shopper.add_to_cart("linen-tea-towel", option="Oat")
    shopper.begin_checkout()
    return page, watch


@pytest.fixture
def page(visit: tuple[Page, Watch]) -> Page:
    return visit[0]


def amount(page: Page, name: str) -> Locator:
    rows = page.locator(".checkout__summary .totals__row")
    return rows.filter(has=page.get_by_text(name, exact=True)).get_by_role("definition")


def told(page: Page) -> Locator:
    return page.locator(".checkout__summary").get_by_role("status")


def test_the_total_follows_the_way_of_delivery(page: Page) -> None:
    expect(amount(page, "Delivery")).to_have_text("€4.90")
    express = page.get_by_role("radio", name="Express")
    express.check()
    expect(amount(page, "Delivery")).to_have_text("€12.90")
    expect(amount(page, "Total")).to_have_text("€28.90")
    expect(told(page)).to_have_text("The total is €28.90 now.")
    expect(page.get_by_text("Express: The next working day")).to_be_visible()
    expect(express).to_be_focused()


def test_delivery_follows_the_country_and_what_was_typed_stays(page: Page) -> None:
    shopper = Shopper(page)
    shopper.field("Name").fill("Nora")
    shopper.field("Country").select_option("AT")
    shopper.field("City").fill("Wien")
    expect(page.get_by_role("radio", name="EU parcel")).to_be_checked()
    expect(page.get_by_role("radio", name="Standard parcel")).to_have_count(0)
    expect(amount(page, "Total")).to_have_text("€25.90")
    expect(shopper.field("City")).to_have_value("Wien")
    expect(shopper.field("Name")).to_have_value("Nora")
    expect(page.get_by_role("button", name="Update")).to_have_count(0)


def test_an_order_after_another_choice_costs_what_was_shown(page: Page) -> None:
    shopper = Shopper(page)
    shopper.fill_in_address()
    page.get_by_role("radio", name="Express").check()
    expect(amount(page, "Total")).to_have_text("€28.90")
    shopper.go_on_to_payment()
    expect(page.get_by_text("€28.90").first).to_be_visible()
    expect(page.get_by_role("button", name="Pay €28.90")).to_be_visible()


def test_where_no_answer_comes_the_form_asks_by_itself(visit: tuple[Page, Watch]) -> None:
    page, watch = visit
    watch.expect_answer(503, "/checkout/")

    def lose(route: Route) -> None:
        if route.request.is_navigation_request():
            route.continue_()
        else:
            route.fulfill(status=503)

    page.route("**/checkout/", lose)
    with page.expect_navigation():
        page.get_by_role("radio", name="Express").check()
    expect(amount(page, "Delivery")).to_have_text("€12.90")
    expect(page.get_by_role("radio", name="Express")).to_be_checked()


def test_who_goes_on_at_once_is_not_called_back(visit: tuple[Page, Watch]) -> None:
    """A question that fails after the form was sent must not send it another way."""
    page, watch = visit
    watch.expect_answer(503, "/checkout/")
    questions: list[Route] = []

    def hold(route: Route) -> None:
        questions.append(route)

    page.route("**/checkout/", hold)
    page.evaluate(NOTE_WHAT_IS_SENT)
    page.get_by_role("radio", name="Express").check()
    Shopper(page).go_on_to_payment()
    page.wait_for_timeout(100)
    [question] = questions
    question.fulfill(status=503)
    page.wait_for_timeout(300)
    assert page.evaluate("window.sent") == ["go on"]
