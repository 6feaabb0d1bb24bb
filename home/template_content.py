"""The three templates of landing pages that a new shop begins with, as a StreamField stores them.

Their words say what belongs there. Products and most pictures are left to whoever uses them.
"""

from dataclasses import dataclass
from typing import Any

NO_LINK = {"text": "", "page": None, "address": ""}


@dataclass(frozen=True)
class LandingTemplate:
    title: str
    slug: str
    body: tuple[tuple[str, Any], ...]


def _hero(eyebrow: str, heading: str, text: str) -> tuple[str, Any]:
    return "hero", {
        "eyebrow": eyebrow, "heading": heading, "text": text, "picture": None, "actions": [],
    }  # fmt: skip


def _products(heading: str) -> tuple[str, Any]:
    return "product_grid", {
        "heading": heading,
        "products": [{"product": None}],
        "more_link": NO_LINK,
    }


def _text(*parts: str) -> tuple[str, Any]:
    return "text", {"text": "".join(parts)}


def _quote(quote: str) -> tuple[str, Any]:
    return "quote", {"quote": quote, "attribution": "", "role": ""}


TEMPLATES = (
    LandingTemplate(
        title="Season",
        slug="season",
        body=(
            _hero(
                "The season in two words",
                "What changes now, in one sentence",
                "Say what the season asks for, and what you have for it. Two short sentences.",
            ),
            _products("The first things to reach for"),
            _text(
                "<h2>Why now</h2><p>Tell what is different at this time of the year: the light, "
                "the weather, what people long for. Name one product in the middle of it.</p>",
            ),
            _quote("Something a customer wrote last year at this time."),
        ),
    ),
    LandingTemplate(
        title="Product launch",
        slug="product-launch",
        body=(
            _hero(
                "New",
                "The new thing, and what it is good for",
                "What it does better than the one before, in words a friend would use.",
            ),
            ("product_card", {"product": None, "note": "Why it is worth a look today."}),
            _text(
                "<h2>How it came to be</h2><p>Who made it, where, and what was tried and thrown "
                "away on the way. One detail that nobody would guess.</p><h2>What it is made of"
                "</h2><ul><li>The material</li><li>How to look after it</li><li>What comes in the "
                "parcel</li></ul>",
            ),
            _quote("What somebody said who tried it early."),
            _products("Goes well with it"),
        ),
    ),
    LandingTemplate(
        title="Gift guide",
        slug="gift-guide",
        body=(
            _hero(
                "Gifts",
                "For whom, and for which occasion",
                "Take the worry away: say until when an order arrives in time.",
            ),
            _products("Small and always right"),
            _products("For somebody who has everything"),
            _products("The one that will be remembered"),
            _text(
                "<h2>How we send it</h2><ul><li>How it is wrapped</li><li>That no price lies "
                "in the parcel</li><li>When it arrives</li></ul>",
            ),
        ),
    ),
)
