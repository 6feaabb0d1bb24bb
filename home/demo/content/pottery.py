"""Stoneware and clay."""

from home.demo.blocks import chapter, gallery, product_card, product_grid, quote, text
from home.demo.shapes import DemoProduct, DemoVariant

SPECKLED_MUG = DemoProduct(
    slug="speckled-mug",
    name="Speckled Mug",
    product_type="cup",
    tags=("everyday", "gift", "breakfast"),
    attributes={
        "material": "Stoneware",
        "capacity": "320",
        "height": "9",
        "dishwasher-safe": True,
        "made-in": "Germany",
    },
    summary=(
        "A stoneware mug thrown on the wheel, with a handle wide enough for three fingers. "
        "It holds 320 ml and stays warm for about one chapter."
    ),
    search_description=(
        "Hand-thrown stoneware mug in oat, sage or clay. 320 ml, with a handle for three fingers."
    ),
    option_names=("Glaze",),
    variants=(
        DemoVariant("FK-MUG-OAT", "28.00", 34, 410, "speckled-mug-oat.jpg", ("Oat",)),
        DemoVariant("FK-MUG-SAGE", "28.00", 3, 410, "speckled-mug-sage.jpg", ("Sage",)),
        DemoVariant("FK-MUG-CLAY", "28.00", 18, 410, "speckled-mug-clay.jpg", ("Clay",)),
    ),
    pictures=(
        "speckled-mug-oat.jpg",
        "speckled-mug-sage.jpg",
        "speckled-mug-clay.jpg",
        "speckled-mug-oat-detail.jpg",
    ),
    days_ago=9,
    body=(
        chapter(
            "workshop-bench.jpg",
            "Forty to a board",
            "<p>Mara throws mugs on Tuesdays, forty to a board. Each begins as 480 grams of "
            "clay, weighed by hand, and takes her a little under two minutes. The handles wait "
            "until Wednesday, when the walls are firm enough to hold them.</p>"
            "<p>The clay comes with iron in it. In the kiln the iron rises through the glaze and "
            "leaves freckles, and nobody decides where they land.</p>",
        ),
        quote(
            "If you notice the handle, I have made it wrong.", "Mara Lind", "Potter, Brandenburg"
        ),
        chapter(
            "breakfast-tray.jpg",
            "For every day",
            "<p>The glaze is hard enough for the dishwasher and the microwave. The foot is left "
            "bare and sanded smooth, so it will not scratch your table.</p>"
            "<p>Two mugs stack. Three wobble.</p>",
            side="end",
        ),
        text(
            "<h2>Good to know</h2><ul><li>320 ml to the brim, 280 ml with room to carry it</li>"
            "<li>9 cm tall, 8.5 cm across, 410 g</li>"
            "<li>Dishwasher and microwave safe</li>"
            "<li>Made by hand: height and freckles differ from mug to mug</li></ul>"
        ),
        product_card("tea-tin", "The Earl Grey stands up to a big mug and a splash of milk."),
    ),
)

HEARTH_TEAPOT = DemoProduct(
    slug="hearth-teapot",
    name="Hearth Teapot",
    product_type="teapot",
    tags=("tea", "table"),
    attributes={
        "material": "Stoneware",
        "capacity": "750",
        "height": "14",
        "dishwasher-safe": True,
        "made-in": "Germany",
    },
    summary=(
        "A round stoneware pot for two or three cups. The spout pours without a drip, "
        "and the lid stays put until the last drop."
    ),
    search_description=(
        "Round stoneware teapot for two or three cups, in oat or charcoal. 750 ml, no drip."
    ),
    option_names=("Glaze",),
    variants=(
        DemoVariant("FK-POT-OAT", "84.00", 9, 980, "hearth-teapot-oat.jpg", ("Oat",)),
        DemoVariant("FK-POT-CHAR", "84.00", 0, 980, "hearth-teapot-charcoal.jpg", ("Charcoal",)),
    ),
    pictures=(
        "hearth-teapot-oat.jpg",
        "hearth-teapot-charcoal.jpg",
        "hearth-teapot-oat-detail.jpg",
    ),
    days_ago=10,
    body=(
        chapter(
            "morning-table-by-the-window.jpg",
            "The spout took eleven tries",
            "<p>A spout drips when its edge is too soft: the last of the water clings, runs back "
            "and finds the tablecloth. Mara cuts hers with a wire while the clay is still damp, "
            "and leaves the lower lip sharp.</p>"
            "<p>Pour slowly, stop quickly, and the table stays dry.</p>",
        ),
        text(
            "<h2>How to use it</h2><p>Rinse the pot with hot water first. Stoneware drinks up "
            "warmth, and a cold pot takes ten degrees off your tea. Leave the leaves loose: "
            "there is a built-in strainer of small holes behind the spout.</p>"
            "<h2>Good to know</h2><ul><li>750 ml, enough for two mugs or three small cups</li>"
            "<li>14 cm tall with its lid, 24 cm from spout to handle</li>"
            "<li>Dishwasher safe; not for the stove</li></ul>"
        ),
        chapter(
            "set-for-two.jpg",
            "It likes company",
            "<p>Oat is the quieter of the two glazes. It sits beside almost any plate you already "
            "own. Charcoal shows less tea and more light.</p>",
            side="end",
        ),
        product_grid("Goes with it", "yunomi-pair", "round-ash-tray", "tea-tin", "linen-tea-towel"),
    ),
)

