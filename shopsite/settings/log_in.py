"""Logging in to the admin: passwords, how often one may be wrong, and the second factor."""

from datetime import timedelta

from django.utils.module_loading import import_string

from shopsite.settings.env import env

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # First: who is locked out is not even looked up.
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Failures are counted in the database: all web servers agree, and while it is down nobody gets in.
AXES_HANDLER = "shopsite.log_in.LogInGuard"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address", "username"]
AXES_FAILURE_LIMIT = 5  # From one address for one name; shopsite/log_in.py has the other limits.
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "shopsite.log_in.counted_address"
AXES_LOCKOUT_CALLABLE = "shopsite.log_in.answer_locked_out"
AXES_DISABLE_ACCESS_LOG = True  # Who logged in from where is nobody's business for longer.
AXES_VERBOSE = False
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "shopsite.password_reset.PasswordResetForm"  # noqa: S105
# "optional" or "required": then whoever may see orders sets a second factor up before all else.
STAFF_SECOND_FACTOR = env("STAFF_SECOND_FACTOR", default="optional").strip().lower()
SECOND_FACTOR_PERMISSIONS = [
    "orders.view_order",
    "customers.handle_customer_data",
    "contact.view_formsubmission",
    "contact.view_newslettersubscription",
    "auth.change_user",
    "auth.change_group",
]


def name_in_apps(device: object) -> str:
    """What an app calls the shop among the others it makes codes for."""
    return str(import_string("shopsite.cms.shop_name.shop_name")())


OTP_TOTP_ISSUER = name_in_apps
