"""The demo's moving picture and its captions, as documents of the library."""

from pathlib import Path

from django.core.files import File
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.utils.file import hash_filelike

FOLDER = Path(__file__).resolve().parent / "files"


def find_document(name: str) -> AbstractDocument:
    """The library's document with the content of this file, brought in if there is none."""
    model = get_document_model()
    with (FOLDER / name).open("rb") as stream:
        file_hash = hash_filelike(stream)
        found = model.objects.filter(file_hash=file_hash).first()
        if found is not None:
            return found
        document = model(title=name, file=File(stream, name=name), file_hash=file_hash)
        document.file_size = document.file.size
        document.save()
        return document
