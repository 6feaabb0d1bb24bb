"""What the makers of some products say to who has bought them, by slug."""

from home.demo.blocks import chapter, link, text
from home.demo.service_blocks import faq, recipe, related_stories
from home.demo.shapes import DemoBlock

STONEWARE_CARE = faq(
    "Living with stoneware",
    (
        "Can it go into the dishwasher?",
        "<p>Yes. By hand the rim stays smooth for longer.</p>",
    ),
    (
        "There are gray marks from the spoon.",
        "<p>They are metal on the glaze and not in it. A paste of baking soda takes them off.</p>",
    ),
    (
        "May it stand in the oven?",
        "<p>Up to 180 °C, if it warms up together with the oven. It does not like surprises.</p>",
    ),
)

AFTER_PURCHASE: dict[str, tuple[DemoBlock, ...]] = {
    "iron-tetsubin": (
        recipe(
            "The first boil",
            "Once, before the first tea. It rinses the foundry out and begins the white coat.",
            kind="how_to",
            makes="",
            minutes=40,
            ingredients=(("", "tap water, the harder the better", None),),
            steps=(
                ("Rinse", "<p>With hot water and no soap, inside and out.</p>", None),
                (
                    "Boil three times",
                    "<p>Fill it two thirds, bring it to a gentle boil, pour the water away.</p>",
                    "iron-tetsubin-detail.jpg",
                ),
                (
                    "Let it dry by itself",
                    "<p>Leave the lid off. The warmth that is left dries the inside.</p>",
                    None,
                ),
            ),
        ),
        faq(
            "If something looks odd",
            (
                "There is a brown spot inside.",
                (
                    "<p>A spot that does not color the water is harmless. Boil green tea in it "
                    "once; the tannin turns it black and closes it.</p>"
                ),
            ),
            (
                "It was left with water in it.",
                (
                    "<p>Empty it, boil it dry over a small flame for a minute, and go on as before."
                    "</p>"
                ),
            ),
        ),
        related_stories("Now that it is yours", "stories/the-kettle-comes-first"),
    ),
    "speckled-mug": (
        STONEWARE_CARE,
        chapter(
            "speckled-mug-oat-detail.jpg",
            "The freckles are iron",
            "<p>They come out of the clay in the fire and differ from mug to mug. A new one beside "
            "yours will be a sister, not a twin.</p>",
            more=link("Read: the kettle comes first", "stories/the-kettle-comes-first"),
        ),
    ),
    "hearth-teapot": (
        text(
            "<h2>Before the first pot</h2><p>Pour it full of boiling water, wait five minutes, "
            "pour it away. Do not use soap inside: the clay remembers.</p>"
            "<h2>If it drips</h2><p>Rub a trace of butter below the spout. It sounds like a joke "
            "and has worked for a hundred years.</p>"
        ),
        STONEWARE_CARE,
    ),
    "ceremonial-matcha": (
        recipe(
            "A bowl, the short way",
            "Open the tin, count to three, close it: light and air are what it fears.",
            makes="one bowl",
            minutes=4,
            ingredients=(
                ("2 g", "matcha", None),
                ("70 ml", "water at 75 °C", None),
                ("", "a whisk", "shop/bamboo-whisk-scoop"),
            ),
            steps=(
                ("Sift", "<p>Two scoops through a fine sieve into a warm, dry bowl.</p>", None),
                (
                    "Whisk",
                    "<p>From the wrist, in the shape of an M, until the foam stands.</p>",
                    "matcha-ritual.jpg",
                ),
            ),
        ),
        text(
            "<h2>Keeping it green</h2><p>In the fridge, in its tin, in a bag. Use it up within six "
            "weeks of opening.</p>"
        ),
    ),
    "walnut-board": (
        recipe(
            "Oil it, twice a year",
            "When drops of water no longer stand on it, it is thirsty.",
            kind="how_to",
            makes="",
            minutes=15,
            ingredients=(("1 tbsp", "linseed or walnut oil", None), ("", "a linen cloth", None)),
            steps=(
                ("Wash and wait", "<p>Warm water, no soaking. Let it stand on its edge.</p>", None),
                ("Rub it in", "<p>Along the grain, a thin coat on all sides.</p>", None),
                (
                    "Wipe it off",
                    "<p>After an hour. The rest would stay sticky.</p>",
                    None,
                ),
            ),
        ),
    ),
    "bamboo-whisk-scoop": (
        text(
            "<h2>It opens in water</h2><p>Before the first use, let the whisk stand in warm water "
            "for ten minutes. The tips uncurl; that is how it should be.</p><h2>Afterwards</h2>"
            "<p>Rinse it, no soap, and let it dry upright. A broken tine is no fault, and harmless."
            "</p>"
        ),
        related_stories("Put it to use", "stories/matcha-in-four-minutes"),
    ),
}
