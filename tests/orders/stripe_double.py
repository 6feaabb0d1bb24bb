"""Plays whoever takes the money, behind the Protocol that orders define."""

from dataclasses import dataclass, field

from orders.models import Order
from orders.provider import ProviderUnavailable, RefundAnswer, RefundRequest


@dataclass
class ProviderDouble:
    """Answers every refund with `state`, or raises `trouble`; the same reference is paid once.
    `books_are_shut`: it does not even say what it has paid."""

    state: str = "succeeded"
    trouble: Exception | None = None
    books_are_shut: bool = False
    asked: list[RefundRequest] = field(default_factory=list)
    paid: dict[str, RefundRequest] = field(default_factory=dict)

    def refund(self, request: RefundRequest) -> RefundAnswer:
        self.asked.append(request)
        if self.trouble is not None:
            raise self.trouble
        self.paid[str(request.reference)] = request
        return RefundAnswer(f"re_{request.reference}", self.state)

    def find_refund(self, request: RefundRequest) -> RefundAnswer | None:
        if self.books_are_shut:
            raise ProviderUnavailable("APIConnectionError")
        is_known = str(request.reference) in self.paid
        return RefundAnswer(f"re_{request.reference}", self.state) if is_known else None

    def cancel_unpaid(self, order: Order, *, source: str) -> None:
        raise ProviderUnavailable("not played")
