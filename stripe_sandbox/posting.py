"""One POST of an event: its body, its signature, and what came back."""

import hashlib
import hmac
import json
import secrets
import threading
from dataclasses import dataclass
from typing import Any

import requests

from stripe_sandbox.controls.profile import DeliveryProfile
from stripe_sandbox.deliveries import DeliveryAttempt
from stripe_sandbox.storage import Document

USER_AGENT = "Stripe/1.0 (+https://stripe.com/docs/webhooks)"
_WRONG_SECRET = "whsec_of_somebody_else"  # noqa: S105  Signs what must be refused.
_CLOCK_IS_OFF_BY = 600


@dataclass(frozen=True)
class Target:
    """Where an endpoint is, what signs its events, and how many seconds it may take to answer."""

    url: str
    secret: str
    timeout: float


def sign_payload(payload: bytes, secret: str, timestamp: int) -> str:
    """The Stripe-Signature header: HMAC-SHA256 over ``timestamp.payload``."""
    return f"t={timestamp},v1={_digest(payload, secret, timestamp)}"


def render_payload(event: Document) -> bytes:
    """The request body: pretty-printed, as Stripe's are."""
    return json.dumps(event, indent=2, ensure_ascii=False).encode()


def change_event(event: Document, profile: DeliveryProfile) -> Document:
    """The event as the profile lets it look."""
    if profile.thin:
        return _as_thin(event)
    changed = dict(event)
    if profile.api_version is not None:
        changed["api_version"] = profile.api_version
    if profile.livemode:
        changed["livemode"] = True
        changed["data"] = {**event["data"], "object": {**event["data"]["object"], "livemode": True}}
    return changed


def make_signature(
    payload: bytes, secret: str, timestamp: int, profile: DeliveryProfile
) -> str | None:
    """The header that the profile asks for; None is no header at all."""
    match profile.signature:
        case "missing":
            return None
        case "stale":
            return sign_payload(payload, secret, timestamp - _CLOCK_IS_OFF_BY)
        case "future":
            return sign_payload(payload, secret, timestamp + _CLOCK_IS_OFF_BY)
        case "bad":
            return f"t={timestamp},v1={secrets.token_hex(32)}"
        case "wrong_secret":
            return sign_payload(payload, _WRONG_SECRET, timestamp)
        case "two_secrets":
            wrong = sign_payload(payload, _WRONG_SECRET, timestamp)
            return f"{wrong},v1={_digest(payload, secret, timestamp)}"
        case "good":
            return sign_payload(payload, secret, timestamp)


def post_copies(
    event: Document,
    target: Target,
    *,
    now: float,
    at: float,
    profile: DeliveryProfile,
) -> list[DeliveryAttempt]:
    """Posts the event as often as the profile says. ``now`` is the moment that is signed, ``at``
    the one of the log."""
    body = change_event(event, profile)
    answers: list[DeliveryAttempt] = []
    starting = threading.Barrier(profile.copies if profile.at_once else 1)

    def post() -> None:
        starting.wait()
        answers.append(post_event(body, target, now=now, at=at, profile=profile))

    if not profile.at_once:
        for _copy in range(profile.copies):
            post()
        return answers
    threads = [threading.Thread(target=post, daemon=True) for _copy in range(profile.copies)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def post_event(
    event: Document,
    target: Target,
    *,
    now: float,
    at: float,
    profile: DeliveryProfile,
) -> DeliveryAttempt:
    """One POST. Only a 2xx answer counts; redirects are not followed."""
    payload = render_payload(event)
    headers = {
        "Accept": "*/*",
        "Cache-Control": "no-cache",
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": USER_AGENT,
    }
    signature = make_signature(payload, target.secret, int(now), profile)
    if signature is not None:
        headers["Stripe-Signature"] = signature
    with requests.Session() as session:
        session.trust_env = False  # A proxy of the environment would carry events elsewhere.
        try:
            answer = session.post(
                target.url,
                data=payload,
                headers=headers,
                timeout=target.timeout,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            return DeliveryAttempt(at, None, _describe(error))
    good = 200 <= answer.status_code < 300
    return DeliveryAttempt(at, answer.status_code, "" if good else answer.reason or "Refused")


def _digest(payload: bytes, secret: str, timestamp: int) -> str:
    signed = f"{timestamp}.".encode() + payload
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def _as_thin(event: Document) -> Document:
    """As the events of Stripe's second API are: whoever wants the object asks for it."""
    body: dict[str, Any] = event["data"]["object"]
    return {
        "id": event["id"],
        "object": "v2.core.event",
        "type": event["type"],
        "created": event["created"],
        "livemode": event["livemode"],
        "related_object": {"id": body["id"], "type": body["object"], "url": None},
    }


def _describe(error: requests.RequestException) -> str:
    if isinstance(error, requests.Timeout):
        return "No answer in time."
    if isinstance(error, requests.ConnectionError):
        return "No connection."
    return f"{type(error).__name__}."
