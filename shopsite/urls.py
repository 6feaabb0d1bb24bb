"""The addresses of the site. Wagtail answers for every page that is none of these."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.views.account import PasswordResetView
from wagtail.documents import urls as wagtaildocs_urls

from shopsite import icon_views, views
from shopsite.appearance import choose_scheme
from shopsite.cms.sitemap import sitemap
from shopsite.limits import limited
from shopsite.second_factor.views.log_in import LogInView

handler404 = "shopsite.views.page_not_found"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("brand/<slug:colors>.css", views.brand_stylesheet, name="brand-stylesheet"),
    path("brand/admin/<slug:colors>.css", views.admin_stylesheet, name="admin-stylesheet"),
    path("brand/icon/<slug:digest>/<int:size>.png", icon_views.site_icon, name="site-icon"),
    path("favicon.ico", icon_views.favicon, name="favicon"),
    path("appearance/", choose_scheme, name="appearance"),
    # Before those of the same address in Wagtail's own.
    path("admin/login/", LogInView.as_view()),
    path("admin/password_reset/", limited("password-reset")(PasswordResetView.as_view())),
    path("admin/second-factor/", include("shopsite.second_factor.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("checkout.urls")),
    path("", include("customers.urls")),  # Before the orders, whose links are any word.
    path("", include("orders.urls")),
    path("", include("products.urls")),
    path("", include("home.urls")),
    path("", include("shopsite.contact.urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include(wagtail_urls)),
]
