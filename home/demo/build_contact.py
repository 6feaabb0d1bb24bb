"""The form that visitors fill in, and the section that stands in several pages."""

from django.contrib.auth.models import User

from home.demo.content.occasions import FORMS, SECTIONS
from home.demo.shapes import DemoForm, DemoSection
from home.demo.streams import References, build_stream
from products.blocks import SectionStreamBlock
from products.models import Section
from shopsite.contact.models import ContactForm, ContactFormField


def build_forms() -> None:
    """Makes the forms of which there is none by the same title."""
    for demo in FORMS:
        if not ContactForm.objects.filter(title=demo.title).exists():
            _build_form(demo)


def build_sections(references: References, *, user: User) -> None:
    """Makes and publishes the sections of which there is none by the same title."""
    for demo in SECTIONS:
        if not Section.objects.filter(title=demo.title).exists():
            _build_section(demo, references, user)


def _build_form(demo: DemoForm) -> None:
    form = ContactForm(
        title=demo.title,
        intro=demo.intro,
        thanks=demo.thanks,
        confirmation_text=demo.confirmation_text,
    )
    form.full_clean()
    form.fields.add(
        *(
            ContactFormField(
                label=field.label,
                field_type=field.field_type,
                required=field.is_required,
                choices=field.choices,
                sort_order=number,
            )
            for number, field in enumerate(demo.fields)
        )
    )
    form.save()


def _build_section(demo: DemoSection, references: References, user: User) -> None:
    body = build_stream(demo.body, references, stream_block=SectionStreamBlock, name="section")
    section = Section(title=demo.title, body=body, live=False)
    section.full_clean()
    section.save()
    section.save_revision(user=user).publish(user=user)
