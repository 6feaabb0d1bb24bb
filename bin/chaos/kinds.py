"""What can be done to the shop, and what shoppers can mean to do."""

from enum import StrEnum


class Fault(StrEnum):
    """Something that is done to the shop or to one of its neighbors."""

    KILL_WEB = "web server killed"
    KILL_WEB_WORKER = "one process of the web server killed"
    KILL_WORKER = "worker killed"
    KILL_WORKER_CHILD = "one process of the worker killed"
    KILL_BEAT = "beat killed"
    CUT_BROKER = "broker's connections cut"
    REFUSE_BROKER = "broker refuses"
    HANG_BROKER = "broker hangs"
    MAIL_LATER = "mail server says later"
    MAIL_CLOSES = "mail server hangs up"
    MAIL_REFUSES = "mail server is not there"
    MAIL_SLOW = "mail server takes its time"
    STRIPE_500 = "Stripe answers 500"
    STRIPE_429 = "Stripe answers 429"
    STRIPE_REFUSES = "Stripe is not there"
    STRIPE_HANGS = "Stripe hangs"
    STRIPE_CUT_AFTER = "Stripe's answer is lost"
    EVENTS_DELAYED = "events delayed"
    EVENTS_TWICE = "events delivered twice at once"
    EVENTS_REVERSED = "events in reverse order"
    EVENTS_DROPPED = "events dropped"


# Each lane goes through its faults by itself, so that faults of different neighbors overlap.
LANES: dict[str, tuple[Fault, ...]] = {
    "processes": (
        Fault.KILL_WEB,
        Fault.KILL_WEB_WORKER,
        Fault.KILL_WORKER,
        Fault.KILL_WORKER_CHILD,
        Fault.KILL_BEAT,
    ),
    "broker": (Fault.CUT_BROKER, Fault.REFUSE_BROKER, Fault.HANG_BROKER),
    "mail": (Fault.MAIL_LATER, Fault.MAIL_CLOSES, Fault.MAIL_REFUSES, Fault.MAIL_SLOW),
    "stripe": (
        Fault.STRIPE_500,
        Fault.STRIPE_429,
        Fault.STRIPE_REFUSES,
        Fault.STRIPE_HANGS,
        Fault.STRIPE_CUT_AFTER,
    ),
    "events": (
        Fault.EVENTS_DELAYED,
        Fault.EVENTS_TWICE,
        Fault.EVENTS_REVERSED,
        Fault.EVENTS_DROPPED,
    ),
}
FAULT_SECONDS = (1.5, 3.0)
PAUSE_SECONDS = (1.0, 3.5)


class Way(StrEnum):
    """How a visit is meant to end."""

    PAY = "pays"
    PAY_AND_LEAVE = "pays and never comes back"
    PAY_AND_RETURN_TWICE = "pays and comes back twice"
    DOUBLE_CLICK = "clicks twice on everything"
    AUTHENTICATE = "pays after asking the bank"
    DECLINED_THEN_PAYS = "is declined, then pays"
    DECLINED = "is declined and leaves"
    BACK_THEN_PAYS = "goes back to the cart, orders again and pays"
    ABANDON_PAYMENT = "leaves the payment page open"
    ABANDON_CHECKOUT = "leaves the checkout"


WAYS = {
    Way.PAY: 6,
    Way.PAY_AND_LEAVE: 4,
    Way.PAY_AND_RETURN_TWICE: 3,
    Way.DOUBLE_CLICK: 4,
    Way.AUTHENTICATE: 2,
    Way.DECLINED_THEN_PAYS: 2,
    Way.DECLINED: 2,
    Way.BACK_THEN_PAYS: 3,
    Way.ABANDON_PAYMENT: 3,
    Way.ABANDON_CHECKOUT: 1,
}
VISITS = 2
