"""The mail server of `bin/neighbors`, under the name that these tests know."""

from bin.neighbors.mail_server import MailServer

__all__ = ["MailServer"]
