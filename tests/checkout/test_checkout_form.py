"""The checkout form: errors at their fields, nothing lost, nothing half done."""

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

from checkout.models import ShippingMethod
from checkout.shipping import deliverable_countries
from orders.models import ERASED_EMAIL, Order
from products.models import StockRecord
from tests.factories import make_product_page
from tests.flows.conftest import sandbox, shipping, shopper  # noqa: F401
from tests.flows.shopper import Shopper


@pytest.fixture
def ready(shopper: Shopper) -> Shopper:  # noqa: F811
    make_product_page("Mug", sku="MUG", price="24.00", on_hand=5)
    shopper.add("MUG")
    return shopper


def errors(shopper: Shopper, **changes: str) -> dict[str, list[str]]:  # noqa: F811
    """Sends the form with changes; its errors, after checking that nothing was ordered."""
    response = shopper.send(shopper.checkout_form(**changes))
    assert response.status_code == 200, response
    assert not Order.objects.exists()
    assert StockRecord.objects.get().allocated == 0
    return dict(response.context["form"].errors)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("email", "Please enter your e-mail address."),
        ("name", "Please enter your name."),
        ("address_line1", "Please enter street and number."),
        ("postal_code", "Please enter the postal code."),
        ("city", "Please enter the city."),
        ("country", "Please choose the country."),
    ],
)
def test_what_must_be_filled_in_says_so_at_its_field(ready: Shopper, name: str, words: str) -> None:
    assert errors(ready, **{name: ""}) == {name: [words]}


def test_where_the_post_has_no_codes_none_is_asked_for(ready: Shopper) -> None:
    ready.contact |= {"country": "IE", "city": "Dublin", "postal_code": ""}
    order, _session = ready.check_out()
    assert order.address_lines == ["Alice Arnold", "Gartenweg 3", "Dublin", "Ireland"]


def test_a_postal_code_is_checked_for_the_country(ready: Shopper) -> None:
    assert errors(ready, postal_code="1011") == {
        "postal_code": ["In Germany a postal code looks like 26133."]
    }
    assert errors(ready, country="NL", postal_code="10115") == {
        "postal_code": ["In Netherlands a postal code looks like 1234 AB."]
    }
    ready.contact |= {"country": "NL", "postal_code": "1017ab", "city": "Amsterdam"}
    order, _session = ready.check_out()
    assert order.postal_code == "1017AB"


def test_an_error_loses_nothing_that_was_typed_and_is_said_in_the_title(ready: Shopper) -> None:
    typed = {"city": "", "note": "Ring twice.", "phone": "+49 30 1", "address_line2": "c/o Bo"}
    page = ready.send(ready.checkout_form(**typed))
    form = page.context["form"]
    assert form.errors == {"city": ["Please enter the city."]}
    sent = {**ready.contact, **typed, "accept_terms": True}
    assert {name: form[name].value() for name in sent} == sent
    html = page.content.decode()
    assert "<title>Error: Checkout" in " ".join(html.split()).replace("<title> ", "<title>")
    assert '<a href="#id_city"><strong>City</strong> Please enter the city.</a>' in html


@pytest.mark.parametrize(
    ("name", "token", "attributes"),
    [
        ("email", "email", {"type": "email"}),
        ("name", "name", {}),
        ("phone", "tel", {"type": "tel", "inputmode": "tel"}),
        ("address_line1", "address-line1", {}),
        ("address_line2", "address-line2", {}),
        ("postal_code", "postal-code", {"autocapitalize": "characters"}),
        ("city", "address-level2", {}),
        ("region", "address-level1", {}),
        ("country", "country", {}),
    ],
)
def test_browsers_are_told_what_each_field_is_for(
    ready: Shopper, name: str, token: str, attributes: dict[str, str]
) -> None:
    html = str(ready.client.get("/checkout/").context["form"][name])
    for attribute, value in {"autocomplete": token, **attributes}.items():
        assert f'{attribute}="{value}"' in html


