"""Errors the API answers with, in Stripe's envelope."""

from typing import Any


class ApiError(Exception):
    """Ends a request with Stripe's error envelope.

    ``stored`` tells whether an idempotency key remembers this answer. Stripe remembers what
    happened once the endpoint began to work, and forgets requests that failed validation.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        stored: bool = True,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.kind = kind
        self.code = code
        self.param = param
        self.stored = stored

    @property
    def should_retry(self) -> bool | None:
        """What Stripe advises the SDK; None when it says nothing. What an idempotency key remembers
        or what was wrong in itself will not become better."""
        if self.status == 409:
            return True
        if self.status == 429:
            return None
        return self.status >= 500 and not self.stored

    def as_envelope(self) -> dict[str, Any]:
        """The JSON body: ``{"error": {...}}`` with only the members that have a value."""
        error = {"message": self.message, "type": self.kind}
        if self.code is not None:
            error["code"] = self.code
            error["doc_url"] = f"https://stripe.com/docs/error-codes/{self.code.replace('_', '-')}"
        if self.param is not None:
            error["param"] = self.param
        return {"error": error}


class InvalidParameter(ApiError):
    """A parameter that is unknown, missing, mistyped or against a rule. Never remembered."""

    def __init__(self, message: str, *, param: str | None, code: str | None = None) -> None:
        super().__init__(message, param=param, code=code, stored=False)


def no_such(kind: str, identifier: str, *, param: str = "id", status: int = 404) -> ApiError:
    """The error for an object that does not exist: 404 in a path, 400 in a parameter."""
    return ApiError(
        f"No such {kind}: '{identifier}'",
        status=status,
        code="resource_missing",
        param=param,
    )


class SandboxRefusal(Exception):
    """The program cannot start as configured. The message is one clear sentence for a person."""
