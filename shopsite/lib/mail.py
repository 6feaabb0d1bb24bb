"""The one door to mail: renders a message from templates and sends it.

A message called `welcome` lives in three templates: `emails/welcome.subject.txt`,
`emails/welcome.txt` and `emails/welcome.html`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.utils import parseaddr
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

import css_inline
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError, EmailMultiAlternatives
from django.core.validators import validate_email
from django.template import Context, Engine

from shopsite.lib.text import plain_line

SUBJECT_MAX_LENGTH = 150
MESSAGE_TOO_LARGE = 552

# What may stand before the @ of a Message-ID without quoting (RFC 5322, dot-atom).
MESSAGE_ID_PATTERN = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")

# Remote stylesheets are off: rendering a message must never read another host or a file. The
# dark colors are media queries, which cannot be inlined and stay in the head.
_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)


class InvalidMessage(ValueError):
    """A recipient, sender or message id that mail cannot carry. Trying again does not help."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along with a message."""

    name: str
    content: bytes
    content_type: str


def render_message(
    *,
    name: str,
    context: Mapping[str, object],
    to: str,
    from_email: str,
    message_id: str,
    attachments: Sequence[Attachment] = (),
) -> EmailMultiAlternatives:
    """Render the message called `name` in the active language, for exactly one recipient.

    `message_id` is the part before the @ of the Message-ID; its domain is the sender's. The same
    id gives the same header, so that a mail sent twice after a crash can be told as one.
    Raises `InvalidMessage` for a recipient that is not one plain address.
    """
    message = EmailMultiAlternatives(
        subject=plain_line(_render_text(f"emails/{name}.subject.txt", context), SUBJECT_MAX_LENGTH),
        body=tidy_text(_render_text(f"emails/{name}.txt", context)),
        from_email=from_email,
        to=[_single_address(to)],
        headers={
            "Message-ID": _message_id_header(message_id, from_email),
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_html(f"emails/{name}.html", context), "text/html")
    for attachment in attachments:
        message.attach(
            plain_line(attachment.name, 100), attachment.content, attachment.content_type
        )
    return message


def send(message: EmailMultiAlternatives) -> None:
    """Send `message` now; raises whatever the mail server answers, see `is_permanent`."""
    message.send()


def is_permanent(error: Exception) -> bool:
    """Tell whether sending the same message again would fail for the same reason.

    A refused recipient, a message the server will not take and a header that mail cannot carry
    are permanent. Connection trouble, time-outs, 4xx answers and a login, sender or address of ours
    the server does not like are not: those are mended on our side, and the mail must still go out.
    """
    match error:
        case InvalidMessage() | BadHeaderError() | HeaderParseError() | UnicodeError():
            return True
        case SMTPRecipientsRefused():
            return all(_is_5xx(code) for code, _reason in error.recipients.values())
        case SMTPSenderRefused():
            return error.smtp_code == MESSAGE_TOO_LARGE
        case SMTPDataError():
            return _is_5xx(error.smtp_code) and not _is_policy(error.smtp_error)
    return False


def tidy_text(text: str) -> str:
    """Return `text` without the ragged white space that template tags leave behind."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


def _render_text(template_name: str, context: Mapping[str, object]) -> str:
    # Plain text has nothing to escape: an ampersand must arrive as one.
    template = Engine.get_default().get_template(template_name)
    return template.render(Context(dict(context), autoescape=False))


def render_html(template_name: str, context: Mapping[str, object]) -> str:
    """Return the HTML of a mail with its rules beside what they are for."""
    template = Engine.get_default().get_template(template_name)
    return _inliner.inline(template.render(Context(dict(context))))


def _single_address(address: str) -> str:
    """Return `address` if it is one bare address: no list, no display name, no line break."""
    try:
        validate_email(address)
    except ValidationError as error:
        raise InvalidMessage("The recipient must be exactly one e-mail address.") from error
    return address


def _message_id_header(message_id: str, from_email: str) -> str:
    if not MESSAGE_ID_PATTERN.fullmatch(message_id):
        raise InvalidMessage("The message id may hold letters, digits, dots, - and _ only.")
    _display_name, address = parseaddr(from_email)
    _user, at_sign, domain = address.rpartition("@")
    if not (at_sign and domain):
        raise InvalidMessage("The sender must be an e-mail address.")
    return f"<{message_id}@{domain}>"


def _is_policy(answer: bytes | str) -> bool:
    """Whether the server objects to us and not to the message, with a code 5.7.x of RFC 3463:
    the sender's address is on a block list, say."""
    text = answer.decode("ascii", "replace") if isinstance(answer, bytes) else answer
    return text.startswith("5.7.")


def _is_5xx(code: int) -> bool:
    return 500 <= code <= 599
