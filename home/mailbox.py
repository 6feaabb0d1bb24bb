"""Reads the mails that Django's file backend wrote, for the demo. Touches nothing but MAIL_FOLDER.

A file holds one or more messages, each followed by a line of dashes. What a browser asks for never
becomes part of a path: it is compared with the names of the files that are there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shopsite.lib.text import plain_line

FILE_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
# A text may hold a line of dashes, too: the one after a message is followed by a header or nothing.
SEPARATOR = re.compile(rb"^-{79}\r?\n(?=[A-Za-z][A-Za-z0-9-]*: |\Z)", re.MULTILINE)
HEAD_TAG = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
FILE_STEM = re.compile(r"[A-Za-z0-9_-]+")
MAX_HEADER = 200
MAX_NAME = 100


class AttachmentNotFound(LookupError):
    """The mail has no attachment with this number."""


@dataclass(frozen=True)
class Attachment:
    name: str
    url: str


@dataclass(frozen=True)
class Mail:
    """One message; `mail_id` is the stem of its file and its place in it, from 0."""

    mail_id: str
    message: EmailMessage
    date: datetime

    @property
    def subject(self) -> str:
        return self._header("Subject") or _("(no subject)")

    @property
    def sender(self) -> str:
        return self._header("From")

    @property
    def to(self) -> str:
        return self._header("To")

    @property
    def headers(self) -> list[tuple[str, str]]:
        date = date_format(timezone.localtime(self.date), "DATETIME_FORMAT")
        return [(_("From"), self.sender), (_("To"), self.to), (_("Date"), date)]

    @property
    def url(self) -> str:
        return reverse("demo-mail-message", args=[self.mail_id])

    @property
    def html_url(self) -> str:
        """Empty for a mail without an HTML part."""
        return reverse("demo-mail-html", args=[self.mail_id]) if self.html else ""

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def framed_html(self) -> str:
        """The HTML part for a frame: its links leave the frame and open in a tab of their own."""
        return HEAD_TAG.sub(r'\g<0><base target="_blank">', self.html, count=1)

    @property
    def attachments(self) -> list[Attachment]:
        return [
            Attachment(
                name=_attachment_name(part, number),
                url=reverse("demo-mail-attachment", args=[self.mail_id, number]),
            )
            for number, part in enumerate(self.message.iter_attachments())
        ]

    def attachment(self, number: int) -> tuple[str, bytes]:
        """File name and content. Raises AttachmentNotFound."""
        for position, part in enumerate(self.message.iter_attachments()):
            if position == number:
                return _attachment_name(part, number), _content(part)
        raise AttachmentNotFound(number)

    def _header(self, name: str) -> str:
        return plain_line(str(self.message.get(name, "")), MAX_HEADER)

    def _body(self, subtype: str) -> str:
        part = self.message.get_body(preferencelist=(subtype,))
        if part is None:
            return ""
        content = _content(part)
        try:
            return content.decode(part.get_content_charset("utf-8"), errors="replace")
        except LookupError:  # A character set that Python does not know.
            return content.decode(errors="replace")


def is_open() -> bool:
    """The mailbox exists in a demo whose mails are files; everywhere else it is not there."""
    return bool(getattr(settings, "DEMO", False)) and settings.EMAIL_BACKEND == FILE_BACKEND


def list_mails() -> list[Mail]:
    """All mails, newest first."""
    mails = [mail for path in _files() for mail in _read(path)]
    return sorted(mails, key=lambda mail: (mail.date, mail.mail_id), reverse=True)


def find_mail(mail_id: str) -> Mail | None:
    for path in _files():
        if mail_id.rpartition("-")[0] == path.stem:
            return next((mail for mail in _read(path) if mail.mail_id == mail_id), None)
    return None


def _files() -> list[Path]:
    return sorted(path for path in Path(settings.MAIL_FOLDER).glob("*.log") if _is_ours(path))


def _is_ours(path: Path) -> bool:
    # A link could lead out of the folder.
    return path.is_file() and not path.is_symlink() and bool(FILE_STEM.fullmatch(path.stem))


def _read(path: Path) -> Iterator[Mail]:
    for number, raw in enumerate(SEPARATOR.split(path.read_bytes())):
        if raw.strip():
            message = message_from_bytes(raw, policy=policy.default)
            yield Mail(f"{path.stem}-{number}", message, _date(message, path))


def _date(message: EmailMessage, path: Path) -> datetime:
    try:
        date = parsedate_to_datetime(str(message["Date"]))
        # Django writes "-0000", which is UTC without saying so.
        return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _content(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _attachment_name(part: MIMEPart, number: int) -> str:
    name = plain_line(part.get_filename() or "", MAX_NAME).replace("/", "-").replace("\\", "-")
    return name or _("attachment %d") % (number + 1)
