"""Times, spans and the state of the controls, in words."""

from datetime import UTC, datetime

from stripe_sandbox.controls.faults import LABELS, ApiFault
from stripe_sandbox.controls.profile import PLAIN, DeliveryProfile
from stripe_sandbox.sandbox import Sandbox

_SPANS = ((24 * 3600, "day"), (3600, "hour"), (60, "minute"), (1, "second"))
_ORDERS = {
    "in_order": "one after the other",
    "reverse": "in reverse order",
    "shuffled": "in random order",
}


def write_time(moment: float) -> str:
    """To the second, in UTC."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M:%S")


def write_span(seconds: float) -> str:
    """The two largest units: 1 day 2 hours."""
    left, parts = round(seconds), []
    for size, unit in _SPANS:
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count} {unit}{'' if count == 1 else 's'}")
    return " ".join(parts[:2]) or "0 seconds"


def write_fault(fault: ApiFault) -> str:
    """A fault and for how many requests it is."""
    times = "until taken away" if fault.times is None else _counted(fault.times, "request")
    late = f", {fault.seconds:g} s late" if fault.seconds else ""
    return f"{LABELS[fault.kind]}{late}: {fault.endpoint}, {times}"


def write_profile(profile: DeliveryProfile) -> str:
    """How events are delivered, empty when there is nothing to say of it."""
    parts = [
        "held" if profile.hold else "",
        "lost" if profile.drop else "",
        _counted(profile.copies, "copy", "copies") if profile.copies > 1 else "",
        "at once" if profile.copies > 1 and profile.at_once else "",
        f"{profile.delay:g} s late" if profile.delay else "",
        _ORDERS.get(profile.order, ""),
        "after the payer is back" if profile.redirect_first else "",
        "" if profile.signature == "good" else f"signature {profile.signature.replace('_', ' ')}",
        f"version {profile.api_version}" if profile.api_version is not None else "",
        "as of live mode" if profile.livemode else "",
        "without their object" if profile.thin else "",
    ]
    said = ", ".join(part for part in parts if part)
    if not said:
        return ""
    events = "all events" if profile.types == "*" else f"events {profile.types}"
    return f"{_limited(events, profile)} {said}"


def list_deviations(sandbox: Sandbox) -> list[str]:
    """What is otherwise than at a Stripe that works, one sentence each."""
    controls, ahead = sandbox.controls, sandbox.clock.ahead
    said = []
    if ahead >= 1:
        said.append(f"The clock is {write_span(ahead)} ahead of this machine's.")
    if controls.profile != PLAIN and (profile := write_profile(controls.profile)):
        said.append(f"Webhooks: {profile}.")
    said += [f"The API fails. {write_fault(fault)}." for fault in controls.faults]
    if controls.session_changes:
        members = ", ".join(sorted(controls.session_changes))
        said.append(f"The next session says something else: {members.replace('_', ' ')}.")
    return said


def _limited(events: str, profile: DeliveryProfile) -> str:
    return events if profile.events is None else f"the next {profile.events} of {events}"


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
