"""The form of a story basket: several products in one post."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from checkout.cart import MAX_LINES
from checkout.cart_adding import WantedLine, add_lines, describe_additions
from checkout.quantity import InvalidQuantity, parse_quantity
from checkout.settling import current_cart
from checkout.source import read_source
from checkout.told import Told
from checkout.views.responses import tell
from shopsite.limits import limited
from shopsite.origin import same_origin_required

SKU_LENGTH = 60


@same_origin_required
@require_POST
@limited("add-to-cart")
def cart_add_many(request: HttpRequest) -> HttpResponse:
    """Adds what can be had of the wanted lines and says what became of each of them.

    `line` names those that are wanted; sku-<line> and quantity-<line> say what and how many. A line
    without a quantity is wanted once, one with 0 not at all.
    """
    current = current_cart(request)
    try:
        wanted = read_wanted(request.POST)
    except InvalidQuantity as error:
        return tell(request, current, [Told("error", _("Nothing was added. %s") % error)])
    additions = add_lines(current, wanted)
    nothing = Told("info", _("Nothing was added, because nothing was chosen."))
    return tell(request, current, describe_additions(additions) or [nothing])


def read_wanted(data: QueryDict) -> list[WantedLine]:
    """Raises InvalidQuantity, in words for the shopper, if any of the quantities is no number."""
    wanted = []
    source = read_source(data)
    for number in dict.fromkeys(data.getlist("line")[:MAX_LINES]):
        sku = data.get(f"sku-{number}", "")[:SKU_LENGTH]
        quantity = parse_quantity(data.getlist(f"quantity-{number}") or ["1"], at_least=0)
        if sku and "\x00" not in sku and quantity:
            wanted.append(WantedLine(sku, quantity, source))
    return wanted
