from django.urls import path, re_path

from home import views
from home.feeds import StoryFeed
from home.search import views as search_views
from home.short_addresses import follow_short_address
from home.styleguide import views as styleguide_views

urlpatterns = [
    path("feeds/stories.xml", StoryFeed(), name="story-feed"),
    path("search/", search_views.search, name="search"),
    path("search/suggest/", search_views.suggest, name="search-suggest"),
    # With and without the last slash: one redirect is enough.
    re_path(r"^go/(?P<word>[A-Za-z0-9-]+)/?$", follow_short_address, name="short-address"),
    path("demo/styleguide/", styleguide_views.styleguide, name="styleguide"),
    path("demo/styleguide/swatches.css", styleguide_views.swatches, name="styleguide-swatches"),
    path("demo/mail/", views.mail_list, name="demo-mail"),
    path("demo/mail/<slug:mail_id>/", views.mail_message, name="demo-mail-message"),
    path("demo/mail/<slug:mail_id>/html/", views.mail_html, name="demo-mail-html"),
    path(
        "demo/mail/<slug:mail_id>/attachments/<int:number>/",
        views.mail_attachment,
        name="demo-mail-attachment",
    ),
]
