"""What people come to read."""

from home.demo.blocks import (
    basket_item,
    buy_box,
    chapter,
    comparison,
    gallery,
    link,
    product_card,
    product_grid,
    quote,
    shop_the_look,
    story_basket,
    text,
)
from home.demo.content.evening_stories import EVENING_STORIES
from home.demo.shapes import DemoStory

THE_KETTLE = DemoStory(
    slug="the-kettle-comes-first",
    title="The kettle comes first",
    summary=(
        "Good tea begins before the leaves. A walk through water, iron and ten minutes of "
        "not looking at anything else."
    ),
    search_description=(
        "Why good tea begins with the kettle: soft water, bare iron and ten unhurried minutes."
    ),
    author_name="Lena Hoffmann",
    cover="garden-tea.jpg",
    tags=("tea", "iron"),
    days_ago=4,
    body=(
        text(
            "<p>My grandmother owned eleven teapots and one kettle. The teapots came and went, "
            "chipped, were given away, turned into homes for succulents. The kettle stayed. When "
            "I asked her why, she said the pot only holds the tea. The kettle makes the water, "
            "and tea is nearly all water.</p>"
            "<p>It took me twenty years to see that she was not being poetic.</p>"
            "<h2>What iron does</h2>"
            "<p>Water from a city tap is hard. It carries lime, and lime flattens tea: the brew "
            "turns dull, and a skin forms on the cup. In a kettle of bare cast iron part of the "
            "lime settles on the walls instead. After a few weeks you can see it, a thin white "
            "coat. Do not scrub it off. It is the best thing in there.</p>"
            "<p>Put two cups side by side, the same leaves, one with water from the iron kettle "
            "and one from the electric one. The first tastes rounder. I have done this with "
            "guests who came to prove me wrong.</p>"
        ),
        product_card("iron-tetsubin", "The one on my stove. 900 ml, bare iron inside."),
        comparison("Two kettles, two jobs", "iron-tetsubin", "gooseneck-kettle"),
        chapter(
            "fern-and-kettle.jpg",
            "Listen to it",
            "<p>The old tea books name the stages of boiling after what you hear. First a thin "
            "singing, then wind in the pines, then waves. Green tea wants the singing: small "
            "bubbles on the floor of the kettle, about 70 degrees. Black tea wants the waves.</p>"
            "<p>You need no thermometer for this, only a kitchen that is quiet for a while.</p>",
        ),
        quote(
            "The pot only holds the tea. The kettle makes the water.",
            "Hanne Hoffmann",
            "Owner of eleven teapots",
        ),
        text(
            "<h2>Ten minutes</h2>"
            "<p>A full iron kettle takes ten minutes on a gas flame. I used to think of that as "
            "its one fault. Now it is the part I look forward to. I warm the pot, put the leaves "
            "in the tin's lid, open the window. By then it has begun to hum.</p>"
            "<p>Pour out what is left while it is still hot, leave the lid off, and the iron "
            "dries by its own warmth. Mine is six years old and has no rust. My grandmother's is "
            "older than I am.</p>"
        ),
        product_grid(
            "From this story",
            "iron-tetsubin",
            "yunomi-pair",
            "tea-tin",
            "walnut-board",
            more=link("Everything in the shop", "shop"),
        ),
    ),
)

