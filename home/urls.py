from django.urls import path

from home import views
from home.feeds import StoryFeed

urlpatterns = [
    path("feeds/stories.xml", StoryFeed(), name="story-feed"),
    path("search/", views.search, name="search"),
    path("demo/mail/", views.mail_list, name="demo-mail"),
    path("demo/mail/<slug:mail_id>/", views.mail_message, name="demo-mail-message"),
    path("demo/mail/<slug:mail_id>/html/", views.mail_html, name="demo-mail-html"),
    path(
        "demo/mail/<slug:mail_id>/attachments/<int:number>/",
        views.mail_attachment,
        name="demo-mail-attachment",
    ),
]
