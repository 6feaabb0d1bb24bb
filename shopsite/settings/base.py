"""What every environment shares. Names read from the environment are listed in .env.example."""

from zoneinfo import available_timezones

from django.utils.functional import lazy
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from shopsite.settings.background import *  # noqa: F403
from shopsite.settings.env import BASE_DIR, VAR_DIR, env
from shopsite.settings.limits import *  # noqa: F403
from shopsite.settings.log_in import *  # noqa: F403
from shopsite.settings.privacy import *  # noqa: F403
from shopsite.settings.search import search_backends
from shopsite.settings.security import *  # noqa: F403

VAR_DIR.mkdir(exist_ok=True)

# --- The site ---------------------------------------------------------------------------------

SECRET_KEY = env("SECRET_KEY", default="")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
# Links in mails and Stripe's return addresses come from here, never from a Host header.
SITE_URL = env("SITE_URL", default="http://localhost:8000").rstrip("/")
ROOT_URLCONF = "shopsite.urls"
CSRF_FAILURE_VIEW = "shopsite.views.csrf_failure"
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
    "shopsite.security.NullByteMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # After the files, of which each would carry 190 bytes that say nothing to a browser.
    "django_permissions_policy.PermissionsPolicyMiddleware",
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
