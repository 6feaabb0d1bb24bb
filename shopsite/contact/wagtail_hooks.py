from wagtail.snippets.models import register_snippet

from shopsite.contact.admin.forms import ContactViewSetGroup

register_snippet(ContactViewSetGroup)
