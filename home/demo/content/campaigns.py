"""The front door and the landing pages."""

from home.demo.blocks import (
    call_to_action,
    chapter,
    gallery,
    hero,
    link,
    product_grid,
    quote,
    shop_the_look,
)
from home.demo.content.occasions import OCCASIONS
from home.demo.service_blocks import newsletter, section, tiles
from home.demo.shapes import DemoBlock, DemoLandingPage

HOME_SEARCH_DESCRIPTION = (
    "Cast-iron kettles, hand-thrown stoneware and loose-leaf tea, with the stories behind them."
)
HOME_BODY: tuple[DemoBlock, ...] = (
    hero(
        "fern-and-kettle.jpg",
        eyebrow="Tea, and what it needs",
        heading="Ten minutes that belong to you",
        words=(
            "Cast iron, stoneware and whole leaves for the first quiet cup of the day, "
            "from people we know by name."
        ),
        actions=[link("See the shop", "shop"), link("Read the stories", "stories")],
    ),
    product_grid(
        "For the first cup",
        "iron-tetsubin",
        "hearth-teapot",
        "speckled-mug",
        "tea-tin",
        more=link("Everything in the shop", "shop"),
    ),
    chapter(
        "workshop-bench.jpg",
        "We know whose hands it was",
        "<p>Mara throws the mugs on Tuesdays. The trays are turned in two sittings, a month "
        "apart. We sell only a few things, and for each of them we can tell you who made it, from "
        "what, and how to look after it so that you need not buy it twice.</p>",
        more=link("How a mug is made", "shop/speckled-mug"),
    ),
    tiles(
        "Look around",
        "collections/tea",
        "collections/coffee",
        "collections/table",
        "collections/kitchen",
        "collections/gifts",
        "campaigns/spring-firing",
    ),
    call_to_action(
        "A gift that gets used",
        "One tin, one mug, one candle, tied with linen. The card is empty: those words are yours.",
        action=link("See the gift ideas", "campaigns/a-gift-of-tea"),
        theme="accent",
    ),
    newsletter(
        "Letters from the kettle",
        "Four times a year: what is new, what is back, and one thing to cook.",
    ),
)

A_GIFT_OF_TEA = DemoLandingPage(
    slug="a-gift-of-tea",
    title="A gift of tea",
    search_description=(
        "Gifts for people who drink tea, from a linen towel to a teapot, wrapped by hand."
    ),
    share_picture="gift-of-tea.jpg",
    days_ago=1,
    body=(
        hero(
            "gift-of-tea.jpg",
            eyebrow="Gifts",
            heading="Give somebody a quiet hour",
            words=(
                "Things for the tea table that get used every day, and bring you to mind each time."
            ),
            actions=[link("See the gift box", "shop/fern-gift-box")],
        ),
        product_grid(
            "Ready to give",
            "fern-gift-box",
            "yunomi-pair",
            "cedar-hinoki-candle",
            "ceremonial-matcha",
        ),
        chapter(
            "tea-shelf.jpg",
            "Not sure what they drink?",
            "<p>Hōjicha. It tastes of toast and cocoa, forgives water that is too hot, and lets "
            "you sleep. We have yet to meet somebody who gave the tin back.</p>",
            side="end",
            more=link("See the three teas", "shop/tea-tin"),
        ),
        shop_the_look(
            "fern-and-kettle.jpg",
            "On our own table",
            ("iron-tetsubin", 52, 58),
            ("walnut-board", 53, 74),
            ("yunomi-pair", 31, 72),
            ("tea-tin", 90, 66),
        ),
        product_grid(
            "Small and welcome", "linen-tea-towel", "tea-tin", "bamboo-whisk-scoop", "speckled-mug"
        ),
        quote(
            "He says it is only a mug. He has not used another one since March.",
            "Ruth Keller",
            "Bought one in sage",
        ),
        gallery(
            "Tables they ended up on",
            ("breakfast-tray.jpg", "Saturday, in bed."),
            ("set-for-two.jpg", "A late breakfast for two."),
        ),
        section("How we send things"),
        call_to_action(
            "Still undecided?",
            "The mug in oat has never been wrong yet.",
            action=link("See the Speckled Mug", "shop/speckled-mug"),
        ),
    ),
)

LANDING_PAGES = (A_GIFT_OF_TEA, *OCCASIONS)