def test_the_page_says_what_happens_next_with_the_chosen_delivery(ready: Shopper) -> None:
    ShippingMethod.objects.update(description="Two to three working days.")
    html = " ".join(ready.client.get("/checkout/").content.decode().split())
    assert "We pack your things and send them. Parcel: Two to three working days." in html


@pytest.mark.parametrize(
    "address",
    [
        "alice", "a@b", "a@localhost", "a@b,c@d", "alice@example.com\nBcc: x@y.z",
        ERASED_EMAIL, "Erased@ERASED.invalid",
    ],
)  # fmt: skip
def test_an_address_that_is_no_mail_address_is_refused(ready: Shopper, address: str) -> None:
    assert errors(ready, email=address) == {"email": ["Enter a valid email address."]}


@pytest.mark.parametrize("name", ["name", "address_line1", "city"])
@pytest.mark.parametrize("value", ["Alice\r\nBcc: x@y.z", "A\x1bB", "A\u202eB"])
def test_control_characters_are_refused(ready: Shopper, name: str, value: str) -> None:
    found = errors(ready, **{name: value})
    assert found == {name: ["This contains characters that cannot be used here."]}


def test_a_null_byte_is_an_error_and_no_crash(ready: Shopper) -> None:
    assert set(errors(ready, name="A\x00B")) == {"name"}


def test_a_web_address_is_no_name(ready: Shopper) -> None:
    found = errors(ready, name="Win at https://evil.example")
    assert found == {"name": ["This cannot contain a web address."]}


def test_names_of_the_world_are_welcome(ready: Shopper) -> None:
    order, _session = ready.check_out(name="Zoë Ångström-Nuñez 王小明 محمد", city="Łódź")
    assert order.name == "Zoë Ångström-Nuñez 王小明 محمد"


def test_terms_must_be_accepted(ready: Shopper) -> None:
    del ready.contact["accept_terms"]
    assert errors(ready) == {"accept_terms": ["Please accept the terms of sale to go on."]}


def test_a_phone_number_is_checked_but_not_asked_for(ready: Shopper) -> None:
    assert set(errors(ready, phone="call me")) == {"phone"}
    order, _session = ready.check_out(phone="+49 (30) 123-45.67")
    assert order.phone == "+49 (30) 123-45.67"


@pytest.fixture
def two_zones(ready: Shopper) -> Shopper:
    ShippingMethod.objects.all().delete()
    ShippingMethod.objects.create(name="Home", price="4.90", countries=["DE"])
    ShippingMethod.objects.create(name="Express", price="12.90", countries=["DE"])
    ShippingMethod.objects.create(name="Union", price="9.90", countries=["FR", "NL"])
    return ready


def method(name: str) -> str:
    return str(ShippingMethod.objects.get(name=name).pk)


def test_another_way_of_shipping_is_chosen_and_paid_in_one_step(two_zones: Shopper) -> None:
    order, _session = two_zones.check_out(shipping_method=method("Express"))
    assert (order.shipping_method_name, str(order.total_money)) == ("Express", "€36.90")


def test_only_countries_we_deliver_to_are_offered(two_zones: Shopper) -> None:
    form = two_zones.client.get("/checkout/").context["form"]
    assert [code for code, _name in form.fields["country"].choices] == ["DE", "NL", "FR"]
    assert set(errors(two_zones, country="NZ")) == {"country"}


