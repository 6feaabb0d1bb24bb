"""Wood, linen and wax: what stands around the tea."""

from home.demo.blocks import chapter, product_card, product_grid, text
from home.demo.shapes import DemoProduct, DemoVariant

ROUND_ASH_TRAY = DemoProduct(
    slug="round-ash-tray",
    name="Round Ash Tray",
    product_type="tableware",
    tags=("table", "breakfast"),
    attributes={
        "material": "Ash",
        "diameter": "34",
        "dishwasher-safe": False,
        "made-in": "Germany",
        "care": "A drop of linseed oil once a year.",
    },
    summary=(
        "A serving tray turned from one board of ash, 34 centimeters across. "
        "A low rim keeps the cups on it and leaves room for your fingers."
    ),
    search_description="Round serving tray turned from solid ash wood, 34 cm, oiled.",
    variants=(DemoVariant("FK-TRAY-ASH", "52.00", 5, 640, "round-ash-tray.jpg"),),
    pictures=("round-ash-tray.jpg",),
    days_ago=21,
    body=(
        chapter(
            "morning-table-by-the-window.jpg",
            "From one board",
            "<p>The wood comes from trees that had to make way for a road, forty kilometers from "
            "the workshop. It dries for three years. Then each tray is turned on the lathe in two "
            "sittings with a month between them, because wood moves, and it is better that it "
            "moves before it is yours.</p>",
        ),
        text(
            "<h2>Good to know</h2><ul><li>34 cm across, 2 cm tall, 640 g</li><li>Finished with "
            "linseed oil; a drop more of it once a year is enough</li><li>Wipe it with a damp "
            "cloth. Not for the dishwasher</li><li>The grain is different on every one</li></ul>"
        ),
        product_grid(
            "Room for", "hearth-teapot", "yunomi-pair", "speckled-mug", "moss-matcha-bowl"
        ),
    ),
)

LINEN_TEA_TOWEL = DemoProduct(
    slug="linen-tea-towel",
    name="Linen Tea Towel",
    product_type="kitchen-tool",
    tags=("kitchen", "everyday"),
    attributes={
        "material": "Linen",
        "made-in": "Lithuania",
        "care": "Wash at 60 degrees, no softener.",
    },
    summary=(
        "Washed linen with a woven stripe and a loop to hang it by. "
        "It dries a glass without fluff, and itself by lunchtime."
    ),
    search_description="Washed linen tea towel with a fine stripe in oat or sage, 50 by 70 cm.",
    option_names=("Color",),
    variants=(
        DemoVariant("FK-LINEN-OAT", "16.00", 40, 120, "linen-towel-oat.jpg", ("Oat",)),
        DemoVariant("FK-LINEN-SAGE", "16.00", 1, 120, "linen-towel-sage.jpg", ("Sage",)),
    ),
    pictures=("linen-towel-oat.jpg", "linen-towel-sage.jpg"),
    days_ago=25,
    body=(
        chapter(
            "set-for-two.jpg",
            "Better after the tenth wash",
            "<p>New linen is stiff and a little shy of water. We wash ours twice before you get "
            "it, and you do the rest. By the tenth wash it is soft, by the fiftieth it is the one "
            "you reach for.</p><p>It makes a good napkin too, and a good wrapping for bread.</p>",
            side="end",
        ),
        text(
            "<h2>Good to know</h2><ul><li>50 by 70 cm, 120 g, with a loop at the corner</li>"
            "<li>100 percent linen, grown and woven in Europe</li><li>Wash at 60 degrees, no "
            "softener</li><li>Ironing is allowed, and entirely unnecessary</li></ul>"
        ),
        product_card("speckled-mug", "Something worth drying by hand."),
    ),
)

CEDAR_CANDLE = DemoProduct(
    slug="cedar-hinoki-candle",
    name="Cedar & Hinoki Candle",
    product_type="home",
    tags=("gift", "quiet"),
    attributes={"material": "Soy wax", "burning-time": "40"},
    summary=(
        "Soy wax in a clay cup, scented with cedar and hinoki: a wooden bath house after rain. "
        "It burns for about forty evenings."
    ),
    search_description="Soy wax candle with cedar and hinoki in a reusable clay cup, 40 hours.",
    variants=(DemoVariant("FK-CANDLE-CEDAR", "34.00", 16, 480, "cedar-candle.jpg"),),
    pictures=("cedar-candle.jpg",),
    days_ago=16,
    body=(
        text(
            "<h2>An hour at a time</h2><p>The first time, let it burn until the wax is liquid to "
            "the rim, about two hours. After that, an hour is enough for a room. Trim the wick to "
            "half a centimeter before you light it again.</p>"
        ),
        chapter(
            "gift-of-tea.jpg",
            "And then a cup",
            "<p>When the wax is gone, pour hot water into the cup, let it stand, and lift out the "
            "rest. What remains is a tumbler of clay with a pale rim. We have seen it hold salt, "
            "pencils and espresso.</p>",
        ),
        text(
            "<h2>Good to know</h2><ul><li>220 g of soy wax, cotton wick, about 40 hours</li>"
            "<li>Cedar, hinoki, a trace of lemon peel</li><li>Never leave it alone while it "
            "burns</li></ul>"
        ),
    ),
)

WALNUT_BOARD = DemoProduct(
    slug="walnut-board",
    name="Walnut Board",
    product_type="tableware",
    tags=("table", "kitchen"),
    attributes={
        "material": "Walnut",
        "dishwasher-safe": False,
        "care": "Wash it by hand and dry it standing up.",
    },
    summary=(
        "A flat board of solid walnut that carries a hot kettle, a cake or the cheese. "
        "No handle, no hole, no groove: just wood with soft edges."
    ),
    search_description="Serving board in solid oiled walnut, 32 by 18 cm, safe for a hot kettle.",
    variants=(DemoVariant("FK-BOARD-WALNUT", "48.00", 13, 720, "walnut-board.jpg"),),
    pictures=("walnut-board.jpg",),
    days_ago=30,
    body=(
        chapter(
            "slow-pour-over.jpg",
            "A place to put it down",
            "<p>Everything hot needs somewhere to land. Walnut does not mind a kettle straight "
            "from the stove, and what it gets in rings and scratches it takes as decoration.</p>"
            "<p>The edges are rounded by hand, with a plane and then with paper, until nothing "
            "catches on a cloth.</p>",
        ),
        text(
            "<h2>Good to know</h2><ul><li>32 by 18 cm, 2 cm thick, 720 g</li><li>Oiled and ready "
            "for food</li><li>Wash it by hand and dry it standing up</li><li>Turn it over now and "
            "then; both sides are the good side</li></ul>"
        ),
        product_card("iron-tetsubin", "What ours carries, most mornings."),
    ),
)

TABLE = (ROUND_ASH_TRAY, LINEN_TEA_TOWEL, CEDAR_CANDLE, WALNUT_BOARD)
