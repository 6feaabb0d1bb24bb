"""Stoneware for the table, and a clay pot for the stove."""

from home.demo.blocks import chapter, product_card, product_grid, text
from home.demo.shapes import DemoProduct, DemoVariant

STONEWARE_PLATES = DemoProduct(
    slug="stoneware-plates",
    name="Stoneware Plates",
    product_type="tableware",
    tags=("table", "everyday"),
    attributes={
        "material": "Stoneware",
        "made-in": "Germany",
        "dishwasher-safe": True,
        "care": "Soft sponge; the bare foot dries last.",
    },
    summary=(
        "Plates with a low rim that keeps the sauce in, in three glazes and two sizes. "
        "They stack without a wobble."
    ),
    search_description="Stoneware plates with a low rim, 21 or 27 cm, in charcoal, oat or sage.",
    option_names=("Glaze", "Size"),
    variants=(
        DemoVariant("FK-PLATE-OAT-S", "24.00", 28, 480, "stoneware-plates.jpg", ("Oat", "21 cm")),
        DemoVariant("FK-PLATE-OAT-L", "32.00", 16, 790, "stoneware-plates.jpg", ("Oat", "27 cm")),
        DemoVariant("FK-PLATE-SAGE-S", "24.00", 4, 480, "stoneware-plates.jpg", ("Sage", "21 cm")),
        DemoVariant("FK-PLATE-SAGE-L", "32.00", 0, 790, "stoneware-plates.jpg", ("Sage", "27 cm")),
        DemoVariant(
            "FK-PLATE-CHAR-L", "34.00", 11, 790, "stoneware-plates.jpg", ("Charcoal", "27 cm")
        ),
    ),
    pictures=("stoneware-plates.jpg",),
    days_ago=6,
    body=(
        chapter(
            "set-for-two.jpg",
            "A rim for the last spoonful",
            "<p>A plate is a tool. The rim is high enough to push the last beans against, and low "
            "enough for a knife to reach over. The well is flat, so an egg stays where you put "
            "it.</p><p>The small one is for bread and cake. The large one is for people who have "
            "been outdoors.</p>",
        ),
        text(
            "<h2>About charcoal</h2><p>We make it in the large size only. Small plates are stacked "
            "closer in the kiln, and this glaze needs room to turn black and not brown.</p>"
        ),
        product_grid(
            "Lay the table", "serving-bowls", "salt-cellar", "linen-tea-towel", "milk-jug"
        ),
    ),
)

SERVING_BOWLS = DemoProduct(
    slug="serving-bowls",
    name="Nesting Serving Bowls",
    product_type="tableware",
    tags=("table", "gift"),
    attributes={
        "material": "Stoneware",
        "capacity": "1800",
        "made-in": "Germany",
        "dishwasher-safe": True,
    },
    summary=(
        "Three bowls that live inside each other: charcoal, sage and oat. "
        "Salad in the first, rice in the second, and olives for whoever is early."
    ),
    search_description="Set of three nesting stoneware bowls in charcoal, sage and oat.",
    variants=(
        DemoVariant("FK-BOWLS-3", "76.00", 9, 1650, "serving-bowls.jpg", reduced_to="64.00"),
    ),
    pictures=("serving-bowls.jpg",),
    days_ago=17,
    body=(
        chapter(
            "workshop-bench.jpg",
            "Thrown from the largest down",
            "<p>Mara throws the large bowl first and then makes each smaller one to fit the one "
            "before it. Clay shrinks by an eighth in the kiln, and three bowls have to shrink "
            "together. That is why we sell them as a set: another bowl would sit too high, or "
            "not at all.</p>",
        ),
        text(
            "<h2>Good to know</h2><ul><li>1.8 liters, 900 ml and 400 ml</li><li>24 cm across the "
            "largest</li><li>Warm them in the oven at up to 120 degrees</li></ul>"
        ),
        product_card("wooden-spoon-trio", "Oak, walnut and ash: kind to a glaze."),
    ),
)

STEM_VASE = DemoProduct(
    slug="stem-vase",
    name="Stem Vase",
    product_type="home",
    tags=("gift", "quiet"),
    attributes={"material": "Stoneware", "height": "24", "made-in": "Germany"},
    summary="A bottle for one branch. It asks you to look at a single thing for a week.",
    search_description="White stoneware bottle vase for a single stem, 24 cm tall.",
    variants=(DemoVariant("FK-VASE-STEM", "38.00", 0, 560, "stem-vase.jpg"),),
    pictures=("stem-vase.jpg",),
    days_ago=33,
    body=(
        chapter(
            "morning-table-by-the-window.jpg",
            "One is plenty",
            "<p>A bouquet is an event. A branch is company. Cut it long, put it in water the same "
            "minute, and turn the vase a little every morning.</p>",
            side="end",
        ),
        text(
            "<h2>Good to know</h2><ul><li>24 cm tall, with a neck of 2 cm</li><li>Watertight: "
            "glazed inside and out</li><li>We make twelve of them in a firing, and the next one "
            "is in four weeks</li></ul>"
        ),
    ),
)

