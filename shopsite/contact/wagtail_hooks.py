from wagtail import hooks
from wagtail.snippets.models import register_snippet

from shopsite.cms.personal_data import HOOK as PERSONAL_DATA_HOOK
from shopsite.contact.admin.forms import ContactViewSetGroup
from shopsite.contact.personal_data import MESSAGES, NEWSLETTER

register_snippet(ContactViewSetGroup)
hooks.register(PERSONAL_DATA_HOOK, lambda: MESSAGES)
hooks.register(PERSONAL_DATA_HOOK, lambda: NEWSLETTER)
