from orders.models import OrderLine


def line_label(line: OrderLine) -> str:
    """A line of an order as the label of a field."""
    return " ".join(part for part in (line.title, line.options_label, line.sku) if part)
