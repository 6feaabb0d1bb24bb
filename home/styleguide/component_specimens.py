"""The components that know no product: notices, fields, navigation and small things."""

import re
from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from wagtail.models import Page

from home.styleguide.sample_form import empty_form, wrong_form
from home.styleguide.specimens import Specimen, State, one_state
from products.facets.shapes import Group, Option
from products.specifications import Specification
from shopsite.cms.navigation import NavigationLink

ICONS_FILE = Path(settings.BASE_DIR, "static", "img", "icons.svg")
ICON = re.compile(r'<symbol id="([a-z0-9-]+)"')
LINKS = (NavigationLink("Shop", "/shop/"), NavigationLink("Stories", "/stories/"))
SUBMENU = NavigationLink("Tea", "/shop/", LINKS)
NOTICES = {
    "info": "Orders placed today leave the workshop tomorrow.",
    "success": "Speckled Mug is in your cart.",
    "warning": "There are only 2 of these, and they are in your cart.",
    "danger": "This cannot be bought at the moment. It was not added.",
}
OPTIONS = tuple(
    Option(f"glaze-{number}", label, count, is_selected)
    for number, (label, count, is_selected) in enumerate(
        (("Moss", 12, True), ("Oat", 7, False), ("Sage", 0, False))
    )
)
FLAG = (Option("yes", "Dishwasher safe", 9, False),)


class _Message:
    """As Django's messages are given to a template."""

    def __init__(self, level_tag: str, message: str) -> None:
        self.level_tag, self.message = level_tag, message


def notice_specimens() -> list[Specimen]:
    notices = tuple(State(kind, {"kind": kind, "text": text}) for kind, text in NOTICES.items())
    announcement = {"text": "Free shipping until Sunday", "url": "/shop/"}
    messages = [_Message("success", NOTICES["success"]), _Message("error", NOTICES["danger"])]
    return [
        Specimen("notice", notices),
        one_state("messages", messages=messages),
        one_state("announcement", announcement=announcement),
    ]


def form_specimens() -> list[Specimen]:
    empty, wrong = empty_form(), wrong_form()
    fields = [State(str(f.label), {"field": f}) for f in empty]
    errors = [State(f"{f.label}, refused", {"field": f}) for f in wrong if f.errors]
    return [
        one_state("error_summary", form=wrong),
        Specimen("field", (*fields, *errors), columns=True),
        Specimen(
            "filter_group",
            (
                State("values", {"group": Group("sample", "Glaze", "values", OPTIONS)}),
                State("range", {"group": Group("volume", "Volume", "range", unit="ml")}),
                State("flag", {"group": Group("safe", "Dishwasher safe", "flag", FLAG)}),
            ),
            columns=True,
        ),
        one_state("search_form", query=""),
        one_state("scheme_switch"),
    ]


def navigation_specimens() -> list[Specimen]:
    first = Paginator(range(60), 24)
    pages = tuple(State(f"page {n}", {"page_of": first.page(n)}) for n in (1, 2, 3))
    below = Page.objects.live().public().filter(depth__gt=3).order_by("path").first()
    return [
        *([one_state("breadcrumb", page=below)] if below else []),
        one_state("minimal_header"),
        one_state("small_footer"),
        one_state("site_submenu", link=SUBMENU, path="/shop/"),
        one_state("small_menu", links=(SUBMENU, *LINKS), path="/shop/"),
        Specimen("pagination", pages),
        one_state("ways_on", heading="Ways on", id="sample", links=LINKS),
        Specimen(
            "section_head",
            (
                State("with a link", {"heading": "Our stories", "link": _more()}),
                State("without", {"heading": "Our stories"}),
            ),
        ),
    ]


def small_specimens() -> list[Specimen]:
    icons = ICON.findall(ICONS_FILE.read_text(encoding="utf-8"))
    rows = [
        Specification("material", "Material", "Stoneware"),
        Specification("weight", "Weight", "380 g"),
    ]
    return [
        Specimen("icon", tuple(State(name, {"name": name}) for name in icons), columns=True),
        one_state("specifications", rows=rows),
        Specimen("reading_time", tuple(State("", {"minutes": n}) for n in (1, 4)), columns=True),
    ]


def _more() -> dict[str, str]:
    return {"url": "/stories/", "text": "All stories"}
