"""How long and how often, for the newsletter."""

from datetime import timedelta

CONFIRM_DAYS = 7  # Then what was not confirmed is forgotten.
CONFIRM_WITHIN = timedelta(days=CONFIRM_DAYS)
MAIL_PAUSE = timedelta(minutes=10)  # Between two mails to one address, whoever asks for them.
MAX_MAILS = 5  # To an address that never answers.
