"""Kettles, and what is poured with them."""

from home.demo.blocks import chapter, link, product_card, product_grid, quote, text
from home.demo.shapes import DemoProduct, DemoVariant

IRON_TETSUBIN = DemoProduct(
    slug="iron-tetsubin",
    name="Iron Tetsubin",
    product_type="kettle",
    tags=("tea", "slow"),
    attributes={
        "material": "Cast iron",
        "capacity": "900",
        "stoves": "Gas, ceramic, induction and embers",
        "made-in": "Japan",
        "care": "Empty it while it is hot. No soap.",
    },
    summary=(
        "A cast-iron kettle with a hobnail pattern and bare iron inside. "
        "It is slow to boil, slow to cool, and it hums before it is ready."
    ),
    search_description=(
        "Cast-iron tetsubin kettle with bare iron inside, 900 ml, for gas and induction."
    ),
    variants=(DemoVariant("FK-TETSU-IRON", "148.00", 2, 1850, "iron-tetsubin.jpg"),),
    pictures=("iron-tetsubin.jpg", "iron-tetsubin-detail.jpg"),
    days_ago=8,
    body=(
        chapter(
            "fern-and-kettle.jpg",
            "Cast once, kept for good",
            "<p>Each kettle is poured into a mold of sand and clay that is broken to get it out. "
            "The hobnails are pressed into the mold by hand, one after the other, around two "
            "thousand of them.</p><p>There is no enamel inside. The bare iron rounds off hard "
            "water, and after some weeks a thin white coat of minerals protects the walls. Leave "
            "it there.</p>",
        ),
        text(
            "<h2>The first boil</h2><ol><li>Rinse the kettle with hot water. No soap.</li>"
            "<li>Fill it two thirds, bring it to a gentle boil and pour the water away. Do this "
            "three times.</li><li>Leave the lid off. The warmth that is left dries the inside."
            "</li></ol><p>After that, empty it while it is hot, every time. Iron forgives a lot, "
            "but not a night with water in it.</p>"
        ),
        quote(
            "I put it on before I feed the cat. When it hums, we are both ready.",
            "Jonas Weber",
            "Has used his for six years",
        ),
        chapter(
            "garden-tea.jpg",
            "Stays warm outdoors",
            "<p>A full kettle holds its heat for half an hour on a cool morning. Take it out "
            "to the garden table with two cups and let the phone stay inside.</p>"
            "<p>900 ml, 1.85 kg. For gas, ceramic and induction stoves, and for embers.</p>",
            side="end",
            more=link("Read: the kettle comes first", "stories/the-kettle-comes-first"),
        ),
        product_grid("Good company", "yunomi-pair", "hearth-teapot", "tea-tin", "walnut-board"),
    ),
)

GOOSENECK_KETTLE = DemoProduct(
    slug="gooseneck-kettle",
    name="Gooseneck Kettle",
    product_type="kettle",
    tags=("coffee", "tea"),
    attributes={
        "material": "Stainless steel",
        "capacity": "800",
        "stoves": "Gas, electric and induction",
        "care": "Descale it with vinegar.",
    },
    summary=(
        "A stovetop kettle with a long, thin neck. It pours a stream the width of a pencil lead "
        "and puts it exactly where you want it."
    ),
    search_description=(
        "Stovetop gooseneck kettle in brushed steel or matt black with a walnut handle, 800 ml."
    ),
    option_names=("Finish",),
    variants=(
        DemoVariant(
            "FK-GOOSE-STEEL", "119.00", 14, 760, "gooseneck-kettle-steel.jpg", ("Brushed Steel",)
        ),
        DemoVariant(
            "FK-GOOSE-BLACK", "129.00", 5, 760, "gooseneck-kettle-black.jpg", ("Matt Black",)
        ),
    ),
    pictures=("gooseneck-kettle-steel.jpg", "gooseneck-kettle-black.jpg"),
    days_ago=3,
    body=(
        chapter(
            "slow-pour-over.jpg",
            "Slow on purpose",
            "<p>The neck leaves the kettle low, where the water is calm, and narrows on its way "
            "up. So the stream starts softly, and stops when you lower your wrist.</p>"
            "<p>The handle is walnut, oiled and bolted on from the inside. It stays cool for as "
            "long as the water stays hot.</p>",
            more=link("Read: a slow pour on Sunday", "stories/a-slow-pour-on-sunday"),
        ),
        text(
            "<h2>Steel or black</h2><p>Both are the same kettle of stainless steel. The black one "
            "is coated and baked twice, which is why it costs a little more. Steel takes on fine "
            "scratches and wears them well. Black wants a soft cloth.</p>"
            "<h2>Good to know</h2><ul><li>800 ml, 760 g</li><li>For gas, electric and induction "
            "stoves</li><li>No plastic touches the water</li><li>Descale with vinegar when it "
            "starts to whisper</li></ul>"
        ),
        product_card("pour-over-set", "The other half of a good cup of coffee."),
    ),
)

POUR_OVER_SET = DemoProduct(
    slug="pour-over-set",
    name="Pour-Over Set",
    product_type="coffee",
    tags=("coffee", "gift"),
    attributes={"material": "Glass", "capacity": "500", "dishwasher-safe": True},
    summary=(
        "A white ceramic dripper on a glass server with a walnut collar. "
        "Two cups of coffee, and nothing to plug in."
    ),
    search_description="Ceramic coffee dripper with a 500 ml glass server and a walnut collar.",
    variants=(
        DemoVariant("FK-POUR-SET", "68.00", 7, 890, "pour-over-set.jpg", reduced_to="56.00"),
    ),
    pictures=("pour-over-set.jpg", "pour-over-set-detail.jpg"),
    days_ago=19,
    body=(
        text(
            "<h2>What is in the box</h2><ul><li>The dripper: white stoneware, with spiral ribs "
            "that keep the paper off the wall</li><li>The server: heatproof glass, 500 ml, with a "
            "walnut collar</li><li>Forty paper filters, size 2, unbleached</li>"
            "</ul>"
        ),
        chapter(
            "slow-pour-over.jpg",
            "Three pours, three minutes",
            "<p>Wet the grounds and wait half a minute. Pour in circles until the dripper is "
            "almost full, let it sink by half, and pour again. Lift the dripper off before the "
            "last drops fall. They are the bitter ones.</p>",
            side="end",
        ),
        product_card("gooseneck-kettle", "A thin stream makes all the difference here."),
    ),
)

KETTLES = (IRON_TETSUBIN, GOOSENECK_KETTLE, POUR_OVER_SET)
