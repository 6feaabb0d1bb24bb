"""Work that no request waits for: Celery, its broker, and what beat does when."""

from celery.schedules import crontab

from shopsite.settings.env import VAR_DIR, env

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