MILK_JUG = DemoProduct(
    slug="milk-jug",
    name="Milk Jug",
    product_type="tableware",
    tags=("table", "everyday"),
    attributes={
        "material": "Stoneware",
        "capacity": "200",
        "made-in": "Germany",
        "dishwasher-safe": True,
    },
    summary="A small jug with a lip that knows when to stop. Milk, cream or maple syrup.",
    search_description="Small milk-white stoneware jug for milk, cream or syrup, 200 ml.",
    option_names=("Glaze",),
    variants=(
        DemoVariant("FK-JUG-MILK", "22.00", 19, 240, "milk-jug.jpg", ("Milk",)),
        DemoVariant("FK-JUG-SLATE", "22.00", 0, 240, "milk-jug.jpg", ("Slate",), is_active=False),
    ),
    pictures=("milk-jug.jpg",),
    days_ago=28,
    body=(
        chapter(
            "breakfast-tray.jpg",
            "It fits the door of the fridge",
            "<p>Pour what you need in the morning and put the jug back as it is. It is as wide as "
            "an egg carton and holds enough for four cups.</p>",
        ),
        product_card("hearth-teapot", "The pot it was made to stand beside."),
    ),
)

SALT_CELLAR = DemoProduct(
    slug="salt-cellar",
    name="Salt Cellar",
    product_type="tableware",
    tags=("kitchen", "gift"),
    attributes={
        "material": "Stoneware",
        "capacity": "180",
        "made-in": "Germany",
        "dishwasher-safe": False,
        "care": "Wipe the oak lid with a damp cloth.",
    },
    summary=(
        "A pot for coarse salt, wide enough for three fingers, with an oak lid that lifts "
        "without a knob to hold."
    ),
    search_description="Blue-grey stoneware salt cellar with an oak lid, 180 ml.",
    variants=(DemoVariant("FK-SALT-OAK", "29.00", 14, 330, "salt-cellar.jpg"),),
    pictures=("salt-cellar.jpg",),
    days_ago=36,
    body=(
        text(
            "<h2>A pinch is a measure</h2><p>Press the lid at its edge and it tips open. Take what "
            "three fingers hold: that is a pinch, about half a gram, and more exact than most "
            "spoons. The clay draws the damp out of the salt, so it never clumps.</p>"
        ),
        product_card("donabe", "What the first pinch goes into."),
    ),
)

DONABE = DemoProduct(
    slug="donabe",
    name="Donabe",
    product_type="tableware",
    tags=("kitchen", "slow"),
    attributes={
        "material": "Red clay",
        "made-in": "Japan",
        "dishwasher-safe": False,
        "stoves": "Gas, ceramic and open fire",
        "care": "Let it cool before you wash it, and dry it upside down.",
    },
    summary=(
        "A lidded clay pot that cooks rice, soup and beans, and goes from the fire to the "
        "table. It is slow to heat and does not forget the warmth."
    ),
    search_description="Japanese clay cooking pot with a lid, for two or for four.",
    option_names=("Size",),
    variants=(
        DemoVariant("FK-DONABE-2", "129.00", 2, 2100, "donabe-pot.jpg", ("For two",)),
        DemoVariant("FK-DONABE-4", "159.00", 6, 3400, "donabe-pot.jpg", ("For four",)),
    ),
    pictures=("donabe-pot.jpg",),
    days_ago=7,
    body=(
        text(
            "<h2>Season it once</h2><ol><li>Cook a thin rice porridge in it and let it stand "
            "overnight.</li><li>The starch closes the pores of the clay.</li><li>Rinse it, dry it, "
            "and it is ready for some decades.</li></ol>"
            "<h2>Rice, every time</h2><p>One part rice, a little more than one part water, half "
            "an hour of soaking. High flame until it steams, ten minutes low, fifteen minutes "
            "with the flame off. Do not lift the lid. We mean it.</p>"
        ),
        product_card("the-slow-kitchen", "Ninety recipes for exactly this pot."),
    ),
)

TABLEWARE = (STONEWARE_PLATES, SERVING_BOWLS, STEM_VASE, MILK_JUG, SALT_CELLAR, DONABE)
