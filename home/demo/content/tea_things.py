"""One more tea, and what tea is kept, measured and strained with."""

from home.demo.blocks import chapter, product_card, product_grid, text
from home.demo.shapes import DemoProduct, DemoVariant

WHITE_PEONY = DemoProduct(
    slug="white-peony",
    name="White Peony",
    product_type="tea",
    tags=("tea", "gift", "quiet"),
    attributes={
        "kind-of-tea": "White",
        "caffeine": "Low",
        "net-weight": "50",
        "made-in": "China",
    },
    summary=(
        "Buds and young leaves, withered in the shade and dried, and that is all that happens "
        "to them. Pale, sweet, a little like melon."
    ),
    search_description="50 g of white peony tea: buds and young leaves, pale and sweet.",
    variants=(DemoVariant("FK-TEA-PEONY", "21.00", 17, 80, "white-peony-pouch.jpg"),),
    pictures=("white-peony-pouch.jpg",),
    days_ago=12,
    body=(
        text(
            "<h2>The tea that forgives</h2><p>Too much, too hot, too long: white tea shrugs. "
            "Begin with two spoons of leaves, water at 80 degrees and three minutes. Then forget "
            "about it once, on purpose, and see that it is still good.</p>"
            "<h2>Good to know</h2><ul><li>50 g, for about fifteen pots</li><li>Steep it up to "
            "four times</li><li>Keep it dry and away from the coffee</li></ul>"
        ),
        product_card("glass-tea-jar", "Where it may stand and be looked at, out of the sun."),
    ),
)

GLASS_TEA_JAR = DemoProduct(
    slug="glass-tea-jar",
    name="Glass Tea Jar",
    product_type="tea-tool",
    tags=("tea", "kitchen"),
    attributes={"material": "Glass", "made-in": "Portugal", "dishwasher-safe": False},
    summary="A jar of thick glass with an ash lid that sits tight without a rubber ring.",
    search_description="Glass storage jar with a turned ash lid, 500 or 900 ml.",
    option_names=("Size",),
    variants=(
        DemoVariant("FK-JAR-500", "26.00", 23, 420, "glass-tea-jar.jpg", ("500 ml",)),
        DemoVariant("FK-JAR-900", "32.00", 3, 610, "glass-tea-jar.jpg", ("900 ml",)),
    ),
    pictures=("glass-tea-jar.jpg",),
    days_ago=23,
    body=(
        chapter(
            "tea-shelf.jpg",
            "For what is drunk soon",
            "<p>Light is not good for tea. Glass is for the tea of this month, the one you reach "
            "for without thinking. The rest waits in its tin, in the dark.</p>",
            side="end",
        ),
        product_grid("Fill it with", "tea-tin", "white-peony"),
    ),
)

BRASS_STRAINER = DemoProduct(
    slug="brass-tea-strainer",
    name="Brass Tea Strainer",
    product_type="tea-tool",
    tags=("tea", "everyday"),
    attributes={"material": "Brass", "made-in": "Germany", "dishwasher-safe": False},
    summary="A strainer that rests on the cup by itself, with holes fine enough for rooibos.",
    search_description="Fine brass tea strainer with two wings that rest on any cup.",
    variants=(DemoVariant("FK-STRAINER", "19.00", 22, 45, "brass-strainer.jpg"),),
    pictures=("brass-strainer.jpg",),
    days_ago=27,
    body=(
        text(
            "<h2>It will not stay shiny</h2><p>Brass darkens where you touch it. If you like it "
            "bright, half a lemon and a pinch of salt bring the gold back in a minute. If you "
            "like it dark, do nothing at all.</p>"
        ),
        product_card("brass-tea-scoop", "Of the same brass, from the same bench."),
    ),
)

BRASS_SCOOP = DemoProduct(
    slug="brass-tea-scoop",
    name="Brass Tea Scoop",
    product_type="tea-tool",
    tags=("tea", "gift"),
    attributes={"material": "Brass", "made-in": "Germany", "dishwasher-safe": False},
    summary="One scoop is one cup: two and a half grams of leaves, without a scale.",
    search_description="Brass tea scoop that measures the leaves for one cup.",
    variants=(DemoVariant("FK-SCOOP", "14.00", 0, 30, "brass-tea-scoop.jpg"),),
    pictures=("brass-tea-scoop.jpg",),
    days_ago=38,
    body=(
        text(
            "<h2>Heaped or level</h2><p>Level for rolled leaves, which unfold. Heaped for open "
            "ones, which are mostly air. For matcha there is a scoop of bamboo: brass would "
            "scratch the bowl.</p>"
        ),
        product_card("bamboo-whisk-scoop", "The scoop for powder, with its whisk."),
    ),
)

TEA_THINGS = (WHITE_PEONY, GLASS_TEA_JAR, BRASS_STRAINER, BRASS_SCOOP)
