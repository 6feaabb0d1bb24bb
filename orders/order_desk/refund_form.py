"""The form of a refund: which pieces, the delivery or another amount, and words to the shopper."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.models import Order, OrderLine, Payment
from orders.order_desk.line_labels import line_label
from orders.refund_draft import (
    CannotRefund,
    RefundDraft,
    RefundDraftLine,
    check_draft,
    refundable_shipping,
)
from shopsite.lib.money import Money, exponent


@dataclass(frozen=True)
class PiecesField:
    """Pieces of one line that can be refunded: those still in the house, or those that left it."""

    line: OrderLine
    was_shipped: bool
    most: int

    @property
    def name(self) -> str:
        return f"{'shipped' if self.was_shipped else 'waiting'}_{self.line.pk}"

    @property
    def shelf_name(self) -> str:
        return f"{self.name}_shelf"

    @property
    def help_text(self) -> str:
        text = _("%(most)d shipped.") if self.was_shipped else _("%(most)d not shipped yet.")
        price = self.line.order.money(self.line.unit_price)
        return f"{text % {'most': self.most}} {_('Each %(price)s.') % {'price': price}}"


class NoteForm(forms.Form):
    """What refunding and canceling have in common."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("Message to the customer"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Printed in the mail, for example the reason."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"submission": uuid.uuid4()})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "submission" in self.errors:
            # It is hidden, so what is wrong with it would be said nowhere.
            raise ValidationError(_("The form did not arrive whole. Please open it once more."))
        return data


class RefundForm(NoteForm):
    """Of a valid form `draft` is what is asked for and `amount` what it comes to."""

    def __init__(self, *args: Any, order: Order, payment: Payment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.payment = payment
        self.currency = payment.currency
        self.lines = {line.pk: line for line in order.lines.all()}
        self.pieces = list(_pieces_of(self.lines.values()))
        for one in self.pieces:
            self.fields[one.name] = forms.IntegerField(
                label=line_label(one.line),
                min_value=0,
                max_value=one.most,
                required=False,
                initial=0,
                help_text=one.help_text,
            )
            self.fields[one.shelf_name] = forms.BooleanField(
                label=_("Put back on sale"), required=False, initial=not one.was_shipped
            )
        shipping = refundable_shipping(order)
        if shipping:
            self.fields["shipping"] = self._amount_field(
                _("Of the delivery (%s)"), _("%(left)s are left of it.") % {"left": shipping}
            )
        self.fields["other"] = self._amount_field(
            _("Another amount (%s)"), _("Not for an item, for example a discount afterwards.")
        )
        self.order_fields(["submission", *self._piece_names(), "shipping", "other", "note"])

    @property
    def piece_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[one.name], self[one.shelf_name]) for one in self.pieces]

    @property
    def amount_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("shipping", "other", "note") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            self.draft = self._draft(data)
            try:
                self.amount = check_draft(self.draft, self.lines)
            except CannotRefund as error:
                raise ValidationError(str(error)) from error
        return data

    def _draft(self, data: dict[str, Any]) -> RefundDraft:
        return RefundDraft(
            payment=self.payment,
            lines=tuple(
                RefundDraftLine(
                    one.line.pk,
                    data[one.name],
                    was_shipped=one.was_shipped,
                    goes_back_on_sale=data[one.shelf_name],
                )
                for one in self.pieces
                if data[one.name]
            ),
            shipping=Money(data.get("shipping") or Decimal(0), self.currency),
            other=Money(data["other"] or Decimal(0), self.currency),
            note=data["note"],
            submission=data["submission"],
        )

    def _amount_field(self, label: str, help_text: str) -> forms.DecimalField:
        return forms.DecimalField(
            label=label % self.currency,
            help_text=help_text,
            min_value=Decimal(0),
            max_digits=12,
            decimal_places=exponent(self.currency),
            required=False,
        )

    def _piece_names(self) -> list[str]:
        return [name for one in self.pieces for name in (one.name, one.shelf_name)]


def _pieces_of(lines: Any) -> Iterator[PiecesField]:
    for line in lines:
        if line.to_ship:
            yield PiecesField(line, was_shipped=False, most=line.to_ship)
        if line.with_shopper:
            yield PiecesField(line, was_shipped=True, most=line.with_shopper)