def test_each_country_of_a_method_is_looked_up_once(
    two_zones: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not once for every country there is, which took a third of a second."""
    looked_up = []
    monkeypatch.setattr(
        ShippingMethod, "codes", property(lambda method: looked_up.append(method.name) or {"DE"})
    )
    assert deliverable_countries() == [("DE", "Germany")]
    assert sorted(looked_up) == ["Express", "Home", "Union"]


def test_nothing_leads_away_from_the_checkout(ready: Shopper) -> None:
    html = ready.client.get("/checkout/").content.decode()
    header = html[html.index("<header") : html.index("</header>")]
    assert re.findall(r'href="([^"]*)"', re.sub(r"<use[^>]*>", "", header)) == ["/", "/cart/"]
    footer = html[html.index("<footer") : html.index("</footer>")]
    assert "site-footer--small" in footer
    assert 'type="email"' not in footer


def test_shipping_follows_the_country(two_zones: Shopper) -> None:
    form = two_zones.checkout_form()
    page = two_zones.client.post("/checkout/", {**form, "country": "FR", "update": "1"})
    choices = page.context["form"].fields["shipping_method"].choices
    assert [strip_tags(label) for _key, label in choices] == ["Union €9.90"]
    assert str(page.context["totals"].total) == "€33.90"
    assert page.context["form"]["name"].value() == "Alice Arnold"  # Nothing typed is lost.
    assert not page.context["form"].errors


def test_a_country_changed_without_asking_again_costs_one_more_look(two_zones: Shopper) -> None:
    form = two_zones.checkout_form(country="FR")
    page = two_zones.send(form)
    assert page.context["form"].errors == {
        "shipping_method": ["To this country we deliver in other ways. Please choose again."]
    }
    assert str(page.context["totals"].total) == "€33.90"  # The only way there is, is ticked.
    assert not Order.objects.exists()
    bound = page.context["form"]
    again = {name: bound[name].value() for name in ("quote", "shipping_method")}
    assert two_zones.send({**form, **again}).status_code == 303
    assert Order.objects.get().shipping_method_name == "Union"


def test_coming_back_from_stripe_finds_the_form_filled_in(ready: Shopper) -> None:
    ready.check_out(note="Please ring twice.", city="Potsdam")
    form = ready.client.get("/checkout/").context["form"]
    assert form["email"].value() == "alice@example.com"
    assert form["city"].value() == "Potsdam"
    assert form["note"].value() == "Please ring twice."


def test_shipping_is_free_above_its_sum(ready: Shopper) -> None:
    ready.change("MUG", "3")
    order, _session = ready.check_out()
    assert (order.subtotal, order.shipping_total, order.total) == (72, 0, 72)


def test_a_method_that_was_switched_off_cannot_be_sent(ready: Shopper) -> None:
    form = ready.checkout_form()
    ShippingMethod.objects.update(is_active=False)
    ShippingMethod.objects.create(name="Other", price="5.90")
    response = ready.send(form)
    assert set(response.context["form"].errors) == {"shipping_method"}
    assert not Order.objects.exists()


def test_an_empty_cart_cannot_be_checked_out(shopper: Shopper) -> None:  # noqa: F811
    for response in (shopper.client.get("/checkout/"), shopper.client.post("/checkout/", {})):
        assert response["Location"] == "/cart/"
    assert not Order.objects.exists()


def test_the_form_is_refused_without_its_token(ready: Shopper) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = ready.client.cookies
    response = strict.post("/checkout/", ready.checkout_form())
    assert response.status_code == 403
    assert not Order.objects.exists()


@pytest.mark.parametrize("token", ["", "short", "x" * 400, "../../../../../../../../etc/passwd"])
def test_a_mangled_submission_token_is_an_error(ready: Shopper, token: str) -> None:
    assert set(errors(ready, checkout_token=token)) == {"checkout_token"}


def test_a_total_too_small_for_a_card_is_an_error(ready: Shopper) -> None:
    make_product_page("Sticker", sku="STICKER", price="0.20")
    ready.remove("MUG")
    ready.add("STICKER")
    ShippingMethod.objects.update(price=0)
    response = ready.send(ready.checkout_form())
    assert response.context["form"].non_field_errors() == [
        "The total is too small to be paid by card."
    ]
    assert not Order.objects.exists()
