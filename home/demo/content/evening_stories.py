"""Stories that one can cook and lay a table from."""

from home.demo.blocks import (
    basket_item,
    buy_box,
    chapter,
    comparison,
    product_card,
    product_grid,
    quote,
    shop_the_look,
    story_basket,
    text,
)
from home.demo.service_blocks import faq, recipe, related_stories
from home.demo.shapes import DemoStory

PORRIDGE = DemoStory(
    slug="porridge-begun-the-evening-before",
    title="Porridge, begun the evening before",
    summary=(
        "The best breakfast is mostly made while you sleep. A recipe with six ingredients, "
        "one of which is a night."
    ),
    search_description=(
        "Overnight porridge on a tray: a recipe with oats, honey and one night of patience."
    ),
    author_name="Lena Hoffmann",
    tags=("kitchen", "morning"),
    cover="breakfast-tray.jpg",
    days_ago=2,
    body=(
        text(
            "<p>I am not a morning person. I have tried, and I own the lamp. What helped in the "
            "end was to give the work to the evening before, when I am awake and generous.</p>"
            "<p>Oats need ten minutes of heat or eight hours of cold. Heat makes them soft. Time "
            "makes them sweet.</p>"
        ),
        recipe(
            "Overnight porridge",
            "For two people and one tray. Everything can stand on the table in the morning.",
            makes="two bowls",
            minutes=20,
            ingredients=(
                ("120 g", "rolled oats", None),
                ("400 ml", "milk, or water and a spoon of almond butter", None),
                ("2 tsp", "meadow honey", "shop/meadow-honey"),
                ("a pinch", "of salt", "shop/salt-cellar"),
                ("a handful", "of berries", None),
                ("1 pot", "of Earl Grey to go with it", "shop/tea-tin"),
            ),
            steps=(
                (
                    "The evening before",
                    (
                        "<p>Stir oats, milk and salt in the larger bowl. Cover it with a plate and "
                        "put it in the fridge. Wash nothing up but the spoon.</p>"
                    ),
                    None,
                ),
                (
                    "In the morning",
                    (
                        "<p>Warm it slowly, ten minutes on the smallest flame, and stir when you "
                        "walk past. Make the tea meanwhile.</p>"
                    ),
                    "speckled-mug-oat-detail.jpg",
                ),
                (
                    "On the tray",
                    (
                        "<p>Honey last, in a thread. It should sink, not spread. Berries on top, "
                        "and go back to bed.</p>"
                    ),
                    "meadow-honey.jpg",
                ),
            ),
        ),
        quote(
            "I set the alarm for the porridge, not for me.", "Tomo Berger", "Comes for breakfast"
        ),
        story_basket(
            "The whole tray",
            "What stands on ours, in one go. Set to 0 what you have already.",
            basket_item("speckled-mug", 2, note="One for each of you."),
            basket_item("serving-bowls", note="The two smaller ones are for porridge."),
            basket_item("meadow-honey"),
            basket_item("milk-jug", is_optional=True),
            basket_item("linen-tea-towel", note="As a napkin for two.", is_optional=True),
        ),
        faq(
            "What people ask",
            (
                "Can I use instant oats?",
                (
                    "<p>They turn to paste over night. Take the large flakes, or cut oats if you "
                    "like to chew.</p>"
                ),
            ),
            (
                "How long does it keep?",
                "<p>Three days in the fridge. The third day is the best one, Tomo says.</p>",
            ),
            (
                "And without milk?",
                (
                    "<p>Water, and a spoon of almond butter stirred in while it warms. Add the "
                    "salt then, not before.</p>"
                ),
            ),
        ),
        related_stories("Read on", "stories/matcha-in-four-minutes"),
    ),
)