YUNOMI_PAIR = DemoProduct(
    slug="yunomi-pair",
    name="Yunomi Pair",
    product_type="cup",
    tags=("tea", "gift"),
    attributes={
        "material": "Stoneware",
        "capacity": "180",
        "height": "9",
        "dishwasher-safe": True,
        "made-in": "Germany",
    },
    summary=(
        "Two tall cups without handles, one slate and one oat. When the cup is comfortable "
        "to hold, the tea is ready to drink."
    ),
    search_description="Two handleless stoneware tea cups in slate and oat, 180 ml each.",
    variants=(DemoVariant("FK-YUNOMI-2", "44.00", 21, 520, "yunomi-pair.jpg"),),
    pictures=("yunomi-pair.jpg",),
    days_ago=5,
    body=(
        chapter(
            "garden-tea.jpg",
            "A cup that tells you when",
            "<p>A yunomi is the everyday tea cup of a Japanese kitchen: taller than wide, and "
            "without a handle. The wall is thin at the lip and thicker below, where your fingers "
            "are.</p><p>Too hot to hold means too hot to drink. It is the simplest thermometer "
            "we know.</p>",
        ),
        text(
            "<h2>Good to know</h2><ul><li>Two cups, 180 ml each</li><li>9 cm tall, 7 cm across"
            "</li><li>Dishwasher and microwave safe</li><li>They come in one box, wrapped in "
            "paper</li></ul>"
        ),
        product_card("side-handle-kyusu", "The pot these cups were drawn for."),
    ),
)

SIDE_HANDLE_KYUSU = DemoProduct(
    slug="side-handle-kyusu",
    name="Side-Handle Kyusu",
    product_type="teapot",
    tags=("tea", "slow"),
    attributes={
        "material": "Red clay",
        "capacity": "280",
        "dishwasher-safe": False,
        "made-in": "Japan",
        "care": "Water only; dry it with the lid off.",
    },
    summary=(
        "A small red-clay pot for green tea, with its handle at the side. "
        "One turn of the wrist empties it to the last drop."
    ),
    search_description="Unglazed red clay kyusu for green tea, 280 ml, with a built-in strainer.",
    variants=(DemoVariant("FK-KYUSU-RED", "96.00", 0, 310, "side-handle-kyusu.jpg"),),
    pictures=("side-handle-kyusu.jpg",),
    days_ago=40,
    body=(
        text(
            "<h2>Why the handle is at the side</h2><p>Green tea is poured out completely. Water "
            "left on the leaves turns bitter, and the second steeping is lost. With the handle at "
            "a right angle to the spout you tip the pot with a turn of the wrist, thumb on the "
            "lid, and it runs empty.</p><p>The clay is not glazed. It is fired hard and then "
            "polished, and over the years it takes on a shine from the tea.</p>"
        ),
        gallery(
            "Two steepings",
            ("side-handle-kyusu.jpg", "First cup: one minute, 70 degrees."),
            ("yunomi-pair.jpg", "Second cup: ten seconds, a little hotter."),
        ),
        text(
            "<h2>Good to know</h2><ul><li>280 ml, for one or two people</li>"
            "<li>Strainer of 120 small holes, punched by hand</li>"
            "<li>Rinse with water only, and let it dry with the lid off</li>"
            "<li>We get eight of them twice a year; the next ones come in spring</li></ul>"
        ),
        product_card("hearth-teapot", "If you would rather not wait: our round pot."),
    ),
)

MOSS_MATCHA_BOWL = DemoProduct(
    slug="moss-matcha-bowl",
    name="Moss Matcha Bowl",
    product_type="cup",
    tags=("tea", "matcha"),
    attributes={
        "material": "Stoneware",
        "height": "7.5",
        "dishwasher-safe": True,
        "made-in": "Germany",
    },
    summary=(
        "A wide bowl with straight walls, so the whisk has room to work. "
        "The moss glaze pools a darker green at the foot."
    ),
    search_description="Stoneware matcha bowl with a moss green glaze and room for the whisk.",
    variants=(DemoVariant("FK-BOWL-MOSS", "46.00", 12, 390, "matcha-bowl-moss.jpg"),),
    pictures=("matcha-bowl-moss.jpg",),
    days_ago=2,
    body=(
        chapter(
            "matcha-ritual.jpg",
            "Room for the wrist",
            "<p>Matcha is whisked, and a whisk needs space. The floor of this bowl is flat and "
            "twelve centimeters wide, the walls go straight up. Nothing ends up on your sleeve."
            "</p><p>The glaze is made with wood ash from the workshop's own stove. Where it runs "
            "thick it turns the green of a forest floor, and where it breaks over the rim it goes "
            "brown.</p>",
        ),
        text(
            "<h2>Good to know</h2><ul><li>12 cm across, 7.5 cm tall, 390 g</li>"
            "<li>Also good for miso soup, muesli and a scoop of ice cream</li>"
            "<li>Dishwasher safe; warm it with hot water before you whisk</li></ul>"
        ),
        product_grid(
            "For a bowl of matcha",
            "ceremonial-matcha",
            "bamboo-whisk-scoop",
            "linen-tea-towel",
            "iron-tetsubin",
        ),
    ),
)

POTTERY = (SPECKLED_MUG, HEARTH_TEAPOT, YUNOMI_PAIR, SIDE_HANDLE_KYUSU, MOSS_MATCHA_BOWL)
