"""What every environment shares. Names read from the environment are listed in .env.example."""

from datetime import timedelta
from zoneinfo import available_timezones

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.functional import lazy
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from shopsite.settings.env import BASE_DIR, env
from shopsite.settings.search import search_backends

VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

# --- The site ---------------------------------------------------------------------------------

SECRET_KEY = env("SECRET_KEY", default="")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
# Links in mails and Stripe's return addresses come from here, never from a Host header.
SITE_URL = env("SITE_URL", default="http://localhost:8000").rstrip("/")
ROOT_URLCONF = "shopsite.urls"
WSGI_APPLICATION = "shopsite.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "home",
    "checkout",
    "customers",
    "orders",
    "products",
    "shopsite.contact",
    "shopsite.cms",
    "shopsite.second_factor",
    "shopsite.apps.ShopsiteConfig",
    "wagtail_modeladmin",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_countries",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "shopsite.security.NullByteMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shopsite.compressing.CompressTextMiddleware",
    "shopsite.security.ContentSecurityPolicyMiddleware",
    "shopsite.public_pages.PublicPageMiddleware",
    "shopsite.limits.SecretPathsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "shopsite.second_factor.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "shopsite.redirects.QuestionKeepingRedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# --- Data -------------------------------------------------------------------------------------

# Empty is as good as not set, as it is for the other servers.
database_url = env("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'shop.sqlite3'}"
DATABASES = {"default": env.db_url_config(database_url)}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # One writer at a time that waits for its turn: without IMMEDIATE, a transaction that reads
    # first and writes later fails at once with "database is locked", whatever the time-out.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }
else:
    # PostgreSQL would wait for ever. A table that a migration rewrites costs Stripe's webhooks a
    # 503, after which they come again, and no web server all of its threads.
    lock_seconds = env.int("DATABASE_LOCK_SECONDS", default=10)
    options = DATABASES["default"].setdefault("OPTIONS", {})
    options.setdefault("options", f"-c lock_timeout={lock_seconds}s")

REDIS_URL = env("REDIS_URL", default="")
# Django keeps 300 entries in memory; the addresses of one page's pictures can be as many, and each
# that is not kept is a query.
LOCAL_MEMORY_CACHE = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "OPTIONS": {"MAX_ENTRIES": 20_000},
}
CACHES = {
    "default": {
        "BACKEND": "shopsite.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "shop",
    }
    if REDIS_URL
    else LOCAL_MEMORY_CACHE,
}

# --- Language, time, money --------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", _("English"))]
# Of the dates in mails, on invoices and in the admin.
TIME_ZONE = env("TIME_ZONE", default="UTC")
USE_I18N = True
FORMAT_MODULE_PATH = ["shopsite.formats"]
USE_TZ = True
SHOP_CURRENCY = env("SHOP_CURRENCY", default="EUR").upper()
COUNTRIES_FIRST = ["DE", "AT", "NL", "FR", "GB", "US"]
COUNTRIES_FIRST_REPEAT = False

# --- Files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "shopsite.assembling.AssemblingFinder",  # Takes the place of FileSystemFinder.
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
ASSEMBLED_STATIC_ROOT = VAR_DIR / "assembled"
MEDIA_URL = "/media/"
MEDIA_ROOT = env("MEDIA_ROOT", default=str(VAR_DIR / "media"))
# Invoices and credit notes as files. No address leads here: never a folder below MEDIA_ROOT.
PRIVATE_ROOT = env("PRIVATE_ROOT", default=str(VAR_DIR / "private"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "file_permissions_mode": 0o440},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Hashed names make it safe for browsers to keep a file for ever.
WHITENOISE_MAX_AGE = 3600

# --- Who is calling ----------------------------------------------------------------------------

# How many proxies of our own stand in front and append to X-Forwarded-For. Forms are limited by
# client; too high a number lets a client make addresses up, too low a one makes all clients one.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
# Multiplies what one client may do in a while (shopsite/limits.py): all of a load test is one.
CLIENT_LIMIT_FACTOR = env.int("CLIENT_LIMIT_FACTOR", default=1)

# --- How long things are kept -------------------------------------------------------------------

# In days; 0 keeps them for ever. What each of them forgets is said in .env.example.
CART_DAYS = env.int("CART_DAYS", default=14)
EVENT_DAYS = env.int("EVENT_DAYS", default=90)
CUSTOMER_MAIL_DAYS = env.int("CUSTOMER_MAIL_DAYS", default=7)
ORDER_LINK_DAYS = env.int("ORDER_LINK_DAYS", default=730)
MESSAGE_DAYS = env.int("MESSAGE_DAYS", default=365)
UNPAID_ORDER_DAYS = env.int("UNPAID_ORDER_DAYS", default=90)
SEARCH_DAYS = env.int("SEARCH_DAYS", default=90)

# --- Sessions and security --------------------------------------------------------------------

# A browser keeps no cookie for longer than 400 days.
SESSION_COOKIE_AGE = (CART_DAYS or 400) * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # Strict would lose the session on the way back from Stripe.
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"  # Nowhere but in Wagtail's preview; see shopsite/security.py.
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "shopsite.views.csrf_failure"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# No page needs any of these, so no script that got in could use them.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer"),
        *("microphone", "midi", "payment", "publickey-credentials-get", "usb"),
    )
}

