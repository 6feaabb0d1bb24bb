"""Rights that belong together, by what somebody does with them."""

ADMIN = frozenset({"wagtailadmin.access_admin"})

# --- Pages and files ----------------------------------------------------------------------------

WRITE_PAGES = frozenset({"add_page", "change_page"})
PUBLISH_PAGES = WRITE_PAGES | {"publish_page"}
LEAD_PAGES = PUBLISH_PAGES | {"lock_page", "unlock_page"}
WRITE_IMAGES = frozenset(f"wagtailimages.{verb}_image" for verb in ("add", "change", "choose"))
WRITE_DOCUMENTS = frozenset(f"wagtaildocs.{verb}_document" for verb in ("add", "change", "choose"))
WRITE_FILES = WRITE_IMAGES | WRITE_DOCUMENTS
CHOOSE_IMAGES = frozenset({"wagtailimages.choose_image"})
# A section appears at once in every page that shows it, so it goes live by the same hands as those.
WRITE_SECTIONS = frozenset({"products.add_section", "products.change_section"})
PUBLISH_SECTIONS = WRITE_SECTIONS | {"products.publish_section"}
PROMOTE_RESULTS = frozenset(
    f"wagtailsearchpromotions.{verb}_searchpromotion" for verb in ("add", "change", "delete")
)
ARRANGE_SITE = frozenset(
    {
        "cms.change_brandsettings",
        "cms.change_navigationsettings",
        "home.view_shortaddress",
        "home.add_shortaddress",
        "home.change_shortaddress",
        "home.delete_shortaddress",
    }
)
# What comes in through a form is personal, and the staff's to read.
BUILD_FORMS = frozenset({"contact.add_contactform", "contact.change_contactform"})

# --- Products -----------------------------------------------------------------------------------

SEE_PRODUCTS = frozenset(
    {"products.view_product", "products.view_productvariant", "products.view_stockrecord"}
)
# And see what they cost; only the staff changes price and stock.
MAKE_PRODUCTS = SEE_PRODUCTS | {"products.add_product"}
KEEP_PRODUCTS = SEE_PRODUCTS | {
    "products.change_product",
    "products.add_productvariant",
    "products.change_productvariant",
    "products.view_pricechange",
    "products.change_stockrecord",
    "products.view_stockmovement",
    # A file of products also makes new ones, and drafts of their pages for the editors.
    "products.add_importjob",
    "products.view_importjob",
}
DESCRIBE_PRODUCTS = frozenset(
    f"products.{verb}_{model}"
    for verb in ("view", "add", "change", "delete")
    for model in ("producttype", "attribute", "taxrate")
)
SEE_TAX_RATES = frozenset({"products.view_taxrate"})

# --- Orders -------------------------------------------------------------------------------------

# What the pages that they may change have sold, and no order, customer or other page.
SEE_PAGE_SALES = frozenset({"orders.view_page_sales"})
READ_ORDERS = frozenset({"orders.view_order", "orders.export_order", "orders.view_sales_reports"})
WORK_ON_ORDERS = READ_ORDERS | {
    "orders.ship_order",
    "orders.cancel_order",
    "orders.refund_order",
    "orders.resend_email",
}
ARRANGE_ORDERS = frozenset(
    {
        "orders.view_carrier",
        "orders.add_carrier",
        "orders.change_carrier",
        "orders.delete_carrier",
        "orders.change_sellersettings",
        "orders.view_mailtext",
        "orders.change_mailtext",
        "orders.publish_mailtext",
        "checkout.view_shippingmethod",
        "checkout.add_shippingmethod",
        "checkout.change_shippingmethod",
        "checkout.delete_shippingmethod",
    }
)
HANDLE_CUSTOMERS = frozenset(
    {
        "customers.handle_customer_data",
        "contact.view_formsubmission",
        "contact.export_formsubmission",
        "contact.delete_formsubmission",
        "contact.view_newslettersubscription",
        "contact.export_newslettersubscription",
        "contact.delete_newslettersubscription",
    }
)
COMPARE_WITH_STRIPE = frozenset({"checkout.view_reconciliation"})
MEND_PAYMENTS = COMPARE_WITH_STRIPE | {
    "checkout.apply_reconciliation",
    "checkout.view_webhookevent",
    "checkout.replay_webhookevent",
}
