"""One unit of work: a transaction, the time it happens at, and the events it causes."""

from dataclasses import dataclass

import stripe

from stripe_sandbox.controls.state import Controls
from stripe_sandbox.deliveries import enqueue_deliveries
from stripe_sandbox.ids import new_id
from stripe_sandbox.settings import Settings
from stripe_sandbox.storage import Document, Records
from stripe_sandbox.subscriptions import list_subscribed


@dataclass(frozen=True)
class Origin:
    """The API request that causes events; both members are None for what happens on a page."""

    request_id: str | None = None
    idempotency_key: str | None = None


class UnitOfWork:
    """What services work with. Changes and events are committed together or not at all."""

    def __init__(
        self,
        records: Records,
        settings: Settings,
        controls: Controls,
        now: float,
        origin: Origin,
    ) -> None:
        self.records = records
        self.settings = settings
        self.controls = controls
        self.time = now
        self.now = int(now)
        self.origin = origin
        self.emitted: list[str] = []

    def emit(
        self,
        kind: str,
        body: Document,
        *,
        previous_attributes: Document | None = None,
        origin: Origin | None = None,
    ) -> str:
        """Records an event with the object as it is now, and plans its delivery to every endpoint
        that wants it; one that none wants is listed all the same.

        ``origin`` is for what happens during a request but not because of it. Returns the event's
        id.
        """
        cause = origin or self.origin
        data: Document = {"object": body}
        if previous_attributes is not None:
            data["previous_attributes"] = previous_attributes
        endpoints = list_subscribed(self.records, self.settings, kind)
        event: Document = {
            "id": new_id("evt"),
            "object": "event",
            "api_version": stripe.api_version,
            "created": self.now,
            "data": data,
            "livemode": False,
            "pending_webhooks": len(endpoints),
            "request": {
                "id": cause.request_id,
                "idempotency_key": cause.idempotency_key,
            },
            "type": kind,
        }
        self.records.insert(event)
        enqueue_deliveries(
            self.records,
            event_id=event["id"],
            endpoints=endpoints,
            now=self.time,
            give_up_at=self.time + self.settings.retry_for,
        )
        self.emitted.append(event["id"])
        return str(event["id"])
