"""What header and footer lead to: keys of pages."""

MAIN_MENU = (
    ("shop", ()),
    (
        "collections",
        (
            "collections/tea",
            "collections/coffee",
            "collections/table",
            "collections/kitchen",
            "collections/gifts",
        ),
    ),
    ("stories", ()),
)
FOOTER_LINKS = (
    ("Shop", ("shop", "collections/tea", "collections/table", "collections/gifts")),
    ("Read", ("stories", "campaigns/spring-firing", "campaigns/a-gift-of-tea")),
    ("Help", ("home/terms",)),
)
FOOTER_TEXT = {
    "heading": "The workshop",
    "text": "<p>Werkstattgasse 4<br/>10999 Berlin</p><p>Open on Saturdays, with tea.</p>",
}
FOOTER_NEWSLETTER = {
    "heading": "Letters from the shop",
    "text": "New things and old methods, four times a year.",
    "consent_text": "",
}
SOCIAL = (
    {
        "network": "instagram",
        "name": "Fern & Kettle on Instagram",
        "address": "https://instagram.example/fernandkettle/",
    },
    {
        "network": "mastodon",
        "name": "Fern & Kettle on Mastodon",
        "address": "https://mastodon.example/@fernandkettle",
    },
)