MATCHA = DemoStory(
    slug="matcha-in-four-minutes",
    title="Matcha in four minutes",
    summary=(
        "Sift, pour, whisk, drink. How to make a bowl of matcha on an ordinary Tuesday, "
        "with what goes wrong and why."
    ),
    search_description=(
        "How to whisk a bowl of matcha at home in four minutes, without lumps or bitterness."
    ),
    author_name="Tomo Berger",
    cover="matcha-ritual.jpg",
    tags=("tea", "matcha"),
    days_ago=11,
    body=(
        text(
            "<p>There is a ceremony around matcha that takes four hours and many years to learn. "
            "This is the other way: four minutes, standing in the kitchen, before the first "
            "meeting of the day. It needs five things and one movement of the wrist.</p>"
            "<h2>Minute one: warm everything</h2>"
            "<p>Put the kettle on. Pour a little hot water into the bowl and stand the whisk in "
            "it, so that the tines soak and bend. Then pour the water away and dry the bowl. "
            "A wet bowl makes lumps.</p>"
            "<h2>Minute two: sift</h2>"
            "<p>Two scoops of powder, about a gram and a half, through a fine sieve. I skipped "
            "this step for a year and thought my whisk was bad.</p>"
        ),
        chapter(
            "matcha-bowl-moss.jpg",
            "Minute three: an M, not a circle",
            "<p>Pour 70 ml of water at 70 degrees. No thermometer? Boil it, pour it into a cold "
            "cup, count to sixty. Now whisk from the wrist, forward and back, as if you wrote the "
            "letter M again and again. Fast. The tines should only just touch the floor of the "
            "bowl.</p><p>After twenty seconds there is foam. Slow down, draw one circle, and lift "
            "the whisk out of the middle.</p>",
            side="end",
        ),
        product_card("moss-matcha-bowl", "Straight walls, a flat floor, and room for the wrist."),
        text(
            "<h2>Minute four</h2><p>Drink it while the foam stands. That is the whole recipe.</p>"
            "<h2>When it goes wrong</h2><ul>"
            "<li><b>Bitter.</b> The water was too hot. Wait longer.</li>"
            "<li><b>Lumps.</b> Sift, and dry the bowl.</li>"
            "<li><b>No foam.</b> Less water, more wrist. Or the powder is old: it should be the "
            "green of new leaves, not of army blankets.</li></ul>"
        ),
        gallery(
            "Five things",
            ("bamboo-whisk.jpg", "Whisk and scoop, from one kind of bamboo."),
            ("matcha-tin.jpg", "Powder, fresh and cold."),
            ("linen-towel-oat.jpg", "A cloth, for the bowl and for your sleeve."),
        ),
        shop_the_look(
            "matcha-ritual.jpg",
            "On the table",
            ("moss-matcha-bowl", 54, 54),
            ("bamboo-whisk-scoop", 25, 46),
            ("ceremonial-matcha", 74, 48),
            ("linen-tea-towel", 28, 63),
        ),
        story_basket(
            "Shop this bowl",
            "All that a bowl of matcha needs, and one thing that it does not.",
            basket_item("moss-matcha-bowl"),
            basket_item("bamboo-whisk-scoop"),
            basket_item("ceremonial-matcha", note="30 g, enough for twenty bowls"),
            basket_item("linen-tea-towel", 2, note="One for you, one to give", is_optional=True),
        ),
    ),
)

SLOW_POUR = DemoStory(
    slug="a-slow-pour-on-sunday",
    title="A slow pour on Sunday",
    summary=(
        "We are tea people. Even so, there is one hour of the week that belongs to coffee, "
        "a paper filter and a very thin stream of water."
    ),
    search_description="How to make pour-over coffee by hand: one spoon, one kettle, three pours.",
    author_name="Lena Hoffmann",
    cover="slow-pour-over.jpg",
    tags=("coffee",),
    days_ago=18,
    body=(
        text(
            "<p>On weekdays coffee is a button. On Sunday it is a small piece of work, and that "
            "is the point of it. You stand there with a kettle in your hand for three minutes, "
            "and for three minutes nobody can ask you for anything else.</p>"
            "<h2>The numbers, once</h2>"
            "<p>Thirty grams of coffee, ground like coarse sand. Half a liter of water, just off "
            "the boil. That makes two mugs. Everything else is pouring.</p>"
        ),
        buy_box("gooseneck-kettle", "A stream as thin as the lead of a pencil."),
        text(
            "<h2>Three pours</h2><ol>"
            "<li><b>Wet it.</b> Just enough water to darken all of the grounds. They swell and "
            "sigh. Wait thirty seconds.</li>"
            "<li><b>Fill it.</b> Circles from the middle outward and back, never onto the paper, "
            "until the dripper is almost full. Let it sink by half.</li>"
            "<li><b>Finish it.</b> The rest of the water, slowly. Take the dripper off before the "
            "last drops fall.</li></ol>"
        ),
        chapter(
            "pour-over-set-detail.jpg",
            "Look into it",
            "<p>When the water is gone the grounds should lie in an even bowl, with no hole in "
            "the middle and no mud on the walls. If there is a hole, the stream was too hard: "
            "hold the kettle lower.</p>",
        ),
        quote("A good kettle makes you patient by itself.", "Jonas Weber", "Neighbor, coffee side"),
        product_grid(
            "For your Sunday", "gooseneck-kettle", "pour-over-set", "speckled-mug", "walnut-board"
        ),
    ),
)

STORIES = (THE_KETTLE, MATCHA, SLOW_POUR, *EVENING_STORIES)
