"""The shop around the products: its name, who sells, how parcels travel, and the whole range."""

from datetime import date
from decimal import Decimal

from home.demo.content.kettles import KETTLES
from home.demo.content.kitchen import KITCHEN
from home.demo.content.pottery import POTTERY
from home.demo.content.table import TABLE
from home.demo.content.tableware import TABLEWARE
from home.demo.content.tea import TEA
from home.demo.content.tea_things import TEA_THINGS
from home.demo.shapes import DemoProduct

PRODUCTS: tuple[DemoProduct, ...] = (
    *POTTERY, *KETTLES, *TEA, *TABLE, *TABLEWARE, *TEA_THINGS, *KITCHEN,
)  # fmt: skip

SHOP_INTRO = (
    "<p>Things for tea, and a little for coffee. Made in small batches: what is sold out comes "
    "back when it has been made again.</p>"
)
STORIES_INTRO = (
    "On water, iron, clay and the minutes in between. Read first; the things you read about are "
    "never far."
)

BRAND = {
    "name": "Fern & Kettle",
    "tagline": "Stoneware, cast iron and tea for unhurried mornings.",
    "announcement": "Free delivery within Germany from €60.",
    "support_email": "hello@fernandkettle.example",
}
SELLER = {
    "legal_name": "Fern & Kettle GmbH",
    "address": "Werkstattgasse 4\n10999 Berlin\nGermany",
    "country": "DE",
    "vat_id": "DE000000000",
    "invoice_prefix": "FK",
    "staff_email": "orders@fernandkettle.example",
    "delivery_time": "2–3 working days",
    "delivery_text": (
        "We pack in paper and straw, and hand parcels over on the working day after you order. "
        "What breaks on the way we send again."
    ),
    "returns_headline": "30 days to return",
    "returns_text": (
        "Send things back within thirty days of their arrival, unused and in whatever box you "
        "have. Write to us first and we send you a label; within Germany it costs you nothing. Tea "
        "that was opened stays with you."
    ),
}

# The European Union without Germany.
EU_COUNTRIES = "AT,BE,BG,HR,CY,CZ,DK,EE,FI,FR,GR,HU,IE,IT,LV,LT,LU,MT,NL,PL,PT,RO,SK,SI,ES,SE"
# Of Germany, for all that is sold from there.
TAX_RATES = (
    {"tax_class": "standard", "percent": Decimal(19), "valid_from": date(2021, 1, 1)},
    {"tax_class": "reduced", "percent": Decimal(7), "valid_from": date(2021, 1, 1)},
)
# The types of products that are taxed at the reduced rate.
REDUCED_TYPES = frozenset({"book", "pantry", "tea"})
# Invented, as the shop is: no real carrier knows the parcels of the demo.
CARRIERS = (
    {
        "name": "Bahn & Rad",
        "tracking_address": "https://parcels.example/follow?number={number}",
    },
    {"name": "Kurier am Kanal", "tracking_address": ""},
)
SHIPPING_METHODS = (
    {
        "name": "Standard parcel",
        "description": "Two to three working days, by road and by train.",
        "countries": "DE",
        "price": Decimal("4.90"),
        "free_from": Decimal("60.00"),
        "sort_order": 0,
    },
    {
        "name": "Express",
        "description": "The next working day, if you order before noon.",
        "countries": "DE",
        "price": Decimal("12.90"),
        "free_from": None,
        "sort_order": 1,
    },
    {
        "name": "EU parcel",
        "description": "Three to six working days, with a tracking number.",
        "countries": EU_COUNTRIES,
        "price": Decimal("9.90"),
        "free_from": None,
        "sort_order": 2,
    },
)
