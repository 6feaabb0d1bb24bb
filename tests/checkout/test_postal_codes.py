"""Which postal codes a country has, and how they are written down."""

import pytest

from checkout.postal_codes import postal_code_rule


@pytest.mark.parametrize(
    ("country", "text", "code"),
    [
        ("DE", "10115", "10115"),
        ("DE", "D-10115", "10115"),
        ("AT", "A 1010", "1010"),
        ("NL", "1234ab", "1234AB"),
        ("NL", " 1234   ab ", "1234 AB"),
        ("GB", "sw1a 1aa", "SW1A 1AA"),
        ("US", "94107-1234", "94107-1234"),
        ("CA", "k1a0b1", "K1A0B1"),
        ("LV", "LV-1073", "LV-1073"),
        ("HK", "anything", "ANYTHING"),
        ("XX", "12 34", "12 34"),
    ],
)
def test_a_code_is_written_as_on_a_parcel(country: str, text: str, code: str) -> None:
    assert postal_code_rule(country).read(text) == code


@pytest.mark.parametrize(
    ("country", "text"),
    [("DE", "1011"), ("DE", "SW1A 1AA"), ("AT", "10115"), ("NL", "1234"), ("GB", "10115"),
     ("DE", "D-1011"), ("DE", "١٠١١٥x")],
)  # fmt: skip
def test_what_is_no_code_there_is_none(country: str, text: str) -> None:
    assert postal_code_rule(country).read(text) is None


@pytest.mark.parametrize(
    ("country", "is_required"),
    [("DE", True), ("GB", True), ("US", True), ("IE", False), ("HK", False), ("AE", False),
     ("XX", False), ("", False)],
)  # fmt: skip
def test_a_code_is_asked_for_only_where_every_address_has_one(
    country: str, is_required: bool
) -> None:
    assert postal_code_rule(country).is_required is is_required


def test_the_example_is_one_that_the_rule_accepts() -> None:
    for country in ("DE", "AT", "NL", "FR", "GB", "US", "PL", "PT", "SE"):
        rule = postal_code_rule(country)
        assert rule.read(rule.example) == rule.example
