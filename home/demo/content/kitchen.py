"""For the kitchen: honey, spoons and something to read while it simmers."""

from home.demo.blocks import chapter, product_card, product_grid, quote, text
from home.demo.shapes import DemoProduct, DemoVariant

MEADOW_HONEY = DemoProduct(
    slug="meadow-honey",
    name="Meadow Honey",
    product_type="pantry",
    tags=("kitchen", "gift", "breakfast"),
    attributes={"net-weight": "350", "made-in": "Germany"},
    summary="Honey of one summer from one meadow. It sets by Christmas, as it should.",
    search_description="350 g of raw meadow honey from a single summer, in a glass jar.",
    variants=(DemoVariant("FK-HONEY-350", "11.50", 41, 560, "meadow-honey.jpg"),),
    pictures=("meadow-honey.jpg",),
    days_ago=15,
    body=(
        chapter(
            "breakfast-tray.jpg",
            "Ask the bees",
            "<p>Ilse keeps nine hives behind the workshop's kiln shed. What is in the jar depends "
            "on what was in bloom: clover and cornflower this year, and something minty that "
            "nobody has been able to name.</p>",
        ),
        product_card("wooden-spoon-trio", "Never a metal spoon, says Ilse."),
    ),
)

WOODEN_SPOONS = DemoProduct(
    slug="wooden-spoon-trio",
    name="Wooden Spoon Trio",
    product_type="kitchen-tool",
    tags=("kitchen", "gift", "everyday"),
    attributes={
        "material": "Oak",
        "made-in": "Germany",
        "dishwasher-safe": False,
        "care": "Wash by hand; a drop of linseed oil now and then.",
    },
    summary=(
        "An oak spoon for stirring, a walnut one for tasting and an ash one for serving. "
        "You will mix them up within a week."
    ),
    search_description="Three hand-cut wooden spoons in oak, walnut and ash.",
    variants=(DemoVariant("FK-SPOONS-3", "27.00", 26, 150, "wooden-spoons.jpg"),),
    pictures=("wooden-spoons.jpg",),
    days_ago=24,
    body=(
        text(
            "<h2>Three woods, three jobs</h2><p>Oak is hard and does not mind the bottom of a pot. "
            "Walnut is smooth and takes no taste. Ash is pale and springy, with a wide bowl. "
            "All three are cut from what is left over when a tray is turned.</p>"
        ),
        product_grid("Stir with them", "donabe", "serving-bowls", "meadow-honey"),
    ),
)

THE_SLOW_KITCHEN = DemoProduct(
    slug="the-slow-kitchen",
    name="The Slow Kitchen",
    product_type="book",
    tags=("kitchen", "gift", "slow"),
    attributes={"pages": "224", "language": "English"},
    summary=(
        "Ninety recipes that need little work and a long time, written by Lena in four winters. "
        "The bean soup alone took two of them."
    ),
    search_description="The Slow Kitchen: a cookbook of ninety recipes that take their time.",
    variants=(DemoVariant("FK-BOOK-SLOW", "32.00", 38, 980, "slow-kitchen-book.jpg"),),
    pictures=("slow-kitchen-book.jpg",),
    days_ago=20,
    body=(
        text(
            "<h2>What is in it</h2><ul><li>Soups that start the evening before</li><li>Rice, "
            "eleven ways, one pot</li><li>Bread for people who are at home anyway</li>"
            "<li>A chapter on waiting</li></ul>"
        ),
        quote(
            "I have cooked from it for a month and bought nothing that came in a bag.",
            "Tomo Berger",
            "Read it standing up",
        ),
        product_card("donabe", "Half of the book was cooked in this one."),
    ),
)

KITCHEN = (MEADOW_HONEY, WOODEN_SPOONS, THE_SLOW_KITCHEN)