# --- Logging in to the admin --------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # First: who is locked out is not even looked up.
    "django.contrib.auth.backends.ModelBackend",
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
    return str(WAGTAIL_SITE_NAME)


OTP_TOTP_ISSUER = name_in_apps

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

# --- Mail -------------------------------------------------------------------------------------

MAIL_FOLDER = VAR_DIR / "mail"
EMAIL_URL = env("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(env.email("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(MAIL_FOLDER)
EMAIL_TIMEOUT = 10  # Django's default is to wait for ever.
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Fern & Kettle <shop@example.com>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Celery -----------------------------------------------------------------------------------

CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="")
EMBEDDED_BROKER_URL = "filesystem://localhost//"
EMBEDDED_BROKER_TRANSPORT = "shopsite.embedded_broker:Transport"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object]
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_RETRY_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_TIME_LIMIT = 120
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A message is only a nudge; what must not be lost is a row in the outbox. So a request never
# waits for a broker that is down or hangs.
CELERY_TASK_PUBLISH_RETRY = False
AMQP_TRANSPORT_OPTIONS: dict[str, object] = {
    "confirm_publish": True,
    "max_retries": 0,
    "connect_timeout": 0.5,
    "read_timeout": 0.5,
    "write_timeout": 0.5,
}
# Shops and other software that share a broker each take a queue of their own.
CELERY_TASK_DEFAULT_QUEUE = env("CELERY_QUEUE", default="shop")
if CELERY_BROKER_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = AMQP_TRANSPORT_OPTIONS
else:
    # The embedded broker: messages are files, which one machine with a few of them can live on.
    CELERY_BROKER_URL = EMBEDDED_BROKER_URL
    CELERY_BROKER_TRANSPORT = EMBEDDED_BROKER_TRANSPORT
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "queue" / "messages"),
        "data_folder_out": str(VAR_DIR / "queue" / "messages"),
        "control_folder": str(VAR_DIR / "queue" / "control"),
        "polling_interval": 0.2,
    }
for folder in ("messages", "control"):
    (VAR_DIR / "queue" / folder).mkdir(parents=True, exist_ok=True)
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")


