"""Landing pages for occasions, the form and the section that stand in them."""

from home.demo.blocks import (
    basket_item,
    call_to_action,
    chapter,
    hero,
    link,
    product_grid,
    shop_the_look,
    story_basket,
    text,
)
from home.demo.service_blocks import (
    collection_grid,
    countdown,
    form,
    icon_list,
    newsletter,
    section,
    tiles,
    video,
)
from home.demo.shapes import DemoForm, DemoFormField, DemoLandingPage, DemoSection

BREAKFAST = DemoLandingPage(
    slug="breakfast-in-bed",
    title="Breakfast in bed",
    search_description="A tray, two mugs and a jar of honey: what slow Sundays are made of.",
    share_picture="breakfast-tray.jpg",
    days_ago=3,
    body=(
        hero(
            "breakfast-tray.jpg",
            eyebrow="Sundays",
            heading="Stay where you are",
            words="A tray with a rim, mugs that keep warm and a honey that knows the meadow.",
            actions=[
                link("See the tray", "shop/round-ash-tray"),
                link("The recipe", "stories/porridge-begun-the-evening-before"),
            ],
        ),
        icon_list(
            ("hand", "Made by hand", "By people we know by name, most of them in Berlin."),
            ("parcel", "Packed in paper", "No plastic, and no prices in the parcel."),
            ("return", "Thirty days", "To find out whether it likes your kitchen."),
        ),
        shop_the_look(
            "breakfast-tray.jpg",
            "On the tray",
            ("speckled-mug", 30, 39),
            ("serving-bowls", 53, 52),
            ("meadow-honey", 69, 38),
            ("wooden-spoon-trio", 61, 65),
            ("milk-jug", 43, 35),
            ("linen-tea-towel", 27, 62),
        ),
        story_basket(
            "Sunday in a parcel",
            "All of it together, or only what is missing.",
            basket_item("round-ash-tray"),
            basket_item("speckled-mug", 2),
            basket_item("meadow-honey"),
            basket_item("tea-tin", note="Earl Grey, if you ask us.", is_optional=True),
        ),
        section("How we send things"),
        newsletter(
            "Letters from the kettle",
            "Four times a year: what is new, what is back, and one thing to cook.",
        ),
    ),
)

SPRING_FIRING = DemoLandingPage(
    slug="spring-firing",
    title="The spring firing",
    search_description=(
        "Twice a year the big kiln is lit. What came out of it this spring, while it lasts."
    ),
    share_picture="workshop-bench.jpg",
    days_ago=5,
    body=(
        hero(
            "workshop-bench.jpg",
            eyebrow="From the workshop",
            heading="The kiln is open",
            words="Twice a year Mara lights the big kiln. What comes out is here until it is gone.",
            actions=[link("See the tableware", "collections/table")],
        ),
        countdown(
            "Until the next firing",
            "Orders for a glaze of your own are taken until then.",
            days=21,
            more=link("Read how a mug is made", "shop/speckled-mug"),
            over="The kiln is lit. Orders for the autumn open soon.",
        ),
        collection_grid("Out of the kiln", "collections/table", limit=8),
        chapter(
            "hearth-teapot-charcoal.jpg",
            "Charcoal, for once",
            "<p>The black glaze needs the hottest corner, and there is room for eleven pots in "
            "it. When they are gone there is nothing to be done until autumn.</p>",
            more=link("See the Hearth Teapot", "shop/hearth-teapot"),
        ),
        video(
            "A kettle in the garden, seen slowly",
            poster="garden-tea.jpg",
            file="garden-tea.webm",
            captions="garden-tea.vtt",
            caption="Water takes its time. So did the person with the camera.",
        ),
        tiles(
            "While you are here",
            "collections/tea",
            "collections/kitchen",
            "collections/gifts",
        ),
        text(
            "<h2>Come by</h2><p>The workshop is open on Saturdays. Tell us when, and there will "
            "be tea.</p>"
        ),
        form("", "Visit the workshop"),
        call_to_action(
            "Not in Berlin?",
            "Every piece travels well. It has survived twelve hundred degrees.",
            action=link("See the shop", "shop"),
            theme="accent",
        ),
        product_grid("From earlier firings", "moss-matcha-bowl", "yunomi-pair", "milk-jug"),
    ),
)

OCCASIONS = (BREAKFAST, SPRING_FIRING)

SECTIONS = (
    DemoSection(
        title="How we send things",
        body=(
            icon_list(
                ("clock", "Two to three days", "Within Germany, by road and by train."),
                ("gift", "Wrapped by hand", "In paper and linen; without plastic, without prices."),
                ("mail", "The invoice by e-mail", "Never in the parcel."),
            ),
        ),
    ),
)

FORMS = (
    DemoForm(
        title="Visit the workshop",
        intro="Saturdays from ten to four. Tell us when, and whether you would like to throw.",
        thanks="Thank you. Mara writes back within two days; she has clay on her hands till then.",
        confirmation_text="We have your note and look forward to you. Bring an apron.",
        fields=(
            DemoFormField("Your name", "singleline"),
            DemoFormField("E-mail", "email"),
            DemoFormField("Which Saturday", "date"),
            DemoFormField("Would you like to throw?", "radio", choices="Yes\nOnly watch"),
            DemoFormField("Anything else", "multiline", is_required=False),
        ),
    ),
)
