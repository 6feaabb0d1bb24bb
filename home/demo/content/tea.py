"""Tea, and what it is made and given with."""

from home.demo.blocks import chapter, gallery, link, product_card, product_grid, quote, text
from home.demo.shapes import DemoProduct, DemoVariant

TEA_TIN = DemoProduct(
    slug="tea-tin",
    name="Loose-Leaf Tea Tin",
    product_type="tea",
    tags=("tea", "everyday"),
    attributes={"kind-of-tea": "Several kinds", "net-weight": "100"},
    summary=(
        "A hundred grams of whole leaves in a tin that closes with a soft sigh of air. "
        "Choose sencha, hōjicha or Earl Grey."
    ),
    search_description="100 g of loose-leaf sencha, hōjicha or Earl Grey in an airtight tin.",
    option_names=("Tea",),
    variants=(
        DemoVariant("FK-TEA-SENCHA", "18.50", 46, 190, "sencha-tin.jpg", ("Sencha",)),
        DemoVariant("FK-TEA-HOJICHA", "16.50", 4, 190, "hojicha-tin.jpg", ("Hōjicha",)),
        DemoVariant("FK-TEA-EARLGREY", "14.90", 60, 190, "earl-grey-tin.jpg", ("Earl Grey",)),
    ),
    pictures=("sencha-tin.jpg", "hojicha-tin.jpg", "earl-grey-tin.jpg"),
    days_ago=11,
    body=(
        text(
            "<h2>Three teas, three times of day</h2>"
            "<h3>Sencha</h3><p>Green, steamed, picked in May. It tastes of cut grass and a little "
            "of the sea. One minute at 70 degrees, and twice more after that.</p>"
            "<h3>Hōjicha</h3><p>Green tea that was roasted until it turned russet. Toast, cocoa, "
            "warm wood, and so little caffeine that you may drink it at nine in the evening.</p>"
            "<h3>Earl Grey</h3><p>A brisk black tea with real oil of bergamot, and only just "
            "enough of it. Three minutes, boiling water, milk if you like.</p>"
        ),
        chapter(
            "tea-shelf.jpg",
            "A lid inside the lid",
            "<p>Tea has four enemies: light, air, moisture, and the onion next to it. Under the "
            "outer lid of the tin sits a second one that fits so closely it sinks by itself."
            "</p><p>When the tea is gone, keep the tin. We fill it again for you in the shop, or "
            "it holds rubber bands for the next twenty years.</p>",
        ),
        product_grid(
            "To make it in", "hearth-teapot", "yunomi-pair", "speckled-mug", "iron-tetsubin"
        ),
    ),
)

CEREMONIAL_MATCHA = DemoProduct(
    slug="ceremonial-matcha",
    name="Ceremonial Matcha",
    product_type="tea",
    tags=("tea", "matcha", "gift"),
    attributes={"kind-of-tea": "Green", "caffeine": "High", "net-weight": "30", "made-in": "Japan"},
    summary=(
        "Thirty grams of stone-ground green tea, shaded for three weeks before the harvest. "
        "Soft, sweet, and made to be drunk with nothing but water."
    ),
    search_description="30 g of stone-ground matcha for about twenty bowls, without bitterness.",
    variants=(DemoVariant("FK-MATCHA-30", "32.00", 25, 90, "matcha-tin.jpg"),),
    pictures=("matcha-tin.jpg",),
    days_ago=13,
    body=(
        chapter(
            "matcha-ritual.jpg",
            "An hour for one tin",
            "<p>A granite mill grinds thirty grams an hour. Faster would be warmer, and warmth "
            "takes the green out of the powder. The result is finer than flour and floats when "
            "you breathe near it.</p>",
            more=link("Read: matcha in four minutes", "stories/matcha-in-four-minutes"),
        ),
        text(
            "<h2>Good to know</h2><ul><li>30 g, for about twenty bowls of a gram and a half</li>"
            "<li>Keep it closed and cold; use it within six weeks of opening</li>"
            "<li>Sift it. Lumps do not whisk out</li><li>70 degrees, never boiling</li></ul>"
        ),
        product_grid(
            "Around the bowl",
            "moss-matcha-bowl",
            "bamboo-whisk-scoop",
            "linen-tea-towel",
            "iron-tetsubin",
        ),
    ),
)

BAMBOO_WHISK = DemoProduct(
    slug="bamboo-whisk-scoop",
    name="Bamboo Whisk & Scoop",
    product_type="tea-tool",
    tags=("tea", "matcha"),
    attributes={"material": "Bamboo", "dishwasher-safe": False},
    summary=(
        "A whisk of eighty tines, split from a single piece of bamboo, and a scoop that holds "
        "just under a gram."
    ),
    search_description="Bamboo matcha whisk with eighty tines and a bamboo scoop.",
    variants=(DemoVariant("FK-WHISK-SET", "24.00", 30, 60, "bamboo-whisk.jpg"),),
    pictures=("bamboo-whisk.jpg",),
    days_ago=14,
    body=(
        text(
            "<h2>Split, not glued</h2><p>The whisk begins as a piece of bamboo as thick as a "
            "thumb. Its upper half is split into eighty tines, shaved thin, curled over steam and "
            "held apart by a black thread. That is all. There is no wire in it and no glue.</p>"
            "<h2>How to look after it</h2><ol><li>Soak the tines in warm water for a minute, so "
            "that they bend.</li><li>Whisk in the shape of an M, from the wrist, without pressing "
            "on the bowl.</li><li>Rinse it in clear water and let it stand to dry.</li></ol>"
            "<p>After a few months the tines begin to break. Then it is time for a new one, and "
            "the old one still cleans a coffee mill very well.</p>"
        ),
        gallery(
            "On the table",
            ("matcha-ritual.jpg", "Everything a bowl of matcha needs."),
            ("matcha-bowl-moss.jpg", "Two scoops for a bowl like this."),
        ),
        product_card("ceremonial-matcha", "Twenty bowls for your new whisk."),
    ),
)

FERN_GIFT_BOX = DemoProduct(
    slug="fern-gift-box",
    name="Fern Gift Box",
    product_type="gift",
    tags=("gift", "tea"),
    summary=(
        "A tin of sencha, a clay mug and a cedar candle in a sage box, tied with a ribbon of "
        "linen. The card is empty. Those words are yours."
    ),
    search_description="Gift box with a tin of sencha, a clay mug and a cedar candle.",
    variants=(DemoVariant("FK-GIFT-FERN", "84.00", 11, 1400, "gift-box.jpg"),),
    pictures=("gift-box.jpg",),
    days_ago=1,
    body=(
        chapter(
            "gift-of-tea.jpg",
            "What is inside",
            "<p>One tin of sencha, 100 g. One Speckled Mug in clay. One Cedar &amp; Hinoki Candle. "
            "And a card of thick cotton paper with an envelope.</p><p>We wrap each box on the day "
            "it leaves, and put a sprig of fern under the ribbon.</p>",
        ),
        quote(
            "She kept the box, and now her letters live in it.",
            "Annika Sommer",
            "Sent one to her sister",
        ),
        text(
            "<h2>Good to know</h2><ul><li>28 by 20 by 11 cm, 1.4 kg</li><li>No prices in the "
            "parcel: the invoice travels by e-mail</li><li>Wrapped by hand, so please allow one "
            "more day</li></ul>"
        ),
    ),
)

TEA = (TEA_TIN, CEREMONIAL_MATCHA, BAMBOO_WHISK, FERN_GIFT_BOX)