def every(seconds: float, task: str) -> dict[str, object]:
    """A tick that no worker took by the next one is dropped: beat goes on while no worker runs."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


CELERY_BEAT_SCHEDULE = {
    "process-outbox": every(30.0, "orders.tasks.process_outbox"),
    "process-contact-outbox": every(30.0, "shopsite.contact.tasks.process_contact_outbox"),
    "process-customer-outbox": every(30.0, "customers.tasks.process_customer_outbox"),
    "run-import-jobs": every(60.0, "products.tasks.run_waiting_jobs"),
    "reconcile-payments": every(120.0, "checkout.tasks.reconcile_payments"),
    "send-waiting-refunds": every(120.0, "orders.tasks.send_waiting_refunds"),
    "tell-low-stock": every(600.0, "orders.tasks.tell_low_stock"),
    "keep-missing-papers": every(600.0, "orders.tasks.keep_missing_papers"),
    "expire-orders": every(60.0, "checkout.tasks.expire_orders"),
    "retry-events": every(60.0, "checkout.tasks.retry_events"),
    "publish-scheduled": every(60.0, "shopsite.tasks.publish_scheduled"),
    "prepare-pictures": {
        "task": "shopsite.tasks.prepare_pictures",
        "schedule": crontab(hour=3, minute=50),
    },
    "forget-unconfirmed-subscriptions": {
        "task": "shopsite.contact.tasks.forget_unconfirmed_subscriptions",
        "schedule": crontab(hour=3, minute=40),
    },
    "forget-messages": {
        "task": "shopsite.contact.tasks.forget_old_messages",
        "schedule": crontab(hour=3, minute=42),
    },
    "forget-unpaid-people": {
        "task": "orders.tasks.forget_unpaid_people",
        "schedule": crontab(hour=3, minute=47),
    },
    "forget-customer-mails": {
        "task": "customers.tasks.forget_old_mails",
        "schedule": crontab(hour=3, minute=45),
    },
    "refresh-product-list": {
        "task": "products.tasks.refresh_product_list",
        "schedule": crontab(hour=3, minute=10),
    },
    "forget-old-searches": {
        "task": "home.tasks.forget_old_searches",
        "schedule": crontab(hour=3, minute=20),
    },
    "forget-old-events": {
        "task": "checkout.tasks.forget_old_events",
        "schedule": crontab(hour=3, minute=0),
    },
    "clear-sessions": {
        "task": "shopsite.tasks.clear_sessions",
        "schedule": crontab(hour=3, minute=30),
    },
}

# Wagtail's own background work (search index, references) travels through Celery as well,
# and without a broker of its own it is done at once.
TASKS = {
    "default": {
        "BACKEND": "shopsite.wagtail_tasks.CeleryBackend",
        "OPTIONS": {"at_once": CELERY_BROKER_URL == EMBEDDED_BROKER_URL},
    }
}

# --- Stripe -----------------------------------------------------------------------------------

# Orders give money back without knowing who took it; see orders/provider.py.
PAYMENT_PROVIDER = "checkout.provider.StripeProvider"
STRIPE_SECRET_KEY = env("STRIPE_SECRET_KEY", default="")
STRIPE_WEBHOOK_SECRETS = env.list("STRIPE_WEBHOOK_SECRETS", default=[])
STRIPE_API_BASE = env("STRIPE_API_BASE", default="")  # Only to point at a stand-in.
STRIPE_CONNECT_TIMEOUT = 3
STRIPE_READ_TIMEOUT = 10
# Stripe keeps a Checkout Session open for 30 minutes at least; the rest is for clocks that differ.
CHECKOUT_SESSION_MINUTES = 35
# Longer than the hard time limit of a task: a claim ends only after its worker did.
OUTBOX_CLAIM_SECONDS = env.int("OUTBOX_CLAIM_SECONDS", default=180)

# --- Wagtail ----------------------------------------------------------------------------------

# Asked when it is shown: the shop's name is what somebody wrote into its settings.
WAGTAIL_SITE_NAME = lazy(lambda: import_string("shopsite.cms.shop_name.shop_name")(), str)()
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "cms.ShopImage"
WAGTAILIMAGES_AVIF_QUALITY = 50  # Looks like WebP at 80, with a quarter less to send.
WAGTAILIMAGES_EXTENSIONS = [
    "avif",
    "gif",
    "jpeg",
    "jpg",
    "png",
    "webp",
]  # No SVG: it may hold scripts.
WAGTAILIMAGES_IMAGE_FORM_BASE = "shopsite.cms.admin.picture_form.PictureForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
SEARCH_URL = env("SEARCH_URL", default="")
WAGTAILSEARCH_BACKENDS = search_backends(SEARCH_URL)
WAGTAILSEARCH_HITS_MAX_AGE = SEARCH_DAYS
WAGTAILDOCS_EXTENSIONS = [
    *("csv", "docx", "key", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"),
    *("mp4", "webm", "vtt"),  # What a video block plays.
]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # The admin asks no other host for anything.
WAGTAIL_AUTOSAVE_INTERVAL = 2000
# Debian lists the machine's own zone among the others; no browser knows one of that name.
WAGTAIL_USER_TIME_ZONES = sorted(available_timezones() - {"localtime"})
DRAWS_WHEN_PUBLISHED = True  # Once in the background, which makes the pictures it shows.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_I18N_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # No third party in a story.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Logging ----------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "filters": {"mask": {"()": "shopsite.log_masking.MaskingFilter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["mask"]},
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Without the handlers that Django gives them, which mask nothing.
        "django": {"handlers": []},
        "django.server": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},  # Otherwise each 404 of a robot is a warning.
        "stripe": {"level": "WARNING"},
        "factur-x": {"level": "WARNING"},
        "axes": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},  # Two lines for every save of a page otherwise.
    },
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "shopsite.log_masking.MaskingReporterFilter"
# Workers write by the same handlers.
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
