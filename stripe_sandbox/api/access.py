"""Who may call: anybody with a test key, nobody with a live one."""

from werkzeug.datastructures import Authorization

from stripe_sandbox.errors import ApiError

_TEST_PREFIXES = ("sk_test_", "rk_test_")
_LIVE_PREFIXES = ("sk_live_", "rk_live_", "pk_live_")


def require_test_key(authorization: Authorization | None) -> None:
    """Raises ApiError (401) unless the request carries a test key, as Bearer or as Basic user."""
    key = _read_key(authorization)
    if not key:
        raise _unauthorized(
            "You did not provide an API key. Provide it in the Authorization header, using Bearer "
            "auth (e.g. 'Authorization: Bearer sk_test_...') or as the user name of Basic auth."
        )
    if key.startswith(_LIVE_PREFIXES):
        raise _unauthorized(
            f"Invalid API Key provided: {_mask(key)}. This is a sandbox: it refuses live keys. "
            "A live key that was sent to a wrong address should be rolled."
        )
    if not key.startswith(_TEST_PREFIXES):
        raise _unauthorized(f"Invalid API Key provided: {_mask(key)}")


def _read_key(authorization: Authorization | None) -> str:
    if authorization is None:
        return ""
    if authorization.type == "basic":
        return authorization.username or ""
    return (authorization.token or "") if authorization.type == "bearer" else ""


def _mask(key: str) -> str:
    return f"{key[:8]}{'*' * 8}{key[-4:]}" if len(key) > 16 else "*" * len(key)


def _unauthorized(message: str) -> ApiError:
    return ApiError(message, status=401, stored=False)
