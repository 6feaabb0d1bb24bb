"""What the demo's products are like: the attributes, and which kind of product has which."""

from home.demo.shapes import DemoAttribute, DemoProductType

MATERIALS = (
    "Stoneware", "Red clay", "Cast iron", "Stainless steel", "Glass", "Brass", "Bamboo", "Ash",
    "Oak", "Walnut", "Linen", "Soy wax",
)  # fmt: skip

ATTRIBUTES = (
    DemoAttribute("material", "Material", "choice", is_facet=True, choices=MATERIALS),
    DemoAttribute("capacity", "Capacity", "number", unit="ml", is_facet=True),
    DemoAttribute(
        "kind-of-tea",
        "Kind of tea",
        "choice",
        is_facet=True,
        choices=("Green", "White", "Black", "Several kinds"),
    ),
    DemoAttribute("caffeine", "Caffeine", "choice", choices=("Low", "Medium", "High")),
    DemoAttribute("dishwasher-safe", "Dishwasher safe", "boolean", is_facet=True),
    DemoAttribute(
        "made-in",
        "Made in",
        "choice",
        is_facet=True,
        choices=("Germany", "Japan", "Lithuania", "Portugal", "China"),
    ),
    DemoAttribute("height", "Height", "number", unit="cm"),
    DemoAttribute("diameter", "Diameter", "number", unit="cm"),
    DemoAttribute("net-weight", "Net weight", "number", unit="g"),
    DemoAttribute("burning-time", "Burning time", "number", unit="hours"),
    DemoAttribute("pages", "Pages", "number"),
    DemoAttribute("language", "Language", "text"),
    DemoAttribute("stoves", "For which stoves", "text"),
    DemoAttribute("care", "Care", "text"),
)

PRODUCT_TYPES = (
    DemoProductType(
        "cup",
        "Mugs and cups",
        ("material", "capacity", "height", "dishwasher-safe", "made-in", "care"),
    ),
    DemoProductType(
        "teapot",
        "Teapots",
        ("material", "capacity", "height", "dishwasher-safe", "made-in", "care"),
    ),
    DemoProductType("kettle", "Kettles", ("material", "capacity", "stoves", "made-in", "care")),
    DemoProductType("coffee", "Coffee makers", ("material", "capacity", "dishwasher-safe")),
    DemoProductType("tea", "Tea", ("kind-of-tea", "caffeine", "net-weight", "made-in")),
    DemoProductType("tea-tool", "Tea tools", ("material", "dishwasher-safe", "made-in", "care")),
    DemoProductType(
        "tableware",
        "Tableware",
        ("material", "capacity", "diameter", "dishwasher-safe", "stoves", "made-in", "care"),
    ),
    DemoProductType(
        "kitchen-tool", "Kitchen tools", ("material", "dishwasher-safe", "made-in", "care")
    ),
    DemoProductType("pantry", "Pantry", ("net-weight", "made-in")),
    DemoProductType(
        "home", "For the home", ("material", "height", "burning-time", "made-in", "care")
    ),
    DemoProductType("book", "Books", ("pages", "language")),
    DemoProductType("gift", "Gift sets", ("made-in",)),
)
