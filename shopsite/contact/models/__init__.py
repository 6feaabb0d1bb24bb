from shopsite.contact.models.email import ContactEmail
from shopsite.contact.models.forms import ContactForm, ContactFormField
from shopsite.contact.models.newsletter import NewsletterSubscription
from shopsite.contact.models.submissions import FormSubmission

__all__ = [
    "ContactEmail",
    "ContactForm",
    "ContactFormField",
    "FormSubmission",
    "NewsletterSubscription",
]