WHICH_KETTLE = DemoStory(
    slug="which-kettle-is-yours",
    title="Which kettle is yours?",
    summary=(
        "One hums, one draws a thin line of water, one is a pot and only thinks it is a kettle. "
        "How to tell which of them belongs on your stove."
    ),
    search_description=(
        "Cast iron or gooseneck? A comparison of kettles by weight, price, stove and temper."
    ),
    author_name="Jonas Weber",
    tags=("tea", "coffee"),
    cover="tea-shelf.jpg",
    days_ago=6,
    body=(
        text(
            "<p>People ask me this in the shop, and I ask back: what do you do while it boils? "
            "Who stands and waits wants the gooseneck. Who walks off to feed the cat wants "
            "iron.</p>"
        ),
        comparison(
            "Side by side",
            "iron-tetsubin",
            "gooseneck-kettle",
            "hearth-teapot",
            "side-handle-kyusu",
        ),
        chapter(
            "iron-tetsubin-detail.jpg",
            "Iron, for water",
            "<p>An iron kettle changes what is in it. It takes the edge off hard water and keeps "
            "the warmth for half an hour. It is heavy, it is slow, and it wants to be emptied "
            "every time. In return it will outlive your stove.</p>",
        ),
        buy_box(
            "iron-tetsubin",
            "Two a month is all the foundry makes.",
            instead="gooseneck-kettle",
        ),
        chapter(
            "gooseneck-kettle-steel.jpg",
            "Steel, for aim",
            "<p>A gooseneck is a pencil. It is made for coffee, where the water has to fall just "
            "there and just so fast, and it is a good companion for green tea, which hates a "
            "flood.</p>",
            side="end",
        ),
        faq(
            "Before you decide",
            (
                "Does the iron one rust?",
                (
                    "<p>It can, if water stays in it over night. A spot of rust is no danger: boil "
                    "green tea leaves in it for half an hour and it turns black.</p>"
                ),
            ),
            (
                "Which of them works on induction?",
                "<p>Both kettles do. The pots do not: they hold tea, not fire.</p>",
            ),
        ),
        product_grid(
            "And to drink from", "yunomi-pair", "speckled-mug", "moss-matcha-bowl", "tea-tin"
        ),
        related_stories("Read on", "stories/the-kettle-comes-first"),
    ),
)

TABLE_FOR_TWO = DemoStory(
    slug="a-table-for-two-late",
    title="A table for two, late",
    summary=(
        "It is half past nine, nobody has cooked, and somebody you like is at the door. "
        "What to put on the table before you put anything on the plates."
    ),
    search_description=(
        "How to lay a table for two in five minutes, with stoneware, linen and one branch."
    ),
    author_name="Ruth Keller",
    tags=("table", "evening"),
    cover="set-for-two.jpg",
    days_ago=25,
    body=(
        text(
            "<p>Guests remember the light, the first glass and whether they had to wait with "
            "nothing in their hands. The food comes fourth. So lay the table first, and cook "
            "while they hold something warm.</p>"
        ),
        shop_the_look(
            "set-for-two.jpg",
            "What is on it",
            ("stoneware-plates", 13, 68),
            ("serving-bowls", 24, 50),
            ("linen-tea-towel", 48, 65),
            ("hearth-teapot", 48, 29),
            ("salt-cellar", 69, 34),
            ("wooden-spoon-trio", 91, 60),
        ),
        chapter(
            "stem-vase.jpg",
            "One branch, cut long",
            "<p>Whatever grows in front of the house. It takes one minute and says that you "
            "thought of it.</p>",
            side="end",
        ),
        text(
            "<h2>Five minutes, in order</h2><ol><li>Kettle on.</li><li>Linen first: it forgives "
            "the table everything.</li><li>Large plates, small bowls on top. Nothing has to "
            "match; it only has to be the same color in candlelight.</li><li>Salt, bread, a "
            "candle.</li><li>Open the door.</li></ol>"
        ),
        product_card("donabe", "If there is time after all: rice, and whatever there is."),
        related_stories("Read on"),
    ),
)

EVENING_STORIES = (PORRIDGE, WHICH_KETTLE, TABLE_FOR_TWO)
