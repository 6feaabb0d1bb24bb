"""The cards the sandbox knows, and what each of them does."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Decline:
    """Why a card is refused, in Stripe's codes and in a sentence for the payer."""

    code: str
    decline_code: str | None
    message: str


@dataclass(frozen=True)
class Card:
    """A test card. One with neither ``decline`` nor ``authenticates`` pays at once; one that
    ``is_disputed`` pays, and its bank wants the money back right after."""

    number: str
    brand: str
    label: str
    decline: Decline | None = None
    authenticates: bool = False
    is_disputed: bool = False

    @property
    def grouped_number(self) -> str:
        """The number as it is printed on a card."""
        sizes = (4, 6, 5) if self.brand == "amex" else (4, 4, 4, 4)
        starts = [sum(sizes[:place]) for place in range(len(sizes))]
        return " ".join(
            self.number[start : start + size] for start, size in zip(starts, sizes, strict=True)
        )


_DECLINED = "Your card was declined."

CARDS = (
    Card("4242424242424242", "visa", "Visa, pays at once"),
    Card("5555555555554444", "mastercard", "Mastercard, pays at once"),
    Card("378282246310005", "amex", "American Express, pays at once"),
    Card("4000002500003155", "visa", "Asks for 3-D Secure authentication", authenticates=True),
    Card("4000000000000259", "visa", "Pays, and is disputed right after", is_disputed=True),
    Card(
        "4000000000000002",
        "visa",
        "Declined",
        Decline("card_declined", "generic_decline", f"{_DECLINED} Try another card."),
    ),
    Card(
        "4000000000009995",
        "visa",
        "Declined: insufficient funds",
        Decline(
            "card_declined",
            "insufficient_funds",
            "Your card has insufficient funds. Try another card.",
        ),
    ),
    Card(
        "4000000000000069",
        "visa",
        "Declined: expired card",
        Decline("expired_card", "expired_card", "Your card has expired. Try another card."),
    ),
    Card(
        "4000000000000127",
        "visa",
        "Declined: wrong CVC",
        Decline(
            "incorrect_cvc",
            "incorrect_cvc",
            "Your card's security code is incorrect. Check it and try again.",
        ),
    ),
    Card(
        "4000000000000119",
        "visa",
        "Declined: processing error",
        Decline(
            "processing_error",
            "processing_error",
            "An error occurred while processing your card. Try again in a little while.",
        ),
    ),
)

NOT_A_TEST_CARD = Decline(
    "card_declined",
    "test_mode_live_card",
    "Your card was declined: the sandbox takes its test cards only, never a real card.",
)
AUTHENTICATION_FAILED = Decline(
    "payment_intent_authentication_failure",
    None,
    "We could not authenticate your card. Try again or use another card.",
)

_BY_NUMBER = {card.number: card for card in CARDS}


def find_card(number: str) -> Card:
    """The test card with this number; a number that is none becomes a card that is declined."""
    return _BY_NUMBER.get(number) or Card(
        number, _guess_brand(number), "Not a test card", NOT_A_TEST_CARD
    )


def _guess_brand(number: str) -> str:
    if number.startswith(("34", "37")):
        return "amex"
    if number.startswith(("51", "52", "53", "54", "55")):
        return "mastercard"
    return "visa" if number.startswith("4") else "unknown"


def passes_luhn(number: str) -> bool:
    """Whether the last digit fits the others, as it does for every real card number."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = (sum(divmod(digit * 2, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
