"""What can go wrong with the API, and for which requests."""

from fnmatch import fnmatchcase
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from stripe_sandbox.errors import ApiError

Kind = Literal[
    "slow",
    "refuse",
    "hang",
    "cut",
    "cut_within",
    "hang_after",
    "garbage",
    "rate_limit",
    "server_error",
    "server_error_stored",
    "unauthorized",
    "forbidden",
    "bad_request",
    "conflict",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

# For people, who choose from them.
LABELS: dict[Kind, str] = {
    "slow": "Answer late",
    "refuse": "Close the connection, nothing was done",
    "hang": "Never answer, nothing was done",
    "cut": "Close the connection after it was done",
    "cut_within": "Break off in the middle of the answer",
    "hang_after": "Never answer after it was done",
    "garbage": "Answer with a page instead of JSON",
    "rate_limit": "429, too many requests",
    "server_error": "500, forgotten",
    "server_error_stored": "500, remembered for the idempotency key",
    "unauthorized": "401, key refused",
    "forbidden": "403, key may not do this",
    "bad_request": "400, request refused",
    "conflict": "409, the key is in use",
}


class ApiFault(BaseModel):
    """One fault, for the next ``times`` requests to ``endpoint``; None is until it is taken away.

    ``endpoint`` is a path with ``*`` for any part of it, such as ``/v1/checkout/sessions/*``, with
    or without a method before it (``POST /v1/refunds``). ``seconds`` is waited before anything
    else; a connection that hangs does so until the other side gives up or faults are cleared.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind
    endpoint: str = Field(default="*", min_length=1, max_length=200)
    times: Annotated[int, Field(ge=1)] | None = 1
    seconds: float = Field(default=0.0, ge=0, le=600)

    def concerns(self, method: str, path: str) -> bool:
        """Whether a request is one of those that it spoils."""
        asked = f"{method} {path}" if " " in self.endpoint else path
        return fnmatchcase(asked, self.endpoint)

    def refusal(self) -> ApiError | None:
        """The error that Stripe answers with, or None when it does not come to an answer."""
        match self.kind:
            case "rate_limit":
                return _error("Too many requests hit the API too quickly.", 429, code="rate_limit")
            case "server_error" | "server_error_stored":
                stored = self.kind == "server_error_stored"
                return _error("An unknown error occurred.", 500, kind="api_error", stored=stored)
            case "unauthorized":
                return _error("Invalid API Key provided.", 401)
            case "forbidden":
                return _error("The provided key does not have the required permissions.", 403)
            case "bad_request":
                return _error("Received unknown parameter: sandbox", 400, code="parameter_unknown")
            case "conflict":
                return _error(
                    "There is currently another in-progress request using this Idempotent Key.",
                    409,
                    kind="idempotency_error",
                    code="idempotency_key_in_use",
                )
        return None


def _error(
    message: str,
    status: int,
    *,
    kind: str = "invalid_request_error",
    code: str | None = None,
    stored: bool = False,
) -> ApiError:
    return ApiError(message, status=status, kind=kind, code=code, stored=stored)
