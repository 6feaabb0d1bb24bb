"""What an address is signed up with."""

from django.utils.translation import gettext_lazy as _

PURPOSE = "newsletter"
CONSENT_TEXT = _(
    "Yes, send me the newsletter by e-mail. I can leave it at any time through the link in each "
    "issue."
)
