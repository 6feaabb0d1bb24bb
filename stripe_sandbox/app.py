"""The WSGI application of one sandbox."""

from urllib.parse import urlsplit

from flask import Flask, Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from stripe_sandbox.api.blueprint import build_api
from stripe_sandbox.control_api import build_control_api
from stripe_sandbox.pages.controls import build_controls
from stripe_sandbox.pages.disputes import build_disputes
from stripe_sandbox.pages.events import build_events
from stripe_sandbox.pages.overview import build_overview
from stripe_sandbox.pages.payment import build_payment_pages
from stripe_sandbox.pages.payments import build_payments
from stripe_sandbox.sandbox import Sandbox
from stripe_sandbox.settings import is_loopback

# No script at all, styles from the sandbox itself, nothing from anywhere else. There is no
# form-action: it would also bind the redirect to the shop after a payment.
_CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_MAXIMUM_BODY = 8 * 1024 * 1024


def build_app(sandbox: Sandbox) -> Flask:
    """API, controls, payment pages, overview and disputes. The app holds no state of its own."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = _MAXIMUM_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = _MAXIMUM_BODY
    app.register_blueprint(build_api(sandbox))
    app.register_blueprint(build_control_api(sandbox))
    app.register_blueprint(build_payment_pages(sandbox))
    app.register_blueprint(build_overview(sandbox))
    app.register_blueprint(build_disputes(sandbox))
    app.register_blueprint(build_payments(sandbox))
    app.register_blueprint(build_events(sandbox))
    app.register_blueprint(build_controls(sandbox))
    app.register_error_handler(HTTPException, _render_error)
    app.before_request(_refuse_other_hosts)
    app.before_request(_refuse_other_sites)
    app.after_request(_add_headers)
    return app


def _refuse_other_hosts() -> Response | None:
    """A page elsewhere whose name was rebound to this machine comes with that name as Host."""
    name = urlsplit(f"//{request.host}").hostname
    if name is not None and is_loopback(name):
        return None
    return Response("This is a sandbox; open it as localhost.\n", 400, mimetype="text/plain")


def _refuse_other_sites() -> Response | None:
    """What changes something is asked for by the sandbox's own pages or by no page at all."""
    if request.method in {"GET", "HEAD"}:
        return None
    if request.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}:
        return None
    return Response("Another site asked for this.\n", 403, mimetype="text/plain")


def _render_error(error: HTTPException) -> ResponseReturnValue:
    return render_template("error.html", error=error), error.code or 500


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
