import pytest
from django.core.exceptions import ValidationError

from products.options import check_option_values


@pytest.mark.parametrize(
    ("names", "values"),
    [
        ((), ("", "", "")),
        (("Color",), ("Blue", "", "")),
        (("Color", "Size", "Glaze"), ("Blue", "M", "matt")),
    ],
)
def test_one_value_for_each_option_is_right(
    names: tuple[str, ...], values: tuple[str, str, str]
) -> None:
    assert check_option_values(names=names, values=values) is None  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    ("names", "values", "errors"),
    [
        (("Color",), ("", "", ""), {"option1": ["Say which Color this variant has."]}),
        ((), ("Blue", "", ""), {"option1": ["The product has no such option."]}),
        (
            ("Color", "Size"),
            ("Blue", "", "matt"),
            {
                "option2": ["Say which Size this variant has."],
                "option3": ["The product has no such option."],
            },
        ),
    ],
)
def test_missing_and_surplus_values_are_errors_at_their_fields(
    names: tuple[str, ...], values: tuple[str, str, str], errors: dict[str, list[str]]
) -> None:
    with pytest.raises(ValidationError) as caught:
        check_option_values(names=names, values=values)
    assert caught.value.message_dict == errors
