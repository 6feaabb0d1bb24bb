from django.urls import path

from shopsite.contact.views import forms, newsletter

urlpatterns = [
    path("forms/<int:pk>/", forms.form_page, name="form-page"),
    path("forms/<int:pk>/thanks/", forms.form_thanks, name="form-thanks"),
    path("newsletter/", newsletter.sign_up, name="newsletter"),
    path("newsletter/thanks/", newsletter.thanks, name="newsletter-thanks"),
    path("newsletter/<slug:token>/confirm/", newsletter.confirm, name="newsletter-confirm"),
    path(
        "newsletter/<slug:token>/unsubscribe/",
        newsletter.unsubscribe,
        name="newsletter-unsubscribe",
    ),
]
