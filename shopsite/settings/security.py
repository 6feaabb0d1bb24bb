"""What a browser is told to refuse."""

from csp.constants import NONE, SELF

from shopsite.settings.env import env

X_FRAME_OPTIONS = "DENY"  # Nowhere but in Wagtail's preview; see shopsite/security.py.
SECURE_REFERRER_POLICY = "same-origin"
# No page needs any of these, so no script that got in could use them.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer"),
        *("microphone", "midi", "payment", "publickey-credentials-get", "usb"),
    )
}

# A browser also checks where a posted form is redirected to: the way to Stripe must be open.
STRIPE_CHECKOUT_ORIGIN = env("STRIPE_CHECKOUT_ORIGIN", default="https://checkout.stripe.com")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF, STRIPE_CHECKOUT_ORIGIN],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
